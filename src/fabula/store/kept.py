"""Asking a file of stories: by clauses, in SQL, as tables of Apache Arrow, or as the space that `fabula.ask` asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection as Connection

from fabula.ask.space import Space
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.store import file, worlds
from fabula.store.find.query import parse, resolve
from fabula.store.find.stories import Finder, Found
from fabula.store.record import Record, looked

_COLUMNS = pa.schema(
    [
        ("world", pa.int32()),
        ("place", pa.int64()),
        ("length", pa.int32()),
        ("hoped", pa.bool_()),
        ("people", pa.list_(pa.string())),
        ("acts", pa.list_(pa.string())),
        ("facts", pa.list_(pa.string())),
        ("worth", pa.float64()),
    ]
)


class Kept:
    """A file of stories, open for questions.

    Behaves like a book in a library: nothing that is asked changes it, or comes further than its pages. Made by `opened`. Most
    questions are about one world; in a file that is no sweep it has the number 0.
    """

    def __init__(self, path: Path, connection: Connection) -> None:
        """Ask an open connection."""
        self._path, self._connection = path, connection

    def about(self) -> dict[str, str]:
        """Return what the file says of itself: `kind` (`space` or `sweep`), `world`, `limits`, `goal`, `fabula`, `format`."""
        return file.about(self._connection)

    def worlds(self) -> pa.Table:
        """Return the worlds: how each is changed, how far it was looked at, how its stories end.

        Columns: world, changes (list), done, stopped, mistake, states, endings, hoped, shortest (acts to the nearest hoped-for ending),
        broken (names of contracts), undecided.
        """
        return self.sql(_WORLDS)

    def find(self, query: str = "", world: int = 0) -> Iterator[Found]:
        """Give for every ending a shortest story of which every clause is true, shortest first. Raises Mistakes.

        Clauses stand between `;`, with or without `not` before them: `ends: CONDITION`, `sometime: CONDITION`, `act: ACT`, `with: PEOPLE`,
        `length: 3..8`, `keeps: CONTRACT`, `breaks: CONTRACT`, `hoped`.
        """
        asked = resolve(parse(query), self.record(world))
        with file.worded(self._path):
            yield from Finder(self._connection, world, asked).find()

    def stories(self, query: str = "", most: int | None = None, world: int = 0) -> pa.Table:
        """Return what `find` gives as a table, at most so many rows.

        Columns: world, place, length, hoped, people (who choose to act), acts, facts (changed since the start), worth (the
        author's utility).
        """
        return self.table(list(islice(self.find(query, world), most)), world)

    def table(self, found: Sequence[Found], world: int = 0) -> pa.Table:
        """Write stories as a table; see `stories`."""
        ends = {story.place: story for story in found}
        query = "SELECT place, facts, worth FROM met WHERE world = ? AND list_contains(?, place)"
        rows = self._connection.execute(query, (world, list(ends))).fetchall()
        known = {place: (facts, worth) for place, facts, worth in rows}
        people = _Choosing(self.record(world)) if found else None
        lines = [
            (world, s.place, len(s.acts), s.hoped, people and people.of(s), list(s.acts), *known[s.place])
            for s in found
        ]
        columns = zip(*lines, strict=True) if lines else [()] * len(_COLUMNS)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, _COLUMNS, strict=True)]
        return pa.Table.from_arrays(arrays, schema=_COLUMNS)

    def sql(self, query: str, values: Sequence[Any] = ()) -> pa.Table:
        """Ask in DuckDB's SQL: tables and views are those of `store/schema.sql`. Raises Mistakes.

        Nothing can be written, and no other file be read.
        """
        try:
            found = self._connection.sql(query, params=list(values))
            return pa.table({}) if found is None else found.to_arrow_table()
        except duckdb.OutOfMemoryException:
            raise MemoryError from None
        except duckdb.Error as error:
            said = str(error).strip().splitlines()[0]
            hint = "tables: about, texts, worlds, finished, verdicts, met, gone, turns, refused; views: places, stories, endings"
            note = f"DuckDB says: {said}"
            raise Mistakes(
                Diagnostic("error", "wrong-query", "this query cannot be answered", (), (note,), (hint,))
            ) from None

    def record(self, world: int = 0) -> Record:
        """Return a world as it was read. Raises Mistakes if there is no such number."""
        return worlds.kept(self._connection, world)

    def space(self, world: int = 0) -> Space:
        """Return a world's space for `fabula.ask`, all of it in memory. Raises Mistakes if there is no such number."""
        return worlds.space(self._connection, world, looked(self.record(world)))


class _Choosing:
    """Who chooses the acts of stories."""

    def __init__(self, recorded: Record) -> None:
        self._problem = looked(recorded).problem
        self._acts = {str(action): action.consenting for action in self._problem.actions}

    def of(self, story: Found) -> list[str]:
        """Return who chooses to act in a story, in the order of the world."""
        who = {person for act in story.acts for person in self._acts[act]}
        return [self._problem.entities[person] for person in sorted(who)]


@contextmanager
def opened(path: Path) -> Iterator[Kept]:
    """Open a file of stories for questions. Raises Mistakes if it is none, or is being written."""
    with file.reading(path) as connection:
        yield Kept(path, connection)


_WORLDS = """
SELECT w.world, w.changes, f.world IS NOT NULL AS done, f.stopped, f.mistake,
    (SELECT count(*) FROM met m WHERE m.world = w.world) AS states,
    (SELECT count(*) FROM gone g WHERE g.world = w.world AND ending) AS endings,
    (SELECT count(*) FROM gone g WHERE g.world = w.world AND ending AND hoped) AS hoped,
    (SELECT min(depth) FROM gone g JOIN met m USING (world, place) WHERE g.world = w.world AND ending AND hoped) AS shortest,
    coalesce((SELECT list(contract) FROM verdicts v WHERE v.world = w.world AND status = 'broken'), []) AS broken,
    coalesce((SELECT list(contract) FROM verdicts v WHERE v.world = w.world AND status IN ('stopped', 'limits')), []) AS undecided
FROM worlds w LEFT JOIN finished f USING (world) ORDER BY w.world
"""
