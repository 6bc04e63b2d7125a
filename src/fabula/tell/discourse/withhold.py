"""Surprise: which causes of an outcome can be held back until it has happened, and told then.

After Prevoyant (Bae & Young 2008): the reader sees an outcome that nothing has prepared, and afterwards what prepared it. What is held back must be
separable, so that nothing that is told before hangs on it, and something of it must have been seen, so that it is no cheat.
"""

from __future__ import annotations

from collections.abc import Sequence

from fabula.frozen import dataclass
from fabula.story.story import Event
from fabula.tell.discourse.view import Knowledge

SHARE, MOST = 4, 4
"""At most one event in so many is held back, and no more than so many: a longer memory would be a chapter."""


@dataclass(frozen=True, slots=True)
class Held:
    """That `causes` are told after `outcome`, to which they led. `shown` are those of the people and things in them that were seen before it."""

    outcome: int
    causes: tuple[int, ...]
    shown: tuple[str, ...]


def withheld(knowledge: Knowledge, viewpoint: str, told: Sequence[int]) -> Held | None:
    """Return what a telling of the events `told` best holds back; None if there is nothing that it honestly can.

    What the focalizer chose herself is never held back from whoever reads over her shoulder, nor the event with which the telling opens.
    """
    found = [
        held
        for outcome in told
        if knowledge.learned(outcome, viewpoint) == outcome and _weight(knowledge, outcome)
        for link in knowledge.story.events[outcome].causes
        if (held := _thread(knowledge, viewpoint, told, outcome, link))
    ]
    return max(
        found,
        key=lambda held: (_weight(knowledge, held.outcome) * len(held.causes), held.outcome),
        default=None,
    )


def _thread(
    knowledge: Knowledge, viewpoint: str, told: Sequence[int], outcome: int, link: int
) -> Held | None:
    """What can be held back of one thread that leads to an outcome: causes on which nothing else hangs that is told before it."""
    held: list[int] = []
    for cause in sorted({link, *knowledge.causes(link)}, reverse=True):
        if len(held) == min(len(told) // SHARE, MOST):
            break
        if cause in told[1:] and _may(knowledge, viewpoint, cause, outcome):
            hanging = {e.index for e in knowledge.story.events[: outcome + 1] if cause in _rests_on(e)}
            held += [cause] if hanging <= {outcome, *held} else []
    early = {
        name for e in told if e < outcome and e not in held for name in knowledge.story.events[e].arguments
    }
    inside = {name for e in held for name in knowledge.story.events[e].arguments}
    shown = tuple(sorted(early & inside))
    return Held(outcome, tuple(sorted(held)), shown) if held and shown else None


def _may(knowledge: Knowledge, viewpoint: str, cause: int, outcome: int) -> bool:
    """Whether the focalizer knows of a cause by then, and is not the one who chose it."""
    learned = knowledge.learned(cause, viewpoint)
    known = learned is not None and learned <= outcome
    return known and (not viewpoint or viewpoint not in knowledge.story.events[cause].consenting)


def _rests_on(event: Event) -> set[int]:
    """The events without which one could not be understood: what made it possible, and what made somebody want it."""
    return {*event.causes, *event.moved_by}


def _weight(knowledge: Knowledge, event: int) -> float:
    """How much an event changes for the one for whom it changes most."""
    before, after = (knowledge.story.moments[event + i].utility for i in (0, 1))
    return max((abs((after.get(who) or 0.0) - (before.get(who) or 0.0)) for who in after), default=0.0)
