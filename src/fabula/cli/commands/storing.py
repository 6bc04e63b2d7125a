"""The commands that keep spaces of stories in a file, and ask one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fabula.cli.ending import Ended, Ending
from fabula.cli.options import Json
from fabula.cli.question import Question, waiting
from fabula.cli.screen import TEXTS, answer, complain, say, show_mistakes

if TYPE_CHECKING:
    from fabula.store.find.stories import Found
    from fabula.store.kept import Kept
    from fabula.store.record import Record

Store = Annotated[Path, typer.Option("--store", metavar="FILE", help="The file: made, or gone on with.")]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="WHERE",
        help="Let many work: `local` (on this machine), `auto` (a running Ray cluster, else local) or an address.",
    ),
]
Workers = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=1, help="So many of them on this machine.")
]
Demands = Annotated[
    list[str] | None,
    typer.Option(
        "--contract", metavar="DEMAND", help="Be able to tell this later: `never dead(Ada)`. May be repeated."
    ),
]


def explore(
    question: Question,
    store: Store,
    contract: Demands = None,
    cluster: Cluster = None,
    workers: Workers = None,
    as_json: Json = False,
) -> int:
    """Look at every course of a world and keep the space in a file; go on where it was left."""
    from dataclasses import asdict

    from fabula.cli.plans import stopped
    from fabula.store.explore import explore as look
    from fabula.store.explore import text

    recorded = _record(question, contract)
    with waiting() as progress:
        found = look(store, recorded, question.budget, cluster, workers, progress)
    answer(asdict(found), [text(found)], as_json)
    return int(stopped(found.stopped) if found.stopped else Ending.DONE)


def sweep(
    question: Question,
    store: Store,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary",
            metavar="CHOICES",
            help="`at(Ben) = Cellar | Garden`, `steps(Ben) = 1..5`; each with each. May be repeated.",
        ),
    ] = None,
    change_file: Annotated[
        Path | None,
        typer.Option(
            "--change-file",
            metavar="FILE",
            help="One way to change the world a line, statements between ` ; `.",
        ),
    ] = None,
    contract: Demands = None,
    cluster: Cluster = None,
    workers: Workers = None,
    as_json: Json = False,
) -> int:
    """Look at a world changed in many ways and keep every space in one file; go on where it was left."""
    from dataclasses import asdict

    from fabula.cli.plans import stopped
    from fabula.store.sweep import sweep as look
    from fabula.store.sweep import text, ways

    if not vary and change_file is None:
        raise Ended(
            Ending.USAGE, "error[usage]: nothing is varied\nhint: `--vary` or `--change-file` says what"
        )
    lines = [] if change_file is None else _lines(change_file)
    recorded = _record(question, contract)
    found = look(store, recorded, ways(vary or (), lines), question.budget, cluster, workers)
    answer(asdict(found), [text(found)], as_json)
    if found.stopped:
        return int(stopped(found.stopped))
    if found.mistaken == found.worlds:
        complain(
            f"error[usage]: none of these is a world\nhint: `fabula stories {store}` says what is wrong with each"
        )
        return int(Ending.USAGE)
    return int(Ending.DONE)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        hint = "one way to change the world a line, statements between ` ; `"
        raise Ended(Ending.USAGE, f"error[cannot-read]: `{file}` cannot be read\nhint: {hint}") from None


def _record(question: Question, contract: list[str] | None) -> Record:
    """Keep the world that is asked about, with more contracts."""
    from fabula.store.record import record

    asked = question.changed(None, *(f'contract "{demand}": {demand};' for demand in contract or ()))
    texts = TEXTS
    return record(asked.reading, texts, asked.change, asked.limits, asked.goal)


def stories(
    store: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `explore` or `sweep` has made.")],
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help="Clauses between `;`, `not` before any: ends: CONDITION, sometime: CONDITION, act: ACT, with: PEOPLE, "
            "length: 3..8, keeps: CONTRACT, breaks: CONTRACT, hoped.",
        ),
    ] = "",
    world: Annotated[
        int | None, typer.Option("--world", metavar="N", min=0, help="Of a sweep: the stories of this world.")
    ] = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="Print so many.")] = 10,
    sql: Annotated[
        bool, typer.Option("--sql", help="QUERY is SQL; tables and views: `SHOW TABLES`.")
    ] = False,
    as_json: Json = False,
) -> int:
    """Find stories in a file: for every ending a shortest one of which all that is asked is true."""
    from fabula.diagnostics.diagnostic import Mistakes
    from fabula.store.kept import opened

    try:
        with opened(store) as kept:
            if sql:
                return _rows(kept, query, as_json)
            if world is None and kept.about()["kind"] == "sweep":
                return _worlds(kept, query, as_json)
            return _stories(kept, query, world or 0, most, as_json)
    except Mistakes as mistakes:  # there is no text but what was typed
        show_mistakes(mistakes.diagnostics)
        return int(Ending.USAGE)


def _stories(kept: Kept, query: str, world: int, most: int, as_json: bool) -> int:
    from itertools import islice

    found = kept.find(query, world)
    first = list(islice(found, most))
    if as_json:
        answer(kept.table(first, world).to_pylist(), (), as_json)
        return int(Ending.DONE)
    say("".join(_told(story) for story in first))
    rest = sum(1 for _ in found)
    say(f"and {rest:,} more\n" if rest else "" if first else f"no such story{_far(kept, world)}\n")
    return int(Ending.DONE if first else Ending.NO_STORY if _done(kept, world) else Ending.NONE_WITHIN_LIMITS)


def _told(story: Found) -> str:
    from fabula.ask.words.show import counted

    hoped = ", as the author hopes" if story.hoped else ""
    acts = "".join(f"  {act}\n" for act in story.acts)
    return f"{counted(len(story.acts), 'act')}{hoped}:\n{acts}"


def _done(kept: Kept, world: int) -> bool:
    return bool(kept.sql("SELECT world FROM finished WHERE world = ? AND stopped = ''", [world]).num_rows)


def _far(kept: Kept, world: int) -> str:
    return "" if _done(kept, world) else " so far: not everything was looked at"


def _worlds(kept: Kept, query: str, as_json: bool) -> int:
    """List the worlds of a sweep; with a query, those in which there is such a story."""
    rows = kept.worlds().to_pylist()
    if query:
        rows = _having(kept, query, rows)
    answer(rows, [_world(row) for row in rows] or ["no world has such a story\n"], as_json)
    return int(Ending.DONE if rows else Ending.NO_STORY)


def _having(kept: Kept, query: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the worlds that have such a story. Raises Mistakes if the query makes sense in none."""
    from fabula.diagnostics.diagnostic import Mistakes

    found, wrong, asked = [], None, False
    for row in rows:
        try:
            story = next(kept.find(query, row["world"]), None) if row["states"] else None
        except Mistakes as mistakes:  # who is asked about may be there in some worlds only
            wrong = mistakes
            continue
        asked = asked or bool(row["states"])
        if story is not None:
            found.append(row | {"story": story.acts})
    if wrong is not None and not asked:
        raise wrong
    return found


def _world(row: dict[str, Any]) -> str:
    """Write a world of a sweep: how it is changed, and how its stories end."""
    from fabula.ask.words.show import counted

    head = f"{row['world']}. {' ; '.join(row['changes']) or 'as it is'}\n"
    if not row["done"]:
        return f"{head}  not looked at yet\n"
    if row["mistake"]:
        return f"{head}  has a mistake: {row['mistake']}\n"
    if "story" in row:
        return head + "".join(f"  {act}\n" for act in row["story"])
    stopped = f" (stopped: {row['stopped']})" if row["stopped"] else ""
    hoped = (
        f", {row['hoped']:,} as the author hopes (the nearest after {counted(row['shortest'], 'act')})"
        if row["hoped"]
        else ""
    )
    broken = f"  broken: {', '.join(row['broken'])}\n" if row["broken"] else ""
    states, ends = counted(row["states"], "state"), counted(row["endings"], "ending")
    return f"{head}  {states}{stopped}, {ends}{hoped}\n{broken}"


def _rows(kept: Kept, query: str, as_json: bool) -> int:
    table = kept.sql(query)
    if as_json:
        import json

        say(json.dumps(table.to_pylist(), indent=2, ensure_ascii=False, default=str))
        return int(Ending.DONE)
    say("\t".join(table.column_names))
    say("".join("\t".join(map(str, row.values())) + "\n" for row in table.to_pylist()))
    return int(Ending.DONE)
