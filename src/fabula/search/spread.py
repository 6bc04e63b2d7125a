"""Everything that can come about: all states that explained acts lead to, and the acts that somebody would not do.

The search (`reference`, `engine`) looks for one story; this looks at all courses of events, wherever they lead, so
that questions about every story can be decided. Plain Python, the readable definition; `engine.spread` is the
same in the native core.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from fabula.diagnostics.diagnostic import Diagnostic
from fabula.ground.expression import Condition, Value
from fabula.ground.problem import ActionId, Problem
from fabula.search.meter import STOPS, Meter, Progress, why
from fabula.search.minds import mistakes
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import Budget, Limits
from fabula.search.reasons import Reasons
from fabula.search.reference import default_goal

Until = Literal["", "anywhere", "ending"]
"""Stop at the first place at which every asked condition holds: never, anywhere, or where a course may end."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An act that everybody in it would do at a place, and the number of the place that it leads to."""

    action: ActionId
    to: int


@dataclass(frozen=True, slots=True)
class Place:
    """A state that courses of events lead to.

    `depth` is the length of a shortest course to it, `came` the place before it on that course and the act between them
    (None at the start). `turns` lead on; `refused` are the acts that are possible here and that somebody would not do. `open`:
    what follows was not looked at. `holds` are the indices of the asked conditions that hold here, `worth` is the author's utility.
    """

    number: int
    depth: int
    came: tuple[int, ActionId] | None
    turns: tuple[Turn, ...] = ()
    refused: tuple[ActionId, ...] = ()
    open: bool = True
    holds: frozenset[int] = frozenset()
    worth: Value = None

    @property
    def still(self) -> bool:
        """Whether nothing happens any more: nobody has a reason for anything that would change something."""
        return not self.turns and not self.open


@dataclass(frozen=True, slots=True)
class Spread:
    """All places, in order of depth.

    `cut`: the limit on the length of a course left something out. `short`: somebody might have had a reason for an act if
    the limits on reasons had allowed a longer or deeper one. `stopped`: `time`, `nodes`, `memory`, `interrupt`, or `found`.
    Places that no question within the limits tells apart may be one. `mistake`: something broke in what somebody believes or imagines
    (one of what the search came across).
    """

    places: tuple[Place, ...]
    goal: float
    cut: bool = False
    short: bool = False
    stopped: str = ""
    seconds: float = 0.0
    mistake: Diagnostic | None = None

    def is_ending(self, place: Place) -> bool:
        """Whether a course may end there: nothing happens any more, or the author's hope is fulfilled."""
        return place.number > 0 and (place.still or self.is_hoped(place))

    def is_hoped(self, place: Place) -> bool:
        """Whether the author's hope is fulfilled there."""
        return place.worth is not None and place.worth >= self.goal


def spread(
    problem: Problem,
    limits: Limits,
    asked: Sequence[Condition] = (),
    goal: float | None = None,
    budget: Budget | None = None,
    until: Until = "",
    progress: Progress | None = None,
) -> Spread:
    """Look at every course of events within the limits, shortest first, beats left aside.

    Raises Mistakes where an act breaks the world that everybody in it would do (see `nature`), or where what is asked divides by zero.
    """
    with Meter(budget, progress) as meter:
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
        mistake = next(iter(self._nature.mistakes), None)
        return Spread(tuple(self._places), goal, self._cut, self._short, stopped, seconds, mistake)

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
        turns, refused, is_open = [], [], False
        for action, after, willing in self._possible(self._states[place.number]):
            if not willing:
                refused.append(action)
            elif place.depth != self._limits.author:
                turns.append(Turn(action, self._number(after)))
            else:
                is_open = True
                self._cut = self._cut or after not in self._numbers
        return replace(place, turns=tuple(turns), refused=tuple(refused), open=is_open)

    def _number(self, state: State) -> int:
        if state not in self._numbers:
            self._numbers[state] = len(self._states)
            self._states.append(state)
        return self._numbers[state]

    def _possible(self, state: State) -> Iterator[tuple[ActionId, State, bool]]:
        """Give the acts that would change something, what they lead to, and whether everybody would do them."""
        for index in range(len(self._nature.problem.actions)):
            action = ActionId(index)
            if not self._nature.possible(action, state):
                continue
            after = self._nature.after(state, action)
            if after is state:
                continue
            consent = self._reasons.consent(action, state, None, self._limits.character, 0)
            if after.broken:
                if consent.explanations is not None:
                    self._nature.sound()
                continue
            self._short = self._short or consent.cut
            yield action, after, consent.explanations is not None
