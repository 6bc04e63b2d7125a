"""The command line as a whole: the commands in the order in which help lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from fabula.cli.commands import asking, changing, checking, planning, storing, telling, worlds
from fabula.cli.question import asking as spelt
from fabula.cli.screen import say

COMMANDS: Mapping[str, Callable[..., object]] = {
    "tell": telling.tell,
    "picture": telling.picture,
    "plan": planning.plan,
    "why": planning.why,
    "whynot": asking.whynot,
    "lastresort": asking.lastresort,
    "ledger": asking.ledger,
    "endings": asking.endings,
    "diff": changing.diff,
    "save": changing.save,
    "check": checking.check,
    "explore": storing.explore,
    "sweep": storing.sweep,
    "stories": storing.stories,
    "prose": worlds.prose,
    "format": worlds.format_world,
    "worlds": worlds.worlds,
    "explain": worlds.explain,
}

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _name, _command in COMMANDS.items():
    app.command(_name)(spelt(_command))


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
