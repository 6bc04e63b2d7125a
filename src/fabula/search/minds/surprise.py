"""Surprise: who sees an act that she held to be impossible corrects just what made it seem so.

For every way in which the precondition really holds (every true disjunct of its disjunctive normal form), each
condition in it that is false in the observer's mind is mended: an equality by the real value, any
other comparison by the unknown (Shirvani, Farrell & Ware 2018). The normal form itself is never built: a
walk down the true alternatives meets the same conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fabula.ground.expression import (
    AllOf,
    AnyOf,
    Believed,
    Compare,
    Condition,
    FluentId,
    Read,
    Thinks,
    Truth,
    Value,
    ValueExpression,
)
from fabula.ground.problem import Path
from fabula.search.minds.edit import Edit
from fabula.search.minds.evaluate import LostError, Reading, Sight, Told, reading, test

Correction = Callable[[Sight, Sight], tuple[Edit, ...]]
"""From how things are, and how an observer sees them, to what she corrects."""


def correction(precondition: Condition, divided: Told) -> Correction:
    """Make the correction callable that seeing an act with this precondition brings about."""
    possible, mend = test(precondition, divided), _mend(precondition, divided)

    def correct(real: Sight, seen: Sight) -> tuple[Edit, ...]:
        if not possible(real):  # in a mind, an act may be seen that is impossible even there
            return ()
        found = sorted(mend(real, seen), key=lambda edit: edit[2] is not None)
        return tuple((path, f, v) for (path, f), v in {(p, f): v for p, f, v in found}.items())

    return correct


_Mend = Callable[[Sight, Sight], Iterator[Edit]]


def _mend(condition: Condition, divided: Told) -> _Mend:
    match condition:
        case Truth():
            return lambda _real, _seen: iter(())
        case Compare():
            return _mend_comparison(condition, divided)
        case AllOf(parts):
            mends = tuple(_mend(part, divided) for part in parts)
            return lambda real, seen: (edit for mend in mends for edit in mend(real, seen))
        case AnyOf(parts):
            ways = tuple((test(part, divided), _mend(part, divided)) for part in parts)
            return lambda real, seen: (e for true, mend in ways if true(real) for e in mend(real, seen))
        case Thinks(character, inner):
            within = _mend(inner, divided)
            return lambda real, seen: (
                ((character, *path), f, v)
                for path, f, v in within(real.believed[character], seen.believed[character])
            )


def _mend_comparison(compare: Compare, divided: Told) -> _Mend:
    target, right = _target(compare.left), reading(compare.right, divided)
    if target is None:
        return lambda _real, _seen: iter(())
    true = test(compare, divided)
    if compare.operator != "==":
        return lambda _real, seen: iter(() if true(seen) else ((*target, None),))
    if not compare.entities:
        return lambda real, seen: iter(() if true(seen) else ((*target, right(real)),))
    sides = [(t, reading(v)) for v in (compare.left, compare.right) if (t := _target(v))]
    return lambda real, seen: (
        (*side, right(real)) for side, read in sides if not _knows(read, seen, right(real))
    )


def _knows(read: Reading, seen: Sight, value: Value) -> bool:
    try:
        return read(seen) == value
    except LostError:
        return False


def _target(value: ValueExpression) -> tuple[Path, FluentId] | None:
    """Which fluent, in whose belief, the value is read from; None where it is computed."""
    match value:
        case Read(fluent):
            return (), fluent
        case Believed(character, inner) if (below := _target(inner)) is not None:
            return (character, *below[0]), below[1]
    return None
