"""States against size, as an SVG of a few lines: first stories solid, proofs broken. Counts are the same on every machine."""

from __future__ import annotations

import math
from collections.abc import Sequence

from benchmarks.measure import Result

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 90, 130, 20, 50
LEAST, MOST = 1, 7
"""Powers of ten of states at both ends of the axis."""
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")
"""Told apart by people who see few colours, too (Okabe & Ito 2008)."""
CURVES = ("first", "optimal")
"""What there is a line for."""


def svg(results: Sequence[Result]) -> str:
    """Draw two lines for each family of generated worlds (the name up to its last `-`), states on a logarithmic scale."""
    solved = [result for result in results if result.status == "solved"]
    families = sorted({_family(result) for result in results})
    most = max([_size(result) for result in solved], default=1)
    lines = []
    for number, family in enumerate(families):
        for mode in CURVES:
            runs = [r for r in solved if (_family(r), r.mode) == (family, mode)]
            lines.append(_line(sorted(runs, key=_size), COLOURS[number % len(COLOURS)], mode, most))
        lines.append(_name(family, COLOURS[number % len(COLOURS)], number))
    lines += [
        _name("first story", "#333", len(families) + 1),
        _name("proof", "#333", len(families) + 2, "5 4"),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="13" role="img"><title>States that a search makes, against the size of generated worlds</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{_axes(most)}{"".join(lines)}</svg>\n'
    )


def _family(result: Result) -> str:
    return result.instance.rsplit("-", 1)[0]


def _size(result: Result) -> int:
    return int(result.instance.rsplit("-", 1)[1])


def _x(size: float, most: int) -> float:
    return LEFT + (size - 1) * (WIDTH - LEFT - RIGHT) / max(1, most - 1)


def _y(states: float) -> float:
    share = (math.log10(max(states, 10**LEAST)) - LEAST) / (MOST - LEAST)
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _axes(most: int) -> str:
    drawn = []
    for power in range(LEAST, MOST + 1):
        y = _y(10.0**power)
        drawn.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/>'
            f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end" fill="#333">{10**power:,}</text>'
        )
    for size in range(1, most + 1):
        x = _x(size, most)
        drawn.append(
            f'<text x="{x:.0f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#333">{size}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    title = "how many there are of what grows (upwards: states that the search makes)"
    return f'{"".join(drawn)}<text x="{middle:.0f}" y="{HEIGHT - 10}" text-anchor="middle" fill="#333">{title}</text>'


def _line(runs: Sequence[Result], colour: str, mode: str, most: int) -> str:
    places = [(_x(_size(run), most), _y(run.states)) for run in runs]
    dashes = ' stroke-dasharray="5 4"' if mode == "optimal" else ""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places)
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>{dots}'


def _name(what: str, colour: str, number: int, dashes: str = "none") -> str:
    x, y = WIDTH - RIGHT + 16, TOP + 14 + 22 * number
    return (
        f'<line x1="{x}" x2="{x + 24}" y1="{y - 4}" y2="{y - 4}" stroke="{colour}" stroke-width="3" stroke-dasharray="{dashes}"/>'
        f'<text x="{x + 32}" y="{y}" fill="#333">{what}</text>'
    )
