"""The options for polishing a telling, and what they lead to: an endpoint, a summary on the screen, a diff in a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.screen import complain, write

if TYPE_CHECKING:
    from fabula.pipeline.read import Reading
    from fabula.story.story import Story
    from fabula.tell.polish import Ask
    from fabula.tell.telling import Telling

Polish = Annotated[
    str | None,
    typer.Option(
        "--polish",
        metavar="URL",
        help="Have a language model polish it: an endpoint as OpenAI's, such as http://localhost:8080/v1.",
    ),
]
Model = Annotated[str | None, typer.Option("--model", metavar="NAME", help="The model that polishes.")]
Remote = Annotated[
    bool, typer.Option("--allow-remote", help="The endpoint may be another machine; your story goes there.")
]
Difference = Annotated[
    Path | None,
    typer.Option("--polish-diff", metavar="FILE", help="Where to write what was changed (polish.diff)."),
]
Polisher = Callable[["Reading", "Story", "Telling"], "Telling"]


def polisher(url: str | None, model: str | None, remote: bool, file: Path | None) -> Polisher:
    """Return what polishes a telling, or leaves it alone where nobody asked. Raises Mistakes about the endpoint."""
    if url is None:
        if model is not None or remote or file is not None:
            raise typer.BadParameter("--model, --allow-remote and --polish-diff belong to --polish URL")
        return lambda _, __, telling: telling
    if not model:
        raise typer.BadParameter("--polish needs --model NAME")
    place, diffs = file or Path("polish.diff"), list[str]()
    if not place.parent.is_dir():
        raise typer.BadParameter(f"there is no folder for {place}")
    from fabula.pipeline.endpoint import KEY, endpoint
    from fabula.pipeline.polish import polish

    asked = endpoint(url, model, os.environ.get(KEY, ""), remote)

    def polished(reading: Reading, story: Story, telling: Telling) -> Telling:
        done = polish(reading, story, telling, _counted(asked.ask), model)
        complain(done.summary())
        if done.verdicts:
            diffs.append(done.diff())
            write("".join(diffs), place)
            complain(f"every change is in {place}")
        return done.telling

    return polished


def _counted(ask: Ask) -> Ask:
    """Ask, and say on a screen how often it has been done."""
    count = 0

    def asked(task: str, text: str) -> str:
        nonlocal count
        count += 1
        if not sys.stderr.isatty():
            return ask(task, text)
        sys.stderr.write(f"\rpolishing: paragraph {count} ")
        sys.stderr.flush()
        try:
            return ask(task, text)
        finally:
            sys.stderr.write("\r\x1b[2K")

    return asked
