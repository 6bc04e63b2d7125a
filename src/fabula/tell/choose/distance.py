"""How different two stories are: in who acts, what happens, what leads to what, and how it ends."""

from __future__ import annotations

from typing import Any

from fabula.frozen import dataclass
from fabula.story.story import Moment, Story


@dataclass(frozen=True, slots=True)
class Traits:
    """What a story is compared by.

    `acts` are its events without their order; an event that comes twice counts twice. `ending` is what has changed, in truth
    and for everybody: in what order people see things may decide what they believe, and so how they fare.
    """

    cast: frozenset[str]
    acts: frozenset[tuple[str, int]]
    links: frozenset[tuple[str, str]]
    ending: frozenset[tuple[str, object]]


def traits(story: Story) -> Traits:
    """Return what a story is compared by: who chooses acts, which happen, what makes what possible, what has changed at the end."""
    acts = [str(event) for event in story.events]
    first, last = (_standing(story.moments[i]) for i in (0, -1))
    return Traits(
        frozenset(who for event in story.events for who in event.consenting),
        frozenset((act, acts[: i + 1].count(act)) for i, act in enumerate(acts)),
        frozenset((acts[cause], acts[event.index]) for event in story.events for cause in event.causes),
        frozenset((what, value) for what, value in last.items() if first.get(what) != value),
    )


def _standing(moment: Moment) -> dict[str, object]:
    """How things stand in truth, how everybody fares in their own eyes, and the story in its author's."""
    facts: dict[str, object] = {str(fact): value for fact, value in moment.facts.get((), {}).items()}
    return (
        facts
        | {f"utility({who})": worth for who, worth in moment.utility.items()}
        | {"utility()": moment.author}
    )


def distance(one: Traits, other: Traits) -> float:
    """Return how different two stories are, from 0 to 1: the mean of their Jaccard distances (1901) in the four traits."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in Traits.__slots__)
    return sum(_apart(a, b) for a, b in pairs) / len(Traits.__slots__)


def twins(one: Traits, other: Traits) -> bool:
    """Whether two stories are the same events, perhaps in another order, and end alike."""
    return one.acts == other.acts and one.ending == other.ending


def _apart(one: frozenset[Any], other: frozenset[Any]) -> float:
    both = len(one | other)
    return 1 - len(one & other) / both if both else 0.0
