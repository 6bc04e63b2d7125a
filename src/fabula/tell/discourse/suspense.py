"""Suspense: how much hangs in the balance at a moment, and where a telling may open without losing the most of it.

Suspense is hope with fear (Ortony, Clore & Collins 1988); there is more of it the more may be lost and the fewer ways out there are (Cheong &
Young 2015; O'Neill & Riedl 2014). A story holds no ways out that nobody tried, so that the plans under way stand for them: how they are added up is ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from fabula.tell.discourse.view import Knowledge


def tension(knowledge: Knowledge, who: str, moment: int) -> float:
    """Return what hangs in the balance for somebody at a moment, in units of utility: for "", for the one for whom it is most.

    She must hope and fear at once, or it counts half.
    """
    if not who:
        return max((tension(knowledge, one, moment) for one in knowledge.feelings.people), default=0.0)
    gain, loss = knowledge.feelings.hope(who, moment), knowledge.feelings.fear(who, moment)
    return gain + loss if gain > 0 < loss else (gain + loss) / 2


def climax(knowledge: Knowledge, who: str) -> int:
    """Return the event that changes most for somebody ("": for anybody), the last of several; the last event if none does."""
    moments, events = knowledge.story.moments, knowledge.story.events
    people = [who] if who else list(moments[0].utility)

    def change(event: int) -> float:
        pairs = (
            (moments[event].utility.get(p) or 0.0, moments[event + 1].utility.get(p) or 0.0) for p in people
        )
        return max((abs(after - before) for before, after in pairs), default=0.0)

    return max(range(len(events)), key=lambda event: (change(event), event), default=0)


def peak(knowledge: Knowledge, who: str, first: int) -> float:
    """Return the most that hangs in the balance from an event on until the climax; 0 if that is past."""
    return max(
        (tension(knowledge, who, moment) for moment in range(first, climax(knowledge, who) + 1)), default=0.0
    )


def latest(knowledge: Knowledge, who: str, openings: Sequence[int]) -> int | None:
    """Return the latest of the events that can open a telling with all the suspense that the earliest has; None if there is none to lose."""
    peaks = [peak(knowledge, who, event) for event in openings]
    best = max(peaks, default=0.0)
    return max(e for e, high in zip(openings, peaks, strict=True) if high == best) if best > 0 else None
