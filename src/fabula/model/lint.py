"""Looks for what is no mistake but probably not meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.diagnostics.diagnostic import Diagnostic
from fabula.language import tree
from fabula.model import mistakes
from fabula.model.expression import And, Assign, Believes, Constant, Expression, Fluent

_Entry = tuple[tuple[str, ...], Fluent, Constant]
"""Who believes that who believes …, what, and its value."""


def unmodelled_beliefs(
    statements: Sequence[tuple[tree.Statement, Expression]], others: int
) -> Iterator[Diagnostic]:
    """A warning for each plain statement of a wrong belief of which nobody has an idea.

    Who shares an error knows of it: everybody takes the others to believe what she believes herself. `others` is the number of
    characters beside the believer. Statements under `if` and `forall` are not looked at: silence beats a wild guess.
    """
    entries = [(statement, list(_entries(expression, ()))) for statement, expression in statements]
    truth = {fluent: value for _, found in entries for path, fluent, value in found if not path}
    modelled = {(path[-1], fluent) for _, found in entries for path, fluent, _ in found if len(path) > 1}
    holders: dict[tuple[Fluent, Constant], set[str]] = {}
    for path, fluent, value in (entry for _, found in entries for entry in found if len(entry[0]) == 1):
        holders.setdefault((fluent, value), set()).add(path[0])
    for statement, found in entries:
        for path, fluent, value in found:
            real = truth.get(fluent, _DEFAULTS.get(fluent.property.type, Constant(None)))
            if not others or len(path) != 1 or value == real:
                continue
            if len(holders[fluent, value]) == 1 and (path[0], fluent) not in modelled:
                yield mistakes.unmodelled_belief(path[0], statement.span)
                break


_DEFAULTS = {"boolean": Constant(False), "number": Constant(0.0)}


def _entries(e: Expression, path: tuple[str, ...]) -> Iterator[_Entry]:
    """What a statement plainly says, without conditions and variables."""
    if isinstance(e, And):
        for part in e.parts:
            yield from _entries(part, path)
    elif isinstance(e, Believes) and isinstance(e.character, Constant):
        yield from _entries(e.body, (*path, _name(e.character)))
    elif isinstance(e, Assign) and isinstance(e.value, Constant):
        target: Expression = e.target
        while isinstance(target, Believes) and isinstance(target.character, Constant):
            path, target = (*path, _name(target.character)), target.body
        if isinstance(target, Fluent):
            yield path, target, e.value


def _name(character: Constant) -> str:
    """The name of an entity."""
    return str(getattr(character.value, "name", character.value))
