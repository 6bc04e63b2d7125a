"""The commands that show the acts of a story and everybody's reasons."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.ending import Ended, Interrupts
from fabula.cli.options import EventName, Json, named
from fabula.cli.question import Question
from fabula.cli.screen import answer, complain, grow, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fabula.ground.problem import ActionId, Problem
    from fabula.search.outcome import Examined, Going, Mode, Plan


class Reason(Enum):
    """What counts as a reason."""

    IMPROVE = "improve"
    BEST = "best"


def plan(
    question: Question,
    optimal: Annotated[bool, typer.Option("--optimal", help="A shortest story.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Every story within the limits, as it is found.")
    ] = False,
    prove: Annotated[
        bool, typer.Option("--prove", help="Prove that there is no story of any length, or find a shortest.")
    ] = False,
    check: Annotated[
        Path | None,
        typer.Option(
            "--check",
            metavar="FILE",
            allow_dash=True,
            callback=named,
            help="Say whether the acts in a file, one on a line, are a story, and if not, why (-: what is typed or piped in).",
        ),
    ] = None,
    ambition: Annotated[
        Reason,
        typer.Option("--ambition", help="People act for any plan that is an improvement, or for a best one."),
    ] = Reason.IMPROVE,
    threads: Annotated[
        int,
        typer.Option("--threads", metavar="N", min=1, max=2, help="With `--optimal`: one thread or two."),
    ] = 1,
    as_json: Json = False,
) -> int:
    """Find the acts of a story, and print everybody's reasons."""
    if sum((optimal, every, prove, check is not None)) > 1:
        raise typer.BadParameter("--optimal, --all, --prove and --check exclude each other")
    question = replace(question.ambitious(ambition.value), threads=threads)
    question = question.unlimited() if prove else question
    mode: Mode = "all" if every else "optimal" if optimal else "prove" if prove else "first"
    interrupts = Interrupts(question.seconds)
    try:
        with interrupts:
            if check is not None:
                return _check(question, check, as_json, interrupts)
            return _search(question, mode, as_json, interrupts)
    except KeyboardInterrupt:  # there was nothing yet to be told, or nobody wants to hear more of it
        from fabula.cli import plans

        why = interrupts.why or "interrupt"
        raise Ended(plans.stopped(why), f"stopped, {plans.stop(why)}") from None


def _search(question: Question, mode: Mode, as_json: bool, interrupts: Interrupts) -> int:
    problem = question.problem
    with interrupts.heeded():
        return _found(question, problem, mode, as_json, interrupts.going)


def _found(question: Question, problem: Problem, mode: Mode, as_json: bool, going: Going) -> int:
    """Search, and say what was found; Ctrl-C ends the search only."""
    from fabula.cli import plans

    def show(found: Plan) -> None:
        grow(plans.tree(problem, found))
        say("\n")

    streamed = mode == "all" and not as_json
    outcome = question.solve(mode, show if streamed else None, going)
    if as_json:
        say(json.dumps(plans.data(problem, outcome), indent=2, ensure_ascii=False))
        return int(plans.ending(outcome))
    for found in () if streamed else outcome.plans:
        show(found)
    if mode == "all" and outcome.plans:
        say(f"{len(outcome.plans):,} in all.")
    complain(plans.verdict(problem, outcome, question.limits, question.wished))
    if outcome.plans:
        say(plans.cost(outcome.statistics))
    return int(plans.ending(outcome))


def _check(question: Question, file: Path, as_json: bool, interrupts: Interrupts) -> int:
    from fabula.cli import plans

    problem = question.whole
    acts = plans.read(file, problem)
    with interrupts.heeded():
        found = question.examine(acts, interrupts.going)
    reason = _flaw(question, problem, acts, found)
    if as_json:
        say(json.dumps(plans.examined(problem, found, reason), indent=2, ensure_ascii=False))
    elif found.valid and found.plan is not None:
        grow(plans.tree(problem, found.plan))
    elif reason:
        say(reason)
    if found.stopped:
        complain(f"stopped, before it was known whether this is a story: {plans.stop(found.stopped)}")
    return int(plans.verified(found))


def _flaw(question: Question, problem: Problem, acts: Sequence[ActionId], found: Examined) -> str:
    """Say why acts are no story; where there is no time to look for reasons, only what is known already."""
    from fabula.ask.moment import flaw

    try:
        return flaw.text(problem, acts, question.limits, found, question.ambition)
    except KeyboardInterrupt:
        if found.flaw != "unwilling":
            raise
        return f"no story: act {found.at + 1}, {problem.actions[acts[found.at]]}, is nothing that everybody would do"


def why(
    question: Question,
    event: EventName,
    beliefs: Annotated[
        bool, typer.Option("--beliefs", help="List every belief that each plan rests on, right ones too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say why something happens in the story of a world."""
    from fabula.cli import whys

    events = whys.find(question.story, event)
    if beliefs:
        from fabula.ask import why as reasons

        found = [reasons.why(question.inquiry(), question.plan, event.index) for event in events]
        answer([asdict(one) for one in found], list(map(reasons.text, found)), as_json)
    elif as_json:
        answer([whys.data(event) for event in events], (), as_json)
    else:
        grow([whys.tree(question.story, event) for event in events])
