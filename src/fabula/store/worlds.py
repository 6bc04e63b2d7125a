"""The worlds of a file: enrolled, told apart, read back, judged by their contracts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from duckdb import DuckDBPyConnection as Connection

import fabula
from fabula.ask.contracts import name, verdicts
from fabula.ask.inquiry import Lore
from fabula.ask.space import Space
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.ground.problem import ActionId
from fabula.search.outcome import Limits
from fabula.search.tables import Place, Spread, Turn
from fabula.store import file
from fabula.store.record import Looked, Record, looked

_JUDGED = 100_000
"""Contracts of larger spaces are not judged in one go; `stories` finds what breaks them."""


def about(recorded: Record, kind: str) -> dict[str, str]:
    """What a file says of itself: a `space` or a `sweep`, of which world, asked how."""
    limits, goal = json.dumps(asdict(recorded.limits)), json.dumps(recorded.goal)
    return {"kind": kind, "world": recorded.name, "limits": limits, "goal": goal}


def enrol(path: Path, connection: Connection, base: Record, many: Sequence[Record]) -> list[int]:
    """Put worlds, all of them changes of the base, into a file that has none, or find them there; return their numbers.

    Raises Mistakes if the file is about something else.
    """
    if not connection.execute("SELECT count(*) FROM texts").fetchall()[0][0]:
        connection.begin()
        for number, (source, text) in enumerate(base.texts):
            connection.execute("INSERT INTO texts VALUES (?, ?, ?)", (number, source, text))
        _insert(connection, 0, many)
        connection.commit()
        return list(range(len(many)))
    _compare(path, connection, base)
    known = connection.execute("SELECT changes, world FROM worlds ORDER BY world").fetchall()
    numbers = {tuple(changes): world for changes, world in known}
    if len(many) == 1 and file.about(connection)["kind"] == "space":
        _compare_marks(path, connection, looked(many[0]))
        return [0]
    fresh = [each for each in many if each.changes not in numbers]
    connection.begin()
    _insert(connection, len(numbers), fresh)
    connection.commit()
    numbers |= {each.changes: len(known) + number for number, each in enumerate(fresh)}
    return [numbers[each.changes] for each in many]


def _insert(connection: Connection, first: int, many: Sequence[Record]) -> None:
    for number, each in enumerate(many, first):
        row = (number, list(each.changes), each.goal)
        connection.execute("INSERT INTO worlds VALUES (?, ?, NULL, ?, false, NULL, NULL)", row)


def _compare(path: Path, connection: Connection, base: Record) -> None:
    """Raise Mistakes if a file is asked in another way, or written by another version."""
    said = file.about(connection)
    mine = about(base, said["kind"])
    if said["fabula"] != fabula.__version__:
        headline = f"`{path}` was begun with fabula {said['fabula']}; this is {fabula.__version__}"
        hint = "go on with that version, or explore again into another file"
        raise Mistakes(Diagnostic("error", "other-version", headline, hints=(hint,)))
    if (said["limits"], said["goal"]) != (mine["limits"], mine["goal"]):
        note = f"it was begun with {_asked(said)}; asked for is {_asked(mine)}"
        hint = "ask as it was begun, or name another file"
        headline = f"`{path}` was begun with other limits"
        raise Mistakes(Diagnostic("error", "other-limits", headline, (), (note,), (hint,)))


def _asked(said: dict[str, str]) -> str:
    limits, goal = Limits(**json.loads(said["limits"])), json.loads(said["goal"])
    wanted = "" if goal is None else f" --goal {goal:g}"
    return f"--author-limit {limits.author} --character-limit {limits.character} --epistemic-limit {limits.epistemic}{wanted}"


def _compare_marks(path: Path, connection: Connection, at: Looked) -> None:
    known = connection.execute("SELECT mark FROM worlds WHERE world = 0").fetchall()[0][0]
    if known is None or known == at.mark:
        return
    headline = f"`{path}` keeps the stories of another world"
    note = (
        f"it was begun with `{file.about(connection)['world']}`, whose facts, acts or contracts were others"
    )
    hint = "name another file; or undo what was changed in the world since"
    raise Mistakes(Diagnostic("error", "another-world", headline, (), (note,), (hint,)))


def kept(connection: Connection, world: int = 0) -> Record:
    """Read a world back."""
    said = file.about(connection)
    texts = connection.execute("SELECT source, text FROM texts ORDER BY number").fetchall()
    found = connection.execute("SELECT changes FROM worlds WHERE world = ?", (world,)).fetchall()
    if not found:
        hint = "`fabula stories FILE` lists those that it keeps"
        headline = f"there is no world {world} in this file"
        raise Mistakes(Diagnostic("error", "no-such-world", headline, hints=(hint,)))
    limits = Limits(**json.loads(said["limits"]))
    return Record(said["world"], tuple(texts), tuple(found[0][0]), limits, json.loads(said["goal"]))


def plain(connection: Connection, world: int) -> bool:
    """Whether the reference looks at this world in the core's place."""
    return bool(connection.execute("SELECT plain FROM worlds WHERE world = ?", (world,)).fetchall()[0][0])


def finished(connection: Connection, world: int) -> bool:
    """Whether a world needs no more looking at."""
    return bool(
        connection.execute("SELECT count(*) FROM finished WHERE world = ?", (world,)).fetchall()[0][0]
    )


def begin_again(connection: Connection, world: int) -> None:
    """Forget what was seen of a world: the reference must look at it, and names states otherwise."""
    connection.begin()
    for table in ("met", "gone", "turns", "refused"):
        connection.execute(f"DELETE FROM {table} WHERE world = ?", (world,))  # noqa: S608 - our own names
    connection.execute("UPDATE worlds SET plain = true WHERE world = ?", (world,))
    connection.commit()


def space(connection: Connection, world: int, at: Looked) -> Space:
    """Return a world as `fabula.ask` wants it: everything in memory."""
    ids = {str(action): ActionId(number) for number, action in enumerate(at.problem.actions)}
    turns: dict[int, list[Turn]] = {}
    refused: dict[int, list[ActionId]] = {}
    for place, act, to in _rows(connection, "place, act, next FROM turns", world):
        turns.setdefault(place, []).append(Turn(ids[act], to))
    for place, act in _rows(connection, "place, act FROM refused", world):
        refused.setdefault(place, []).append(ids[act])
    met = _rows(
        connection,
        "place, depth, before, m.act, holds, worth, coalesce(open, true) FROM met m LEFT JOIN gone g USING (world, place)",
        world,
    )
    places = tuple(
        Place(
            place,
            depth,
            None if before is None else (before, ids[act]),
            tuple(turns.get(place, ())),
            tuple(refused.get(place, ())),
            is_open,
            frozenset(holds),
            worth,
        )
        for place, depth, before, act, holds, worth, is_open in met
    )
    query = """SELECT goal, (SELECT coalesce(bool_or(cut), false) FROM gone g WHERE g.world = w.world),
        (SELECT coalesce(bool_or(short), false) FROM gone g WHERE g.world = w.world),
        coalesce((SELECT stopped FROM finished f WHERE f.world = w.world), 'interrupt') FROM worlds w WHERE world = ?"""
    goal, cut, short, stopped = connection.execute(query, (world,)).fetchall()[0]
    around = Spread(places, goal, cut, short, stopped)
    return Space(Lore(at.problem, at.limits), around, at.asked)


def _rows(connection: Connection, what: str, world: int) -> list[tuple]:  # type: ignore[type-arg]
    query = f"SELECT {what} WHERE world = ? ORDER BY place"
    return connection.execute(query, (world,)).fetchall()


def judge(connection: Connection, world: int, at: Looked) -> None:
    """Decide the contracts of a world that is finished, and keep the verdicts."""
    many = connection.execute("SELECT count(*) FROM met WHERE world = ?", (world,)).fetchall()[0][0]
    if not at.problem.contracts or many > _JUDGED:
        return
    for verdict in verdicts(space(connection, world, at), at.problem.contracts, at.asked):
        acts = None if verdict.acts is None else list(verdict.acts)
        row = (world, name(verdict.contract), verdict.contract.demand, verdict.status, acts)
        connection.execute("INSERT INTO verdicts VALUES (?, ?, ?, ?, ?)", row)
