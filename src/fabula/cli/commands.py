"""The commands of `fabula`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from fabula.cli.ending import Ended, Ending
from fabula.cli.options import (
    AuthorLimit,
    Changes,
    CharacterLimit,
    EpistemicLimit,
    Goal,
    Json,
    Memory,
    Nodes,
    Seconds,
    WorldName,
)
from fabula.cli.screen import TEXTS, Progress, complain, grow, say, show_mistakes

if TYPE_CHECKING:
    from fabula.ask.contracts import Verdict
    from fabula.ground.problem import Problem
    from fabula.pipeline.read import Reading
    from fabula.search.outcome import Budget, Limits, Mode, Outcome, Plan
    from fabula.story.story import Story

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Format = Literal["text", "markdown", "html", "json", "epub"]
Kind = Literal["lanes", "arcs", "map", "causes"]
Order = Literal["chronicle", "in-medias-res"]


def _version(wanted: bool) -> None:
    if wanted:
        from fabula import __version__

        say(f"fabula {__version__}")
        raise typer.Exit


@app.callback()
def fabula(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Find the story that a written world's rules make happen, and tell it."""


@app.command()
def tell(
    world: WorldName,
    viewpoint: Annotated[
        str | None, typer.Option(metavar="NAME", help="From whose head; `` for a narrator who knows all.")
    ] = None,
    order: Annotated[Order | None, typer.Option(help="As it happened, or from the middle of things.")] = None,
    seen: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="The last episode you know: stop before giving away more."),
    ] = None,
    words: Annotated[int | None, typer.Option(metavar="N", min=0, help="About so many words.")] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", min=0, help="Another choice of words.")] = None,
    spin: Annotated[str, typer.Option(metavar="NAME", help="One of the world's own ways of telling.")] = "",
    form: Annotated[Format, typer.Option("--format", help="The form of the output.")] = "text",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")
    ] = None,
    change: Changes = None,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    time: Seconds = None,
    nodes: Nodes = None,
    memory: Memory = None,
) -> None:
    """Find the story of a world and tell it."""
    from fabula.cli.formats import FORMS
    from fabula.pipeline.tell import tell as telling

    if form == "epub" and output is None:
        raise typer.BadParameter("a book is no text to be printed: --format epub needs -o FILE")
    reading = _read(world, change)
    limits = _limits(reading, author_limit, character_limit, epistemic_limit)
    _, _, story = _story(reading, goal, limits, _budget(time, nodes, memory))
    told = telling(reading, story, spin, viewpoint=viewpoint, order=order, words=words, seed=seed)
    if seen is not None and told.front.matter.gate > seen:
        raise Ended(
            Ending.SPOILER,
            f"this telling gives away episode {told.front.matter.gate}, and you have seen up to episode {seen}; "
            f"`--seen {told.front.matter.gate}` tells it all the same",
        )
    _put(FORMS[form](told), output)


@app.command()
def picture(
    world: WorldName,
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar="lanes|arcs|map|causes",
            help="Who believes what; how everybody fares; how it is told; what leads to what.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to a .svg, .html or .png file."),
    ] = None,
    spin: Annotated[str, typer.Option(metavar="NAME", help="For the map: one of the ways of telling.")] = "",
    change: Changes = None,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    time: Seconds = None,
    nodes: Nodes = None,
    memory: Memory = None,
) -> None:
    """Find the story of a world and draw it."""
    from fabula.cli.formats import PICTURES, painter
    from fabula.pipeline.tell import tell

    paint = painter(output)
    reading = _read(world, change)
    limits = _limits(reading, author_limit, character_limit, epistemic_limit)
    _, _, story = _story(reading, goal, limits, _budget(time, nodes, memory))
    drawn = PICTURES[kind](story, lambda: tell(reading, story, spin))
    _put(paint(drawn, reading.world.title_page.language), output)


@app.command()
def plan(
    world: WorldName,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    optimal: Annotated[bool, typer.Option("--optimal", help="A shortest story.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Every story within the limits.")] = False,
    change: Changes = None,
    time: Seconds = None,
    nodes: Nodes = None,
    memory: Memory = None,
    as_json: Json = False,
) -> int:
    """Find the acts of a story, and print everybody's reasons."""
    from fabula.cli import plans

    if optimal and every:
        raise typer.BadParameter("--optimal and --all exclude each other")
    reading = _read(world, change)
    limits = _limits(reading, author_limit, character_limit, epistemic_limit)
    mode: Mode = "all" if every else "optimal" if optimal else "first"
    problem, outcome = _solve(reading, goal, limits, mode, _budget(time, nodes, memory))
    if as_json:
        say(json.dumps(plans.data(problem, outcome), indent=2, ensure_ascii=False))
        return int(plans.ending(outcome))
    for found in outcome.plans:
        grow(plans.tree(problem, found))
        say("\n")
    if every and outcome.plans:
        say(f"{len(outcome.plans):,} in all.")
    complain(plans.verdict(problem, outcome, limits))
    if outcome.plans:
        say(plans.cost(outcome.statistics))
    return int(plans.ending(outcome))


@app.command()
def why(
    world: WorldName,
    event: Annotated[
        str, typer.Argument(metavar="EVENT", help="A number, the name of an act, or `name(Who, What)`.")
    ],
    beliefs: Annotated[
        bool, typer.Option("--beliefs", help="List every belief that each plan rests on, right ones too.")
    ] = False,
    change: Changes = None,
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    time: Seconds = None,
    nodes: Nodes = None,
    memory: Memory = None,
    as_json: Json = False,
) -> None:
    """Say why something happens in the story of a world."""
    from fabula.cli import whys

    reading = _read(world, change)
    limits = _limits(reading, author_limit, character_limit, epistemic_limit)
    problem, found_plan, story = _story(reading, goal, limits, _budget(time, nodes, memory))
    events = whys.find(story, event)
    if beliefs:
        from fabula.ask.why import text, why

        say("".join(text(why(problem, found_plan, found.index)) for found in events))
    elif as_json:
        say(json.dumps([whys.data(found) for found in events], indent=2, ensure_ascii=False))
    else:
        grow([whys.tree(story, found) for found in events])


@app.command()
def check(
    world: WorldName,
    change: Changes = None,
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
    goal: Goal = None,
    author_limit: AuthorLimit = None,
    character_limit: CharacterLimit = None,
    epistemic_limit: EpistemicLimit = None,
    time: Seconds = None,
    nodes: Nodes = None,
    memory: Memory = None,
    as_json: Json = False,
) -> int:
    """Name every mistake in a world, and decide its contracts."""
    from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
    from fabula.diagnostics.render import as_data
    from fabula.pipeline.prose import misfits
    from fabula.pipeline.read import read
    from fabula.pipeline.solve import begun

    found: tuple[Diagnostic, ...] = ()
    try:
        more = [f'contract "{demand}": {demand}' for demand in contract or ()]
        reading = read(world, [*(change or ()), *more], TEXTS)
        found = reading.warnings
        if not change:  # prose is written for the world as it stands
            found += misfits(reading, TEXTS)
        problem = begun(reading.world)
    except Mistakes as mistakes:
        if not as_json:
            raise
        say(json.dumps([as_data(d) for d in (*mistakes.diagnostics, *found)], indent=2, ensure_ascii=False))
        return int(Ending.MISTAKES)
    if problem.contracts:
        from fabula.cli.asking import report

        limits = _limits(reading, author_limit, character_limit, epistemic_limit)
        wanted = reading.goal if goal is None else goal
        verdicts = _verdicts(problem, limits, wanted, _budget(time, nodes, memory))
        if not as_json:
            show_mistakes(found)
        listed = [as_data(d) for d in found] if as_json else None
        return report(verdicts, listed, reading.name, junit, telling(reading, problem) if told else None)
    if as_json:
        say(json.dumps([as_data(d) for d in found], indent=2, ensure_ascii=False))
        return int(Ending.DONE)
    show_mistakes(found)
    acts, people = len(problem.actions), problem.character_count
    say(f"no mistakes: {people} characters, {len(problem.fluents):,} facts, {acts:,} acts that can happen")
    return int(Ending.DONE)


@app.command()
def prose(
    world: WorldName,
    missing: Annotated[bool, typer.Option("--missing", help="List what is still to be written.")] = False,
) -> None:
    """Say how much prose there is for each act of a world."""
    from fabula.pipeline import prose as written

    reading = _read(world, None)
    show_mistakes(written.misfits(reading, TEXTS))
    say(written.lacking(reading) if missing else written.stock(reading))


@app.command("format")
def format_world(
    world: WorldName,
    write: Annotated[bool, typer.Option("--write", help="Change the file instead of printing it.")] = False,
) -> None:
    """Write a world in its usual form."""
    from fabula.pipeline.read import formatted

    file, text = formatted(world, TEXTS)
    _put(text, file if write else None)


@app.command()
def worlds() -> None:
    """List the bundled worlds."""
    from fabula.pipeline.read import bundled

    say("\n".join(bundled()))


@app.command()
def explain(
    mistake: Annotated[str, typer.Argument(metavar="MISTAKE", help="The name in a message: `error[name]`.")],
) -> None:
    """Explain a message."""
    from fabula.diagnostics.explain import explain as page

    say(page(mistake))


def _read(world: str, change: list[str] | None) -> Reading:
    from fabula.pipeline.read import read

    return read(world, change or (), TEXTS)


def _limits(reading: Reading, author: int | None, character: int | None, epistemic: int | None) -> Limits:
    from fabula.search.outcome import Limits

    own = reading.limits
    return Limits(
        own.author if author is None else author,
        own.character if character is None else character,
        own.epistemic if epistemic is None else epistemic,
    )


def _budget(seconds: float | None, nodes: int | None, memory: int | None) -> Budget:
    from fabula.search.outcome import Budget

    return Budget(seconds, nodes, None if memory is None else memory * 2**20)


def _solve(
    reading: Reading, goal: float | None, limits: Limits, mode: Mode, budget: Budget
) -> tuple[Problem, Outcome]:
    from fabula.pipeline.solve import ground, solve

    problem = ground(reading.world)
    progress = Progress()
    try:
        wanted = reading.goal if goal is None else goal
        return problem, solve(problem, limits, wanted, mode, budget, progress)
    finally:
        progress.wipe()


def _verdicts(problem: Problem, limits: Limits, goal: float | None, budget: Budget) -> tuple[Verdict, ...]:
    from fabula.ask.contracts import decide

    progress = Progress()
    try:
        return decide(problem, limits, None, goal, budget, progress)
    finally:
        progress.wipe()


def telling(reading: Reading, problem: Problem) -> Callable[[Plan], str]:
    """Return what tells a plan in the words of its world."""
    from fabula.pipeline.solve import recount
    from fabula.pipeline.tell import tell
    from fabula.present.text import text

    return lambda plan: text(tell(reading, recount(reading, problem, plan)))


def _story(
    reading: Reading, goal: float | None, limits: Limits, budget: Budget
) -> tuple[Problem, Plan, Story]:
    from fabula.cli import plans
    from fabula.pipeline.solve import recount

    problem, outcome = _solve(reading, goal, limits, "first", budget)
    if not outcome.plans:
        raise Ended(plans.ending(outcome), plans.verdict(problem, outcome, limits))
    return problem, outcome.plans[0], recount(reading, problem, outcome.plans[0])


def _put(text: str | bytes, file: Path | None) -> None:
    if file is None:
        say(str(text))
    elif isinstance(text, bytes):
        file.write_bytes(text)
    else:
        file.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8")
