"""What can ever come true: an over-estimate of the values that each fluent of the real world may take.

Everybody's consent is taken for given, beliefs for whatever is wanted, and a value once reached stays
reachable (the delete relaxation of Bonet & Geffner 2001, for values instead of propositions). So what
is out of reach here is impossible in every story, however long and whoever thinks what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from fabula.ground.expression import (
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
    Compare,
    Condition,
    Const,
    FluentId,
    Read,
    Thinks,
    Truth,
    Value,
    ValueExpression,
)
from fabula.ground.problem import Action, Assignment, Problem, Trigger
from fabula.search.minds.evaluate import compute, holds

Values = frozenset[Value] | None
"""The values that something may take; None: any at all."""

_MANY = 64
"""More values of a number than this count as any value at all."""


class Reach:
    """The values within reach, by fluent. Behaves like a table; made once per problem, in no more than a few passes."""

    def __init__(self, problem: Problem, known: Sequence[Values] | None = None) -> None:
        """Start from the initial values, or from what is `known` to be in reach, until nothing new is reached."""
        self._problem = problem
        self.values: list[Values] = list(known or (frozenset([value]) for value in problem.initial))
        happenings: tuple[Action | Trigger, ...] = (*problem.actions, *problem.triggers)
        while True:
            before = list(self.values)
            for happening in happenings:
                if self.possible(happening.precondition):
                    for effect in happening.effects:
                        self._reach(effect)
            if self.values == before:
                return

    def _reach(self, effect: Assignment) -> None:
        known = self.values[effect.fluent]
        if effect.path or known is None or not self.possible(effect.condition):
            return
        new = self.of(effect.value)
        joined = None if new is None else known | new
        self.values[effect.fluent] = None if joined is None or len(joined) > _MANY else joined

    def possible(self, condition: Condition) -> bool:
        """Whether a condition may ever hold, as far as this estimate sees."""
        match condition:
            case Truth(outcome):
                return outcome
            case Thinks():
                return True
            case AllOf(parts):
                return all(map(self.possible, parts))
            case AnyOf(parts):
                return any(map(self.possible, parts))
            case Compare(comparator, left, right):
                pairs = _pairs(self.of(left), self.of(right))
                return pairs is None or any(holds(comparator, one, other) for one, other in pairs)

    def of(self, value: ValueExpression) -> Values:
        """Return what a value may ever be."""
        match value:
            case Const(fixed):
                return frozenset([fixed])
            case Read(fluent):
                return self.values[fluent]
            case Believed():
                return None
            case Arithmetic(symbol, left, right):
                return self._arithmetic(symbol, self.of(left), self.of(right))
            case Choice(branches, otherwise):
                open_ = [self.of(chosen) for condition, chosen in branches if self.possible(condition)]
                return _union([*open_, self.of(otherwise)])

    @staticmethod
    def _arithmetic(symbol: str, left: Values, right: Values) -> Values:
        pairs = _pairs(left, right)
        if pairs is None or (symbol == "/" and right is not None and 0 in right):
            return None
        results = frozenset(islice({compute(symbol, one, other) for one, other in pairs}, _MANY + 1))
        return None if len(results) > _MANY else results

    def reaches(self, goal: float) -> bool:
        """Whether the author's utility may ever be as high as the goal."""
        worth = self.of(self._problem.utility)
        return worth is None or any(value is not None and value >= goal for value in worth)

    def beyond(self) -> Iterator[tuple[FluentId, Value]]:
        """Give the values that the author's utility asks for and that nothing can bring about."""
        yield from _asked(self._problem.utility, self)
        for beat in self._problem.beats:
            yield from _asked_by(beat.condition, self)


def _pairs(left: Values, right: Values) -> Iterator[tuple[Value, Value]] | None:
    return None if left is None or right is None else product(left, right)


def _union(parts: list[Values]) -> Values:
    known = [part for part in parts if part is not None]
    return frozenset().union(*known) if len(known) == len(parts) else None


def _asked(value: ValueExpression, reach: Reach) -> Iterator[tuple[FluentId, Value]]:
    match value:
        case Arithmetic(_, left, right):
            yield from _asked(left, reach)
            yield from _asked(right, reach)
        case Choice(branches, otherwise):
            for condition, chosen in branches:
                yield from _asked_by(condition, reach)
                yield from _asked(chosen, reach)
            yield from _asked(otherwise, reach)
        case _:
            return


def _asked_by(condition: Condition, reach: Reach) -> Iterator[tuple[FluentId, Value]]:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _asked_by(part, reach)
        case Compare("==", Read(fluent), Const(value)) if not reach.possible(condition):
            yield fluent, value
        case _:
            return
