"""The command line as a whole: the commands in the order in which help lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Annotated, cast

import typer

from fabula.cli.question import asking
from fabula.cli.screen import say

COMMANDS: Mapping[str, str] = {
    "tell": "telling.tell",
    "picture": "telling.picture",
    "plan": "planning.plan",
    "why": "planning.why",
    "whynot": "asking.whynot",
    "lastresort": "asking.lastresort",
    "ledger": "asking.ledger",
    "endings": "asking.endings",
    "diff": "changing.diff",
    "save": "changing.save",
    "check": "checking.check",
    "explore": "storing.explore",
    "sweep": "storing.sweep",
    "stories": "storing.stories",
    "prose": "worlds.prose",
    "format": "worlds.format_world",
    "worlds": "worlds.worlds",
    "explain": "worlds.explain",
}
"""The name of each command, and the module and function of `commands` that it stands for."""


def app(asked: str = "") -> typer.Typer:
    """Return the command line; where a command is asked for, only that one is loaded and spelt out."""
    line = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    line.callback()(fabula)
    for name in (asked,) if asked in COMMANDS else COMMANDS:
        line.command(name)(asking(_loaded(COMMANDS[name])))
    return line


def _loaded(place: str) -> Callable[..., object]:
    """Import a command."""
    module, function = place.split(".")
    return cast("Callable[..., object]", getattr(import_module(f"fabula.cli.commands.{module}"), function))


def _version(wanted: bool) -> None:
    if wanted:
        from fabula import __version__

        say(f"fabula {__version__}")
        raise typer.Exit


def fabula(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Find the story that a written world's rules make happen, and tell it."""
