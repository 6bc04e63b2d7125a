"""What can happen at some places, as `leaving` says it, in plain Python: the readable definition."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence

from fabula.ground.expression import Condition, EntityId, FluentId, Value
from fabula.ground.problem import Problem
from fabula.search.leaving import Branch, Leaving, Left, Met
from fabula.search.meter import STOPS, Meter, why
from fabula.search.minds import mistakes
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import Budget, Going, Limits
from fabula.search.reasons import Reasons
from fabula.search.spread import ways


class PlainLeaver:
    """The definition."""

    def __init__(self, problem: Problem, limits: Limits, asked: Sequence[Condition] = ()) -> None:
        """Leave places of this problem; of the limits, that on the length of courses is the caller's."""
        self._nature, self._limits = Nature(problem), limits
        self._reasons = Reasons(self._nature, limits)
        self._asked = tuple(map(mistakes.asked, asked))

    def leave(
        self, tree: Sequence[Branch], places: Sequence[int], budget: Budget, going: Going | None = None
    ) -> Leaving:
        """Leave places; see `Leaver`."""
        left: list[Left] = []
        met: dict[State, int] = {self._nature.start(): 0}
        stopped = ""
        with Meter(budget, going=going) as meter:
            self._reasons.tick = meter.tick
            try:
                states = self._replayed(tree)
                left.extend(self._left(states[place], met) for place in places)
            except STOPS as stop:
                stopped = why(stop)
        found = Leaving(tuple(left), tuple(map(self._met, met)), stopped)
        self._nature.sound()
        return found

    def _replayed(self, tree: Sequence[Branch]) -> list[State]:
        states = [self._nature.start()]
        for before, action in tree:
            states.append(self._nature.after(states[before], action))
        return states

    def _left(self, state: State, met: dict[State, int]) -> Left:
        self._reasons.tick()
        found = ways(self._reasons, self._limits, state)
        turns = tuple((action, met.setdefault(after, len(met))) for action, after in found.taken)
        return Left(turns, found.refused, found.cut)

    def _met(self, state: State) -> Met:
        start = self._nature.start().values
        pairs = enumerate(zip(start, state.values, strict=True))
        facts = tuple((FluentId(f), now) for f, (before, now) in pairs if before != now)
        holds = tuple(i for i, condition in enumerate(self._asked) if condition(state))
        worths = (self._nature.worth(state, EntityId(c)) for c in range(len(state.believed)))
        return Met(digest(state), self._nature.worth(state, None), tuple(worths), facts, holds)


def digest(root: State) -> bytes:
    """Name a state by what it holds: 16 bytes.

    Beliefs form a graph in which every state stands once. Walked breadth-first from the same state, character by character,
    it always reads the same, whatever else has been seen.
    """
    order, places = [root], {root: 0}
    sum_ = hashlib.blake2b(digest_size=16)
    for state in order:
        sum_.update(b"broken" if state.broken else b"")
        sum_.update(struct.pack(f"<{len(state.values)}d", *map(_plain, state.values)))
        for mind in state.believed:
            if mind not in places:
                places[mind] = len(order)
                order.append(mind)
            sum_.update(places[mind].to_bytes(8, "little"))
    return sum_.digest()


def _plain(value: Value) -> float:
    return float("nan") if value is None else value + 0.0  # there is one zero
