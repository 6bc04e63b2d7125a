"""Looking at every course of events: the definition, and its twin in the native core."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.problem import ActionId
from fabula.search import engine, spread
from fabula.search.outcome import Budget, Limits
from fabula.search.tables import Spread, Turn
from tests.search.problems import ANN, act, no, problem, put, yes
from tests.search.random_problems import random_limits, random_problem

TWO_DOORS = problem(
    "red blue",
    (
        act("go_red", no(0), put(0), by=(ANN,)),
        act("go_blue", no(1), put(1), by=(ANN,)),
    ),
    wants=(yes(0), yes(1), yes(1)),
)


def test_places_are_what_explained_acts_lead_to() -> None:
    """Who wants the red door opens it, and nobody opens the blue one: it is possible, and refused."""
    found = spread.spread(TWO_DOORS, Limits(-1, 5, 2), [yes(0), yes(1)])
    start, end = found.places
    assert start.turns == (Turn(ActionId(0), 1),)
    assert start.refused == end.refused == (ActionId(1),)
    assert (end.depth, end.came, end.still) == (1, (0, ActionId(0)), True)
    assert (start.holds, end.holds) == (frozenset(), frozenset([0]))


def test_a_limit_on_length_is_owned_up_to() -> None:
    """With no acts allowed, what follows the start is left out, and the answer says so."""
    found = spread.spread(TWO_DOORS, Limits(0, 5, 2))
    assert (len(found.places), found.cut, found.places[0].still) == (1, True, False)


def test_a_look_ends_where_the_asked_conditions_hold() -> None:
    """Who looks for one place need not see the others."""
    found = spread.spread(TWO_DOORS, Limits(-1, 5, 2), [yes(0)], until="anywhere")
    assert found.stopped == "found"
    assert found.places[-1].holds == {0}


def test_a_budget_ends_a_look() -> None:
    """A budget of states ends a look, and the answer says why."""
    assert spread.spread(TWO_DOORS, Limits(-1, 5, 2), budget=Budget(nodes=1)).stopped == "nodes"


Seen = tuple[frozenset[int], float | None]


def _courses(found: Spread, length: int) -> dict[tuple[int, ...], Seen]:
    """Every course of at most so many acts, with what is seen at its end."""
    courses: dict[tuple[int, ...], Seen] = {}
    level: list[tuple[tuple[int, ...], int]] = [((), 0)]
    for _ in range(length + 1):
        courses |= {acts: (found.places[at].holds, found.places[at].worth) for acts, at in level}
        level = [((*acts, t.action), t.to) for acts, at in level for t in found.places[at].turns]
    return courses


def _parts(acts: tuple[int, ...]) -> set[tuple[int, ...]]:
    """The course, and those that leave out some of its acts."""
    return {part for n in range(len(acts) + 1) for part in combinations(acts, n)}


@given(st.integers(0, 10**9))
def test_the_core_sees_the_same_courses(seed: int) -> None:
    """The core and the definition agree on every course, but for acts that change only what no question can tell.

    They also agree whether one of these courses breaks the world.
    """
    drawn, drawn_limits = random_problem(seed), random_limits(seed)
    limits = Limits(min(drawn_limits.author, 3), drawn_limits.character, drawn_limits.epistemic)
    asked = [beat.condition for beat in drawn.beats]
    try:
        slow = spread.spread(drawn, limits, asked)
    except Mistakes:
        with pytest.raises(Mistakes):
            engine.spread(drawn, limits, asked)
        return
    fast = engine.spread(drawn, limits, asked)
    fast_courses, slow_courses = _courses(fast, 3), _courses(slow, 3)
    for one, other in ((fast_courses, slow_courses), (slow_courses, fast_courses)):
        for acts, seen in one.items():
            assert any(other.get(part) == seen for part in _parts(acts))
    assert fast.goal == slow.goal
