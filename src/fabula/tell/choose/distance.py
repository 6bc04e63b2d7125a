"""How different two stories are: in who acts, what happens, what leads to what, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fabula.story.story import Story


@dataclass(frozen=True, slots=True)
class Traits:
    """What a story is compared by. `acts` are its events without their order; an event that comes twice counts twice."""

    cast: frozenset[str]
    acts: frozenset[tuple[str, int]]
    links: frozenset[tuple[str, str]]
    ending: frozenset[tuple[str, object]]


def traits(story: Story) -> Traits:
    """Return what a story is compared by: who chooses acts, which happen, what makes what possible, what has changed at the end."""
    acts = [str(event) for event in story.events]
    first, last = (story.moments[i].facts.get((), {}) for i in (0, -1))
    return Traits(
        frozenset(who for event in story.events for who in event.consenting),
        frozenset((act, acts[: i + 1].count(act)) for i, act in enumerate(acts)),
        frozenset((acts[cause], acts[event.index]) for event in story.events for cause in event.causes),
        frozenset((str(fact), value) for fact, value in last.items() if first.get(fact) != value),
    )


def distance(one: Traits, other: Traits) -> float:
    """Return how different two stories are, from 0 to 1: the mean of their Jaccard distances (1901) in the four traits."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in Traits.__slots__)
    return sum(_apart(a, b) for a, b in pairs) / len(Traits.__slots__)


def twins(one: Traits, other: Traits) -> bool:
    """Whether two stories are the same events, perhaps in another order."""
    return one.acts == other.acts


def _apart(one: frozenset[Any], other: frozenset[Any]) -> float:
    both = len(one | other)
    return 1 - len(one & other) / both if both else 0.0
