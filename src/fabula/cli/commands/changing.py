"""The commands that ask what if: two worlds compared, and the smallest change to one."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.ending import Ending
from fabula.cli.options import Json
from fabula.cli.question import Question
from fabula.cli.screen import answer

if TYPE_CHECKING:
    from fabula.ask.change.smallest import Way


def diff(
    question: Question,
    other: Annotated[
        str | None, typer.Argument(metavar="WORLD2", help="Another world; without it, the same one changed.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Compare all stories of two worlds, or of one world with and without a change."""
    from fabula.ask.change import compare

    old, new = question.unchanged(), question.changed(other)
    named = "; ".join((new.world, *new.change))
    found = compare.compare(old.space(any_start=True), new.space(any_start=True), (old.world, named))
    answer(asdict(found), [compare.text(found)], as_json)


def save(
    question: Question,
    condition: Annotated[
        str, typer.Argument(metavar="CONDITION", help="What should hold in an ending: `alive(Sayaka)`.")
    ],
    prevent: Annotated[
        bool, typer.Option("--prevent", help="Make it impossible instead of possible.")
    ] = False,
    anywhere: Annotated[
        bool, typer.Option("--anywhere", help="At any moment, not only in an ending.")
    ] = False,
    pairs: Annotated[
        bool | None, typer.Option("--pairs/--single", help="Try two changes at once, too, or never.")
    ] = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="Print so many ways.")] = 10,
    told: Annotated[bool, typer.Option("--told", help="Tell the story that each of them opens.")] = False,
    as_json: Json = False,
) -> int:
    """Find the smallest change to a world that makes an ending possible: what would have saved her."""
    from fabula.ask.asked import blame
    from fabula.ask.change import smallest
    from fabula.cli import asked
    from fabula.cli.plans import stopped
    from fabula.diagnostics.diagnostic import Mistakes

    ending, span = asked.condition(question, condition)
    try:
        found = smallest.smallest(
            question.inquiry(any_start=True),
            ending,
            "impossible" if prevent else "possible",
            anywhere,
            pairs,
            question.budget,
        )
    except Mistakes:
        blame(question.inquiry(any_start=True), {ending: span}, question.budget)
        raise
    texts = [smallest.text(found, most)]
    if told and not as_json:
        texts += [_told(question, way) for way in found.ways[:most] if way.acts]
    answer(smallest.data(found, most), texts, as_json)
    return int(stopped(found.stopped) if found.stopped else Ending.DONE)


def _told(question: Question, way: Way) -> str:
    """Tell the story that changes open."""
    changed = question.changed(None, *way.said)
    space = changed.space()
    return f"\n{'; '.join(way.said)}\n\n{changed.told(space.plan(space.numbers(way.acts)))}\n"
