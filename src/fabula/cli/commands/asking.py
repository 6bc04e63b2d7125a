"""The commands that ask why not, what else, and who knew."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from fabula.cli.options import Asked, EventName, Json
from fabula.cli.question import Question
from fabula.cli.screen import answer, say, write
from fabula.search.most import MOST

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
    space = question.space(any_start=True, asked=() if condition is None else condition[:1])
    here = None if at is None else place(question, space, at)
    if condition is not None:
        found = [
            answers.why_not_ending(space, condition[0], asked, condition[1])
            if here is None
            else answers.why_not_so(space, condition[0], here, asked, condition[1])
        ]
    elif here is not None:
        found = [answers.why_not_now(space, action, here) for action in acts]
    else:
        found = [answers.why_not_act(space, action) for action in acts]
    texts = [answers.text(one) for one in found[:_ACTS]]
    if len(found) > _ACTS:
        texts.append(f"and {len(found) - _ACTS} more such acts: name one, or ask for --json\n")
    answer([asdict(one) for one in found], texts, as_json)


_ACTS = 12
"""About so many acts at most it is said in words why they are not done."""


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
    found = resorts.last_resort(question.inquiry(), question.plan, index, who)
    answer(asdict(found), [resorts.text(found)], as_json)


def ledger(
    question: Question,
    who: Annotated[
        str | None, typer.Option(metavar="NAME", help="All that one character holds true, and since when.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="EVENT", help="With --who: right before this event, not at the end.")
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Draw who believes what, and write it to a .svg, .html or .png file."
        ),
    ] = None,
    table: Annotated[
        bool, typer.Option("--table", help="Print a table, in Markdown: one belief a row.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say who learns what at every event of the story and how, and who is wrong about what."""
    from fabula.ask import ledger as ledgers
    from fabula.cli import asked

    if at is not None and who is None:
        raise typer.BadParameter("--at is about one character: add --who NAME")
    found = ledgers.ledger(question.inquiry(), question.plan)
    if picture is not None:
        from fabula.cli.formats import PICTURES, painter

        write(
            painter(picture)(PICTURES["lanes"](question, ""), question.reading.world.title_page.language),
            picture,
        )
    elif who is None:
        text = ledgers.markdown(found) if table else ledgers.text(found)
        answer(ledgers.data(found), [text], as_json)
    else:
        name, events = asked.character(question, who), asked.acts(question)
        moment = len(events) if at is None else asked.number_of(events, at)
        answer(ledgers.known_data(found, name, moment), [ledgers.known_text(found, name, moment)], as_json)


def endings(
    question: Question,
    form: Annotated[Graph, typer.Option("--format", help="A list, data, or a graph of the states.")] = "text",
    told: Annotated[bool, typer.Option("--told", help="Tell a story of each cluster.")] = False,
    at: Annotated[
        str | None, typer.Option(metavar="EVENT", help="Only what may come from right before this event on.")
    ] = None,
    depth: Annotated[
        int | None, typer.Option(metavar="N", min=0, max=MOST, help="Only the next N acts.")
    ] = None,
    where: Annotated[
        str | None, typer.Option(metavar="CONDITION", help="Only endings in which this holds.")
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="PROPERTY", help="Tell clusters apart by this, too. May be repeated."),
    ] = None,
    most: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=MOST, help="At most N clusters (8), or states of a graph (500)."
        ),
    ] = None,
) -> int:
    """Map how the stories of a world end, how many end so, and where that is decided."""
    from fabula.ask import endings as maps
    from fabula.ask.asked import asking
    from fabula.ask.map import graph
    from fabula.ask.map.part import part
    from fabula.cli import asked

    wanted = None if where is None else asked.condition(question, where)
    fits = None if wanted is None else asking(*wanted)
    names = tuple(asked.property_(question, name) for name in by or ())
    near = asked.near(question, at, depth)
    counted = () if wanted is None else wanted[:1]
    space = whole = near.space(any_start=fits is not None, partial=True, asked=counted)
    start = 0 if at is None else asked.place(question, space, at)
    drawn = form in {"dot", "graphml"}
    if start or depth is not None or drawn:
        space = part(space, start, depth, (most or 500) if drawn else None)
    if drawn:
        say(graph.dot(space) if form == "dot" else graph.graphml(space))
    else:
        found = maps.endings(space, (*maps.LIVING, *names), fits)
        say(maps.as_json(found) if form == "json" else maps.text(found, most or 8))
        for cluster in found.clusters[: most or 8] if told and form == "text" else ():
            say(f"\n{question.told(space.plan(space.numbers(cluster.endings[0].acts)))}")
    return int(asked.looked(whole))
