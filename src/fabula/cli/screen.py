"""The screen: colour and trees on a terminal, plain text everywhere else."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from fabula.diagnostics.diagnostic import Diagnostic
from fabula.diagnostics.render import MOST_SHOWN, pieces, render_all
from fabula.diagnostics.visible import visible

if TYPE_CHECKING:
    from rich.tree import Tree

    from fabula.search.outcome import Statistics

TEXTS: dict[str, str] = {}
"""The text of every file that this command has read, so that messages can show a window of it."""

_STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "headline": "bold",
    "gutter": "dim",
    "mark": "red",
    "also": "blue",
    "note": "cyan",
    "hint": "green",
}


@dataclass
class Branch:
    """A line of a tree and what hangs below it; `style` is for terminals that know colour."""

    text: str
    branches: list[Branch] = field(default_factory=list)
    style: str = ""


def colourful(stream: TextIO) -> bool:
    """Whether a person looks at the stream on a screen that shows colour."""
    return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def say(text: str) -> None:
    """Print text as it is; a person at a screen sees control characters as signs, and the screen does not obey them."""
    text = visible(text) if sys.stdout.isatty() else text
    sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")


def write(text: str | bytes, file: Path | None) -> None:
    """Write text or a book into a file, or print it where there is none. Raises OSError."""
    if file is None:
        say(str(text))
    elif isinstance(text, bytes):
        file.write_bytes(text)
    else:
        file.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8")


def answer(data: object, texts: Sequence[str], as_json: bool) -> None:
    """Print an answer: in words, or as data for other programs."""
    say(json.dumps(data, indent=2, ensure_ascii=False) if as_json else "".join(texts))


def complain(text: str) -> None:
    """Print text to the stream for messages; where that cannot be, the exit code must do."""
    if text:
        with suppress(OSError):
            sys.stderr.write(visible(text) + "\n")


def grow(branches: Sequence[Branch]) -> None:
    """Print trees: indented lines, or drawn ones on a terminal."""
    if not colourful(sys.stdout):
        say("".join(f"{line}\n" for branch in branches for line in _indented(branch, 0)))
        return
    from rich.console import Console
    from rich.tree import Tree

    console = Console(highlight=False, soft_wrap=True)
    for branch in branches:
        console.print(_drawn(branch, Tree))


def _indented(branch: Branch, depth: int) -> Iterator[str]:
    yield "  " * depth + branch.text
    for below in branch.branches:
        yield from _indented(below, depth + 1)


def _drawn(branch: Branch, tree: type[Tree]) -> Tree:
    from rich.text import Text

    drawn = tree(Text(visible(branch.text), style=branch.style), guide_style="dim")
    for below in branch.branches:
        drawn.children.append(_drawn(below, tree))
    return drawn


def show_mistakes(diagnostics: Sequence[Diagnostic]) -> None:
    """Print messages about a world, each with a window of the text that it is about."""
    if not colourful(sys.stderr):
        complain(render_all(diagnostics, TEXTS).removesuffix("\n"))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for diagnostic in diagnostics[:MOST_SHOWN]:
        found = ((visible(text), _STYLES.get(role, "")) for role, text in pieces(diagnostic, TEXTS))
        console.print(Text.assemble(*found))
    if len(diagnostics) > MOST_SHOWN:
        console.print(f"and {len(diagnostics) - MOST_SHOWN} more")


class Progress:
    """A line that says how far a search is, for whoever waits at a screen; it is wiped away in the end."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._shown = False

    def __call__(self, statistics: Statistics) -> None:
        """Show how far the search is. Called about once a second."""
        if sys.stderr.isatty():
            visited = f"{statistics.visited:,} states visited, " if statistics.visited else ""
            sys.stderr.write(f"\rsearching: {visited}{statistics.seconds:.0f} s ")
            sys.stderr.flush()
            self._shown = True

    def wipe(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            self._shown = False
