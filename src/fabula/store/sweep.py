"""Many worlds at once: one world changed in many ways, each looked at whole, here or on a cluster, all kept in one file."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection as Connection

from fabula.ask.words.show import counted
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.frozen import dataclass
from fabula.search.outcome import Budget, Going
from fabula.store import file, worlds
from fabula.store.explore import look
from fabula.store.record import Record, looked
from fabula.store.work.crew import Crew, Here, Ticket, crew
from fabula.store.work.patience import Patience, patience

_PLACES = 50_000
"""A world with more states is given up, unless somebody says otherwise."""

_MOST = 1_000_000
_TABLES = ("met", "gone", "turns", "refused", "verdicts")

Way = tuple[str, ...]
"""How a world is changed: statements, as the command line takes them."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How far a sweep has come: `done` of its worlds were looked at, `resumed` of them before; `stopped` as in `Explored`."""

    worlds: int
    done: int
    resumed: int
    mistaken: int
    stopped: str
    seconds: float

    def __str__(self) -> str:
        """Say it in a sentence."""
        return text(self)


def ways(vary: Sequence[str] = (), lines: Iterable[str] = ()) -> list[Way]:
    """Return every way to change a world: each line is one (statements between ` ; `), and with each every choice is combined.

    `vary` are choices between `|`: `at(Ben) = Cellar | Garden`, `strength(Ada) = 1..5`, `fed(Ben) |` (so, or as it was). Raises Mistakes.
    """
    stated = (line.strip() for line in lines)
    firsts = [_statements(line) for line in stated if line and not line.startswith("//")] or [()]
    choices = [_choices(text) for text in vary]
    many = len(firsts)
    for choice in choices:
        many *= len(choice)
    if many > _MOST:
        hint = "leave out some of what is varied"
        raise Mistakes(Diagnostic("error", "unknown-choice", f"these are {many:,} worlds", hints=(hint,)))
    found = ((*first, *(c for c in chosen if c)) for first in firsts for chosen in product(*choices))
    return list(dict.fromkeys(found))


def _statements(line: str) -> Way:
    return tuple(part.strip() for part in re.split(r"\s;\s", line) if part.strip())


def _choices(text: str) -> list[str]:
    """Write out a choice: between values, wherever in a statement they stand, or between statements."""
    if found := _VALUES.search(text):
        values = [value for part in found[1].split("|") for value in _numbers(part.strip())]
        if len(values) > 1:
            return [f"{text[: found.start(1)]}{value}{text[found.end(1) :]}".strip() for value in values]
    first, *others = (part.strip() for part in text.split("|"))
    if not others:
        hint = "choices stand between `|`: `at(Ben) = Cellar | Garden`; `1..5` are five numbers"
        headline = f"`{text}` leaves nothing to choose"
        raise Mistakes(Diagnostic("error", "unknown-choice", headline, hints=(hint,)))
    name, equals, _ = first.rpartition("=")
    return [first, *(f"{name.strip()} = {o}" if equals and _VALUE.fullmatch(o) else o for o in others)]


_VALUE = re.compile(r"[\w?.-]+")
_VALUES = re.compile(r"=\s*([\w?.-]+(?:\s*\|\s*[\w?.-]+)*)(?=[\s);]*$)")
"""The values at the end of a statement, perhaps inside of somebody's belief."""


def _numbers(value: str) -> Iterable[str]:
    """Count from one number to another. Raises Mistakes if they are too many."""
    span = re.fullmatch(r"(-?\d{1,9})\.\.(-?\d{1,9})", value)
    if span is None:
        return (value,)
    numbers = range(int(span[1]), int(span[2]) + 1)
    if len(numbers) > _MOST:
        hint = f"at most {_MOST:,} worlds can be looked at in one sweep"
        raise Mistakes(
            Diagnostic("error", "unknown-choice", f"`{value}` are too many choices", hints=(hint,))
        )
    return map(str, numbers)


def sweep(
    path: Path,
    base: Record,
    changes: Sequence[Way],
    budget: Budget | None = None,
    cluster: str | None = None,
    workers: int | None = None,
) -> Swept:
    """Look at a world changed in many ways and keep every space; what the file already has is not done again.

    Of the budget, seconds are for this run, nodes for each world, memory for each worker. A world with a mistake in it is kept as
    that. Raises Mistakes: about the file, another world in it, or a cluster.
    """
    budget = budget or Budget()
    each = replace(budget, seconds=None, nodes=_PLACES if budget.nodes is None else budget.nodes)
    base.world()  # a mistake in the world itself is no variation
    with file.writing(path, worlds.about(base, "sweep")) as connection:
        records = [base.changed(way) for way in changes]
        numbers = worlds.enrol(path, connection, base, records)
        known = {number for (number,) in connection.execute("SELECT world FROM finished").fetchall()}
        left = [(n, r) for n, r in zip(numbers, records, strict=True) if n not in known]
        asked = patience(replace(budget, nodes=None))
        with crew(cluster, workers) as hands, asked as until, file.worded(path):
            stopped = _Sweeping(connection, hands, until, each).run(left)
        query = "SELECT count(*), count(*) FILTER (mistake <> '') FROM finished WHERE list_contains(?, world)"
        done, mistaken = connection.execute(query, (numbers,)).fetchall()[0]
    resumed = len(numbers) - len(left)
    return Swept(len(numbers), done, resumed, mistaken, stopped, until.seconds)


class _Sweeping:
    """One run: worlds are given away, and taken in as they come."""

    def __init__(self, connection: Connection, hands: Crew, until: Patience, each: Budget) -> None:
        self._connection, self._hands, self._until, self._each = connection, hands, until, each
        self._given: deque[tuple[int, Ticket]] = deque()

    def run(self, left: Iterable[tuple[int, Record]]) -> str:
        waiting = iter(left)
        stop = ""
        while not stop:
            self._given.extend(self._give(waiting))
            if not self._given:
                return ""
            stop = self._until.end(0) or self._take()
        for _, ticket in self._given:
            ticket.drop()
        return stop

    def _give(self, waiting: Iterator[tuple[int, Record]]) -> Iterator[tuple[int, Ticket]]:
        while len(self._given) < self._hands.hands and (following := next(waiting, None)):
            world, recorded = following
            budget = replace(self._each, seconds=self._until.left())
            yield world, self._hands.give(whole, recorded, budget)

    def _take(self) -> str:
        """Take in a world that is done, else wait for the one that was given away first."""
        at = next((n for n, (_, ticket) in enumerate(self._given) if ticket.ready()), 0)
        world, ticket = self._given[at]
        seen: Seen | None = ticket.result(self._until)
        if seen is None:
            return "interrupt"
        del self._given[at]
        if seen.stopped in ("time", "interrupt"):
            return seen.stopped
        adopt(self._connection, world, seen)
        return ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one world: the rows of a file. `mistake` is what is wrong with the world, in words."""

    tables: dict[str, pa.Table]
    about: tuple[Any, ...]
    stopped: str
    mistake: str
    seconds: float


def whole(recorded: Record, budget: Budget, going: Going | None) -> Seen:
    """Look at one world, in memory: a piece of work for anybody."""
    until = Patience(budget)
    connection = file.memory()
    try:
        at = looked(recorded)
        worlds.enrol(Path(), connection, recorded, [recorded])
        found = look(connection, 0, at, Here(), _heeding(until, going))
        if found.stopped in ("nodes", "memory"):
            worlds.judge(connection, 0, at)
        tables = {name: connection.sql(f"SELECT * FROM {name}").to_arrow_table() for name in _TABLES}  # noqa: S608
        query = "SELECT mark, goal, plain, people, contracts FROM worlds"
        about = connection.execute(query).fetchall()[0]
        return Seen(tables, about, found.stopped, "", until.seconds)
    except Mistakes as mistakes:
        return Seen({}, (None, None, False, None, None), "", str(mistakes), until.seconds)
    finally:
        connection.close()


def _heeding(until: Patience, going: Going | None) -> Patience:
    """Let a budget end when somebody else has had enough, too."""
    return until if going is None else Heeding(until.budget, until.began, going=going)


@dataclass(slots=True)
class Heeding(Patience):
    """Goes on as long as somebody else does."""

    going: Going = lambda: True

    def __call__(self) -> bool:
        """Whether nobody has interrupted."""
        return self.going()

    def end(self, done: int) -> str:
        """Say why to stop, if to stop."""
        self.interrupted = not self.going()
        return Patience.end(self, done)


def adopt(connection: Connection, world: int, seen: Seen) -> None:
    """Put what was seen of a world into a file: all of it, or nothing."""
    connection.begin()
    for name, table in seen.tables.items():
        connection.register("seen", table)
        connection.execute(f"INSERT INTO {name} SELECT * REPLACE ({world} AS world) FROM seen")  # noqa: S608 - our own names
        connection.unregister("seen")
    query = "UPDATE worlds SET mark = ?, goal = ?, plain = ?, people = ?, contracts = ? WHERE world = ?"
    connection.execute(query, (*seen.about, world))
    row = (world, seen.stopped, seen.mistake, seen.seconds)
    connection.execute("INSERT INTO finished VALUES (?, ?, ?, ?)", row)
    connection.commit()


def text(found: Swept) -> str:
    """Say how far a sweep has come."""
    resumed = f" ({found.resumed:,} of them before)" if found.resumed else ""
    wrong = f", {found.mistaken:,} of them with mistakes" if found.mistaken else ""
    if found.stopped:
        return f"stopped ({found.stopped}): {found.done:,} of {counted(found.worlds, 'world')} looked at{resumed}{wrong}\n"
    return f"{counted(found.worlds, 'world')} looked at{resumed}{wrong}\n"
