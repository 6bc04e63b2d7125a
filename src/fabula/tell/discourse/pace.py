"""Pace: how many words an event deserves, and what is cut when there are not enough of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

from fabula.frozen import dataclass
from fabula.story.story import Event
from fabula.tell.bank.bank import ANYWHERE, Bank, Section, most_special
from fabula.tell.bank.condition import holds
from fabula.tell.discourse.view import Knowledge, View

SUMMARY = 13
"""Words of a summary, and of a sentence of the fallback, on the average."""
DOOR = 22
"""Words of the two lines between which a memory stands."""
MEMORY = 180
"""Words of a telling for each memory that stands in it."""
EXTRAS: tuple[Section, ...] = ("speech", "indirect", "thought")


class Level(IntEnum):
    """How fully an event is told."""

    OUT = 0
    SUMMARY = 1
    FULL = 2
    VOICES = 3
    """Full, and with speech, free indirect speech or a thought after it."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """What it costs to tell an event, in words: `full` in its section, `voices` on top of that, `brief` in a summary."""

    full: int
    voices: int
    brief: int = SUMMARY

    def at(self, level: Level) -> int:
        """The words of one level."""
        return (0, self.brief, self.full, self.full + self.voices)[level]


def lengths(bank: Bank, view: View, section: Section) -> Lengths:
    """Estimate from what the bank has for this view how long its event is when told in full."""
    full = _words(bank, view, section) or _words(bank, view, "scene")
    voices = [words for extra in EXTRAS for words in _words(bank, view, extra)]
    brief = _mean(_words(bank, view, "summary")) or SUMMARY
    return Lengths(_mean(full) or brief, _mean(voices), brief)


def _mean(words: Sequence[int]) -> int:
    return sum(words) // len(words) if words else 0


def _words(bank: Bank, view: View, section: Section) -> list[int]:
    variants = bank.actions.get(view.event.action, ANYWHERE).of(section)
    fitting = [v for v in variants if all(holds(c, view) for c in v.conditions)]
    return [v.words for v in most_special(fitting)]


def importance(bank: Bank, knowledge: Knowledge, event: Event, viewpoint: str) -> float:
    """How much an event matters: what it changes for the focalizer, what hangs on it, whose plan it breaks, what it gives away."""
    story = knowledge.story
    effects = sum(1 for e in story.events if event.index in e.causes)
    before, after = story.moments[event.index], story.moments[event.index + 1]
    people = [viewpoint] if viewpoint else list(after.utility)
    change = max(
        (abs((after.utility.get(p) or 0) - (before.utility.get(p) or 0)) for p in people), default=0.0
    )
    broken = any(m.came == "failed" for m in event.motives)
    last = event.index == len(story.events) - 1
    weight = bank.actions.get(event.action, ANYWHERE).weight
    return weight * (
        1 + 0.25 * min(effects, 3) + min(change, 2) / 2 + 0.5 * broken + 0.5 * bool(event.tags) + 1.5 * last
    )


def fit(
    costs: Mapping[int, Lengths], weights: Mapping[int, float], words: int, keep: Sequence[int]
) -> dict[int, Level]:
    """Choose a level for every event so that the telling has about `words` words; 0 means as long as the bank makes it.

    `keep` are events that must not be left out. Greedy by weight: first everything in a sentence, then the weighty ones in full.
    """
    ranked = sorted(costs, key=lambda e: (-weights[e], e))
    if words <= 0:
        lively = set(ranked[: max(1, (2 * len(ranked)) // 3)])
        return {e: Level.VOICES if costs[e].voices and e in lively else Level.FULL for e in costs}
    levels = dict.fromkeys(costs, Level.SUMMARY)
    left = words - sum(cost.brief for cost in costs.values())
    for event in reversed(ranked):
        if left < 0 and event not in keep:
            levels[event] = Level.OUT
            left += costs[event].brief
    for event in ranked:
        gain = costs[event].full - costs[event].brief
        if levels[event] is Level.SUMMARY and gain <= left + words // 20:
            levels[event] = Level.FULL
            left -= gain
    for event in ranked:
        if levels[event] is Level.FULL and 0 < costs[event].voices <= left:
            levels[event] = Level.VOICES
            left -= costs[event].voices
    return levels
