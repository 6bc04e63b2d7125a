"""States with minds, as endless trees: values here, everybody's believed state unfolded on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fabula.ground.expression import EntityId, FluentId, Value
from fabula.ground.problem import Path

Changes = Mapping[FluentId, Value]
"""New values of some fluents."""

Edits = Mapping[Path, Changes]
"""New values at paths of belief; () is the state itself."""


class Mind:
    """A state: one value per fluent, and for each character the state she believes in.

    Behaves like an infinite tree. Used by everything in the checker; two minds are compared only through
    `Prints`. A believed state is worked out when first asked for, and then kept.
    """

    __slots__ = ("_known", "_unfold", "values")

    def __init__(self, values: tuple[Value, ...], unfold: Callable[[EntityId], Mind]) -> None:
        self.values = values
        self._unfold = unfold
        self._known: dict[EntityId, Mind] = {}

    def of(self, character: EntityId) -> Mind:
        """Return the state that the character believes in."""
        found = self._known.get(character)
        if found is None:
            found = self._known[character] = self._unfold(character)
        return found

    def at(self, path: Path) -> Mind:
        """Return the believed state at the end of a path."""
        here = self
        for character in path:
            here = here.of(character)
        return here


def overlaid(values: tuple[Value, ...], changes: Changes) -> tuple[Value, ...]:
    """Return the values with some replaced."""
    if not changes:
        return values
    return tuple(changes.get(FluentId(fluent), value) for fluent, value in enumerate(values))


def rewritten(mind: Mind, path: Path, changes: Changes) -> Mind:
    """Return the mind with new values at a path, all other beliefs kept; the same one if nothing differs."""
    here = mind.at(path).values
    if all(here[fluent] == value for fluent, value in changes.items()):
        return mind
    if not path:
        return Mind(overlaid(mind.values, changes), mind.of)
    return Mind(
        mind.values,
        lambda c: rewritten(mind.of(c), path[1:], changes) if c == path[0] else mind.of(c),
    )


def edited(mind: Mind, character: EntityId, edits: Edits) -> Mind:
    """Return the character's mind after those edits whose path begins with her."""
    for path, changes in edits.items():
        if path[:1] == (character,):
            mind = rewritten(mind, path[1:], changes)
    return mind


class Prints:
    """Fingerprints of minds: two minds have one print iff they agree on so many levels of belief.

    Used wherever states must be compared, since endless trees cannot be. Numbers prints as they come.
    """

    def __init__(self, characters: int) -> None:
        self._characters = tuple(EntityId(c) for c in range(characters))
        self._numbers: dict[object, int] = {}
        self._known: dict[tuple[Mind, int], int] = {}

    def of(self, mind: Mind, levels: int) -> int:
        """Return the print of a mind to so many levels (0: its own values only)."""
        found = self._known.get((mind, levels))
        if found is None:
            below = tuple(self.of(mind.of(c), levels - 1) for c in self._characters) if levels else ()
            found = self._numbers.setdefault((mind.values, below), len(self._numbers))
            self._known[mind, levels] = found
        return found
