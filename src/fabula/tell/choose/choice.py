"""The best of many stories, and others that differ from it: the best first, then each time good and unlike those before.

The trade of worth against likeness is that of maximal marginal relevance (Carbonell & Goldstein 1998), in equal parts. All scores count alike; where
a shape is asked for, the fit counts as much as all the others together, and stories that fit badly come in only if none fits
well. The weights are ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fabula.frozen import dataclass
from fabula.story.story import Story
from fabula.tell.choose.distance import Traits, distance, traits, twins
from fabula.tell.choose.score import SCORES, Scores, ranks, score
from fabula.tell.choose.shape import Shape, hero

FITS = 0.5
"""From here on an arc is said to have a shape."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A story that was chosen.

    `number` is its place among those given, from 0. `ranks[name]` is the share of the other stories that it is above in a score (those like
    it counted half), `worth` the mean of them (a shape's fit counts half), `apart` how different it is from the nearest one chosen
    before it, from 0 to 1 (1 for the first).
    """

    story: Story
    number: int
    hero: str
    scores: Scores
    ranks: Mapping[str, float]
    worth: float
    apart: float = 1.0


def choose(
    stories: Sequence[Story],
    best: int,
    shape: Shape | None = None,
    who: str = "",
    others: Sequence[Story] = (),
) -> tuple[Choice, ...]:
    """Choose at most `best` stories, no two of which are the same events in another order; the first is the one of most worth.

    `who` is the one whose fortune is looked at; "" lets it be the one who chooses most of what happens. `others` are weighed with
    them and never chosen: what might have come about as well. The same arguments give the same choice; of stories of equal worth, the
    earlier one goes first.
    """
    weighed = _fitting(weigh([*stories, *others], shape, who)[: len(stories)])
    seen = [traits(story) for story in stories]
    left, chosen = _without_twins(weighed, seen), list[Choice]()
    apart = dict.fromkeys((choice.number for choice in left), 1.0)
    while left and len(chosen) < best:
        found = max(left, key=lambda c: (c.worth + (apart[c.number] if chosen else 0.0), -c.number))
        left.remove(found)
        chosen.append(replace(found, apart=round(apart[found.number], 6)))
        for choice in left:
            near = distance(seen[choice.number], seen[found.number])
            apart[choice.number] = min(apart[choice.number], near)
    return tuple(chosen)


def weigh(stories: Sequence[Story], shape: Shape | None = None, who: str = "") -> tuple[Choice, ...]:
    """Return every story with its scores and its worth, in the order given."""
    who = who or hero(stories)
    scores = score(stories, who, shape)
    names = [name for name in SCORES if shape or name != "fit"]
    columns = {name: ranks([getattr(one, name) for one in scores]) for name in names}
    found = []
    for number, (story, one) in enumerate(zip(stories, scores, strict=True)):
        own = {name: columns[name][number] for name in names}
        found.append(Choice(story, number, who, one, own, _worth(own)))
    return tuple(found)


def _worth(own: Mapping[str, float]) -> float:
    rest = [value for name, value in own.items() if name != "fit"]
    mean = sum(rest) / len(rest)
    return round((mean + own["fit"]) / 2 if "fit" in own else mean, 9)


def _fitting(weighed: Sequence[Choice]) -> Sequence[Choice]:
    """Keep those that have the shape that was asked for; all, if none has."""
    return [choice for choice in weighed if (choice.scores.fit or 0.0) >= FITS] or weighed


def _without_twins(weighed: Sequence[Choice], seen: Sequence[Traits]) -> list[Choice]:
    """Keep of every row of twins the one of most worth."""
    kept: list[Choice] = []
    for choice in sorted(weighed, key=lambda c: (-c.worth, c.number)):
        if not any(twins(seen[choice.number], seen[other.number]) for other in kept):
            kept.append(choice)
    return kept
