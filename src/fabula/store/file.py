"""The file itself: opened for writing or for reading only, with every way in which that can go wrong put into words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    limit = {} if mebibytes is None else {"memory_limit": f"{mebibytes}MiB"}
    connection = _opened(path, lambda: duckdb.connect(str(path), config=_ALWAYS | limit))
    try:
        with worded(path):
            if not _begun(connection):
                _prepare(connection, about | {"format": FORMAT, "fabula": fabula.__version__})
            _check(path, connection)
        yield connection
    finally:
        connection.close()


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """Open a file for questions only: nothing can be written, and no other file be read. Raises Mistakes as `writing` does."""
    if not path.is_file():
        raise Mistakes(_mistake("no-such-store", f"there is no file `{path}`", hint=_MAKE))
    connection = _opened(path, lambda: duckdb.connect(str(path), read_only=True, config=_LOCKED_UP))
    try:
        with worded(path):
            _check(path, connection)
        yield connection
    finally:
        connection.close()


def about(connection: Connection) -> dict[str, str]:
    """Return what a file says of itself."""
    return dict(connection.execute("SELECT key, value FROM about").fetchall())


def _begun(connection: Connection) -> bool:
    """Whether there is anything in the file."""
    return bool(connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall()[0][0])


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
        raise Mistakes(_mistake("not-a-store", f"`{path}` is a database, and not one of stories", hint=_MAKE))
    if said["format"] != FORMAT:
        headline = (
            f"`{path}` was written by fabula {said.get('fabula', '?')}, in a form that this one does not read"
        )
        raise Mistakes(_mistake("other-version", headline, hint=_ELSEWHERE))


def _opened(path: Path, connect: Callable[[], Connection]) -> Connection:
    if path.is_dir():
        raise Mistakes(_mistake("cannot-store", f"`{path}` is a folder", hint="name a file in it"))
    if path.is_file() and path.stat().st_size == 0:  # made by somebody else, and nothing in it
        raise Mistakes(_mistake("not-a-store", f"`{path}` is empty", hint=_MAKE))
    with worded(path):
        return connect()


@contextmanager
def worded(path: Path) -> Iterator[None]:
    """Put what the database complains of into our words."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException) as error:
        raise Mistakes(_complaint(path, str(error))) from None
    except duckdb.FatalException as error:
        raise Mistakes(_complaint(path, str(error))) from None


def _complaint(path: Path, said: str) -> Diagnostic:
    said = " ".join(said.split())
    if "lock" in said.lower():
        pid = re.search(r"PID (\d+)", said)
        whom = f"process {pid[1]}" if pid else "another process"
        hint = "wait until that one is done, or name another file"
        return _mistake("store-in-use", f"`{path}` is being written by {whom}", hint=hint)
    if "not a valid DuckDB" in said or "magic bytes" in said:
        return _mistake("not-a-store", f"`{path}` is no file of stories", hint=_MAKE)
    if "read file with version" in said.lower() or "storage version" in said.lower():
        return _mistake(
            "other-version", f"`{path}` was written with another version of DuckDB", hint=_ELSEWHERE
        )
    note = (
        "there is no such folder"
        if not path.absolute().parent.is_dir()
        else f"the database says: {_gist(said)}"
    )
    return _mistake(
        "cannot-store", f"`{path}` cannot be opened or written", note, "name another file, or make room"
    )


def _gist(said: str) -> str:
    """What a database complains of, without its own headlines and repetitions."""
    return said.partition("Error: ")[2].partition(" (")[0][:200].lower() or said[:200].lower()


def _mistake(name: str, headline: str, note: str = "", hint: str = "") -> Diagnostic:
    return Diagnostic("error", name, headline, (), (note,) if note else (), (hint,) if hint else ())


_MAKE = "`fabula explore WORLD --store FILE` makes one"
_ELSEWHERE = "explore again into another file, or use that version"
