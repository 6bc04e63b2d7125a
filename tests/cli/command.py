"""Running the command line inside a test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from fabula.cli import run

PIE = """
type place; entity Garden : place; entity Cellar : place; entity Ada : character; entity Ben : character;
property at(c : character) : place; property pie() : place; property fed(c : character) : boolean;
action walk(c : character, p : place) { precondition: at(c) != p; effect: at(c) = p; consenting: c; };
action eat(c : character) {
    precondition: at(c) == pie();
    effect: fed(c) & pie() = ?;
    consenting: c;
    observing(o : character): at(o) == at(c);
};
at(Ada) = Cellar; at(Ben) = Garden; pie() = Cellar;
utility(Ada): fed(Ada); utility(Ben): fed(Ben);
utility(): fed(Ada) & at(Ben) == Cellar & believes(Ben, pie() == Cellar);
"""
"""Ada eats the pie unseen, and Ben walks to where it is no more."""


@dataclass(frozen=True)
class Ended:
    """What a command has said, and its exit code."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Desk:
    """A folder with worlds in it, and a way to run commands there."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def write(self, name: str, text: str | bytes) -> str:
        """Put a file into the folder; returns its path."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(file)

    def run(self, *arguments: str) -> Ended:
        """Run `fabula` with these arguments."""
        self.capture.readouterr()
        code = run(arguments)
        said = self.capture.readouterr()
        return Ended(code, said.out, said.err)
