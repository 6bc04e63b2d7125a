"""A world's files: found, read, put together with changes, resolved. Reads the disk and nothing else."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fabula.diagnostics.diagnostic import Diagnostic, Label, Mistakes
from fabula.diagnostics.meant import unmeant
from fabula.diagnostics.span import Span
from fabula.diagnostics.suggest import alike
from fabula.frozen import dataclass
from fabula.language.parse import parse
from fabula.language.tree import Tree
from fabula.language.words import MOST_CHARACTERS
from fabula.model.from_tree import resolve
from fabula.model.world import World
from fabula.search.outcome import Limits

BUNDLED = Path(__file__).parents[1] / "worlds"
"""Every folder in it that has a `world.fab` is a bundled world."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A world that was read: its name for a title page, the file it was read from, warnings about it.

    `limits` and `goal` are how the world is asked unless somebody asks otherwise: from the file `world.toml` beside a
    `world.fab` (`pie.toml` beside a `pie.fab`), which may hold `goal`, `author_limit`, `character_limit`, `epistemic_limit`.
    """

    name: str
    file: Path
    world: World
    warnings: tuple[Diagnostic, ...]
    limits: Limits
    goal: float | None


def bundled() -> tuple[str, ...]:
    """Return the names of the bundled worlds, written with `-`."""
    found = (file.parent.name.replace("_", "-") for file in BUNDLED.glob("*/world.fab"))
    return tuple(sorted(found))


def read(name: str, changes: Sequence[str] = (), texts: dict[str, str] | None = None) -> Reading:
    """Read a bundled world or a file, with its imports, and resolve it.

    `changes` are more definitions, usually statements such as `hears(Octavia) = True`, that stand after the world's own;
    `without action NAME` takes an act away. Every text that is read is put into `texts` under the name that messages
    show, also when this raises Mistakes: about the file, the text, or what it means.
    """
    known = {} if texts is None else texts
    file, tree, shelf = _open(name, known)
    world, warnings = _resolved(tree, shelf, changes)
    name = file.parent.name if file.name == "world.fab" else file.stem
    limits, goal = _asked(beside(file, "toml"))
    return Reading(name.replace("_", "-"), file, world, unmeant(warnings, known), limits, goal)


def recall(texts: Mapping[str, str], changes: Sequence[str] = ()) -> World:
    """Resolve a world from texts that `read` has read before, the first file first, without its files. Raises Mistakes."""
    shelf = _Memory(Path(), dict(texts))
    return _resolved(shelf.parse(next(iter(texts)), Path()), shelf, changes)[0]


def _resolved(tree: Tree, shelf: _Shelf, changes: Sequence[str]) -> tuple[World, tuple[Diagnostic, ...]]:
    """Put a world and its changes together. Raises Mistakes."""
    more = [change for change in changes if not _WITHOUT.fullmatch(change.strip())]
    added = (d for i, text in enumerate(more, 1) for d in shelf.change(text, i).definitions)
    world, warnings = resolve(replace(tree, definitions=(*tree.definitions, *added)), shelf.load)
    for change in changes:
        if taken := _WITHOUT.fullmatch(change.strip()):
            world = _without(world, taken["name"])
    return world, warnings


def beside(file: Path, name: str) -> Path | None:
    """Return the file `name` that belongs to a world: `pie.NAME` or, for a `world.fab`, also plain `NAME`."""
    names = [f"{file.stem}.{name}", *([name] if file.stem == "world" else [])]
    return next((found for n in names if (found := file.parent / n).is_file()), None)


_ASKED = ("goal", "author_limit", "character_limit", "epistemic_limit")
"""How a world may be asked."""


def _asked(file: Path | None) -> tuple[Limits, float | None]:
    """Read how a world is asked: limits and goal. Raises Mistakes."""
    if file is None:
        return Limits(), None
    import tomllib

    try:
        values: Mapping[str, Any] = tomllib.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise Mistakes(_settings(f"`{file.name}` is no TOML", str(error).lower())) from None
    for key, value in values.items():
        if not _may_ask(key, value):
            raise Mistakes(_settings(f"`{file.name}` cannot say `{key} = {value!r}`"))
    limits = {key.removesuffix("_limit"): value for key, value in values.items() if key != "goal"}
    try:
        return Limits(**limits), values.get("goal")
    except ValueError as error:
        raise Mistakes(_settings(f"`{file.name}` asks for too much", str(error))) from None


def _may_ask(key: str, value: object) -> bool:
    """Whether a world may be asked so: goals are numbers, limits are whole and from -1, no limit, on."""
    if isinstance(value, bool) or not isinstance(value, int | float) or key not in _ASKED:
        return False
    if key == "goal":
        return abs(value) <= sys.float_info.max
    return isinstance(value, int) and value >= -1


def _settings(headline: str, *notes: str) -> Diagnostic:
    hint = f"it may hold the numbers {', '.join(f'`{name}`' for name in _ASKED)}, as in `goal = 1`"
    return Diagnostic("error", "settings", headline, notes=notes, hints=(hint,))


def formatted(name: str, texts: dict[str, str] | None = None) -> tuple[Path, str]:
    """Return the file of a world and its text in the usual form, comments kept. Raises Mistakes as `read` does."""
    from fabula.language.layout import lay_out

    known = {} if texts is None else texts
    file, tree, _ = _open(name, known)
    return file, lay_out(known[tree.source], tree.source)


_WITHOUT = re.compile(r"without\s+action\b\s*(?P<name>.*)")


class _Shelf:
    """The files of one world. A `source` is a path below `root`, as messages show it."""

    def __init__(self, root: Path, texts: dict[str, str]) -> None:
        self._root, self._texts = root, texts

    def load(self, path: str, source: str) -> Tree:
        """Read an imported file. Raises OSError and Mistakes."""
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        return self.parse(target, self._root / target)

    def parse(self, source: str, file: Path) -> Tree:
        """Read a file under the name `source`. Raises OSError and Mistakes."""
        if not file.is_file():
            raise FileNotFoundError(source)
        with file.open("rb") as stream:  # at most four bytes make a character
            text = stream.read(4 * MOST_CHARACTERS + 4).decode("utf-8-sig", errors="replace")
        self._texts[source] = text.replace("\r\n", "\n")
        return parse(self._texts[source], source)

    def change(self, text: str, number: int) -> Tree:
        """Read a change. Raises Mistakes."""
        source = f"change {number}"
        self._texts[source] = text
        tree = parse(text, source)
        if not tree.definitions:  # as a file that is no mistake; nobody asks for a change to change nothing
            raise Mistakes(_no_change(source))
        return tree


class _Memory(_Shelf):
    """The same files as they were when they were read."""

    def parse(self, source: str, file: Path) -> Tree:  # noqa: ARG002 - the text is known
        if source not in self._texts:
            raise FileNotFoundError(source)
        return parse(self._texts[source], source)


def _open(name: str, texts: dict[str, str]) -> tuple[Path, Tree, _Shelf]:
    """Find and parse the first file of a world. Raises Mistakes."""
    try:
        file, source, root = _find(name)
        shelf = _Shelf(root, texts)
        return file, shelf.parse(source, file), shelf
    except OSError as error:
        note = f"the system says: {(error.strerror or 'something went wrong').lower()}"
        headline = f"`{name}` cannot be read"
        raise Mistakes(Diagnostic("error", "cannot-read", headline, notes=(note,))) from None


def _find(name: str) -> tuple[Path, str, Path]:
    """Return the file of a world, its name in messages, and the folder to which such names are relative."""
    folder = name.replace("-", "_")
    typed = Path(name)
    if typed.is_file():
        return typed, typed.as_posix(), Path()
    if re.fullmatch(r"\w+", folder) and (BUNDLED / folder / "world.fab").is_file():
        return BUNDLED / folder / "world.fab", f"{folder}/world.fab", BUNDLED
    if typed.is_dir() and name:  # no name at all is not the folder that we are in
        worlds = sorted(typed.glob("*.fab"))
        hints = tuple(f"name the file in it: `{file.as_posix()}`" for file in worlds[:1])
        raise Mistakes(Diagnostic("error", "not-a-file", f"`{name}` is a folder, not a world", hints=hints))
    if typed.exists() and name:
        raise Mistakes(Diagnostic("error", "not-a-file", f"`{name}` is no ordinary file"))
    raise Mistakes(_no_such_world(name))


def _no_such_world(name: str) -> Diagnostic:
    near = alike(name.replace("_", "-"), bundled())
    hints = (*(f"did you mean `{world}`?" for world in near), "`fabula worlds` lists the bundled worlds")
    note = "there is no file of that name, and no bundled world"
    return Diagnostic(
        "error", "no-such-world", f"there is no world called `{name}`", notes=(note,), hints=hints
    )


def _no_change(source: str) -> Diagnostic:
    label = Label(Span(source, 0, 1, 1, 1), "a statement or a definition was expected here")
    hint = "write what is otherwise, as in `hears(Octavia) = True` or `without action NAME`"
    return Diagnostic("error", "breaks-off", "this breaks off before it is complete", (label,), hints=(hint,))


def _without(world: World, name: str) -> World:
    """Take an act away. Raises Mistakes if there is none of that name."""
    actions = tuple(action for action in world.actions if action.name != name)
    if len(actions) == len(world.actions):
        headline = f"there is no action called `{name}`" if name else "`without action` names no action"
        hints = tuple(f"did you mean `{word}`?" for word in alike(name, (a.name for a in actions)))
        raise Mistakes(Diagnostic("error", "unknown-action", headline, hints=hints))
    return replace(world, actions=actions)
