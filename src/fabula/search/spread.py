"""Everything that can come about: all states that explained acts lead to, and the acts that somebody would not do.

The search (`reference`, `engine`) looks for one story; this looks at all courses of events, wherever they lead, so
that questions about every story can be decided. Plain Python, the readable definition; `engine.spread` is the
same in the native core.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from fabula.frozen import dataclass
from fabula.ground.expression import Condition, Value
from fabula.ground.problem import ActionId, Problem
from fabula.search.meter import STOPS, Meter, why
from fabula.search.minds import mistakes
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import Budget, Going, Limits, Plan, Progress, default_goal, refuse_unknown
from fabula.search.plain.chart import Looked, PlainChart
from fabula.search.reasons import Reasons
from fabula.search.tables import Place, Spread, Tables, Turn, Until


def spread(
    problem: Problem,
    limits: Limits,
    asked: Sequence[Condition] = (),
    goal: float | None = None,
    budget: Budget | None = None,
    until: Until = "",
    progress: Progress | None = None,
    going: Going | None = None,
) -> Spread:
    """Look at every course of events within the limits, shortest first, beats left aside.

    Raises Mistakes where an act breaks the world that everybody in it would do (see `nature`), or where what is asked divides by zero;
    ValueError for an `until` that there is not.
    """
    refuse_unknown("until", until, Until)
    with Meter(budget, progress, going) as meter:
        return _Spreading(problem, limits, asked, goal, meter).run(until)


class _Spreading:
    """One look around. Breadth-first, so that the first course to a place is a shortest one."""

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        asked: Sequence[Condition],
        goal: float | None,
        meter: Meter,
    ) -> None:
        self._nature = Nature(problem)
        self._reasons = Reasons(self._nature, limits, tick=meter.tick)
        self._limits, self._meter = limits, meter
        self._asked = tuple(map(mistakes.asked, asked))
        self._goal = goal
        self._cut = self._short = False
        self._states = [self._nature.start()]
        self._numbers = {self._states[0]: 0}

    def run(self, until: Until) -> Spread:
        goal = default_goal(self._nature.worth(self._states[0], None)) if self._goal is None else self._goal
        self._places = [self._place(0, 0, None)]
        try:
            stopped = self._all(until, goal)
        except STOPS as stop:
            stopped = why(stop)
        seconds = self._meter.statistics().seconds
        places = tuple(self._places)
        states = self._states[: len(places)]
        tables = Tables(PlainChart(lambda: Looked(places, states, len(self._asked))))
        mistake = next(iter(self._nature.mistakes), None)
        return Spread(places, goal, self._cut, self._short, stopped, seconds, tables, mistake)

    def _all(self, until: Until, goal: float) -> str:
        """Leave every place; returns `found` where that was to be the end. Raises `Stopped`."""
        places = self._places
        for place in places:  # grows while it is read
            self._meter.visit(len(places) - self._meter.visited)
            left = places[place.number] = self._left(place)
            for turn in left.turns:
                if turn.to == len(places):
                    places.append(self._place(turn.to, place.depth + 1, (place.number, turn.action)))
            found = until and len(left.holds) == len(self._asked)
            if found and (until == "anywhere" or Spread((), goal).is_ending(left)):
                return "found"
        return ""

    def _place(self, number: int, depth: int, came: tuple[int, ActionId] | None) -> Place:
        state = self._states[number]
        holds = frozenset(i for i, condition in enumerate(self._asked) if condition(state))
        return Place(number, depth, came, holds=holds, worth=self._nature.worth(state, None))

    def _left(self, place: Place) -> Place:
        """Find out what can happen at a place."""
        found = ways(self._reasons, self._limits, self._states[place.number])
        if found.broken:
            self._nature.sound()
        self._short = self._short or found.cut
        if place.depth == self._limits.author:
            self._cut = self._cut or any(after not in self._numbers for _, after in found.taken)
            return replace(place, refused=found.refused, open=bool(found.taken))
        turns = tuple(Turn(action, self._number(after)) for action, after in found.taken)
        return replace(place, turns=turns, refused=found.refused, open=False)

    def _number(self, state: State) -> int:
        if state not in self._numbers:
            self._numbers[state] = len(self._states)
            self._states.append(state)
        return self._numbers[state]


@dataclass(frozen=True, slots=True)
class Ways:
    """What can happen in a state: acts that would change something and that everybody in them would do, with what they lead to.

    `refused` are those that somebody would not do; `cut`: she might, if the limits on reasons were wider. `broken`: something that
    everybody would do breaks the world, and is no way.
    """

    taken: tuple[tuple[ActionId, State], ...]
    refused: tuple[ActionId, ...]
    cut: bool
    broken: bool


def ways(reasons: Reasons, limits: Limits, state: State) -> Ways:
    """Return the ways on from a state."""
    taken, refused, cut, broken = [], [], False, False
    nature = reasons.nature
    for action in map(ActionId, range(len(nature.problem.actions))):
        if not nature.possible(action, state):
            continue
        after = nature.after(state, action)
        if after is state:
            continue
        consent = reasons.consent(action, state, None, limits.character, 0)
        willing = consent.explanations is not None
        if after.broken:
            broken = broken or willing
            continue
        cut = cut or consent.cut
        if willing:
            taken.append((action, after))
        else:
            refused.append(action)
    return Ways(tuple(taken), tuple(refused), cut, broken)


Course = tuple[ActionId, ...]


def visited(
    nature: Nature, worth: Callable[[State], Value], courses: Mapping[Course, bool], plans: Sequence[Plan]
) -> Tables:
    """Show what a search has visited: courses from the start, each with whether what follows is open, and its plans."""
    stories = [tuple(step.action for step in plan.steps) for plan in plans]
    return Tables(PlainChart(lambda: _Joining(nature, courses, stories).looked(worth)))


class _Joining:
    """Courses and stories put together: what several of them come to is one place, from where all their turns lead on."""

    def __init__(self, nature: Nature, courses: Mapping[Course, bool], stories: Sequence[Course]) -> None:
        self._nature, start = nature, nature.start()
        self._turns: dict[State, set[tuple[ActionId, State]]] = {start: set()}
        self._open = {start: True}
        self._stories = [self._follow(story) for story in stories]
        for course, is_open in courses.items():
            end = self._follow(course)[-1]
            self._open[end] = self._open[end] and is_open

    def _follow(self, course: Course) -> list[State]:
        states = [self._nature.start()]
        for action in course:
            before, after = states[-1], self._nature.after(states[-1], action)
            self._turns[before].add((action, after))
            self._turns.setdefault(after, set())
            self._open.setdefault(after, True)
            states.append(after)
        return states

    def looked(self, worth: Callable[[State], Value]) -> Looked:
        states = [self._nature.start()]
        numbers = {states[0]: 0}
        places: list[Place] = [Place(0, 0, None)]
        for place in places:  # both grow while they are read
            state = states[place.number]
            turns = []
            for action, after in sorted(self._turns[state], key=lambda turn: turn[0]):
                if after not in numbers:
                    numbers[after] = len(states)
                    states.append(after)
                    places.append(Place(numbers[after], place.depth + 1, (place.number, action)))
                turns.append(Turn(action, numbers[after]))
            is_open = self._open[state]
            places[place.number] = replace(place, turns=tuple(turns), open=is_open, worth=worth(state))
        return Looked(places, states, 0, self._stories)
