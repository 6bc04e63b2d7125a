"""The tables of the plain twins, which have places and states as objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from math import nan

from fabula.frozen import dataclass
from fabula.ground.expression import Value
from fabula.ground.problem import Table, table
from fabula.search.minds.state import State
from fabula.search.tables import Place


@dataclass(frozen=True, slots=True)
class Looked:
    """What a plain twin has looked at: places, their states, how many conditions were asked about, the states along each story."""

    places: Sequence[Place]
    states: Sequence[State]
    conditions: int = 0
    stories: Sequence[Sequence[State]] = ()


class PlainChart:
    """Behaves like the chart of the core, which `Tables` shows."""

    def __init__(self, look: Callable[[], Looked]) -> None:
        """Look when the first table is asked for."""
        self._look = look

    def __getattr__(self, name: str) -> Table:
        """Return one of the tables."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self._tables[name]

    def node(self, _: int) -> None:
        """Name no state: the definition has it as an object."""

    @cached_property
    def _tables(self) -> Mapping[str, Table]:
        looked = self._look()
        return dict(chain(_of_places(looked), _of_states(looked)))


def _of_places(looked: Looked) -> Iterator[tuple[str, Table]]:
    places = looked.places
    came = [(-1, -1) if place.came is None else place.came for place in places]
    yield "depth", table("i", (place.depth for place in places))
    yield "before", table("i", (before for before, _ in came))
    yield "act", table("i", (act for _, act in came))
    yield "open", table("B", (place.open for place in places))
    yield "worth", table("d", map(_number, (place.worth for place in places)))
    holds = (number in place.holds for place in places for number in range(looked.conditions))
    yield "holds", table("B", holds, (len(places), looked.conditions))
    yield "turns_of", _starts(place.turns for place in places)
    yield "turn_act", table("i", (turn.action for place in places for turn in place.turns))
    yield "turn_to", table("i", (turn.to for place in places for turn in place.turns))
    yield "refused_of", _starts(place.refused for place in places)
    yield "refused_act", table("i", chain.from_iterable(place.refused for place in places))


def _of_states(looked: Looked) -> Iterator[tuple[str, Table]]:
    states = list(dict.fromkeys(looked.states))
    numbers = {state: number for number, state in enumerate(states)}
    for state in states:  # grows while it is read
        fresh = [mind for mind in dict.fromkeys(state.believed) if mind not in numbers]
        numbers.update(zip(fresh, range(len(states), len(states) + len(fresh)), strict=True))
        states += fresh
    values = map(_number, chain.from_iterable(state.values for state in states))
    yield "values", table("d", values, (len(states), len(states[0].values)))
    minds = (numbers[mind] for state in states for mind in state.believed)
    yield "believed", table("i", minds, (len(states), len(states[0].believed)))
    yield "stories_of", _starts(looked.stories)
    yield "story_state", table("i", (numbers[state] for story in looked.stories for state in story))


def _number(value: Value) -> float:
    return nan if value is None else value


def _starts(lists: Iterable[Sequence[object]]) -> Table:
    """Say where each list begins if they stand one after the other, and where the last ends."""
    return table("q", accumulate(map(len, lists), initial=0))
