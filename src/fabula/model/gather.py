"""Puts the files of a world together: what an `import` names stands where the `import` stood."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fabula.diagnostics.diagnostic import Mistakes
from fabula.language import tree
from fabula.model import mistakes

Load = Callable[[str, str], tree.Tree]
"""From a path as written, and the `source` of the tree that imports it, to the imported tree.

Its `source` says which file it is, so two ways to one file must give one `source`. Raises `OSError` if the file
cannot be read and `Mistakes` if it is no world.
"""


def gather(start: tree.Tree, load: Load) -> tuple[tuple[tree.Tree, ...], tuple[tree.Definition, ...]]:
    """All trees, and all their definitions in order, each file once. Raises `Mistakes`."""
    read = {start.source: start}
    definitions = tuple(_definitions(start, load, read, (start.source,)))
    return tuple(read.values()), definitions


def _definitions(
    inside: tree.Tree, load: Load, read: dict[str, tree.Tree], way: tuple[str, ...]
) -> Iterator[tree.Definition]:
    """The definitions of one tree; `way` leads from the first file to this one."""
    for definition in inside.definitions:
        if not isinstance(definition, tree.Import):
            yield definition
            continue
        imported = _load(definition, inside.source, load)
        if imported.source in way:
            raise Mistakes(mistakes.import_circle(definition.path, definition.span))
        if imported.source not in read:
            read[imported.source] = imported
            yield from _definitions(imported, load, read, (*way, imported.source))


def _load(wanted: tree.Import, source: str, load: Load) -> tree.Tree:
    """The tree that an `import` names."""
    try:
        return load(wanted.path, source)
    except OSError:
        raise Mistakes(mistakes.missing_import(wanted.path, wanted.span)) from None
