"""Changing what a mind holds, quietly: an edit at a path touches that belief and nothing else."""

from __future__ import annotations

from fabula.ground.expression import FluentId, Value
from fabula.ground.problem import Path
from fabula.search.minds.state import Draft, Node, State, Values

Edit = tuple[Path, FluentId, Value]
"""In the belief state at the path, the fluent takes the value."""

BREAK = FluentId(-1)
"""Stands for the fluent in an edit that breaks the belief state at the path."""


def edited(node: Node, edits: tuple[Edit, ...], broken: State) -> Node:
    """Return the node with the edits made, or itself where there are none to make.

    An edit further down changes only that mind's idea: nobody else notices. What is `broken` stays so.
    """
    if node.broken or breaks(edits):
        return broken
    if all(not path and node.values[fluent] == value for path, fluent, value in edits):
        return node
    return Draft(changed(node.values, edits), lambda c: edited(node.believed[c], within(edits, c), broken))


def within(edits: tuple[Edit, ...], character: int) -> tuple[Edit, ...]:
    """Those of the edits that lie in a character's mind, as seen from there."""
    return tuple((path[1:], f, v) for path, f, v in edits if path and path[0] == character)


def changed(values: Values, edits: tuple[Edit, ...]) -> Values:
    """Return the values with the edits of this very level made."""
    new = list(values)
    for path, fluent, value in edits:
        if not path:
            new[fluent] = value
    return tuple(new)


def breaks(edits: tuple[Edit, ...]) -> bool:
    """Whether one of the edits breaks this very level."""
    return any(not path and fluent == BREAK for path, fluent, _ in edits)


def changes(node: Node, edit: Edit) -> bool:
    """Whether the edit would make anything different."""
    path, fluent, value = edit
    for character in path:
        node = node.believed[character]
    return not node.broken and (fluent == BREAK or node.values[fluent] != value)
