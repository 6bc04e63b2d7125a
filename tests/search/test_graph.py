"""The tables of a look around: what they show is what was seen, and they live as long as anybody looks at them."""

from __future__ import annotations

import gc
import math

import numpy as np
import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.expression import TRUE
from fabula.ground.problem import ActionId
from fabula.search import engine
from fabula.search.graph import Graph
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import Budget, Limits
from tests.search.random_problems import random_limits, random_problem

TABLES = "depth before act open worth holds turns_of turn_act turn_to refused_of refused_act values believed".split()


def _states(graph: Graph, nature: Nature) -> list[State]:
    """The states of the places by the definition, each by way of its shortest course."""
    states = [nature.start()]
    for before, act in zip(graph.before[1:], graph.act[1:], strict=True):
        states.append(nature.after(states[before], ActionId(int(act))))
    return states


def _same(state: State, number: int, graph: Graph, seen: set[tuple[State, int]]) -> bool:
    """Whether a state of the tables is one of the definition, as deep as beliefs are kept."""
    if (state, number) in seen:
        return True
    seen.add((state, number))
    values = tuple(None if math.isnan(v) else v for v in graph.values[number])
    minds = enumerate(graph.believed[number])
    return values == state.values and all(
        _same(state.believed[c], int(mind), graph, seen) for c, mind in minds if mind >= 0
    )


@pytest.mark.parametrize("seed", range(80))
def test_the_tables_say_what_was_seen(seed: int) -> None:
    """Places, turns and refusals are those of the look around; states and beliefs are those of the definition."""
    drawn, limits = random_problem(seed), random_limits(seed)
    asked = [beat.condition for beat in drawn.beats]
    session = engine.Session(drawn)
    try:
        around = session.spread(limits, asked)
        graph = session.graph(limits, asked)
        states = _states(graph, Nature(drawn))
    except Mistakes:
        return
    assert (graph.cut, graph.short, graph.goal) == (around.cut, around.short, around.goal)
    assert len(graph.depth) == len(around.places)
    for place in around.places:
        n = place.number
        turns = slice(graph.turns_of[n], graph.turns_of[n + 1])
        refused = slice(graph.refused_of[n], graph.refused_of[n + 1])
        came = None if graph.before[n] < 0 else (graph.before[n], graph.act[n])
        worth = None if math.isnan(graph.worth[n]) else graph.worth[n]
        assert (graph.depth[n], came, bool(graph.open[n])) == (place.depth, place.came, place.open)
        assert worth == place.worth
        assert set(np.flatnonzero(graph.holds[n])) == place.holds
        assert [(t.action, t.to) for t in place.turns] == list(
            zip(graph.turn_act[turns], graph.turn_to[turns], strict=True)
        )
        assert tuple(graph.refused_act[refused]) == place.refused
        assert _same(states[n], n, graph, set())


WIDE = random_problem(19)
"""Nine places within three acts, and acts that somebody refuses."""


def _graph() -> Graph:
    return engine.Session(WIDE).graph(Limits(3, 2, 1), [TRUE])


@pytest.mark.parametrize("name", TABLES)
def test_a_table_outlives_whoever_made_it(name: str) -> None:
    """A view keeps the memory that it shows; it is no copy, and nobody can write into it."""
    graph = _graph()
    table, again = getattr(graph, name), getattr(graph, name)
    copy = table.copy()
    assert not table.flags.writeable
    assert not table.flags.owndata
    assert np.shares_memory(table, again)
    del graph, again
    gc.collect()
    np.testing.assert_array_equal(table, copy)


def test_shapes_are_as_documented() -> None:
    """One row for each place, state or turn, one column for each fluent or character."""
    drawn, graph = WIDE, _graph()
    places, states = len(graph.depth), len(graph.values)
    assert graph.values.shape == (states, len(drawn.fluents))
    assert graph.believed.shape == (states, drawn.character_count)
    assert graph.holds.shape == (places, 1)
    assert graph.turns_of.shape == graph.refused_of.shape == (places + 1,)
    assert graph.turn_act.shape == graph.turn_to.shape == (graph.turns_of[-1],)
    kinds = {name: getattr(graph, name).dtype.name for name in TABLES}
    assert {kind for name, kind in kinds.items() if name in {"worth", "values"}} == {"float64"}
    assert {kind for name, kind in kinds.items() if name.endswith("_of")} == {"int64"}
    assert {kind for name, kind in kinds.items() if name in {"open", "holds"}} == {"uint8"}


def test_a_budget_leaves_what_was_seen() -> None:
    """A look that was stopped has tables, too, and says why it was."""
    graph = engine.Session(WIDE).graph(Limits(3, 2, 1), budget=Budget(nodes=1))
    assert graph.stopped == "nodes"
    assert len(graph.depth) >= 1
