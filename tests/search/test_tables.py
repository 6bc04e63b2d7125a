"""The tables of an answer: what they show is what was seen, and they live as long as anybody looks at them."""

from __future__ import annotations

import gc
import math
import sys
from contextlib import suppress
from dataclasses import replace
from subprocess import run

import numpy as np
import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.expression import TRUE
from fabula.ground.problem import ActionId, Problem
from fabula.search import engine, reference, spread
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import Budget, Limits, Mode, Outcome, Status
from fabula.search.tables import Spread, Tables
from tests.ask.small import problem
from tests.cli.command import PIE
from tests.search.random_problems import random_limits, random_problem

TABLES = [name for name in dir(Tables) if not name.startswith("_") and name != "chart"]
BUDGET = Budget(seconds=20)


def _tables(answer: Outcome | Spread) -> Tables:
    assert answer.tables is not None
    return answer.tables


def _states(tables: Tables, nature: Nature) -> list[State]:
    """The states of the places by the definition, each by way of its shortest course."""
    states = [nature.start()]
    for before, act in zip(tables.before[1:], tables.act[1:], strict=True):
        states.append(nature.after(states[before], ActionId(int(act))))
    return states


def _same(state: State, number: int, tables: Tables, seen: set[tuple[State, int]]) -> bool:
    """Whether a state of the tables is one of the definition, as deep as beliefs are kept."""
    if (state, number) in seen:
        return True
    seen.add((state, number))
    values = tuple(None if math.isnan(v) else v for v in tables.values[number])
    minds = enumerate(tables.believed[number])
    return values == state.values and all(
        _same(state.believed[c], int(mind), tables, seen) for c, mind in minds if mind >= 0
    )


def _part(of: object, row: int) -> slice:
    """Where the part of one owner stands in a list of lists."""
    return slice(of[row], of[row + 1])  # type: ignore[index]


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("seed", range(80))
def test_the_tables_of_a_look_around_say_what_was_seen(seed: int, plain: bool) -> None:
    """Places, turns and refusals are those of the look around; states and beliefs are those of the definition."""
    drawn, limits = random_problem(seed), random_limits(seed)
    if plain:
        limits = replace(limits, author=min(limits.author, 3))
    asked = [beat.condition for beat in drawn.beats]
    try:
        look = spread.spread if plain else engine.Session(drawn).spread
        found = look(drawn, limits, asked) if plain else look(limits, asked)  # type: ignore[arg-type]
        tables = _tables(found)
        states = _states(tables, Nature(drawn))
    except Mistakes:
        return
    assert len(tables.depth) == len(found.places)
    for place in found.places:
        n = place.number
        turns = _part(tables.turns_of, n)
        came = None if tables.before[n] < 0 else (tables.before[n], tables.act[n])
        worth = None if math.isnan(tables.worth[n]) else tables.worth[n]
        assert (tables.depth[n], came, bool(tables.open[n])) == (place.depth, place.came, place.open)
        assert worth == place.worth
        assert set(np.flatnonzero(tables.holds[n])) == place.holds
        assert [(t.action, t.to) for t in place.turns] == list(
            zip(tables.turn_act[turns], tables.turn_to[turns], strict=True)
        )
        assert tuple(tables.refused_act[_part(tables.refused_of, n)]) == place.refused
        assert _same(states[n], n, tables, set())


def _searched(plain: bool, drawn: Problem, limits: Limits, mode: Mode) -> Outcome:
    if plain:
        return reference.search(drawn, limits, None, mode, BUDGET)
    return engine.Session(drawn).search(limits, None, mode, BUDGET)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("mode", ["first", "optimal", "all", "prove"])
def test_the_tables_of_a_search_say_what_was_visited(mode: Mode, plain: bool) -> None:
    """Every turn is an act that everybody would do; every story is a row of states along them, each that of the definition."""
    told = 0
    for seed in range(0, 120, 3):
        drawn, limits = random_problem(seed), replace(random_limits(seed), author=3)
        try:
            found = _searched(plain, drawn, limits, mode)
            around = spread.spread(drawn, limits)
        except Mistakes:
            continue
        tables, nature = _tables(found), Nature(drawn)
        states = _states(tables, nature)
        assert list(tables.depth[1:]) == [tables.depth[before] + 1 for before in tables.before[1:]]
        _courses_are_those(tables, around)
        assert len(tables.stories_of) == len(found.plans) + 1
        for number, plan in enumerate(found.plans):
            told += 1
            row = tables.story_state[_part(tables.stories_of, number)]
            course = [nature.start()]
            for step in plan.steps:
                course.append(nature.after(course[-1], step.action))
            assert len(row) == len(course)
            assert all(_same(state, int(n), tables, set()) for state, n in zip(course, row, strict=True))
            assert all(_same(states[n], int(n), tables, set()) for n in row), "stories come through places"
    assert told > 0


def _courses_are_those(tables: Tables, around: Spread) -> None:
    """Every turn of a search is one of the look around, from the place to which the same course leads."""
    at = {0: 0}
    for place in range(len(tables.depth)):
        turns = {turn.action: turn.to for turn in around.places[at[place]].turns}
        for act, to in zip(
            tables.turn_act[_part(tables.turns_of, place)],
            tables.turn_to[_part(tables.turns_of, place)],
            strict=True,
        ):
            if int(act) in turns:
                at.setdefault(int(to), turns[ActionId(int(act))])
            else:  # an act that changes nothing that is kept is no turn there
                assert int(act) not in around.places[at[place]].refused
                at.setdefault(int(to), at[place])


WIDE = random_problem(19)
"""Nine places within three acts, and acts that somebody refuses."""


def _wide() -> Tables:
    return _tables(engine.Session(WIDE).spread(Limits(3, 2, 1), [TRUE]))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_outlives_whoever_made_it(name: str) -> None:
    """A view keeps the memory that it shows; it is no copy, and nobody can write into it."""
    for tables in (_wide(), _tables(engine.Session(WIDE).search(Limits(3, 2, 1), mode="all"))):
        table, again = getattr(tables, name), getattr(tables, name)
        copy = table.copy()
        assert not table.flags.writeable
        assert not table.flags.owndata
        assert table.size == 0 or np.shares_memory(table, again)
        del tables, again
        gc.collect()
        np.testing.assert_array_equal(table, copy)


def test_shapes_are_as_documented() -> None:
    """One row for each place, state or turn, one column for each fluent or character; the same from the plain twin."""
    drawn = WIDE
    for tables in (_wide(), _tables(spread.spread(drawn, Limits(3, 2, 1), [TRUE]))):
        places, states = len(tables.depth), len(tables.values)
        assert tables.values.shape == (states, len(drawn.fluents))
        assert tables.believed.shape == (states, drawn.character_count)
        assert tables.holds.shape == (places, 1)
        assert tables.turns_of.shape == tables.refused_of.shape == (places + 1,)
        assert tables.turn_act.shape == tables.turn_to.shape == (tables.turns_of[-1],)
        assert (tables.stories_of.shape, tables.story_state.shape) == ((1,), (0,))
        kinds = {name: getattr(tables, name).dtype.name for name in TABLES}
        assert {kind for name, kind in kinds.items() if name in {"worth", "values"}} == {"float64"}
        assert {kind for name, kind in kinds.items() if name.endswith("_of")} == {"int64"}
        assert {kind for name, kind in kinds.items() if name in {"open", "holds"}} == {"uint8"}
        assert {k for n, k in kinds.items() if n in {"depth", "story_state", "believed"}} == {"int32"}


def test_a_budget_leaves_what_was_seen() -> None:
    """A look or a search that was stopped has tables, too."""
    session = engine.Session(WIDE)
    around = session.spread(Limits(3, 2, 1), budget=Budget(nodes=1))
    found = session.search(Limits(3, 2, 1), mode="all", budget=Budget(nodes=1))
    assert (around.stopped, found.status) == ("nodes", Status.STOPPED)
    assert len(_tables(around).depth) >= 1
    assert len(_tables(found).depth) >= 1


def test_tables_outlive_what_their_session_forgets() -> None:
    """Deeper questions, or a mistake, let a session begin anew; what was seen before can still be looked at."""
    session = engine.Session(WIDE)
    first = _tables(session.spread(Limits(3, 2, 1)))
    session.spread(Limits(3, 5, 4))
    del session
    gc.collect()
    assert first.values.shape == (len(first.values), len(WIDE.fluents))


def test_a_listener_may_look_at_what_was_seen_before() -> None:
    """Tables of earlier answers can be looked at while a session tells stories; to ask it in the middle, or where an act leads, is a mistake."""
    session = engine.Session(WIDE)
    before = _tables(session.spread(Limits(3, 2, 1)))
    sizes: list[int] = []
    session.search(Limits(3, 2, 1), mode="all", told=lambda _: sizes.append(len(before.values)))
    assert sizes
    with pytest.raises(RuntimeError, match="while it answers"):
        session.search(Limits(3, 2, 1), mode="all", told=lambda _: session.spread(Limits(3, 2, 1)))
    start = before.chart.node(0)
    with pytest.raises(RuntimeError, match="while it answers"):
        session.search(Limits(3, 2, 1), mode="all", told=lambda _: before.chart.after(start, 0))


DEEP = "action sigh() { precondition: believes(Ada, believes(Ben, fed(Ada))); effect: fed(Ben); };"
"""An act that looks so deep into minds that no depth would do to cut them at."""


@pytest.mark.parametrize("asked", [WIDE, problem(PIE), problem(PIE + DEEP)])
def test_a_number_of_nothing_is_told_of(asked: Problem) -> None:
    """Whatever number somebody makes up, the chart of a look around or a search has what it stands for, or says that it is nothing."""
    session, limits = engine.Session(asked), Limits(3, 2, 1)
    for tables in (_tables(session.spread(limits)), _tables(session.search(limits))):
        chart = tables.chart
        start, places = chart.node(0), len(tables.depth)
        for name, wrong in (
            ("node", (places,)),
            ("row", (-1,)),
            ("mind", (start, 99)),
            ("after", (start, 2**40)),
        ):
            with pytest.raises(IndexError, match="no place, state, character or act has this number here"):
                getattr(chart, name)(*wrong)
        for node in (level << 28 | number for level in range(16) for number in (0, 1, 2, 2**28 - 1)):
            with suppress(IndexError):
                assert len(chart.row(node)) == len(asked.fluents)
                chart.mind(node, 0)
                chart.after(node, 0)


def test_who_lets_a_session_go_gets_no_tables() -> None:
    """One question alone keeps nothing in memory but its answer."""
    assert engine.search(WIDE, Limits(3, 2, 1)).tables is None
    assert engine.spread(WIDE, Limits(3, 2, 1)).tables is None


def test_a_problem_has_tables() -> None:
    """Its initial values, kinds, domains and who consents to what; views that nobody can write into, made once."""
    tables = WIDE.tables
    assert [None if math.isnan(v) else v for v in tables.initial] == list(WIDE.initial)
    assert [("boolean", "number", "entity")[kind] for kind in tables.kind] == [f.kind for f in WIDE.fluents]
    for number, fluent in enumerate(WIDE.fluents):
        assert tuple(tables.domain_value[_part(tables.domain_of, number)]) == (fluent.domain or ())
    for number, act in enumerate(WIDE.actions):
        assert tuple(tables.consenting_character[_part(tables.consenting_of, number)]) == act.consenting
    again = WIDE.tables
    for name in ("initial", "kind", "domain_of", "domain_value", "consenting_of", "consenting_character"):
        table = getattr(tables, name)
        assert not table.flags.writeable
        assert not table.flags.owndata
        assert table.size == 0 or np.shares_memory(table, getattr(again, name))


def test_numpy_is_loaded_when_a_table_is_looked_at() -> None:
    """A search, even one that keeps tables, does without."""
    code = """
import sys
from fabula.search.engine import Session
from fabula.search.outcome import Limits
from fabula.ground.problem import Problem
from fabula.ground.expression import Const
session = Session(Problem((), 0, (), (), (), (), (), Const(0.0), ()))
found = session.search(Limits()).tables, session.spread(Limits()).tables
assert "numpy" not in sys.modules
assert [len(tables.depth) for tables in found] == [1, 1]
assert "numpy" in sys.modules
"""
    run([sys.executable, "-c", code], check=True)
