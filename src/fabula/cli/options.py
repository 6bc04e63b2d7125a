"""The options that several commands share."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer

from fabula.search.most import MOST, MOST_PLANNED


def _finite(value: float | None) -> float | None:
    """Refuse what is no number to reach."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter(f"'{value}' is no number that can be reached")
    return value


def _positive(value: float | None) -> float | None:
    """Refuse a time in which nothing can be done, and one that never ends."""
    if value is not None and not 0 < value < math.inf:
        raise typer.BadParameter(f"'{value:g}' is no length of time; without the option there is no limit")
    return value


def named(value: Path | None) -> Path | None:
    """Refuse a file without a name."""
    if value == Path():
        raise typer.BadParameter("a file needs a name")
    return value


WorldName = Annotated[
    str, typer.Argument(metavar="WORLD", help="A bundled world (see `fabula worlds`) or the path of a file.")
]
Goal = Annotated[
    float | None,
    typer.Option(
        "-g",
        "--goal",
        metavar="N",
        callback=_finite,
        help="The author's utility that the story must reach.",
    ),
]
AuthorLimit = Annotated[
    int | None,
    typer.Option(
        "--author-limit",
        "-atl",
        metavar="N",
        min=-1,
        max=MOST,
        help="At most N acts in the story (-1: no limit).",
    ),
]
CharacterLimit = Annotated[
    int | None,
    typer.Option(
        "--character-limit",
        "-ctl",
        metavar="N",
        min=-1,
        max=MOST_PLANNED,
        help="At most N acts in anybody's plan (-1: no limit).",
    ),
]
EpistemicLimit = Annotated[
    int | None,
    typer.Option(
        "--epistemic-limit",
        "-el",
        metavar="N",
        min=-1,
        max=MOST,
        help="At most N minds within minds in anybody's plan (-1: no limit).",
    ),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--change",
        metavar="STATEMENT",
        help="Change the world first: `hears(Octavia) = True`, or `without action NAME`. May be repeated.",
    ),
]
Seconds = Annotated[
    float | None,
    typer.Option("--time", metavar="SECONDS", callback=_positive, help="Stop after so many seconds."),
]
Nodes = Annotated[
    int | None, typer.Option("--nodes", metavar="N", min=1, max=MOST**2, help="Stop after N states.")
]
Memory = Annotated[
    int | None,
    typer.Option("--memory", metavar="MIB", min=1, max=MOST, help="Stop at so many MiB of memory."),
]
SHARED = {
    "change": Changes,
    "goal": Goal,
    "author_limit": AuthorLimit,
    "character_limit": CharacterLimit,
    "epistemic_limit": EpistemicLimit,
    "time": Seconds,
    "nodes": Nodes,
    "memory": Memory,
}
"""The options that all questions share; none of them must be given."""

EventName = Annotated[
    str, typer.Argument(metavar="EVENT", help="A number, the name of an act, or `name(Who, What)`.")
]
Asked = Annotated[
    str, typer.Argument(metavar="ASKED", help="An act, `name(Who, ?)`, or a condition, `alive(Who)`.")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", callback=named, help="Write to a file.")
]
Json = Annotated[bool, typer.Option("--json", help="Print data for other programs.")]
