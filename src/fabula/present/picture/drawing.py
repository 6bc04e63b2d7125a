"""Lines, boxes and words as SVG, and the page that shows a picture beside its table.

Colours are those of Okabe & Ito (2008), which the colour-blind can tell apart; nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from html import escape
from math import cos, radians, sin

from fabula.frozen import dataclass

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#000000", "#999999")
INK, SOFT, PAPER = "#222222", "#666666", "#ffffff"


SLANT = 35
"""Degrees by which slanted words rise."""


def short(words: str, most: int = 36) -> str:
    """Words that fit: what is too long ends in an ellipsis."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def wide(words: str, size: float = 12) -> float:
    """About how wide words are, in pixels."""
    return len(words) * size * 0.52


def headroom(names: Sequence[str]) -> tuple[float, float]:
    """How far slanted heads rise, and how far they reach beyond the last column."""
    longest = max((wide(short(name), 10) for name in names), default=0.0)
    return longest * sin(radians(SLANT)) + 16, longest * cos(radians(SLANT)) + 10


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in words and lines: `svg` is a whole file, `table` its first row the headings."""

    title: str
    description: str
    svg: str
    table: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Drawing:
    """Collects shapes; lengths in pixels, the origin at the top left. Used by every picture once."""

    width: float
    height: float
    shapes: list[str] = field(default_factory=list)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        hint: str = "",
        hatched: bool = False,
    ) -> None:
        """A filled box; `hatched` lays stripes over it, `hint` is shown by a pointer and read aloud."""
        at = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        stripes = f'<rect {at} fill="url(#hatch)"/>' if hatched else ""
        title = f"<title>{escape(hint)}</title>" if hint else ""
        self.shapes.append(f'<g>{title}<rect {at} fill="{fill}" stroke="{PAPER}"/>{stripes}</g>')

    def line(
        self, points: Sequence[tuple[float, float]], colour: str = INK, width: float = 2, dashed: bool = False
    ) -> None:
        """A line through points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        self.shapes.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dash}/>'
        )

    def arc(
        self, x: float, top: float, bottom: float, bulge: float, colour: str, dashed: bool, hint: str
    ) -> None:
        """A bow from one height to another at the side of a column; `bulge` < 0 is to the left. It ends in a point."""
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        path = f"M {x:.1f} {top:.1f} C {x + bulge:.1f} {top:.1f} {x + bulge:.1f} {bottom:.1f} {x:.1f} {bottom:.1f}"
        self.shapes.append(
            f'<g><title>{escape(hint)}</title><path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6"{dash}/>'
            f'<circle cx="{x:.1f}" cy="{bottom:.1f}" r="2.4" fill="{colour}"/></g>'
        )

    def dot(
        self, x: float, y: float, colour: str, hint: str, hollow: bool = False, size: float = 4.5
    ) -> None:
        """A point, filled or hollow; `size` is its radius."""
        fill = PAPER if hollow else colour
        self.shapes.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{fill}" stroke="{colour}" stroke-width="2"><title>{escape(hint)}</title></circle>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        anchor: str = "start",
        size: float = 12,
        colour: str = INK,
        slant: bool = False,
    ) -> None:
        """Words; `anchor` is start, middle or end; `slant` lets them rise to the right."""
        turned = f' transform="rotate(-{SLANT} {x:.1f} {y:.1f})"' if slant else ""
        self.shapes.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}" '
            f'stroke="{PAPER}" stroke-width="3" paint-order="stroke"{turned}>{escape(words, quote=False)}</text>'
        )

    def heads(self, left: float, step: float, bottom: float, names: Sequence[str]) -> None:
        """Name columns: slanted words above the right edge of each, with a tick below."""
        for i, name in enumerate(names, 1):
            x = left + step * i
            self.line([(x, bottom), (x, bottom + 6)], SOFT, 1)
            self.text(x + 2, bottom - 3, short(name), size=10, colour=SOFT, slant=True)

    def legend(self, x: float, y: float, marks: Sequence[tuple[str, str, bool]]) -> None:
        """A row of points with what they mean: words, colour, whether hollow."""
        for words, colour, hollow in marks:
            self.dot(x + 5, y - 4, colour, words, hollow)
            self.text(x + 15, y, words, colour=SOFT)
            x += 30 + wide(words)

    def picture(self, title: str, description: str, table: Sequence[Sequence[str]]) -> Picture:
        """The finished picture."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title description" '
            f'viewBox="0 0 {self.width:.0f} {self.height:.0f}" width="{self.width:.0f}" height="{self.height:.0f}" '
            'font-family="Helvetica, Arial, sans-serif">'
        )
        defs = (
            f'<title id="title">{escape(title, quote=False)}</title><desc id="description">{escape(description, quote=False)}</desc>'
            '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<line x1="0" y1="0" x2="0" y2="6" stroke="{INK}" stroke-width="2.4"/></pattern></defs>'
            f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        )
        svg = "\n".join([head, defs, *self.shapes, "</svg>"]) + "\n"
        return Picture(title, description, svg, tuple(tuple(row) for row in table))


def page(picture: Picture, language: str = "en") -> str:
    """A picture as one HTML file: the picture, what it shows in words, and the table behind it. No script."""
    heads, *rows = picture.table or ((),)
    head = "".join(f'<th scope="col">{escape(cell, quote=False)}</th>' for cell in heads)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell, quote=False)}</td>" for cell in row) + "</tr>" for row in rows
    )
    title = escape(picture.title, quote=False)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8"><title>{title}</title>\n'
        "<style>body{font:16px/1.5 Georgia,serif;max-width:70em;margin:2em auto;padding:0 1em}svg{max-width:100%;height:auto}"
        "td,th{text-align:left;padding:.2em 1em .2em 0;border-bottom:1px solid #ccc}</style></head>\n"
        f"<body><main><h1>{title}</h1>\n{picture.svg}<p>{escape(picture.description, quote=False)}</p>\n"
        f"<details><summary>The same as a table</summary><table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n"
        "</tbody></table></details></main></body></html>\n"
    )
