"""The command that names mistakes and decides contracts."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.ending import Ending
from fabula.cli.options import Json
from fabula.cli.question import Question, waiting
from fabula.cli.screen import TEXTS, answer, show_mistakes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="NAME", help="Decide only the contract of this name. May be repeated."
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
    from fabula.ask.contracts import junit as report
    from fabula.ask.words.show import counted
    from fabula.diagnostics.diagnostic import Mistakes
    from fabula.diagnostics.render import as_data

    found: list[Diagnostic] = []
    try:
        verdicts = _checked(question, contract or (), only, found, as_json)
    except Mistakes as mistakes:
        _write(junit, report, (), question.world, mistakes.diagnostics)
        if not as_json:
            raise
        answer([as_data(d) for d in (*mistakes.diagnostics, *found)], (), as_json)
        return int(Ending.MISTAKES)
    _write(junit, report, verdicts, question.reading.name)
    listed = [as_data(d) for d in found]
    if verdicts:
        answer(*_report(question, listed, verdicts, told), as_json)
        return int(_ending(verdicts))
    problem = question.problem
    people, facts = (
        counted(problem.character_count, "character"),
        counted(len(problem.fluents), "fact"),
    )
    acts = counted(len(problem.actions), "act")
    answer(listed, [f"no mistakes: {people}, {facts}, {acts} that can happen\n"], as_json)
    return int(Ending.DONE)


def _checked(
    question: Question,
    demands: Sequence[str],
    only: Sequence[str] | None,
    found: list[Diagnostic],
    as_json: bool,
) -> Sequence[Verdict]:
    """Read a world, add what is found to be odd in it, try it out, and decide what is demanded of it. Raises Mistakes."""
    from fabula.ask.contracts import tried
    from fabula.cli.asked import as_typed
    from fabula.pipeline.prose import misfits
    from fabula.pipeline.solve import begin

    with ExitStack() as stack:
        befores = [f'contract "{_quoted(demand)}": ' for demand in demands]
        for number, (before, demand) in enumerate(zip(befores, demands, strict=True), 1):
            stack.enter_context(as_typed(demand, before, f"contract {number}"))
        asked = question.changed(None, *map("".join, zip(befores, demands, strict=True)))
        found += asked.reading.warnings
        if not question.change:  # prose is written for the world as it stands
            found += misfits(asked.reading, TEXTS)
        begin(asked.problem)
        if not as_json:
            show_mistakes(found)
        if asked.problem.contracts or only:
            return _verdicts(asked, None if only is None else [*only, *map(_flat, demands)])
        tried(asked.inquiry())
        return ()


def _flat(demand: str) -> str:
    return " ".join(demand.split())


def _quoted(demand: str) -> str:
    """Write a demand as the name of itself, on one line."""
    return _flat(demand).replace("\\", "\\\\").replace('"', '\\"')


def _write(file: Path | None, report: Callable[..., str], *about: object) -> None:
    if file is not None:
        file.write_text(report(*about), encoding="utf-8")


def _verdicts(question: Question, only: Sequence[str] | None) -> Sequence[Verdict]:
    """Decide the contracts of a world, or only those of some names. Raises Ended if there is none of a name."""
    from fabula.ask.contracts import decide
    from fabula.cli.asked import contracts_called

    wanted = None if only is None else contracts_called(question, only)
    with waiting() as progress:
        return decide(question.inquiry(), wanted, question.budget, progress)


def _report(
    question: Question, listed: list[dict[str, object]], verdicts: Sequence[Verdict], told: bool
) -> tuple[object, list[str]]:
    """Write the verdicts as data, beside the other findings, and as text."""
    from fabula.ask import contracts

    tales = [_told(question, verdict) if told else "" for verdict in verdicts]
    texts = [contracts.text(verdict) + tale for verdict, tale in zip(verdicts, tales, strict=True)]
    both = zip(map(contracts.data, verdicts), tales, strict=True)
    data = [{**verdict, "told": tale.strip()} if told else verdict for verdict, tale in both]
    return {"diagnostics": listed, "contracts": data}, texts


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
