"""The command that names mistakes and decides contracts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.ending import Ending
from fabula.cli.options import Json
from fabula.cli.question import Question, waiting
from fabula.cli.screen import TEXTS, answer, show_mistakes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fabula.ask.contracts import Verdict
    from fabula.diagnostics.diagnostic import Diagnostic


def check(
    question: Question,
    contract: Annotated[
        list[str] | None,
        typer.Option(
            "--contract", metavar="DEMAND", help="Decide this, too: `never dead(Ada)`. May be repeated."
        ),
    ] = None,
    junit: Annotated[
        Path | None,
        typer.Option("--junit", metavar="FILE", help="Write the contracts' report for a CI server."),
    ] = None,
    told: Annotated[bool, typer.Option("--told", help="Tell the stories that break contracts.")] = False,
    as_json: Json = False,
) -> int:
    """Name every mistake in a world, and decide its contracts."""
    from fabula.diagnostics.diagnostic import Mistakes
    from fabula.diagnostics.render import as_data
    from fabula.pipeline.prose import misfits
    from fabula.pipeline.solve import begin

    asked = question.changed(None, *(f'contract "{demand}": {demand}' for demand in contract or ()))
    found: tuple[Diagnostic, ...] = ()
    try:
        found = asked.reading.warnings
        if not question.change:  # prose is written for the world as it stands
            found += misfits(asked.reading, TEXTS)
        begin(problem := asked.problem)
    except Mistakes as mistakes:
        if not as_json:
            raise
        answer([as_data(d) for d in (*mistakes.diagnostics, *found)], (), as_json)
        return int(Ending.MISTAKES)
    listed = [as_data(d) for d in found]
    if not as_json:
        show_mistakes(found)
    if problem.contracts:
        verdicts = _verdicts(asked)
        answer(*_report(asked, listed, verdicts, told), as_json)
        if junit is not None:
            from fabula.ask.contracts import junit as report

            junit.write_text(report(verdicts, asked.reading.name), encoding="utf-8")
        return int(_ending(verdicts))
    acts, people = len(problem.actions), problem.character_count
    summary = (
        f"no mistakes: {people} characters, {len(problem.fluents):,} facts, {acts:,} acts that can happen\n"
    )
    answer(listed, [summary], as_json)
    return int(Ending.DONE)


def _verdicts(question: Question) -> tuple[Verdict, ...]:
    """Decide the contracts of a world."""
    from fabula.ask.contracts import decide

    with waiting() as progress:
        return decide(question.problem, question.limits, None, question.goal, question.budget, progress)


def _report(
    question: Question, listed: list[dict[str, object]], verdicts: Sequence[Verdict], told: bool
) -> tuple[object, list[str]]:
    """Write the verdicts as data, beside the other findings, and as text."""
    from fabula.ask import contracts

    texts = [contracts.text(verdict) + (_told(question, verdict) if told else "") for verdict in verdicts]
    return {"diagnostics": listed, "contracts": [contracts.data(verdict) for verdict in verdicts]}, texts


def _told(question: Question, verdict: Verdict) -> str:
    """Tell the story that breaks a contract."""
    broken = verdict.status == "broken" and verdict.plan is not None and verdict.plan.steps
    return f"\n{question.told(verdict.plan)}\n" if broken and verdict.plan else ""


def _ending(verdicts: Sequence[Verdict]) -> Ending:
    from fabula.cli.plans import stopped

    statuses = {verdict.status for verdict in verdicts}
    if "broken" in statuses:
        return Ending.CONTRACT
    return stopped(verdicts[0].stopped) if "stopped" in statuses else Ending.DONE
