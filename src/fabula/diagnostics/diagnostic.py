"""A message for the author, as frozen data: what, where, why, and the way out."""

from typing import Literal

from fabula.diagnostics.span import Span
from fabula.frozen import dataclass

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Label:
    """A place in the text and the few words written under it."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake (or warning). `name` is kebab-case and has a page in `tests/mistakes/`."""

    level: Level
    name: str
    headline: str
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class Mistakes(Exception):  # noqa: N818 - an author makes mistakes, not errors
    """Raised when a world must be refused; carries every diagnostic that was found."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        """Keep the diagnostics in the order in which they were found."""
        super().__init__("; ".join(d.headline for d in diagnostics))
        self.diagnostics = diagnostics
