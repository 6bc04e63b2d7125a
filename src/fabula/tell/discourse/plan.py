"""The discourse plan: a story and a spin become a list of units, each event told somewhere or left out with a reason."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from fabula.story.story import Event, Story
from fabula.tell.bank.bank import ANYWHERE, Bank
from fabula.tell.bank.condition import holds
from fabula.tell.discourse.memory import Call, Known, Recaller, gather, place, purpose
from fabula.tell.discourse.pace import DOOR, MEMORY, Lengths, Level, fit, importance, lengths
from fabula.tell.discourse.suspense import latest
from fabula.tell.discourse.view import Knowledge, View
from fabula.tell.discourse.withhold import Held, withheld
from fabula.tell.telling import Frame, Spin, Unit


def opening(story: Story, spin: Spin, knowledge: Knowledge | None = None) -> int:
    """The index of the event that opens the telling.

    Where the spin names none, it is one of the middle third that the focalizer has a hand in: the latest from which the suspense still peaks as high
    as from the earliest. Where there is no suspense, it is the first such event past the middle. Where the spin names one that this story does not have,
    there is nothing to open late for: the telling begins at the beginning.
    """
    if spin.order != "in-medias-res" or len(story.events) < 3:
        return 0
    named = [e.index for e in story.events if spin.opens_at and spin.opens_at in {e.action, str(e.index)}]
    if spin.opens_at:
        return named[0] if named else 0
    third, middle = len(story.events) // 3, (len(story.events) + 1) // 2
    near = [e.index for e in story.events[third:] if not spin.viewpoint or spin.viewpoint in e.arguments]
    tense = latest(knowledge or Knowledge(story), spin.viewpoint, [e for e in near if e <= 2 * third])
    return next((e for e in near if e >= middle), middle) if tense is None else tense


class _Planner:
    """Collects the units of one telling."""

    def __init__(self, story: Story, bank: Bank, spin: Spin, knowledge: Knowledge) -> None:
        self.story, self.bank, self.spin, self.knowledge = story, bank, spin, knowledge
        self.start = opening(story, spin, knowledge)
        self.units: list[Unit] = []
        self.out: dict[int, str] = {}
        self.learned = {e.index: knowledge.learned(e.index, spin.viewpoint) for e in story.events}
        self.now: Frame = "past" if spin.tense == "past" else "present"
        self.then: Frame = "pluperfect" if spin.tense == "past" else "past"

    def _tellable(self) -> list[int]:
        """The events that may be told at all."""
        found = []
        for event in self.story.events:
            if self.spin.seen is not None and event.reveals > self.spin.seen:
                self.out[event.index] = f"it gives away episode {event.reveals}"
            elif self.learned[event.index] is None:
                self.out[event.index] = f"{self.spin.viewpoint} never learns of it"
            else:
                found.append(event.index)
        return found

    def _levels(self, present: list[int], past: list[int]) -> tuple[dict[int, Level], dict[int, Lengths]]:
        events = self.story.events
        costs = {e: lengths(self.bank, self._view(events[e]), "scene") for e in present}
        costs |= {e: lengths(self.bank, self._view(events[e]), "memory") for e in past}
        costs |= {e: Lengths(costs[e].brief, 0, costs[e].brief) for e in costs if self.learned[e] != e}
        weights = {
            e: importance(self.bank, self.knowledge, events[e], self.spin.viewpoint)
            * (1.5 if e in present else 1)
            for e in costs
        }
        keep = [present[0], present[-1]] if present else []
        doors = self._room(len(self._doors(present[:-1]))) if past else 0
        words = max(self.spin.words - DOOR * doors, 1) if self.spin.words else 0
        levels = fit(costs, weights, words, keep)
        self._cap(levels, costs, weights, past)
        return levels, costs

    def _cap(
        self, levels: dict[int, Level], costs: dict[int, Lengths], weights: dict[int, float], past: list[int]
    ) -> None:
        """Hold memories to their share of the words: first their voices go, then they shrink to summaries."""
        for most, event in product((Level.FULL, Level.SUMMARY), sorted(past, key=lambda e: weights[e])):
            total = sum(costs[e].at(levels[e]) for e in levels)
            if sum(costs[e].at(levels[e]) for e in past) <= self.spin.memory_share * total:
                return
            levels[event] = min(levels[event], most)

    def plan(self) -> tuple[Unit, ...]:
        told = self._tellable()
        late = {e: at for e in told if (at := self.learned[e]) is not None and at != e and at >= self.start}
        past = [e for e in told if e < self.start and e not in late]
        present = [e for e in told if e >= self.start and e not in late]
        if not present:
            past, present = [], past
        held = self._held(present)
        present = [e for e in present if held is None or e not in held.causes]
        levels, costs = self._levels(present, [*past, *(held.causes if held else ())])
        calls = self._calls(present, past, levels, costs)
        known: dict[Known, object] = {}
        for event in present:
            if levels[event] is Level.SUMMARY:
                self._present(event, levels, costs)
            for learned in [e for e, at in late.items() if at == event and levels[event] is not Level.OUT]:
                self._flashback(Call((learned,), event, ("causality",)), {learned: Level.SUMMARY}, known)
            if levels[event] is not Level.SUMMARY:
                self._present(event, levels, costs)
            for call in calls.get(event, []):
                self._flashback(call, levels, known)
            if held and held.outcome == event:
                self._after(held, levels, known)
        self._rest()
        return tuple(replace(u, order=i) for i, u in enumerate(self.units))

    def _held(self, present: list[int]) -> Held | None:
        """What the telling holds back, if it is to surprise."""
        if self.spin.order != "surprise":
            return None
        return withheld(self.knowledge, self.spin.viewpoint, present)

    def _after(self, held: Held, levels: dict[int, Level], known: dict[Known, object]) -> None:
        """Tell what was held back, now that its outcome has come."""
        causes = tuple(e for e in held.causes if levels[e] is not Level.OUT)
        if causes and levels[held.outcome] is not Level.OUT:
            self._flashback(Call(causes, held.outcome, ("causality",)), levels, known)

    def _calls(
        self, present: list[int], past: list[int], levels: dict[int, Level], costs: dict[int, Lengths]
    ) -> dict[int, list[Call]]:
        told = [e for e in present if levels[e] is not Level.OUT]
        doors = self._doors(told[:-1] if len(told) > 1 else told)
        recaller = Recaller(self.knowledge, self.bank, self.spin.viewpoint)
        remembered = [e for e in past if levels[e] is not Level.OUT]
        if not remembered:
            return {}
        words = [sum(costs[e].at(levels[e]) for e in present if e <= door) for door in doors]
        groups = gather(recaller, remembered, self._room(len(doors)))
        found: dict[int, list[Call]] = {}
        for call in place(recaller, groups, doors, words, self.spin.memory_distance):
            found.setdefault(call.anchor, []).append(call)
        return found

    def _room(self, doors: int) -> int:
        """How many memories there may be: each comes and goes through two lines, for which a short telling has no room."""
        return min(doors, max(1, self.spin.words // MEMORY)) if self.spin.words else doors

    def _doors(self, present: list[int]) -> list[int]:
        """The events that let memories in: those for which the bank has a line that does; all, if it has none."""
        return [e for e in present if self._lets_in(self.story.events[e])] or present

    def _lets_in(self, event: Event) -> bool:
        lines = self.bank.actions.get(event.action, ANYWHERE).of("recall")
        return any(all(holds(c, self._view(event)) for c in v.conditions) for v in lines)

    def _view(self, event: Event) -> View:
        roles = self.bank.actions.get(event.action, ANYWHERE).roles
        last = event.index == len(self.story.events) - 1
        return View(
            self.knowledge, event, self.spin.viewpoint, dict(zip(roles, event.arguments, strict=False)),
            opens=event.index == self.start, closes=last,
        )  # fmt: skip

    def _present(self, event: int, levels: dict[int, Level], costs: dict[int, Lengths]) -> None:
        level = levels[event]
        if level is Level.OUT:
            return
        kind = "summary" if level is Level.SUMMARY else "scene"
        words = costs[event].at(min(level, Level.FULL))
        unit = Unit("scene", (event,), 0, self.now, words, self.spin.viewpoint)
        self.units.append(replace(unit, kind="summary") if kind == "summary" else unit)
        if level is Level.VOICES:
            self.units.append(replace(unit, kind="speech", words=costs[event].voices))
            self.units.append(replace(unit, kind="thought", words=costs[event].voices))

    def _flashback(self, call: Call, levels: dict[int, Level], known: dict[Known, object]) -> None:
        recaller = Recaller(self.knowledge, self.bank, self.spin.viewpoint)
        why = purpose(recaller, call.events, known)
        if not why and not recaller.eligible(call.indices):
            self.out |= dict.fromkeys(call.events, "to remember it would change nothing")
            return
        first = True
        for event in call.events:
            level = levels[event]
            length = lengths(self.bank, self._view(self.story.events[event]), "memory")
            unit = Unit(
                "flashback", (event,), 0, self.then if first else "past",
                length.at(min(level, Level.FULL)),
                self.spin.viewpoint, call.anchor, why, call.indices, brief=level is Level.SUMMARY,
            )  # fmt: skip
            self.units.append(unit)
            if level is Level.VOICES:
                self.units.append(replace(unit, kind="thought", frame="past"))
            first = False

    def _rest(self) -> None:
        """Whatever has no place so far is left out, with a reason."""
        placed = {e for u in self.units for e in u.events}
        for event in self.story.events:
            if event.index not in placed:
                reason = self.out.get(event.index) or (
                    "there was no room for it" if self.spin.words else "nothing present calls it up"
                )
                self.units.append(
                    Unit("ellipsis", (event.index,), 0, self.now, 0, self.spin.viewpoint, reason=reason)
                )


def plan_units(story: Story, bank: Bank, spin: Spin, knowledge: Knowledge) -> tuple[Unit, ...]:
    """Plan a telling: what, in which order, in which manner. Every event is in exactly one scene, summary, flashback or ellipsis."""
    return _Planner(story, bank, spin, knowledge).plan()
