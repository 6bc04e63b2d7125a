"""The commands that ask why not, what else, and who knew."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

import typer

from fabula.cli.options import Asked, EventName, Json
from fabula.cli.question import Question
from fabula.cli.screen import answer, say

Graph = Literal["text", "json", "dot", "graphml"]


def whynot(
    question: Question,
    asked: Asked,
    at: Annotated[
        str | None,
        typer.Option(metavar="EVENT", help="Not at all, but right before this event of the story."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say why an act never happens or an ending never comes about, or why somebody does not simply do something."""
    from fabula.ask import whynot as answers
    from fabula.cli.asked import acts_or_condition, place

    acts, condition = acts_or_condition(question, asked)
    space = question.space(any_start=True)
    if condition is not None:
        found = [answers.why_not_ending(space, condition, asked)]
    elif at is not None:
        here = place(question, space, at)
        found = [answers.why_not_now(space, action, here) for action in acts]
    else:
        found = [answers.why_not_act(space, action) for action in acts]
    answer([asdict(one) for one in found], [answers.text(one) for one in found], as_json)


def lastresort(
    question: Question,
    event: EventName,
    character: Annotated[str, typer.Argument(metavar="NAME", help="Whose ways out to look at.")],
    as_json: Json = False,
) -> None:
    """List what a character could do right before an event of the story, and why every other way is closed."""
    from fabula.ask import lastresort as resorts
    from fabula.cli import asked

    who = asked.character(question, character)
    index = asked.number_of(asked.acts(question), event)
    found = resorts.last_resort(question.problem, question.limits, question.plan, index, who)
    answer(asdict(found), [resorts.text(found)], as_json)


def ledger(question: Question, as_json: Json = False) -> None:
    """Say who learns what at every event of the story and how, and who is wrong about what."""
    from fabula.ask import ledger as ledgers

    found = ledgers.ledger(question.story)
    answer(ledgers.data(found), [ledgers.text(found)], as_json)


def endings(
    question: Question,
    form: Annotated[Graph, typer.Option("--format", help="A list, or the whole space as a graph.")] = "text",
    told: Annotated[bool, typer.Option("--told", help="Tell a shortest story of each ending.")] = False,
) -> None:
    """Map how the stories of a world end, how many end so, and where that is decided."""
    from fabula.ask import endings as maps

    space = question.space()
    if form in {"dot", "graphml"}:
        say(maps.dot(space) if form == "dot" else maps.graphml(space))
    else:
        found = maps.endings(space)
        say(maps.as_json(found) if form == "json" else maps.text(found))
        for ending in found.endings if told and form == "text" else ():
            say(f"\n{question.told(space.plan(space.numbers(ending.acts)))}")
