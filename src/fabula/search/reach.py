"""What can ever come true: an over-estimate of the values that each fluent of the real world may take.

Everybody's consent is taken for given, beliefs for whatever is wanted, and a value once reached stays
reachable (the delete relaxation of Bonet & Geffner 2001, for values instead of propositions). So what
is out of reach here is impossible in every story, however long and whoever thinks what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
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
    walk,
)
from fabula.ground.problem import Action, Problem, Trigger
from fabula.search.minds.evaluate import compute, holds

Values = frozenset[Value] | None
"""The values that something may take; None: any at all."""

_MANY = 64
"""More values of a number than this count as any value at all."""


class Reach:
    """The values within reach, by fluent. Behaves like a table that only grows: what reads a value that is new is looked at again."""

    def __init__(self, problem: Problem) -> None:
        """Begin with the initial values, and go on until nothing new is reached."""
        self._problem = problem
        self._happenings: tuple[Action | Trigger, ...] = (*problem.actions, *problem.triggers)
        self._readers: list[list[int]] = [[] for _ in problem.fluents]
        for number, happening in enumerate(self._happenings):
            for fluent in _read(happening):
                self._readers[fluent].append(number)
        self._begin(problem.initial)

    def _begin(self, initial: Iterable[Value]) -> None:
        self.values: list[Values] = [frozenset([value]) for value in initial]
        self._grow(range(len(self._happenings)))

    def elsewhere(self, initial: Iterable[Value]) -> Reach:
        """Return what is within reach if the problem begins with these values."""
        other = copy(self)
        other._begin(initial)  # noqa: SLF001 - its own
        return other

    def widened(self, facts: Iterable[tuple[FluentId, Value]]) -> Reach:
        """Return what is within reach if these facts are, besides all that is so already."""
        wider = copy(self)
        wider.values = list(self.values)
        wider.widen(facts)
        return wider

    def widen(self, facts: Iterable[tuple[FluentId, Value]]) -> None:
        """Take facts in."""
        for fluent, value in facts:
            self._grow(self._add(fluent, frozenset([value])))

    def _grow(self, happenings: Iterable[int]) -> None:
        waiting = dict.fromkeys(happenings)
        while waiting:
            number = next(iter(waiting))
            del waiting[number]
            if self.possible(self._happenings[number].precondition):
                for effect in self._happenings[number].effects:
                    if not effect.path and self.possible(effect.condition):
                        waiting |= dict.fromkeys(self._add(effect.fluent, self.of(effect.value)))

    def _add(self, fluent: FluentId, new: Values) -> Sequence[int]:
        """Add values to those of a fluent; returns who has to look again."""
        known = self.values[fluent]
        if known is None or (new is not None and new <= known):
            return ()
        joined = None if new is None else known | new
        self.values[fluent] = None if joined is None or len(joined) > _MANY else joined
        return self._readers[fluent]

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
            case Compare("==", Read(fluent), Const(value)):
                known = self.values[fluent]
                return known is None or value in known
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


def _read(happening: Action | Trigger) -> set[FluentId]:
    """Return the fluents of which an act or trigger reads something."""
    written = (happening.precondition, happening.effects)
    return {node.fluent for node in walk(written) if isinstance(node, Read)}


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
