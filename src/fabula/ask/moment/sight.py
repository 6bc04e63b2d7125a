"""States as the core has seen them, for conditions and values to look at: none is worked out a second time."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from typing import Any

from fabula.ground.expression import Value
from fabula.search.minds.evaluate import Sight
from fabula.search.tables import Tables


def sight(tables: Tables | None, place: int, whole: Callable[[], Sight]) -> Sight:
    """Return the state at a place. `whole` gives it where nobody has kept it, or beliefs as deep as that."""
    node = None if tables is None else tables.chart.node(place)
    return whole() if tables is None or node is None else _Seen(tables.chart, node, whole)


class _Seen:
    """Behaves like the state; the definition is asked only where somebody looks too deep."""

    __slots__ = ("_chart", "_minds", "_node", "_values", "_whole")

    def __init__(self, chart: Any, node: int, whole: Callable[[], Sight]) -> None:  # noqa: ANN401 - an object of the core
        """Look at nothing yet."""
        self._chart, self._node, self._whole = chart, node, whole
        self._values: tuple[Value, ...] | None = None
        self._minds: dict[int, Sight] = {}

    @property
    def values(self) -> tuple[Value, ...]:
        if self._values is None:
            row = self._chart.row(self._node)
            self._values = tuple(None if isnan(value) else value for value in row)
        return self._values

    @property
    def believed(self) -> _Seen:
        return self

    @property
    def broken(self) -> bool:
        return bool(self._chart.broken(self._node))

    def __getitem__(self, character: int) -> Sight:
        if character not in self._minds:
            self._minds[character] = self._mind(character)
        return self._minds[character]

    def _mind(self, character: int) -> Sight:
        mind = self._chart.mind(self._node, character)
        if mind == _NONE:
            return self._whole().believed[character]
        return _Seen(self._chart, mind, lambda: self._whole().believed[character])


_NONE = 2**32 - 1
