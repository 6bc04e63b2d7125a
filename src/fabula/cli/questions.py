"""The commands that ask a world about all its stories; each says what `ask` has found out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from fabula.cli.commands import app, telling
from fabula.cli.options import (
    AuthorLimit,
    Changes,
    CharacterLimit,
    EpistemicLimit,
    Goal,
    Json,
    Nodes,
    Seconds,
    WorldName,
)
from fabula.cli.screen import say

__all__ = ["app"]

if TYPE_CHECKING:
    from fabula.cli.asking import Question

Asked = Annotated[
    str, typer.Argument(metavar="ASKED", help="An act, `name(Who, ?)`, or a condition, `alive(Who)`.")
]
EventName = Annotated[
    str, typer.Argument(metavar="EVENT", help="A number, the name of an act, or `name(Who, What)`.")
]
Graph = Literal["text", "json", "dot", "graphml"]


@app.command()
def whynot(
    world: WorldName,
    asked: Asked,
    at: Annotated[
        str | None,
        typer.Option(metavar="EVENT", help="Not at all, but right before this event of the story."),
    ] = None,
    change: Changes = None,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    time: Seconds = None,
    nodes: Nodes = None,
    as_json: Json = False,
) -> None:
    """Say why an act never happens or an ending never comes about, or why somebody does not simply do something."""
    from fabula.ask import whynot as answers

    question = _question(world, change, goal, (author_limit, character_limit, epistemic_limit), time, nodes)
    acts, condition = question.acts_or_condition(asked)
    space = question.space(any_start=True)
    if condition is not None:
        found = [answers.why_not_ending(space, condition, asked)]
    elif at is not None:
        place = question.place(space, at)
        found = [answers.why_not_now(space, action, place) for action in acts]
    else:
        found = [answers.why_not_act(space, action) for action in acts]
    _print([asdict(answer) for answer in found], [answers.text(answer) for answer in found], as_json)


@app.command()
def diff(
    world: WorldName,
    other: Annotated[
        str | None, typer.Argument(metavar="WORLD2", help="Another world; without it, the same one changed.")
    ] = None,
    change: Changes = None,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    time: Seconds = None,
    nodes: Nodes = None,
    as_json: Json = False,
) -> None:
    """Compare all stories of two worlds, or of one world with and without a change."""
    from fabula.ask.change import compare

    limits = (author_limit, character_limit, epistemic_limit)
    before = _question(world, None, goal, limits, time, nodes).space(any_start=True)
    after = _question(other or world, change, goal, limits, time, nodes).space(any_start=True)
    found = compare.compare(before, after)
    _print(asdict(found), [compare.text(found)], as_json)


@app.command()
def save(
    world: WorldName,
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
    change: Changes = None,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    time: Seconds = None,
    nodes: Nodes = None,
    as_json: Json = False,
) -> None:
    """Find the smallest change to a world that makes an ending possible: what would have saved her."""
    from fabula.ask.change import smallest

    question = _question(world, change, goal, (author_limit, character_limit, epistemic_limit), time, nodes)
    found = smallest.smallest(
        question.problem(any_start=True),
        question.limits,
        question.condition(condition),
        "impossible" if prevent else "possible",
        anywhere,
        question.goal,
        pairs,
        question.budget,
    )
    _print(smallest.data(found), [smallest.text(found, most)], as_json)


@app.command()
def lastresort(
    world: WorldName,
    event: EventName,
    character: Annotated[str, typer.Argument(metavar="NAME", help="Whose ways out to look at.")],
    change: Changes = None,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    time: Seconds = None,
    nodes: Nodes = None,
    as_json: Json = False,
) -> None:
    """List what a character could do right before an event of the story, and why every other way is closed."""
    from fabula.ask import lastresort as resorts

    question = _question(world, change, goal, (author_limit, character_limit, epistemic_limit), time, nodes)
    problem, plan, who = question.problem(), question.plan(), question.character(character)
    index = question.number_of(question.acts(plan), event)
    found = resorts.last_resort(problem, question.limits, plan, index, who)
    _print(asdict(found), [resorts.text(found)], as_json)


@app.command()
def ledger(
    world: WorldName,
    change: Changes = None,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    time: Seconds = None,
    nodes: Nodes = None,
    as_json: Json = False,
) -> None:
    """Say who learns what at every event of the story and how, and who is wrong about what."""
    from fabula.ask import ledger as ledgers
    from fabula.pipeline.solve import recount

    question = _question(world, change, goal, (author_limit, character_limit, epistemic_limit), time, nodes)
    found = ledgers.ledger(recount(question.reading, question.problem(), question.plan()))
    _print(ledgers.data(found), [ledgers.text(found)], as_json)


@app.command()
def endings(
    world: WorldName,
    form: Annotated[Graph, typer.Option("--format", help="A list, or the whole space as a graph.")] = "text",
    told: Annotated[bool, typer.Option("--told", help="Tell a shortest story of each ending.")] = False,
    change: Changes = None,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    time: Seconds = None,
    nodes: Nodes = None,
) -> None:
    """Map how the stories of a world end, how many end so, and where that is decided."""
    from fabula.ask import endings as maps

    question = _question(world, change, goal, (author_limit, character_limit, epistemic_limit), time, nodes)
    space = question.space()
    if form in {"dot", "graphml"}:
        say(maps.dot(space) if form == "dot" else maps.graphml(space))
    else:
        found = maps.endings(space)
        say(maps.as_json(found) if form == "json" else maps.text(found))
        for ending in found.endings if told and form == "text" else ():
            plan = space.plan(space.numbers(ending.acts))
            say(f"\n{telling(question.reading, question.problem())(plan)}")


def _question(
    world: str,
    change: list[str] | None,
    goal: float | None,
    limits: tuple[int | None, int | None, int | None],
    seconds: float | None,
    nodes: int | None,
) -> Question:
    from fabula.cli.asking import Question

    return Question(world, change, goal, limits, seconds, nodes)


def _print(data: object, texts: Sequence[str], as_json: bool) -> None:
    say(json.dumps(data, indent=2, ensure_ascii=False) if as_json else "".join(texts))
