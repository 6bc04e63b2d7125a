"""Shapes of stories: how one's fortune rises and falls from first to last.

The six shapes are those that Reagan et al. (2016) found in 1,327 works of fiction, where they are sentiment over the text; here they
are the utility of one character over the events, as it truly is and the reader sees it, with death at the bottom of it. That this may stand for sentiment is
our assumption, not their finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, pi, sqrt
from typing import Literal, get_args

from fabula.story.story import Story
from fabula.tell.feelings import died

Shape = Literal["rise", "tragedy", "man-in-a-hole", "icarus", "cinderella", "oedipus"]
"""`rise` only rises, `tragedy` only falls, `man-in-a-hole` falls and rises, `icarus` rises and falls, `cinderella` rises, falls and rises,
`oedipus` falls, rises and falls."""

SHAPES: tuple[Shape, ...] = get_args(Shape)

_LEGS: Mapping[Shape, tuple[int, int]] = {
    "rise": (1, 1), "tragedy": (1, -1), "man-in-a-hole": (2, -1), "icarus": (2, 1), "cinderella": (3, 1), "oedipus": (3, -1),
}  # fmt: skip
"""How many legs a shape has, and whether the first one goes up."""


def hero(stories: Sequence[Story]) -> str:
    """Return the one who chooses most of what happens, over all the stories; "" if nobody chooses anything."""
    chosen = Counter(who for story in stories for event in story.events for who in event.consenting)
    return max(chosen, key=lambda who: chosen[who], default="")


def arc(story: Story, who: str) -> tuple[float, ...]:
    """Return how well somebody fares in her own eyes at every moment; where that is not known, as before."""
    values: list[float] = []
    for moment in story.moments:
        value = moment.utility.get(who)
        values.append((values[-1] if values else 0.0) if value is None else value)
    return tuple(values)


def fortune(story: Story, who: str) -> tuple[float, ...]:
    """Return how well somebody fares in truth at every moment, as a reader sees it: from her death on, as badly as ever.

    What she died for may be worth it to her; that is in her utility, and not in the shape of her life.
    """
    known = [moment.true_utility.get(who) for moment in story.moments]
    lowest = min((value for value in known if value is not None), default=0.0)
    death = died(story, who)
    values: list[float] = []
    for moment, value in enumerate(known):
        before = values[-1] if values else 0.0
        gone = death is not None and moment > death
        values.append(lowest if gone else before if value is None else value)
    return tuple(values)


def ideal(shape: Shape, points: int) -> tuple[float, ...]:
    """Return a shape as a curve between -1 and 1 through so many points: half waves, one for each leg."""
    legs, up = _LEGS[shape]
    return tuple(-up * cos(pi * legs * i / max(points - 1, 1)) for i in range(points))


def fit(values: Sequence[float], shape: Shape) -> float:
    """Return how well an arc has a shape, from 0 (not at all) to 1: its correlation with the shape's curve, if that is positive."""
    other = ideal(shape, len(values))
    one_mean, other_mean = (sum(curve) / max(len(curve), 1) for curve in (values, other))
    pairs = [(a - one_mean, b - other_mean) for a, b in zip(values, other, strict=True)]
    spread = sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
    return min(max(sum(a * b for a, b in pairs) / spread, 0.0), 1.0) if spread > 1e-9 else 0.0


def nearest(values: Sequence[float]) -> tuple[Shape, float]:
    """Return the shape that an arc fits best, and how well."""
    return max(((shape, fit(values, shape)) for shape in SHAPES), key=lambda found: found[1])


def turns(values: Sequence[float]) -> tuple[float, ...]:
    """Return how deep each turn of fortune is: the smaller of the ways that it goes before and after."""
    legs: list[float] = []
    for before, after in pairwise(values):
        step = after - before
        if legs and step * legs[-1] >= 0:
            legs[-1] += step
        elif step:
            legs.append(step)
    return tuple(min(abs(one), abs(other)) for one, other in pairwise(legs))
