"""What conditions and values come to in a mind, and how many levels of belief they look into."""

from __future__ import annotations

from functools import cache

from fabula.ground.expression import (
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
    Comparator,
    Compare,
    Condition,
    Const,
    Operator,
    Read,
    Thinks,
    Truth,
    Value,
    ValueExpression,
)
from fabula.search.check.mind import Mind


class BrokenError(Exception):
    """There is no such value, or no such state: a division by zero, a look into a broken mind, an act that breaks the world."""


def holds(condition: Condition, mind: Mind) -> bool:
    """Tell whether a condition is true in a mind. A comparison is not, where one of its sides has no value."""
    match condition:
        case Truth(true):
            return true
        case Compare(operator, left, right):
            try:
                return compared(operator, value(left, mind), value(right, mind))
            except BrokenError:
                return False
        case AllOf(parts):
            return all(holds(part, mind) for part in parts)
        case AnyOf(parts):
            return any(holds(part, mind) for part in parts)
        case Thinks(character, inner):
            return not mind.of(character).broken and holds(inner, mind.of(character))


def compared(operator: Comparator, left: Value, right: Value) -> bool:
    """Compare by identity for `==` and `!=`; orderings with `?` are false, but `? >= ?` and `? <= ?`."""
    if operator == "==":
        return left == right
    if operator == "!=":
        return left != right
    if left is None or right is None:
        return left is right and operator in {">=", "<="}
    if operator == ">":
        return left > right
    if operator == "<":
        return left < right
    return left >= right if operator == ">=" else left <= right


def value(expression: ValueExpression, mind: Mind) -> Value:
    """Return what an expression is worth in a mind; raises BrokenError if it is worth nothing."""
    match expression:
        case Const(fixed):
            return fixed
        case Read(fluent):
            return mind.values[fluent]
        case Believed(character, inner):
            if mind.of(character).broken:
                raise BrokenError("a mind is broken")
            return value(inner, mind.of(character))
        case Arithmetic(operator, left, right):
            return calculated(operator, value(left, mind), value(right, mind))
        case Choice(branches, otherwise):
            taken = (branch for condition, branch in branches if holds(condition, mind))
            return value(next(taken, otherwise), mind)


def calculated(operator: Operator, left: Value, right: Value) -> Value:
    """Calculate with doubles; with `?` the result is `?`."""
    if left is None or right is None:
        return None
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    if right == 0:
        raise BrokenError("something is divided by zero")
    return left / right


@cache
def levels(expression: Condition | ValueExpression) -> int:
    """Return how many levels of belief an expression looks into."""
    match expression:
        case Thinks(_, inner) | Believed(_, inner):
            return 1 + levels(inner)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return max(levels(left), levels(right))
        case AllOf(parts) | AnyOf(parts):
            return max(map(levels, parts), default=0)
        case Choice(branches, otherwise):
            return max(levels(otherwise), *(levels(part) for branch in branches for part in branch))
        case _:
            return 0
