"""Mistakes and warnings, collected while the work goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes

Given = TypeVar("Given")
Made = TypeVar("Made")


class Findings:
    """A list of mistakes and one of warnings. Behaves like a net under whatever is done `with` it."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self.mistakes: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Keep the mistakes that are raised inside, and go on after it."""
        try:
            yield
        except Mistakes as mistake:
            self.mistakes += mistake.diagnostics

    def each(self, make: Callable[[Given], Made], given: Iterable[Given]) -> tuple[Made, ...]:
        """What is made of each thing given, without those that hold mistakes."""
        made = []
        for thing in given:
            with self.collecting():
                made.append(make(thing))
        return tuple(made)

    def check(self) -> None:
        """Raise `Mistakes` with all that were kept, if there are any."""
        if self.mistakes:
            raise Mistakes(*self.mistakes)
