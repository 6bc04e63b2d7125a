"""The space of stories as a graph for other programs: DOT and GraphML.

A place is a state, a turn an act. Told apart are endings, those that the author hopes for, and places from which no such ending
can be reached any more. A large space makes no picture: draw a part of it (`part`).
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Literal

from fabula.ask.space import Space

Role = Literal["start", "hoped", "ending", "open", "lost", "way"]
"""The start, an ending (as the author hopes, or another), a place that was not left, one without a way to any hope, any other."""

_LOOKS: dict[Role, str] = {
    "start": 'shape=circle, style=filled, fillcolor="black"',
    "hoped": 'shape=doublecircle, style=filled, fillcolor="palegreen"',
    "ending": "shape=doublecircle",
    "open": "shape=circle, style=dashed",
    "lost": 'shape=circle, style=filled, fillcolor="lightgrey"',
    "way": "shape=circle",
}


def roles(space: Space) -> tuple[Role, ...]:
    """Return what each place is."""
    ending = {place.number for place in space.endings}
    hoped = {place.number for place in space.endings if space.around.is_hoped(place)}
    unfinished = {place.number for place in space.places if place.open}
    alive = space.leading_to((*hoped, *unfinished)) if hoped else frozenset(range(len(space.places)))

    def role(number: int) -> Role:
        if number in ending:
            return "hoped" if number in hoped else "ending"
        if number in unfinished:
            return "open"
        return "lost" if number not in alive else "way" if number else "start"

    return tuple(role(place.number) for place in space.places)


def dot(space: Space) -> str:
    """Write the space as a graph in the DOT language: endings have a double border, those hoped for are green, lost places grey."""
    lines = [f'  {n} [label="", {_LOOKS[role]}];' for n, role in enumerate(roles(space))]
    lines += [f'  {start} -> {end} [label="{_quoted(act)}"];' for start, end, act in _turns(space)]
    head = [f"// {space.extent()}", "digraph stories {", "  node [width=0.2, height=0.2];"]
    return "\n".join([*head, *lines, "}"]) + "\n"


def _quoted(act: str) -> str:
    return act.replace("\\", "\\\\").replace('"', '\\"')


def graphml(space: Space) -> str:
    """Write the space as GraphML, for programs that draw and measure graphs: `role` and `depth` of nodes, `act` of edges."""
    nodes = [
        f'    <node id="n{place.number}"><data key="role">{role}</data><data key="depth">{place.depth}</data></node>'
        for place, role in zip(space.places, roles(space), strict=True)
    ]
    edges = [
        f'    <edge source="n{start}" target="n{end}"><data key="act">{escape(act)}</data></edge>'
        for start, end, act in _turns(space)
    ]
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {space.extent()} -->",
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        '  <key id="role" for="node" attr.name="role" attr.type="string"/>',
        '  <key id="depth" for="node" attr.name="depth" attr.type="int"/>',
        '  <key id="act" for="edge" attr.name="act" attr.type="string"/>',
        '  <graph edgedefault="directed">',
    ]
    return "\n".join([*head, *nodes, *edges, "  </graph>", "</graphml>"]) + "\n"


def _turns(space: Space) -> Iterator[tuple[int, int, str]]:
    """Give every turn: from where, to where, by which act."""
    for place in space.places:
        for turn in place.turns:
            yield place.number, turn.to, str(space.problem.actions[turn.action])
