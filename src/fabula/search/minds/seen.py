"""States as the core has seen them, for conditions and values to look at, and for acts to lead on from: none is worked out a second time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fabula.ground.expression import Value
from fabula.ground.problem import ActionId
from fabula.search.minds.evaluate import Sight
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.tables import Tables


def sight(tables: Tables | None, place: int, whole: Callable[[], Sight]) -> Sight:
    """Return the state at a place. `whole` gives it where nobody has kept it, or beliefs as deep as that."""
    node = None if tables is None else tables.chart.node(place)
    return whole() if tables is None or node is None else _Seen(tables.chart, node, whole)


def after(nature: Nature, state: Sight, action: ActionId) -> Sight:
    """Return the state that an act leads to: as the core has it, if the core has seen the one before. See `Nature.after`."""
    if isinstance(state, _Seen):
        return state.after(nature, action)
    assert isinstance(state, State), "what the core has not seen is the definition's"
    return nature.after(state, action)


class _Seen:
    """Behaves like the state; the definition is asked only where somebody looks too deep."""

    __slots__ = ("_chart", "_minds", "_node", "_values", "_whole")

    def __init__(self, chart: Any, node: int, whole: Callable[[], Sight]) -> None:  # noqa: ANN401 - an object of the core
        """Look at nothing yet."""
        self._chart, self._node, self._whole = chart, node, whole
        self._values: Sequence[Value] | None = None
        self._minds: dict[int, Sight] = {}

    @property
    def values(self) -> Sequence[Value]:
        if self._values is None:
            self._values = self._chart.row(self._node)
        return self._values

    @property
    def believed(self) -> _Seen:
        return self

    @property
    def broken(self) -> bool:
        return bool(self._chart.broken(self._node))

    def __getitem__(self, character: int) -> Sight:
        if character not in self._minds:
            mind = self._chart.mind(self._node, character)
            self._minds[character] = self._other(mind, lambda: self._whole().believed[character])
        return self._minds[character]

    def after(self, nature: Nature, action: ActionId) -> Sight:
        """Return the state that an act leads to."""
        return self._other(
            self._chart.after(self._node, action), lambda: after(nature, self._whole(), action)
        )

    def _other(self, node: int, whole: Callable[[], Sight]) -> Sight:
        return whole() if node == _NONE else _Seen(self._chart, node, whole)


_NONE = 2**32 - 1
