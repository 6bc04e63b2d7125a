"""How answers look: counts in words, tables for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from fabula.ask.words.write import listed


def counted(number: int, one: str, many: str = "") -> str:
    """Write a number of things: `1 act`, `2 acts`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def missing(words: Sequence[str]) -> str:
    """Say that things are missing: `a is missing`, `a and b are missing`."""
    return f"{listed(words)} {'is' if len(words) == 1 else 'are'} missing"


def table(head: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "") -> str:
    """Write a table in HTML; whatever stands in it is text."""
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}{_row('th', head)}{''.join(_row('td', row) for row in rows)}</table>"


def _row(kind: str, cells: Sequence[object]) -> str:
    return f"<tr>{''.join(f'<{kind}>{escape(str(cell))}</{kind}>' for cell in cells)}</tr>"


def course(acts: Sequence[str]) -> str:
    """Say after which acts something is: all of a few; of many, how many and the last."""
    if not acts:
        return "at the start"
    return f"after {acts[-1]}" if len(acts) == 1 else f"after {len(acts)} acts, the last {acts[-1]}"


def first(words: Sequence[str], most: int, rest: str) -> list[str]:
    """Return the first of many, and in place of the others how many more there are: `and 3 more acts`."""
    more = len(words) - most
    return [*words[:most], *([f"and {counted(more, f'more {rest}')}"] if more > 0 else [])]
