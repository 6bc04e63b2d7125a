"""What a look around has seen, as tables of numbers: for exploration and pictures, without a second search.

Places, states, acts, fluents and characters are whole numbers: places have those of `Spread`, acts, fluents and characters those of the
`Problem`. The tables are views of memory of the core: nothing is copied, nothing can be written, and the memory lives as long as any
of them. numpy is loaded when the first table is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fabula import _core


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """All places and states of a look around, and what leads from one to another.

    States are numbered like this: those of the places first, with the numbers of the places; then all that somebody believes in
    them, and so on inwards. Two states with one number are the same, beliefs and all. `cut`, `short` and `stopped` as in `Spread`.
    """

    chart: _core.Chart
    goal: float
    cut: bool = False
    short: bool = False
    stopped: str = ""

    @property
    def depth(self) -> NDArray[np.int32]:
        """By place: the length of a shortest course to it. Shape (places,)."""
        return cast("NDArray[np.int32]", self.chart.depth)

    @property
    def before(self) -> NDArray[np.int32]:
        """By place: the place before it on that course; -1 at the start. Shape (places,)."""
        return cast("NDArray[np.int32]", self.chart.before)

    @property
    def act(self) -> NDArray[np.int32]:
        """By place: the act that leads to it on that course; -1 at the start. Shape (places,)."""
        return cast("NDArray[np.int32]", self.chart.act)

    @property
    def open(self) -> NDArray[np.uint8]:
        """By place: 1 where what follows was not looked at. Shape (places,)."""
        return cast("NDArray[np.uint8]", self.chart.open)

    @property
    def worth(self) -> NDArray[np.float64]:
        """By place: the author's utility; NaN is `?`. Shape (places,)."""
        return cast("NDArray[np.float64]", self.chart.worth)

    @property
    def holds(self) -> NDArray[np.uint8]:
        """By place and asked condition: 1 where it holds. Shape (places, conditions)."""
        return cast("NDArray[np.uint8]", self.chart.holds)

    @property
    def turns_of(self) -> NDArray[np.int64]:
        """By place: its first turn; its last is right before the first of the next place. Shape (places + 1,)."""
        return cast("NDArray[np.int64]", self.chart.turns_of)

    @property
    def turn_act(self) -> NDArray[np.int32]:
        """By turn: the act. Shape (turns,)."""
        return cast("NDArray[np.int32]", self.chart.turn_act)

    @property
    def turn_to(self) -> NDArray[np.int32]:
        """By turn: the place that it leads to. Shape (turns,)."""
        return cast("NDArray[np.int32]", self.chart.turn_to)

    @property
    def refused_of(self) -> NDArray[np.int64]:
        """By place: where its refused acts begin, as in `turns_of`. Shape (places + 1,)."""
        return cast("NDArray[np.int64]", self.chart.refused_of)

    @property
    def refused_act(self) -> NDArray[np.int32]:
        """Acts that were possible and that somebody would not do. Shape (refusals,)."""
        return cast("NDArray[np.int32]", self.chart.refused_act)

    @property
    def values(self) -> NDArray[np.float64]:
        """By state and fluent: the value, an entity as its number, a boolean as 0 or 1; NaN is `?`. Shape (states, fluents)."""
        return cast("NDArray[np.float64]", self.chart.values)

    @property
    def believed(self) -> NDArray[np.int32]:
        """By state and character: the state that she takes for true. Shape (states, characters).

        -1 where that is not kept: beliefs go no deeper than the limits ask, and a mind that no question looks into is left out.
        """
        return cast("NDArray[np.int32]", self.chart.believed)
