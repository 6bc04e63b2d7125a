"""Memory: which earlier events come back while which present one happens, and what for.

The five indices are Indexter's (Kives, Ware & Baker 2015): protagonist, time, space, causality, intention; an authored
motif is the sixth, our own. Purposes are those of Wu, Young & Christie (2016).
"""

from __future__ import annotations

from collections.abc import Sequence

from fabula.frozen import dataclass
from fabula.story.story import Event
from fabula.tell.bank.bank import ANYWHERE, Bank
from fabula.tell.discourse.view import Knowledge, View
from fabula.tell.telling import Purpose

Known = tuple[str, tuple[str, ...]]
"""A fact that has been told: its name and arguments."""

LONGEST = 3
"""Events in one memory, unless there are more of them than places for them."""


@dataclass(frozen=True, slots=True)
class Call:
    """A memory of `events`, called up by the present event `anchor` through shared `indices`."""

    events: tuple[int, ...]
    anchor: int
    indices: tuple[str, ...]


class Recaller:
    """Scores how strongly a present event calls up an earlier one; made once per telling."""

    def __init__(self, knowledge: Knowledge, bank: Bank, viewpoint: str) -> None:
        self.knowledge, self.bank, self.viewpoint = knowledge, bank, viewpoint

    def _people(self, event: Event) -> set[str]:
        return set(View(self.knowledge, event, self.viewpoint).participants)

    def _motifs(self, event: Event) -> frozenset[str]:
        prose = self.bank.actions.get(event.action, ANYWHERE)
        return prose.motifs.union(*(v.motifs for v in prose.variants))

    def shared(self, past: Event, present: Event) -> tuple[str, ...]:
        """The indices that two events share, motifs among them by their own names."""
        found = []
        if (self._people(past) & self._people(present)) - {self.viewpoint}:
            found.append("protagonist")
        if present.index - past.index <= 2:
            found.append("time")
        places = [self.knowledge.place(self.viewpoint, e.index) for e in (past, present)]
        if places[0] and places[0] == places[1]:
            found.append("space")
        if past.index in self.knowledge.causes(present.index):
            found.append("causality")
        goals = [{(m.character, str(m.plan[-1])) for m in e.motives if m.plan} for e in (past, present)]
        if goals[0] & goals[1]:
            found.append("intention")
        return (*found, *(f"motif {m}" for m in sorted(self._motifs(past) & self._motifs(present))))

    def eligible(self, indices: Sequence[str]) -> bool:
        """Whether something real calls the memory up: cause, intention or motif."""
        return any(i in {"causality", "intention"} or i.startswith("motif") for i in indices)

    def score(self, events: Sequence[int], anchor: int) -> tuple[float, tuple[str, ...]]:
        """How well a present event calls up a memory: shared indices, nearness of the cause, what it meant to the focalizer."""
        story = self.knowledge.story
        best: tuple[float, tuple[str, ...]] = (-1.0, ())
        for index in events:
            indices = self.shared(story.events[index], story.events[anchor])
            points = float(len(indices))
            if "causality" in indices:
                points += 1 / self.knowledge.causes(anchor)[index]
            before, after = (story.moments[index + i].utility.get(self.viewpoint) or 0 for i in (0, 1))
            points += min(abs(after - before), 1) - (0 if self.eligible(indices) else 3)
            best = max(best, (points, indices))
        return best

    def alike(self, one: int, other: int) -> bool:
        """Whether two neighbouring events make one memory: the same people, the same place, a motif in common if both have any."""
        events = self.knowledge.story.events
        same = self._people(events[one]) == self._people(events[other])
        where = [self.knowledge.place(self.viewpoint, i + 1) for i in (one, other)]
        motifs = [self._motifs(events[i]) for i in (one, other)]
        return same and where[0] == where[1] and (not all(motifs) or bool(motifs[0] & motifs[1]))

    def seam(self, one: Sequence[int], other: Sequence[int]) -> int:
        """How little two neighbouring memories want to be one: long ones, with little to call up the other, least of all."""
        events = self.knowledge.story.events
        return len(one) + len(other) - 2 * len(self.shared(events[one[-1]], events[other[0]]))


def gather(recaller: Recaller, past: Sequence[int], slots: int) -> list[tuple[int, ...]]:
    """Cut what is past into memories: neighbours that are alike, and no more memories than there are places for them."""
    groups: list[tuple[int, ...]] = []
    for event in past:
        if groups and len(groups[-1]) < LONGEST and recaller.alike(groups[-1][-1], event):
            groups[-1] = (*groups[-1], event)
        else:
            groups.append((event,))
    while len(groups) > max(slots, 1):
        at = min(range(len(groups) - 1), key=lambda i: (recaller.seam(groups[i], groups[i + 1]), i))
        groups[at : at + 2] = [groups[at] + groups[at + 1]]
    return groups


def place(
    recaller: Recaller,
    groups: Sequence[tuple[int, ...]],
    slots: Sequence[int],
    words: Sequence[int],
    distance: int,
) -> list[Call]:
    """Lay memories on present events, in the order in which they happened, so that the calls are strongest.

    `words[i]` is the length of present text up to and including slot i; two memories lie at least `distance` words apart
    (less, if they cannot otherwise be told at all).
    """
    scores = [[recaller.score(g, s) for s in slots] for g in groups]
    while True:
        chosen = _best(scores, words, distance)
        if chosen is not None:
            return [
                Call(group, slots[at], scores[i][at][1])
                for i, (group, at) in enumerate(zip(groups, chosen, strict=True))
            ]
        if distance <= 0:
            return []
        distance = distance // 2 if distance > 10 else 0


def _best(
    scores: Sequence[Sequence[tuple[float, tuple[str, ...]]]], words: Sequence[int], distance: int
) -> list[int] | None:
    """The rising choice of slots with the highest sum; None if there is none at this distance. Dynamic programming."""
    best: dict[int, tuple[float, list[int]]] = {-1: (0.0, [])}
    for row in scores:
        following: dict[int, tuple[float, list[int]]] = {}
        for slot, (points, _) in enumerate(row):
            options = [
                (total + points, [*path, slot])
                for last, (total, path) in best.items()
                if last < slot and (last < 0 or words[slot] - words[last] >= distance)
            ]
            if options:
                following[slot] = max(options, key=lambda o: o[0])
        best = following
    return max(best.values(), key=lambda o: o[0])[1] if best else None


def purpose(recaller: Recaller, events: Sequence[int], told: dict[Known, object]) -> Purpose:
    """What a memory is for: it establishes what was not known, changes or reinforces it, or reminds of it; "" if it does none.

    A number that falls is changed, one that rises is reinforced; what comes to be as it was told before is brought to mind again.
    `told` are the facts that have been told to change, and what they became; it grows by this memory's.
    """
    mind = (recaller.viewpoint,) if recaller.viewpoint else ()
    changes = [c for e in events for c in recaller.knowledge.story.events[e].changes if c.mind in {(), mind}]
    facts: dict[Known, object] = {(c.fact.name, c.fact.arguments): c.after for c in changes}
    found = {_turn(told[fact], new) if fact in told else "establish" for fact, new in facts.items()}
    told |= facts
    order: tuple[Purpose, ...] = ("change", "reinforce", "remind", "establish")
    return next((why for why in order if why in found), "")


def _turn(old: object, new: object) -> Purpose:
    """What it does to a fact that has been told, to tell what it became."""
    if old == new:
        return "remind"
    numbers = [value for value in (old, new) if isinstance(value, float | int)]
    return "reinforce" if len(numbers) == 2 and numbers[0] < numbers[1] else "change"
