"""Seconds against size, as an SVG of a few lines."""

from __future__ import annotations

import math
from collections.abc import Sequence

from benchmarks.measure import Result

WIDTH, HEIGHT, EDGE = 640, 360, 50


def svg(results: Sequence[Result]) -> str:
    """Draw one line for each family of generated worlds (the name up to its last `-`), time on a logarithmic scale."""
    families: dict[str, list[Result]] = {}
    for result in results:
        families.setdefault(result.instance.name.rsplit("-", 1)[0], []).append(result)
    lines = [_line(name, family, i) for i, (name, family) in enumerate(sorted(families.items()))]
    marks = [_mark(power) for power in range(-3, 3)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">'
        f"<title>Seconds of search against the size of the world</title>{''.join(marks + lines)}</svg>\n"
    )


def _x(size: int) -> float:
    return EDGE + size * (WIDTH - 2 * EDGE) / 12


def _y(seconds: float) -> float:
    share = (math.log10(max(seconds, 1e-3)) + 3) / 5
    return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)


def _mark(power: int) -> str:
    y = _y(10.0**power)
    return (
        f'<text x="4" y="{y + 4:.0f}">{10.0**power:g} s</text>'
        f'<line x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/>'
    )


def _line(name: str, family: Sequence[Result], number: int) -> str:
    hue = number * 137 % 360
    told = sorted((r for r in family if r.status == "solved"), key=lambda r: r.instance.size)
    points = " ".join(f"{_x(r.instance.size):.0f},{_y(r.search):.0f}" for r in told)
    label = f'<text x="{WIDTH - EDGE - 90}" y="{20 + 16 * number}" fill="hsl({hue},70%,40%)">{name}</text>'
    return f'{label}<polyline points="{points}" fill="none" stroke="hsl({hue},70%,40%)" stroke-width="2"/>'
