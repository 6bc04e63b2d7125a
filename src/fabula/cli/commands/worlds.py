"""The commands about worlds as texts: their prose, their usual form, which there are, and what messages mean."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fabula.cli.options import WorldName
from fabula.cli.screen import TEXTS, say, show_mistakes, write


def prose(
    world: WorldName,
    missing: Annotated[bool, typer.Option("--missing", help="List what is still to be written.")] = False,
) -> None:
    """Say how much prose there is for each act of a world."""
    from fabula.pipeline import prose as written
    from fabula.pipeline.read import read

    reading = read(world, (), TEXTS)
    show_mistakes(written.misfits(reading, TEXTS))
    say(written.lacking(reading) if missing else written.stock(reading))


def format_world(
    world: WorldName,
    in_place: Annotated[
        bool, typer.Option("--write", help="Change the file instead of printing it.")
    ] = False,
) -> None:
    """Write a world in its usual form."""
    from fabula.pipeline.read import formatted

    file, text = formatted(world, TEXTS)
    if in_place and not Path(world).is_file():
        raise typer.BadParameter(
            f"'{world}' is a bundled world and stays as it is; print it into a file of your own"
        )
    write(text, file if in_place else None)


def worlds() -> None:
    """List the bundled worlds."""
    from fabula.pipeline.read import bundled

    say("\n".join(bundled()))


def explain(
    mistake: Annotated[str, typer.Argument(metavar="MISTAKE", help="The name in a message: `error[name]`.")],
) -> None:
    """Explain a message."""
    from fabula.diagnostics.explain import explain as page

    say(page(mistake))
