"""Looking at every course of a world and keeping what is seen in a file, from wherever it was left to wherever it must stop."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from pathlib import Path

from duckdb import DuckDBPyConnection as Connection

from fabula.ask.asked import blame
from fabula.ask.contracts import questions
from fabula.ask.inquiry import Inquiry
from fabula.ask.words.show import counted
from fabula.diagnostics.diagnostic import Mistakes
from fabula.frozen import dataclass
from fabula.search.leaving import Leaving
from fabula.search.outcome import Beyond, Budget, Progress, Statistics
from fabula.store import file, worlds
from fabula.store.record import Looked, Record, looked
from fabula.store.shelf import Shelf
from fabula.store.work.crew import Crew, Ticket, crew
from fabula.store.work.patience import Patience, patience
from fabula.store.work.tasks import leave

_AT_ONCE = 4096
"""At most so many places are asked about at once."""

_A_WHILE = 1.0
"""Seconds after which a piece of work comes back, done or not."""

_A_GLANCE = Budget(seconds=5.0, nodes=1_000)
"""How far is looked for a mistake in a contract rather than in the world."""

_MEMORY = 2048
"""MiB, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Explored:
    """How far a file has come: `states` have been met, `left` of them are done with; `resumed` were so beforehand.

    `stopped` is why it was stopped (`time`, `nodes`, `memory`, `interrupt`), empty if it is done. `whole`: no limit left anything out.
    """

    states: int
    left: int
    endings: int
    hoped: int
    resumed: int
    stopped: str
    whole: bool
    seconds: float

    def __str__(self) -> str:
        """Say it in a sentence or two."""
        return text(self)


def explore(
    path: Path,
    recorded: Record,
    budget: Budget | None = None,
    cluster: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Explored:
    """Look at every course of a world and keep the space in a file; go on where the file leaves off.

    Of the budget, seconds and nodes (states looked at) are for this run; the memory is what is used at a time. Ctrl-C ends a run
    as a budget does. Raises Mistakes: about the world, the file, another world in it, or a cluster.
    """
    budget = budget or Budget()
    at = looked(recorded)
    share = max(1, (budget.memory or _MEMORY * 2**20) // 4)
    with file.writing(path, worlds.about(recorded, "space"), max(64, share // 2**20)) as connection:
        worlds.enrol(path, connection, recorded, [recorded])
        patient = patience(replace(budget, memory=3 * share))
        with crew(cluster, workers) as hands, patient as until, file.worded(path):
            return look(connection, 0, at, hands, until, progress)


def look(
    connection: Connection,
    world: int,
    at: Looked,
    hands: Crew,
    until: Patience,
    progress: Progress | None = None,
) -> Explored:
    """Look at one world of a file, the reference in the core's place where the core cannot. Raises Mistakes."""
    try:
        return _Looking(connection, world, at, hands, until, progress).run(worlds.plain(connection, world))
    except Mistakes:
        inquiry = Inquiry(at.problem, at.limits, at.goal)
        blame(inquiry, questions(at.problem, at.problem.contracts), _A_GLANCE)
        raise
    except Beyond:
        worlds.begin_again(connection, world)
        return _Looking(connection, world, at, hands, until, progress).run(plain=True)


@dataclass(slots=True)
class _Piece:
    """Places that somebody is at: so many from the first on, and for how long."""

    first: int
    count: int
    seconds: float
    ticket: Ticket


class _Looking:
    """One run. Pieces of work are given away in order and taken in in order, so a space is the same whoever works."""

    def __init__(
        self,
        connection: Connection,
        world: int,
        at: Looked,
        hands: Crew,
        until: Patience,
        progress: Progress | None,
    ) -> None:
        self._shelf = Shelf(connection, world, at)
        self._connection, self._world, self._at = connection, world, at
        self._hands, self._until, self._progress = hands, until, progress
        self._shared = hands.share(at)
        self._given: deque[_Piece] = deque()
        self._resumed = self._next = self._shelf.left
        self._told = time.monotonic()

    def run(self, plain: bool) -> Explored:
        self._plain = plain
        try:
            stopped = self._begin() or self._go_on()
            for piece in self._given:
                piece.ticket.drop()
            if not stopped and not worlds.finished(self._connection, self._world):
                self._shelf.finish("", "", self._until.seconds)
                worlds.judge(self._connection, self._world, self._at)
        finally:
            self._shelf.close()
        return self._report(stopped)

    def _begin(self) -> str:
        if len(self._shelf):
            return ""
        answer = self._give(0, 0, _A_WHILE).ticket.result(self._until)
        if answer is None or not answer.met:
            return answer.stopped if answer is not None else "interrupt"
        self._shelf.begin(answer.met[0])
        return ""

    def _go_on(self) -> str:
        while not (stop := self._until.end(self._shelf.left - self._resumed)):
            self._given.extend(self._pieces())
            if not self._given:
                return ""
            piece = self._given.popleft()
            answer = piece.ticket.result(self._until)
            if answer is None:
                return "interrupt"
            self._shelf.put(answer)
            self._tell()
            if answer.stopped in ("interrupt", "memory") and not answer.left:
                return str(answer.stopped)
            if len(answer.left) < piece.count:
                self._given.appendleft(self._rest(piece, answer))
        return stop

    def _pieces(self) -> Iterator[_Piece]:
        """Give away as much as there are hands for."""
        while len(self._given) < self._hands.hands and self._next < self._end():
            share = ceil((self._end() - self._next) / self._hands.hands)
            count = min(_AT_ONCE, max(16, share), self._end() - self._next)
            yield (piece := self._give(self._next, count, _A_WHILE))
            self._next += piece.count

    def _end(self) -> int:
        most = self._until.budget.nodes
        return len(self._shelf) if most is None else min(len(self._shelf), self._resumed + most)

    def _rest(self, piece: _Piece, answer: Leaving) -> _Piece:
        """Give away again what was not done; for longer, where not even one place was."""
        done = len(answer.left)
        return self._give(piece.first + done, piece.count - done, piece.seconds * (1 if done else 2))

    def _give(self, first: int, count: int, seconds: float) -> _Piece:
        left = self._until.left()
        within = seconds if left is None else min(seconds, left)
        tree, places = self._shelf.tree(range(first, first + count))
        budget = Budget(within, None, self._until.budget.memory)
        ticket = self._hands.give(leave, self._shared, self._plain, tree, places, budget)
        return _Piece(first, count, seconds, ticket)

    def _tell(self) -> None:
        if self._progress is not None and time.monotonic() - self._told > 1:
            self._told = time.monotonic()
            self._progress(Statistics(self._shelf.left, len(self._shelf), self._until.seconds))

    def _report(self, stopped: str) -> Explored:
        query = """SELECT count(*) FILTER (ending), count(*) FILTER (ending AND hoped), NOT coalesce(bool_or(cut), false)
            FROM gone WHERE world = ?"""
        endings, hoped, whole = self._connection.execute(query, (self._world,)).fetchall()[0]
        left, states = self._shelf.left, len(self._shelf)
        return Explored(
            states, left, endings, hoped, self._resumed, stopped, whole and not stopped, self._until.seconds
        )


def text(found: Explored) -> str:
    """Say how far a file has come."""
    resumed = f" ({found.resumed:,} of them before)" if found.resumed else ""
    hoped = f", {found.hoped:,} as the author hopes" if found.hoped else ""
    ends = f"{counted(found.endings, 'state')} at which stories end{hoped}"
    if found.stopped:
        rest = f"{counted(found.states - found.left, 'state')} known and not looked at yet"
        return (
            f"stopped ({found.stopped}): {counted(found.left, 'state')} looked at{resumed}, {rest}; {ends}\n"
        )
    length = "stories of any length" if found.whole else "longer stories left out"
    return f"all {counted(found.states, 'state')} looked at{resumed}, {length}; {ends}\n"
