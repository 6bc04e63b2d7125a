"""How open a story is, and how much it surprises: what a reader who knows all the stories expects, act by act.

After Ely, Frankel & Kamenica (2015): there is suspense where the next act may change much of what is expected, surprise where it does. What
is expected is how well everybody will fare at the end, in truth; every story of the set is as likely as any other. That a reader
expects so is a model, and the set is only what the search has found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from itertools import pairwise
from math import sqrt

from fabula.frozen import dataclass
from fabula.story.story import Story

Fates = tuple[float, ...]


@dataclass(slots=True)
class _Crossing:
    """A place in the tree of all stories: how many go through it, the sum of their fates, and where they go from here."""

    count: int
    total: list[float]
    ways: dict[str, _Crossing] = field(default_factory=dict)

    def mean(self) -> Fates:
        return tuple(value / self.count for value in self.total)

    def open(self) -> float:
        """The standard deviation of what will be expected after the next act."""
        here = self.mean()
        ways = self.ways.values()
        return sqrt(sum(way.count / self.count * _far(way.mean(), here) ** 2 for way in ways))


def openness(stories: Sequence[Story]) -> tuple[tuple[float, float], ...]:
    """Return for each story its suspense and its surprise, summed over its acts, both at least 0."""
    fates = _fates(stories)
    root = _Crossing(0, [0.0] * (len(fates[0]) if fates else 0))
    paths = [_walk(root, story, fate) for story, fate in zip(stories, fates, strict=True)]
    return tuple((sum(c.open() for c in path), _surprise(path)) for path in paths)


def _walk(root: _Crossing, story: Story, fate: Fates) -> list[_Crossing]:
    """Enter a story into the tree; the end is a way of its own."""
    path = [root]
    for act in (*map(str, story.events), ""):
        path.append(path[-1].ways.setdefault(act, _Crossing(0, [0.0] * len(fate))))
    for crossing in path:
        crossing.count += 1
        crossing.total = [a + b for a, b in zip(crossing.total, fate, strict=True)]
    return path


def _surprise(path: Sequence[_Crossing]) -> float:
    means = [crossing.mean() for crossing in path]
    return sum(_far(one, other) for one, other in pairwise(means))


def _fates(stories: Sequence[Story]) -> list[Fates]:
    """How well each fares at the end, in truth, from 0 to 1 over all stories; those who always end alike are left out."""
    ends = [story.moments[-1].true_utility for story in stories]
    people = [who for who in (ends[0] if ends else {}) if all(end.get(who) is not None for end in ends)]
    columns = [[float(end[who] or 0.0) for end in ends] for who in people]
    spans = [(column, min(column), max(column)) for column in columns if min(column) < max(column)]
    return [tuple((column[i] - low) / (high - low) for column, low, high in spans) for i in range(len(ends))]


def _far(one: Fates, other: Fates) -> float:
    return sqrt(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)))
