"""The reference search: which stories does a problem have? Plain Python, the readable definition.

A reading of section 12 of the language. The core (`engine`) answers the same questions faster; where
the two differ, this one is right. Not done here, for clarity: estimates of the distance to the goal,
parallel search. The price is a factor of some hundred in time.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator
from itertools import count

from fabula.frozen import dataclass
from fabula.ground.expression import Value
from fabula.ground.problem import ActionId, Problem
from fabula.search.meter import STOPS, Meter, why
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import (
    Ambition,
    Budget,
    Explanation,
    Going,
    Limits,
    Mode,
    Outcome,
    Plan,
    Progress,
    Status,
    Step,
    default_goal,
    refuse_unknown,
)
from fabula.search.reach import Reach
from fabula.search.reasons import Reasons
from fabula.search.spread import visited

__all__ = ["Progress", "default_goal", "search"]

Place = tuple[State, int]
"""A state and how many beats the story has met on the way to it."""


@dataclass(frozen=True, slots=True)
class _Tale:
    """A story as far as it is told: where it stands, its shadows (see `reasons`), its acts."""

    place: Place
    shadows: frozenset[Place]
    steps: tuple[Step, ...]


def search(
    problem: Problem,
    limits: Limits,
    goal: float | None = None,
    mode: Mode = "first",
    budget: Budget | None = None,
    ambition: Ambition = "improve",
    progress: Progress | None = None,
    told: Callable[[Plan], object] | None = None,
    going: Going | None = None,
) -> Outcome:
    """Find stories that reach the goal (default: a whole step above the author's utility at the start); `told` gets each as it is found.

    Raises Mistakes where the start is broken, or where there is no story and something broke on the way (see `nature`); ValueError for
    a mode or an ambition that there is not. A KeyboardInterrupt ends the search with the status STOPPED and what was found, and so does a thought that is too long for
    Python's stack (reason `memory`): plans without limit may go on for ever.
    """
    refuse_unknown("mode", mode, Mode)
    with Meter(budget, progress, going) as meter:
        return _Search(problem, limits, ambition, meter).run(goal, mode, told)


class _Search:
    """One question. Works best-first on (state, beats met, shadows), which is all that a future depends on."""

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        ambition: Ambition,
        meter: Meter,
    ) -> None:
        self._nature = Nature(problem)
        self._reasons = Reasons(self._nature, limits, ambition, meter.tick)
        self._limits, self._meter = limits, meter
        self._beats = tuple(self._nature.condition(beat.condition) for beat in problem.beats)
        self._cut = False
        self._courses: dict[tuple[ActionId, ...], bool] = {}

    def run(self, goal: float | None, mode: Mode, told: Callable[[Plan], object] | None) -> Outcome:
        found: list[Plan] = []
        reason = ""
        try:
            start = self._nature.start()
            self._floor = self._worth(start)
            self._goal = default_goal(self._floor) if goal is None else goal
            for plan in self._stories(start, mode):
                found.append(plan)
                if told is not None:
                    told(plan)
                if mode != "all":
                    break
        except STOPS as stop:
            reason = why(stop)
        if not found and not reason:
            self._nature.sound()
        tables = visited(self._nature, self._worth, self._courses, found)
        mistake = next(iter(self._nature.mistakes), None)
        status = self._status(found, reason)
        return Outcome(status, tuple(found), self._meter.statistics(), reason, tables, mistake)

    def _status(self, found: list[Plan], reason: str) -> Status:
        if reason or found:
            return Status.STOPPED if reason else Status.SOLVED
        limited = self._cut and Reach(self._nature.problem).reaches(self._goal)
        return Status.LIMITS if limited else Status.IMPOSSIBLE

    def _stories(self, start: State, mode: Mode) -> Iterator[Plan]:
        """Yield stories: shortest first unless any will do, each once."""
        tie = count()
        root = _Tale((start, self._met(start, 0)), frozenset(), ())
        queue = [(self._promise(root, mode), next(tie), root)]
        seen: set[object] = set()
        while queue:
            tale = heapq.heappop(queue)[2]
            self._meter.visit()
            course = tuple(step.action for step in tale.steps)
            self._courses[course] = True
            if self._is_story(tale):
                yield Plan(tale.steps, self._worth(tale.place[0]))
            if len(tale.steps) == self._limits.author:
                self._cut = self._cut or self._goes_on(tale)
                continue
            for longer in self._lengthen(tale):
                key = (longer.place, longer.shadows, len(longer.steps) if self._limits.author >= 0 else 0)
                if mode != "all" and key in seen:
                    continue
                seen.add(key)
                self._meter.generated += 1
                heapq.heappush(queue, (self._promise(longer, mode), next(tie), longer))
            self._courses[course] = False

    def _promise(self, tale: _Tale, mode: Mode) -> tuple[float, ...]:
        """Rank a tale, smallest first: by length, or by beats still to come and worth if any story will do."""
        if mode != "first":
            return (len(tale.steps),)
        value = self._worth(tale.place[0])
        return (-tale.place[1], math.inf if value is None else -value, len(tale.steps))

    def _lengthen(self, tale: _Tale) -> Iterator[_Tale]:
        state, met = tale.place
        for action in self._possible(state):
            consent = self._consent(action, state)
            if consent is None:
                continue
            shadows = {tale.place, *tale.shadows}
            shadows.update(self._shifted(action, tale.shadows))
            after = self._nature.after(state, action)
            place = (after, self._met(after, met))
            if not after.broken and place not in shadows:
                yield _Tale(place, frozenset(shadows), (*tale.steps, Step(action, consent)))

    def _shifted(self, action: ActionId, shadows: frozenset[Place]) -> Iterator[Place]:
        """Where the act leads those shadows in which it can be done, and everybody would."""
        for state, met in shadows:
            if self._nature.possible(action, state) and self._consent(action, state) is not None:
                after = self._nature.after(state, action)
                yield after, self._met(after, met)

    def _worth(self, state: State) -> Value:
        return self._nature.worth(state, None)

    def _consent(self, action: ActionId, state: State) -> tuple[Explanation, ...] | None:
        consent = self._reasons.consent(action, state, None, self._limits.character, 0)
        self._cut = self._cut or consent.cut
        return consent.explanations

    def _possible(self, state: State) -> list[ActionId]:
        every = range(len(self._nature.problem.actions))
        return [ActionId(a) for a in every if self._nature.possible(ActionId(a), state)]

    def _goes_on(self, tale: _Tale) -> bool:
        return any(True for _ in self._lengthen(tale))

    def _is_story(self, tale: _Tale) -> bool:
        state, met = tale.place
        value = self._worth(state)
        if not tale.steps or value is None or met < len(self._beats):
            return False
        if self._floor is None or value < self._goal or value <= self._floor:
            return False  # `?` is never better nor worse than anything
        return all((self._worth(s), m) != (value, met) for s, m in tale.shadows)

    def _met(self, state: State, met: int) -> int:
        while met < len(self._beats) and self._beats[met](state):
            met += 1
        return met
