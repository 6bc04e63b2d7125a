"""What a question has looked at: as places, and as tables of numbers, for exploration and pictures without a second search.

Places, states, acts, fluents and characters are whole numbers: acts, fluents and characters those of the `Problem`, whose own tables
are `Problem.tables`; places those of `Spread.places`. A table is filled in when it is first looked at, and lives as long as
anybody looks at it. It is a view of memory of the core: nothing is copied, nothing can be written.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any, Literal

from fabula.diagnostics.diagnostic import Diagnostic
from fabula.frozen import dataclass
from fabula.ground.expression import Value
from fabula.ground.problem import ActionId, Table


@dataclass(frozen=True, slots=True)
class Turn:
    """An act that everybody in it would do at a place, and the number of the place that it leads to."""

    action: ActionId
    to: int


@dataclass(frozen=True, slots=True)
class Place:
    """A state that courses of events lead to.

    `depth` is the length of a shortest course to it, `came` the place before it on that course and the act between them
    (None at the start). `turns` lead on; `refused` are the acts that are possible here and that somebody would not do. `open`:
    what follows was not looked at. `holds` are the indices of the asked conditions that hold here, `worth` is the author's utility.
    """

    number: int
    depth: int
    came: tuple[int, ActionId] | None
    turns: tuple[Turn, ...] = ()
    refused: tuple[ActionId, ...] = ()
    open: bool = True
    holds: frozenset[int] = frozenset()
    worth: Value = None

    @property
    def still(self) -> bool:
        """Whether nothing happens any more: nobody has a reason for anything that would change something."""
        return not self.turns and not self.open


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The places and states that a question has looked at, what leads from one to another, and the stories among them.

    Of a look around (`Spread`, `Space`) these are all its places. Of a search (`Outcome`) they are the states of the story that were
    visited within the limits that were asked for, and those along its stories: far fewer, mostly, than there are, since a search looks
    only at what may lead to its goal.

    Places stand in order of depth, the start first. States are numbered like this: those of the places first, with the numbers of
    the places; then all that somebody believes in them, and so on inwards. Two states with one number are the same, beliefs
    and all; in a broken mind nothing is known. `chart` is the owner of the memory, an object of the core or of its plain twin. Looking at a table waits until nobody
    asks its session anything.
    """

    chart: Any

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
        """By place: 1 where what follows was not looked at, or not to the end. Shape (places,), uint8."""
        return self.chart.open

    @property
    def worth(self) -> Table:
        """By place: the author's utility; NaN is `?`. Shape (places,), float64."""
        return self.chart.worth

    @property
    def holds(self) -> Table:
        """By place and asked condition: 1 where it holds; a search is asked about none. Shape (places, conditions), uint8."""
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
        """Acts that were possible and that somebody would not do; a search keeps none of them. Shape (refusals,), int32."""
        return self.chart.refused_act

    @property
    def stories_of(self) -> Table:
        """By story of the outcome: its first moment, as in `turns_of`. Shape (stories + 1,), int64."""
        return self.chart.stories_of

    @property
    def story_state(self) -> Table:
        """By moment of a story, from before its first act to after its last: the state. Shape (moments,), int32."""
        return self.chart.story_state

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


Until = Literal["", "anywhere", "ending"]
"""Stop at the first place at which every asked condition holds: never, anywhere, or where a course may end."""


@dataclass(frozen=True, slots=True)
class Spread:
    """All places, in order of depth.

    `cut`: the limit on the length of a course left something out. `short`: somebody might have had a reason for an act if
    the limits on reasons had allowed a longer or deeper one. `stopped`: `time`, `nodes`, `memory`, `interrupt`, or `found`.
    Places that no question within the limits tells apart may be one. `tables` show the same, and what everybody believes; None where
    they were not kept. `mistake`: something broke in what somebody believes or imagines (one of what the search came across).
    """

    places: tuple[Place, ...]
    goal: float
    cut: bool = False
    short: bool = False
    stopped: str = ""
    seconds: float = 0.0
    tables: Tables | None = field(default=None, compare=False, repr=False)
    mistake: Diagnostic | None = None

    def is_ending(self, place: Place) -> bool:
        """Whether a course may end there: nothing happens any more, or the author's hope is fulfilled."""
        return place.number > 0 and (place.still or self.is_hoped(place))

    def is_hoped(self, place: Place) -> bool:
        """Whether the author's hope is fulfilled there."""
        return place.worth is not None and place.worth >= self.goal
