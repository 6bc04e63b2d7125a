"""States with minds, as trees: values here, everybody's believed state unfolded on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from fabula.ground.expression import EntityId, FluentId, Value
from fabula.ground.problem import Path

Changes = Mapping[FluentId, Value]
"""New values of some fluents."""

Edits = Mapping[Path, Changes | None]
"""New values at paths of belief, or None where a mind breaks; () is the state itself."""


class BlindError(Exception):
    """Somebody looks deeper into a mind than it is known; the question needs a deeper start."""


class Mind:
    """A state: one value per fluent, and for each character the state she believes in.

    Behaves like an infinite tree. Used by everything in the checker; two minds are compared only through
    `Gallery`. A believed state is worked out when first asked for, and then kept.
    """

    __slots__ = ("_known", "_unfold", "values")
    broken = False

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
    changed = list(values)
    for fluent, value in changes.items():
        changed[fluent] = value
    return tuple(changed)


def rewritten(mind: Mind, path: Path, changes: Changes | None) -> Mind:
    """Return the mind with new values at a path, all other beliefs kept. What is broken stays so.

    Looks no deeper than it must: what is believed further down may itself be waiting for this edit.
    """
    if mind.broken or (changes is None and not path):
        return BROKEN
    if path:
        who, rest = path[0], path[1:]
        return Mind(mind.values, lambda c: rewritten(mind.of(c), rest, changes) if c == who else mind.of(c))
    assert changes is not None
    if all(mind.values[fluent] == value for fluent, value in changes.items()):
        return mind
    return Mind(overlaid(mind.values, changes), mind.of)


def edited(mind: Mind, character: EntityId, edits: Edits) -> Mind:
    """Return the character's mind after those edits whose path begins with her."""
    for path, changes in edits.items():
        if path[:1] == (character,):
            mind = rewritten(mind, path[1:], changes)
    return mind


class Portrait(Mind):
    """A mind cut at a depth, the only one of its content. Looking below the cut raises BlindError."""

    __slots__ = ("_believed", "levels")

    def __init__(self, values: tuple[Value, ...], believed: tuple[Portrait, ...], levels: int) -> None:
        super().__init__(values, self.of)
        self._believed = believed
        self.levels = levels

    def of(self, character: EntityId) -> Portrait:
        """Return the state that the character believes in, known one level less."""
        if not self._believed:
            raise BlindError
        return self._believed[character]


class _Broken(Portrait):
    """What a mind becomes that breaks: nothing can be read in it, and nothing changes it."""

    __slots__ = ()
    broken = True

    def __init__(self) -> None:
        super().__init__((), (), 0)

    def of(self, character: EntityId) -> Portrait:  # noqa: ARG002 - it is the same for all
        return self


BROKEN = _Broken()


class Gallery:
    """Keeps one portrait of all minds that agree on so many levels of belief, since trees have no end.

    Used wherever states are compared, remembered or told apart. What an act makes of a portrait is
    known less deep, by as many levels as the act reads beliefs: whoever needs more must start deeper.
    """

    def __init__(self, characters: int) -> None:
        self._characters = tuple(EntityId(c) for c in range(characters))
        self._portraits: dict[tuple[tuple[Value, ...], tuple[Portrait, ...], int], Portrait] = {}
        self._known: dict[tuple[Mind, int], Portrait] = {}

    def portrait(self, mind: Mind, levels: int) -> Portrait:
        """Return the portrait of a mind to so many levels (0: its own values only). Raises BlindError."""
        if mind.broken:
            return BROKEN
        found = self._known.get((mind, levels))
        if found is None:
            below = tuple(self.portrait(mind.of(c), levels - 1) for c in self._characters) if levels else ()
            key = mind.values, below, levels
            found = self._portraits.get(key) or self._portraits.setdefault(key, Portrait(*key))
            self._known[mind, levels] = found
        return found

    def deepest(self, mind: Mind, levels: int) -> Portrait:
        """Return the portrait of a mind to as many of the levels as are known. Raises BlindError if none is."""
        for known in range(levels, 0, -1):
            with suppress(BlindError):
                return self.portrait(mind, known)
        return self.portrait(mind, 0)

    def alike(self, one: Mind, other: Mind, levels: int) -> bool:
        """Tell whether two minds agree so deep, looking no deeper than their first difference."""
        return one is other or all(
            self.portrait(one, depth) is self.portrait(other, depth) for depth in range(levels + 1)
        )
