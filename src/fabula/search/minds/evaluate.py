"""Conditions and values made callable: each ground expression becomes one plain function of a state.

A state is anything with `values` (one per fluent) and `believed` (one state per character), so that the
same functions serve states still under construction.
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


class Believing(Protocol):
    """What every character believes, by character id."""

    def __getitem__(self, character: int, /) -> Sight:
        """Return the state that the character takes for true."""


Test = Callable[[Sight], bool]
Reading = Callable[[Sight], Value]

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


def test(condition: Condition) -> Test:
    """Make a condition callable. The function raises ZeroDivisionError where the world divides by zero."""
    match condition:
        case Truth(outcome):
            return lambda _: outcome
        case Compare("==", Read(fluent), Const(value)):
            return lambda state: state.values[fluent] == value
        case Compare(comparator, left, right):
            one, other = reading(left), reading(right)
            return lambda state: holds(comparator, one(state), other(state))
        case AllOf(parts):
            tests = tuple(test(part) for part in parts)
            return lambda state: all(t(state) for t in tests)
        case AnyOf(parts):
            tests = tuple(test(part) for part in parts)
            return lambda state: any(t(state) for t in tests)
        case Thinks(character, inner):
            within = test(inner)
            return lambda state: within(state.believed[character])


def reading(value: ValueExpression) -> Reading:
    """Make a value callable. The function raises ZeroDivisionError where the world divides by zero."""
    match value:
        case Const(fixed):
            return lambda _: fixed
        case Read(fluent):
            return lambda state: state.values[fluent]
        case Believed(character, inner):
            within = reading(inner)
            return lambda state: within(state.believed[character])
        case Arithmetic(symbol, left, right):
            first, second = reading(left), reading(right)
            return lambda state: compute(symbol, first(state), second(state))
        case Choice(branches, otherwise):
            return _choice(tuple((test(c), reading(v)) for c, v in branches), reading(otherwise))


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
