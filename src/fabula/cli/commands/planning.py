"""The commands that show the acts of a story and everybody's reasons."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.options import EventName, Json
from fabula.cli.question import Question
from fabula.cli.screen import answer, complain, grow, say

if TYPE_CHECKING:
    from fabula.search.outcome import Mode


def plan(
    question: Question,
    optimal: Annotated[bool, typer.Option("--optimal", help="A shortest story.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Every story within the limits.")] = False,
    as_json: Json = False,
) -> int:
    """Find the acts of a story, and print everybody's reasons."""
    from fabula.cli import plans

    if optimal and every:
        raise typer.BadParameter("--optimal and --all exclude each other")
    mode: Mode = "all" if every else "optimal" if optimal else "first"
    problem, outcome = question.problem, question.solve(mode)
    if as_json:
        say(json.dumps(plans.data(problem, outcome), indent=2, ensure_ascii=False))
        return int(plans.ending(outcome))
    for found in outcome.plans:
        grow(plans.tree(problem, found))
        say("\n")
    if every and outcome.plans:
        say(f"{len(outcome.plans):,} in all.")
    complain(plans.verdict(problem, outcome, question.limits))
    if outcome.plans:
        say(plans.cost(outcome.statistics))
    return int(plans.ending(outcome))


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

        found = [reasons.why(question.problem, question.plan, event.index) for event in events]
        answer([asdict(one) for one in found], list(map(reasons.text, found)), as_json)
    elif as_json:
        answer([whys.data(event) for event in events], (), as_json)
    else:
        grow([whys.tree(question.story, event) for event in events])
