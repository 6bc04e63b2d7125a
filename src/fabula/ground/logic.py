"""Building ground conditions and values so that whatever is decided already is decided at once.

Every condition and value of a `Problem` is made by these functions. They keep four promises: what can be
computed is computed, what always or never holds is `TRUE` or `FALSE` itself, a constant stands on the right of a
comparison, and what lies wholly in one character's mind stands inside one `Thinks`.
"""

from __future__ import annotations

import operator as op
from collections.abc import Iterable, Mapping, Sequence

from fabula.ground.expression import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
    Comparator,
    Compare,
    Condition,
    Const,
    EntityId,
    FluentId,
    Operator,
    Read,
    Thinks,
    Truth,
    Value,
    ValueExpression,
)

_ORDER = {">=": op.ge, "<=": op.le, ">": op.gt, "<": op.lt}
_ARITHMETIC = {"+": op.add, "-": op.sub, "*": op.mul, "/": op.truediv}
MIRRORED: dict[Comparator, Comparator] = {
    "==": "==",
    "!=": "!=",
    ">=": "<=",
    "<=": ">=",
    ">": "<",
    "<": ">",
}
_NEGATED: dict[Comparator, Comparator] = {"==": "!=", "!=": "==", ">=": "<", "<=": ">", ">": "<=", "<": ">="}


def holds(comparator: Comparator, left: Value, right: Value) -> bool:
    """Compare two values: `==` and `!=` are identity, an ordering with one `?` is false."""
    if comparator == "==":
        return left == right
    if comparator == "!=":
        return left != right
    if left is None or right is None:
        return left is right and comparator in (">=", "<=")
    return bool(_ORDER[comparator](left, right))


def calculate(operator: Operator, left: Value, right: Value) -> Value:
    """Compute; with `?` it is `?`. Raises ZeroDivisionError."""
    if left is None or right is None:
        return None
    return float(_ARITHMETIC[operator](left, right))


def truth(outcome: bool) -> Truth:
    """What always or never holds: there is one object for each, so that `is` tells."""
    return TRUE if outcome else FALSE


def all_of(parts: Iterable[Condition]) -> Condition:
    """Every part holds. Parts that no state can join (`x() == 1 & x() == 2`) make it false."""
    flat: dict[object, Condition] = {}
    for part in parts:
        if isinstance(part, Truth):
            if not part.holds:
                return FALSE
        elif isinstance(part, AllOf):
            for inner in part.parts:
                flat.setdefault(_key(inner), inner)
        else:
            flat.setdefault(_key(part), part)
    if len(flat) <= 1:
        return next(iter(flat.values()), TRUE)
    return FALSE if _clash(flat) else AllOf(tuple(flat.values()))


def _key(condition: Condition) -> object:
    """Return what tells a condition from others: of a fluent compared with a value its parts, which takes less time than the whole."""
    if isinstance(condition, Compare):
        left, right = condition.left, condition.right
        if isinstance(left, Read) and isinstance(right, Const):
            return left.fluent, condition.operator, right.value
    return condition


def _clash(keys: Mapping[object, Condition]) -> bool:
    """Whether two conditions, by their keys, want different fixed values for the same fluent."""
    wanted: dict[FluentId, Value] = {}
    for key in keys:
        if isinstance(key, tuple):
            fluent, operator, value = key
            if operator == "==" and wanted.setdefault(fluent, value) != value:
                return True
            if operator == "!=" and (fluent, "==", value) in keys:
                return True
    return False


def any_of(parts: Iterable[Condition]) -> Condition:
    """At least one part holds."""
    flat: dict[Condition, None] = {}
    for part in parts:
        if isinstance(part, Truth):
            if part.holds:
                return TRUE
        elif isinstance(part, AnyOf):
            flat.update(dict.fromkeys(part.parts))
        else:
            flat[part] = None
    return next(iter(flat), FALSE) if len(flat) <= 1 else AnyOf(tuple(flat))


def thinks(character: EntityId, condition: Condition) -> Condition:
    """The condition holds in the character's mind."""
    return condition if isinstance(condition, Truth) else Thinks(character, condition)


def compare(
    comparator: Comparator,
    left: ValueExpression,
    right: ValueExpression,
    entities: bool = False,
    written: ValueExpression | None = None,
) -> Condition:
    """`left comparator right`, decided where it can be; kinds have been found to agree.

    Surprise corrects the fluent that stands on the left. `written` is the left side before anything was folded: it
    stays if otherwise another would come to stand there.
    """
    if isinstance(left, Const) and isinstance(right, Const):
        return truth(holds(comparator, left.value, right.value))
    if written is not None and (isinstance(left, Const) or fluent(left) != fluent(written)):
        left = written
    if isinstance(left, Const):
        left, right, comparator = right, left, MIRRORED[comparator]
    if type(left) is type(right) and left == right and not isinstance(left, Arithmetic):
        return truth(comparator in ("==", ">=", "<="))
    if isinstance(right, Const) and right.value is None and comparator not in ("==", "!="):
        return compare("==", left, right, entities) if comparator in (">=", "<=") else FALSE
    match left, right:
        case Believed(character, inner), Const():
            return thinks(character, compare(comparator, inner, right, entities))
        case Believed(character, inner), Believed(same, other) if character == same:
            return thinks(character, compare(comparator, inner, other, entities))
        case _:
            return Compare(comparator, left, right, entities and not isinstance(right, Const))


def fluent(value: ValueExpression) -> FluentId | None:
    """Return the fluent that the value is read from, here or in somebody's mind; None where it is computed."""
    while isinstance(value, Believed):
        value = value.value
    return value.fluent if isinstance(value, Read) else None


def believed(character: EntityId, value: ValueExpression) -> ValueExpression:
    """The value as the character sees it."""
    return value if isinstance(value, Const) else Believed(character, value)


def arithmetic(operator: Operator, left: ValueExpression, right: ValueExpression) -> ValueExpression:
    """`left operator right`; a division by zero is left standing for whoever may reach it."""
    if isinstance(left, Const) and isinstance(right, Const) and not (operator == "/" and right.value == 0):
        return Const(calculate(operator, left.value, right.value))
    neutral = Const(1.0 if operator in "*/" else 0.0)
    if right == neutral:
        return left
    return right if left == neutral and operator in "+*" else Arithmetic(operator, left, right)


def choice(
    branches: Iterable[tuple[Condition, ValueExpression]], otherwise: ValueExpression
) -> ValueExpression:
    """The first branch that holds, else `otherwise`."""
    kept: list[tuple[Condition, ValueExpression]] = []
    for condition, value in branches:
        if condition is TRUE:
            otherwise = value
            break
        if condition is not FALSE:
            kept.append((condition, value))
    while kept and kept[-1][1] == otherwise:
        kept.pop()
    return Choice(tuple(kept), otherwise) if kept else otherwise


def negate(condition: Condition, booleans: Sequence[bool]) -> Condition:
    """`! condition`, pushed inward: `!(x() > 0)` is `x() <= 0`, hence false for `?`.

    `booleans[f]` says whether fluent f is a truth value: it is compared with `==` only.
    """
    match condition:
        case Truth(outcome):
            return truth(not outcome)
        case Compare("==", Read(fluent), Const(value)) if booleans[fluent]:
            return Compare("==", condition.left, Const(0.0 if value else 1.0))
        case Compare(comparator, left, right):
            return Compare(_NEGATED[comparator], left, right, condition.entities)
        case AllOf(parts):
            return any_of(negate(part, booleans) for part in parts)
        case AnyOf(parts):
            return all_of(negate(part, booleans) for part in parts)
        case Thinks(character, inner):
            return thinks(character, negate(inner, booleans))


def otherwise(condition: Condition, booleans: Sequence[bool]) -> Condition:
    """What holds exactly where the condition does not: the `else` of an `if`.

    It differs from `!` only for orderings of the unknown, which are false both ways.
    """
    match condition:
        case Compare(">" | "<" | ">=" | "<=", left, right):
            unknown = Const(None)
            return any_of(
                (
                    negate(condition, booleans),
                    all_of((compare("==", left, unknown), compare("!=", right, unknown))),
                    all_of((compare("!=", left, unknown), compare("==", right, unknown))),
                )
            )
        case AllOf(parts):
            return any_of(otherwise(part, booleans) for part in parts)
        case AnyOf(parts):
            return all_of(otherwise(part, booleans) for part in parts)
        case Thinks(character, inner):
            return thinks(character, otherwise(inner, booleans))
        case _:
            return negate(condition, booleans)
