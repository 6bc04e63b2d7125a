"""Surprise: what a character must own to be true when she sees an act that she held impossible."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.ground.expression import (
    AllOf,
    AnyOf,
    Believed,
    Compare,
    Condition,
    FluentId,
    Read,
    Thinks,
    Value,
    ValueExpression,
)
from fabula.ground.problem import Path
from fabula.search.check.mind import Mind, rewritten
from fabula.search.check.sight import BrokenError, holds, value

Lesson = tuple[Path, FluentId, Value, bool]
"""Where, what, which value; and whether it is a value (True) or the `?` of shaken certainty."""


def mended(precondition: Condition, truth: Mind, belief: Mind) -> Mind:
    """Return the belief corrected by all that makes the precondition true in `truth` and fails in it."""
    lessons: dict[Path, dict[FluentId, Value]] = {}
    firmest_last = sorted(_lessons(precondition, truth, belief, ()), key=lambda lesson: lesson[3])
    for path, fluent, new, _ in firmest_last:
        lessons.setdefault(path, {})[fluent] = new
    for path, changes in lessons.items():
        belief = rewritten(belief, path, changes)
    return belief


def _lessons(condition: Condition, truth: Mind, belief: Mind, path: Path) -> Iterator[Lesson]:
    """Yield what every true alternative of the condition teaches; `path` is where `belief` stands."""
    if belief.broken or not holds(condition, truth):
        return
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _lessons(part, truth, belief, path)
        case Thinks(who, inner):
            yield from _lessons(inner, truth.of(who), belief.of(who), (*path, who))
        case Compare() if _of_things(condition) or not holds(condition, belief):
            yield from _corrections(condition, truth, belief, path)


def _of_things(atom: Compare) -> bool:
    """Tell whether an atom says that two things are the same: so it says of each which one it is."""
    return atom.entities and atom.operator == "=="


def _corrections(atom: Compare, truth: Mind, belief: Mind, path: Path) -> Iterator[Lesson]:
    """Yield what an atom teaches that is true in truth and, if not of things, false in belief."""
    if atom.operator != "==":
        sides, new, firm = [atom.left], None, False
    else:
        sides = [atom.left, atom.right] if atom.entities else [atom.left]
        new, firm = value(atom.right, truth), True
    for side in sides:
        place = _place(side)
        if place and not (_of_things(atom) and _known(side, belief, new)):
            yield (*path, *place[0]), place[1], new, firm


def _known(side: ValueExpression, belief: Mind, new: Value) -> bool:
    """Tell whether one side of an equality has the value already."""
    try:
        return value(side, belief) == new
    except BrokenError:
        return False


def _place(side: ValueExpression) -> tuple[Path, FluentId] | None:
    """Return where a plain fluent stands, inside beliefs or not; None for anything else."""
    match side:
        case Read(fluent):
            return (), fluent
        case Believed(who, inner):
            place = _place(inner)
            return place and ((who, *place[0]), place[1])
        case _:
            return None
