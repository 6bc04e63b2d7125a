"""One world's places in a file: numbered in the order in which they were met, and added to as more of them are left."""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection as Connection

from fabula.ground.problem import ActionId
from fabula.search.leaving import Branch, Leaving, Left, Met
from fabula.search.outcome import default_goal
from fabula.store.naming import Naming
from fabula.store.record import Looked

_EVERY = 0.5
"""Seconds between two moments at which what was found is safe on the disk."""

_TABLES = {
    "met": "place: int64, depth: int32, before: int64, act: string, digest: binary, worth: float64, "
    "worths: list, facts: strings, holds: numbers",
    "gone": "place: int64, open: bool, cut: bool, short: bool, ending: bool, hoped: bool",
    "turns": "place: int64, act: string, next: int64",
    "refused": "place: int64, act: string",
}
_KINDS = {
    "int64": pa.int64(),
    "int32": pa.int32(),
    "string": pa.string(),
    "binary": pa.binary(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "list": pa.list_(pa.float64()),
    "strings": pa.list_(pa.string()),
    "numbers": pa.list_(pa.int32()),
}
_SCHEMAS = {
    table: pa.schema([(name, _KINDS[kind]) for name, kind in (c.split(": ") for c in columns.split(", "))])
    for table, columns in _TABLES.items()
}


_Rows = list[tuple[Any, ...]]


class Shelf:
    """The places of one world.

    Behaves like a growing list of places, the first `left` of which are done with; `explore` fills it; states and facts lie
    in the file only. In memory stays by what each place was first met: 24 bytes. `keep` makes safe what was put.
    """

    def __init__(self, connection: Connection, world: int, at: Looked) -> None:
        """Take up a world where it was left, or at its very beginning."""
        self._connection, self._world, self._at = connection, world, at
        self._naming = Naming(at.problem)
        self._acts = tuple(str(action) for action in at.problem.actions)
        self._before, self._act = array("q"), array("i")
        self._depth, self._worth = array("i"), array("d")
        self.left = 0
        self.goal = 0.0
        self._kept = time.monotonic()
        self._recall()
        connection.begin()

    def __len__(self) -> int:
        """Count the places that have been met."""
        return len(self._before)

    def _recall(self) -> None:
        ids = {name: number for number, name in enumerate(self._acts)}
        where = "FROM met WHERE world = ? ORDER BY place"
        query = f"SELECT coalesce(before, -1), act, depth, coalesce(worth, 'nan') {where}"
        found = self._connection.execute(query, (self._world,))
        while rows := found.fetchmany(10_000):
            for before, act, depth, worth in rows:
                self._remember(before, -1 if act is None else ids[act], depth, worth)
        self.left = self._ask("SELECT count(*) FROM gone WHERE world = ?")
        if len(self):
            self.goal = self._ask("SELECT goal FROM worlds WHERE world = ?")

    def _ask(self, query: str) -> Any:  # noqa: ANN401 - whatever the column holds
        return self._connection.execute(query, (self._world,)).fetchall()[0][0]

    def _remember(self, before: int, act: int, depth: int, worth: float) -> None:
        self._before.append(before)
        self._act.append(act)
        self._depth.append(depth)
        self._worth.append(worth)

    def begin(self, start: Met) -> None:
        """Put the start."""
        goal = self._at.goal
        self.goal = default_goal(start.worth) if goal is None else goal
        people = list(self._at.problem.entities[: self._at.problem.character_count])
        contracts = [contract.name or contract.demand for contract in self._at.problem.contracts]
        query = "UPDATE worlds SET mark = ?, goal = ?, people = ?, contracts = ? WHERE world = ?"
        self._connection.execute(query, (self._at.mark, self.goal, people, contracts, self._world))
        self._insert("met", [self._added(start, -1, -1)])

    def tree(self, places: Sequence[int]) -> tuple[list[Branch], list[int]]:
        """Return the courses to some places as a tree, and where in it they stand."""
        needed = set(places)
        for place in places:
            before = self._before[place]
            while before > 0 and before not in needed:
                needed.add(before)
                before = self._before[before]
        needed.discard(0)
        numbers = {0: 0} | {place: number for number, place in enumerate(sorted(needed), 1)}
        branches = [(numbers[self._before[p]], ActionId(self._act[p])) for p in numbers if p]
        return branches, [numbers[place] for place in places]

    def put(self, answer: Leaving) -> None:
        """Put what can happen at the next places; idempotent as a whole: nothing of it is there, or everything."""
        known = self._numbers([met.digest for met in answer.met])
        met, gone, turns, refused = _Rows(), _Rows(), _Rows(), _Rows()
        for left in answer.left:
            place = self.left
            last = self._depth[place] == self._at.limits.author
            if not last:
                for action, index in left.turns:
                    if index not in known:
                        known[index] = len(self)
                        met.append(self._added(answer.met[index], place, action))
                    turns.append((place, self._acts[action], known[index]))
            gone.append(self._gone(place, left, last, known))
            refused += [(place, self._acts[action]) for action in left.refused]
            self.left += 1
        for table, rows in zip(_SCHEMAS, (met, gone, turns, refused), strict=True):
            self._insert(table, rows)
        if time.monotonic() - self._kept > _EVERY:
            self.keep()

    def _gone(self, place: int, left: Left, last: bool, known: dict[int, int]) -> tuple[Any, ...]:
        is_open = last and bool(left.turns)
        cut = last and any(index not in known for _, index in left.turns)
        hoped = self._worth[place] >= self.goal  # not where it is unknown
        ending = place > 0 and (not left.turns or hoped)
        return place, is_open, cut, left.short, ending, hoped

    def _added(self, met: Met, before: int, action: int) -> tuple[Any, ...]:
        place, depth = len(self), 0 if before < 0 else self._depth[before] + 1
        self._remember(before, action, depth, float("nan") if met.worth is None else met.worth)
        facts = [self._naming.write(fact) for fact in met.facts]
        by = (None, None) if before < 0 else (before, self._acts[action])
        return (place, depth, *by, met.digest, met.worth, list(met.worths), facts, list(met.holds))

    def _numbers(self, digests: Sequence[bytes]) -> dict[int, int]:
        """Find out which of the states that were met have been met before, and which places they are."""
        seen = pa.table(
            {"number": pa.array(range(len(digests)), pa.int32()), "digest": pa.array(digests, pa.binary())}
        )
        with self._registered("seen", seen):
            query = "SELECT number, place FROM seen JOIN met USING (digest) WHERE world = ?"
            return dict(self._connection.execute(query, (self._world,)).fetchall())

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        schema = _SCHEMAS[table]
        columns = [
            pa.array(column, field.type)
            for column, field in zip(zip(*rows, strict=True), schema, strict=True)
        ]
        with self._registered("added", pa.Table.from_arrays(columns, schema=schema)):
            self._connection.execute(f"INSERT INTO {table} SELECT {self._world}, * FROM added")  # noqa: S608 - our own names

    @contextmanager
    def _registered(self, name: str, table: pa.Table) -> Iterator[None]:
        self._connection.register(name, table)
        try:
            yield
        finally:
            self._connection.unregister(name)

    def finish(self, stopped: str, mistake: str, seconds: float) -> None:
        """Say that this world needs no more looking at."""
        row = (self._world, stopped, mistake, seconds)
        self._connection.execute("INSERT INTO finished VALUES (?, ?, ?, ?)", row)

    def keep(self) -> None:
        """Make safe what was put: from now on it survives whatever happens to this process."""
        self._connection.commit()
        self._connection.begin()
        self._kept = time.monotonic()

    def close(self) -> None:
        """Make safe what was put, for the last time."""
        self._connection.commit()
