"""What a look around has seen, as tables of numbers: for exploration and pictures, without a second search.

Places, states, acts, fluents and characters are whole numbers: places have those of `Spread`, acts, fluents and characters those of the
`Problem`. The tables are views of memory of the core: nothing is copied, nothing can be written, and the memory lives as long as any
of them. numpy is loaded when the first table is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Table = Any
"""A `numpy.ndarray`, read-only. numpy is no import of this room: who never looks at a table need not wait for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """All places and states of a look around, and what leads from one to another.

    States are numbered like this: those of the places first, with the numbers of the places; then all that somebody believes in
    them, and so on inwards. Two states with one number are the same, beliefs and all. In a broken mind nothing is known. `cut`, `short` and `stopped` as in `Spread`.
    `chart` is the owner of the memory, an object of the core.
    """

    chart: Any
    goal: float
    cut: bool = False
    short: bool = False
    stopped: str = ""

    @property
    def depth(self) -> Table:
        """By place: the length of a shortest course to it. Shape (places,), int32."""
        return self.chart.depth

    @property
    def before(self) -> Table:
        """By place: the place before it on that course; -1 at the start. Shape (places,), int32."""
        return self.chart.before

    @property
    def act(self) -> Table:
        """By place: the act that leads to it on that course; -1 at the start. Shape (places,), int32."""
        return self.chart.act

    @property
    def open(self) -> Table:
        """By place: 1 where what follows was not looked at. Shape (places,), uint8."""
        return self.chart.open

    @property
    def worth(self) -> Table:
        """By place: the author's utility; NaN is `?`. Shape (places,), float64."""
        return self.chart.worth

    @property
    def holds(self) -> Table:
        """By place and asked condition: 1 where it holds. Shape (places, conditions), uint8."""
        return self.chart.holds

    @property
    def turns_of(self) -> Table:
        """By place: its first turn; its last is right before the first of the next place. Shape (places + 1,), int64."""
        return self.chart.turns_of

    @property
    def turn_act(self) -> Table:
        """By turn: the act. Shape (turns,), int32."""
        return self.chart.turn_act

    @property
    def turn_to(self) -> Table:
        """By turn: the place that it leads to. Shape (turns,), int32."""
        return self.chart.turn_to

    @property
    def refused_of(self) -> Table:
        """By place: where its refused acts begin, as in `turns_of`. Shape (places + 1,), int64."""
        return self.chart.refused_of

    @property
    def refused_act(self) -> Table:
        """Acts that were possible and that somebody would not do. Shape (refusals,), int32."""
        return self.chart.refused_act

    @property
    def values(self) -> Table:
        """By state and fluent: the value, an entity as its number, a boolean as 0 or 1; NaN is `?`. Shape (states, fluents), float64."""
        return self.chart.values

    @property
    def believed(self) -> Table:
        """By state and character: the state that she takes for true. Shape (states, characters), int32.

        -1 where that is not kept: beliefs go no deeper than the limits ask, and a mind that no question looks into is left out.
        """
        return self.chart.believed
