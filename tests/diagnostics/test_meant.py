"""Warnings that are meant."""

import pytest

from fabula.diagnostics.diagnostic import Diagnostic, Label
from fabula.diagnostics.meant import unmeant
from fabula.diagnostics.span import Span


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("believes(Tom, safe());  // meant: unmodelled-belief", False),
        ("// He alone: meant: else-takes-all, unmodelled-belief\nbelieves(Tom, safe());", False),
        ("// meant everywhere: unmodelled-belief\n\n\nbelieves(Tom, safe());", False),
        ("believes(Tom, safe());", True),
        ("believes(Tom, safe());  // meant: else-takes-all", True),
        ("// meant: unmodelled-belief\n\nbelieves(Tom, safe());", True),
        ("other();  // meant: unmodelled-belief\nbelieves(Tom, safe());", True),
    ],
)
def test_a_comment_takes_a_warning_away(text: str, kept: bool) -> None:
    """On the line or in a comment above it, with the name of the warning; `everywhere` in a file."""
    line = len(text.splitlines())
    warning = Diagnostic(
        "warning", "unmodelled-belief", "nobody knows", (Label(Span("w.fab", 0, 1, line, 1)),)
    )
    assert bool(unmeant([warning], {"w.fab": text})) == kept


def test_a_mistake_cannot_be_meant() -> None:
    """Only warnings can be taken away."""
    mistake = Diagnostic("error", "unknown-name", "there is none", (Label(Span("w.fab", 0, 1, 1, 1)),))
    assert unmeant([mistake], {"w.fab": "Tomm  // meant: unknown-name"}) == (mistake,)
    assert unmeant([Diagnostic("warning", "settings", "odd")], {}) != ()
