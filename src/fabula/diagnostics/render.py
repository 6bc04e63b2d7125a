"""Draws diagnostics as text, or as plain data for other programs.

Text comes in pieces of (role, text), so that a caller with a screen can colour each role; `render` joins them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Literal

from fabula.diagnostics.diagnostic import Diagnostic, Label
from fabula.diagnostics.span import Span

Role = Literal["error", "warning", "headline", "place", "gutter", "text", "mark", "also", "note", "hint"]
Piece = tuple[Role, str]

MOST_SHOWN = 20
_WIDEST = 100
_TAB = "    "


def render(diagnostic: Diagnostic, texts: Mapping[str, str]) -> str:
    """One diagnostic as lines of text without colour; `texts` has the text of every source."""
    return "".join(text for _, text in pieces(diagnostic, texts))


def render_all(diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], most: int = MOST_SHOWN) -> str:
    """Mistakes before warnings, a blank line between any two; after `most` of them only how many more there are."""
    ordered = sorted(diagnostics, key=lambda d: d.level == "warning")
    shown = [render(d, texts) for d in ordered[:most]]
    more = [f"and {len(ordered) - most} more\n"] if len(ordered) > most else []
    return "\n".join((*shown, *more))


def as_data(diagnostic: Diagnostic) -> dict[str, object]:
    """The diagnostic as dicts, lists, strings and numbers, ready for JSON."""
    return asdict(diagnostic)


def pieces(diagnostic: Diagnostic, texts: Mapping[str, str]) -> Iterator[Piece]:
    """Headline, the places in the text, why, and the way out."""
    yield diagnostic.level, f"{diagnostic.level}[{diagnostic.name}]"
    yield "headline", f": {diagnostic.headline}\n"
    yield from _places(diagnostic.labels, texts)
    for note in diagnostic.notes:
        yield from (("note", "note"), ("text", f": {note}\n"))
    for hint in diagnostic.hints:
        yield from (("hint", "hint"), ("text", f": {hint}\n"))


def _places(labels: Sequence[Label], texts: Mapping[str, str]) -> Iterator[Piece]:
    """One window per source, the one with the first label on top, lines in order."""
    if not labels:
        return
    width = len(str(max(label.span.line for label in labels)))
    sources = list(dict.fromkeys(label.span.source for label in labels))
    for source in sources:
        here = [label for label in labels if label.span.source == source]
        span = here[0].span
        arrow = "-->" if source == sources[0] else ":::"
        yield "gutter", f"{' ' * width}{arrow} "
        yield "place", f"{span.source}:{span.line}:{span.column}\n"
        if source in texts and span.end > span.start:
            yield from _window(here, labels[0], texts[source], width)


def _window(labels: Iterable[Label], first: Label, text: str, width: int) -> Iterator[Piece]:
    """The lines that the labels are about, each with its marks."""
    blank: Piece = ("gutter", f"{' ' * width} |\n")
    yield blank
    before = 0
    ordered = sorted(labels, key=lambda label: (label.span.line, label is not first))
    for line, group in groupby(ordered, key=lambda label: label.span.line):
        if before and line > before + 1:
            yield "gutter", f"{'.' * width}\n"
        before = line
        marked = list(group)
        yield from _line(marked, first, text, f"{line:>{width}} |", f"{' ' * width} |")
    yield blank


def _line(labels: Sequence[Label], first: Label, text: str, number: str, gutter: str) -> Iterator[Piece]:
    """One line of the author's text and, below it, a row of marks for each label."""
    span = labels[0].span
    start = span.start - span.column + 1
    end = text.find("\n", start)
    whole = text[start : end if end >= 0 else len(text)].rstrip()
    skipped = max(0, span.column - _WIDEST // 2) if len(whole) > _WIDEST else 0
    shown = whole[skipped : skipped + _WIDEST]
    yield "gutter", number
    yield "text", f" {_spaced(shown)}".rstrip() + "\n"
    for label in labels:
        yield "gutter", gutter
        yield from _marks(label.span, shown, skipped, "mark" if label is first else "also", label.text)


def _marks(span: Span, shown: str, skipped: int, role: Role, words: str) -> Iterator[Piece]:
    """The marks under a stretch of a line, and the words beside them."""
    column = span.column - 1 - skipped
    before, under = shown[:column], shown[column : column + span.end - span.start]
    lead = " " * (1 + len(_spaced(before)))
    sign = "^" if role == "mark" else "-"
    yield role, f"{lead}{sign * max(1, len(_spaced(under)))}"
    yield role, f" {words}\n" if words else "\n"


def _spaced(text: str) -> str:
    """The text with spaces for tabs, so that marks stand below what they mark."""
    return text.replace("\t", _TAB)
