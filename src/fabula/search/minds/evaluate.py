"""Conditions and values made callable: each ground expression becomes one plain function of a state.

A state is anything with `values` (one per fluent) and `believed` (one state per character), so that the
same functions serve states still under construction.

A value that divides by zero, or is read in a broken mind (see `nature`), is none: reading it raises. A comparison with such a value
does not hold, so that a condition always holds or does not, in whatever order its parts are looked at.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Protocol

from fabula.ground.expression import (
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
    Compare,
    Condition,
    Const,
    Read,
    Thinks,
    Truth,
    Value,
    ValueExpression,
)


class Sight(Protocol):
    """What an expression looks at: the values here, and how each character sees them."""

    @property
    def values(self) -> Sequence[Value]:
        """One value per fluent."""

    @property
    def believed(self) -> Believing:
        """One state per character."""

    @property
    def broken(self) -> bool:
        """Whether this is no state at all, and nothing can be read here."""


class Believing(Protocol):
    """What every character believes, by character id."""

    def __getitem__(self, character: int, /) -> Sight:
        """Return the state that the character takes for true."""


Test = Callable[[Sight], bool]
Reading = Callable[[Sight], Value]
Told = Callable[[], object]
"""Called where a comparison divides by zero."""


class LostError(Exception):
    """A value is read in a broken mind."""


_ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
_ORDER = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}


def holds(comparator: str, left: Value, right: Value) -> bool:
    """Compare two values. `==` and `!=` are identity; orderings with `?` are false, but `? >= ?` and `? <= ?`."""
    if comparator == "==":
        return left == right
    if comparator == "!=":
        return left != right
    if left is None or right is None:
        return left is right and comparator in (">=", "<=")
    return bool(_ORDER[comparator](left, right))


def test(condition: Condition, divided: Told = lambda: None) -> Test:  # noqa: PT028 - none of those that pytest runs
    """Make a condition callable."""
    match condition:
        case Truth(outcome):
            return lambda _: outcome
        case Compare("==", Read(fluent), Const(value)):
            return lambda state: state.values[fluent] == value
        case Compare(comparator, left, right):
            return _comparison(comparator, reading(left, divided), reading(right, divided), divided)
        case AllOf(parts):
            tests = tuple(test(part, divided) for part in parts)
            return lambda state: all(t(state) for t in tests)
        case AnyOf(parts):
            tests = tuple(test(part, divided) for part in parts)
            return lambda state: any(t(state) for t in tests)
        case Thinks(character, inner):
            within = test(inner, divided)
            return lambda state: not (mind := state.believed[character]).broken and within(mind)


def _comparison(comparator: str, left: Reading, right: Reading, divided: Told) -> Test:
    def compare(state: Sight) -> bool:
        try:
            return holds(comparator, left(state), right(state))
        except LostError:
            return False
        except ZeroDivisionError:
            divided()
            return False

    return compare


def reading(value: ValueExpression, divided: Told = lambda: None) -> Reading:
    """Make a value callable. The function raises ZeroDivisionError where it divides by zero, LostError where nothing can be read."""
    match value:
        case Const(fixed):
            return lambda _: fixed
        case Read(fluent):
            return lambda state: state.values[fluent]
        case Believed(character, inner):
            return _within(character, reading(inner, divided))
        case Arithmetic(symbol, left, right):
            first, second = reading(left, divided), reading(right, divided)
            return lambda state: compute(symbol, first(state), second(state))
        case Choice(branches, otherwise):
            ways = tuple((test(c, divided), reading(v, divided)) for c, v in branches)
            return _choice(ways, reading(otherwise, divided))


def _within(character: int, inner: Reading) -> Reading:
    def read(state: Sight) -> Value:
        mind = state.believed[character]
        if mind.broken:
            raise LostError
        return inner(mind)

    return read


def compute(symbol: str, left: Value, right: Value) -> Value:
    """Do arithmetic; with `?` it is `?`. Raises ZeroDivisionError."""
    return None if left is None or right is None else float(_ARITHMETIC[symbol](left, right))


def _choice(branches: tuple[tuple[Test, Reading], ...], otherwise: Reading) -> Reading:
    def choose(state: Sight) -> Value:
        for condition, value in branches:
            if condition(state):
                return value(state)
        return otherwise(state)

    return choose
