"""The file itself: opened for writing or for reading only, with every way in which that can go wrong put into words."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection as Connection

import fabula
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes

FORMAT = "1"
"""The version of `schema.sql`."""

_SCHEMA = Path(__file__).with_name("schema.sql")
_ALWAYS: dict[str, Any] = {
    "autoinstall_known_extensions": False,  # nothing is fetched from anywhere
    "autoload_known_extensions": False,
    "python_enable_replacements": False,  # a name is that of a table
    "default_block_size": 16384,  # a small world makes a small file
}

_LOCKED_UP = _ALWAYS | {"enable_external_access": False, "lock_configuration": True}
"""Whoever reads may ask anything, and comes no further than this file."""


def memory() -> Connection:
    """Open a file of stories that is none: it is gone with the connection."""
    connection = duckdb.connect(":memory:", config=_ALWAYS)
    _prepare(connection, {})
    return connection


@contextmanager
def writing(path: Path, about: dict[str, str], mebibytes: int | None = None) -> Iterator[Connection]:
    """Open a file for writing, made if there is none; `about` is what a new one says of itself.

    Raises Mistakes if it cannot be opened, is none of ours, is open elsewhere, or of another version.
    """
    if not path.exists():
        _make(path, about | {"format": FORMAT, "fabula": fabula.__version__})
    limit = {} if mebibytes is None else {"memory_limit": f"{mebibytes}MiB"}
    connection = _opened(path, lambda: duckdb.connect(str(path.absolute()), config=_ALWAYS | limit))
    try:
        with worded(path):
            _check(path, connection)
        yield connection
    finally:
        connection.close()


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """Open a file for questions only: nothing can be written, and no other file be read. Raises Mistakes as `writing` does."""
    if not path.is_file():
        raise Mistakes(Diagnostic("error", "no-such-store", f"there is no file `{path}`", hints=(_MAKE,)))
    connection = _opened(
        path, lambda: duckdb.connect(str(path.absolute()), read_only=True, config=_LOCKED_UP)
    )
    try:
        with worded(path):
            _check(path, connection)
        yield connection
    finally:
        connection.close()


def about(connection: Connection) -> dict[str, str]:
    """Return what a file says of itself."""
    return dict(connection.execute("SELECT key, value FROM about").fetchall())


def _make(path: Path, said: dict[str, str]) -> None:
    """Make an empty file of stories: whoever is killed meanwhile leaves no half of one behind. Raises Mistakes."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with worded(path), duckdb.connect(str(draft.absolute()), config=_ALWAYS) as connection:
            _prepare(connection, said)
        with suppress(FileExistsError):  # somebody else has been quicker
            os.link(draft, path)
    except OSError:  # a disk without links
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _prepare(connection: Connection, said: dict[str, str]) -> None:
    """Lay out an empty file; all of it, or nothing."""
    connection.begin()
    connection.execute(_SCHEMA.read_text("utf-8"))
    for key, value in said.items():
        connection.execute("INSERT INTO about VALUES (?, ?)", (key, value))
    connection.commit()


def _check(path: Path, connection: Connection) -> None:
    try:
        said = about(connection)
    except duckdb.CatalogException:
        said = {}
    if "format" not in said:
        headline = f"`{path}` is a database, and not one of stories"
        raise Mistakes(Diagnostic("error", "not-a-store", headline, hints=(_MAKE,)))
    if said["format"] != FORMAT:
        headline = (
            f"`{path}` was written by fabula {said.get('fabula', '?')}, in a form that this one does not read"
        )
        raise Mistakes(Diagnostic("error", "other-version", headline, hints=(_ELSEWHERE,)))


def _opened(path: Path, connect: Callable[[], Connection]) -> Connection:
    if path.exists() and not path.is_file():
        what, hint = (
            ("a folder", "name a file in it") if path.is_dir() else ("no ordinary file", "name another")
        )
        raise Mistakes(Diagnostic("error", "cannot-store", f"`{path}` is {what}", hints=(hint,)))
    with worded(path):
        return connect()


@contextmanager
def worded(path: Path) -> Iterator[None]:
    """Put what the database complains of into our words."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except duckdb.Error as error:
        raise Mistakes(_complaint(path, str(error))) from None


def _complaint(path: Path, said: str) -> Diagnostic:
    said = " ".join(said.split())
    if "corrupt" in said.lower() or "could not read" in said.lower():
        note = f"the database says: {_gist(said)}"
        hint = "explore again into another file"
        return Diagnostic("error", "damaged-store", f"`{path}` is damaged", (), (note,), (hint,))
    if "lock" in said.lower():
        pid = re.search(r"PID (\d+)", said)
        whom = f"process {pid[1]}" if pid else "another process"
        hint = "wait until that one is done, or name another file"
        return Diagnostic("error", "store-in-use", f"`{path}` is open in {whom}", hints=(hint,))
    if "not a valid DuckDB" in said or "magic bytes" in said:
        return Diagnostic("error", "not-a-store", f"`{path}` is no file of stories", hints=(_MAKE,))
    if "read file with version" in said.lower() or "storage version" in said.lower():
        headline = f"`{path}` was written by another version of DuckDB"
        return Diagnostic("error", "other-version", headline, hints=(_ELSEWHERE,))
    note = (
        "there is no such folder"
        if not path.absolute().parent.is_dir()
        else f"the database says: {_gist(said)}"
    )
    headline, hint = f"`{path}` cannot be opened or written", "name another file, or make room"
    return Diagnostic("error", "cannot-store", headline, (), (note,), (hint,))


def _gist(said: str) -> str:
    """What a database complains of, without its own headlines and repetitions."""
    return said.partition("Error: ")[2].partition(" (")[0][:200].lower() or said[:200].lower()


_MAKE = "`fabula explore WORLD --store FILE` makes one"
_ELSEWHERE = "explore again into another file, or use that version"
