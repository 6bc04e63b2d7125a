"""Leaving places one by one: the same look around in pieces, with a name for every state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.problem import ActionId, Problem
from fabula.search import engine
from fabula.search.leaving import Branch, Leaver
from fabula.search.outcome import Beyond, Budget, Limits
from fabula.search.tables import Turn
from tests.search.problems import ANN, act, no, problem, put, yes
from tests.search.random_problems import random_limits, random_problem

LIMITS = Limits(-1, 5, 2)
THREE_DOORS = problem(
    "red blue green",
    (
        act("go_red", no(0), put(0), by=(ANN,)),
        act("go_blue", yes(0), put(1), by=(ANN,)),
        act("go_green", no(2), put(2), by=(ANN,)),
    ),
    wants=(yes(1), yes(1), yes(1)),
)
Walked = list[tuple[bytes, tuple[Turn, ...]]]


def walk(asked_of: list[Leaver], most: int = 300, at_once: int = 1) -> Walked:
    """Look around breadth-first, asking the leavers in turn: every state's digest, and the turns from it."""
    met = asked_of[0].leave((), (), Budget()).met
    digests, tree = [met[0].digest], list[Branch]()
    walked: Walked = []
    while len(walked) < min(len(digests), most):
        places = range(len(walked), min(len(walked) + at_once, len(digests)))
        answer = asked_of[len(walked) % len(asked_of)].leave(tree, places, Budget())
        for place, left in zip(places, answer.left, strict=True):
            turns = []
            for action, index in left.turns:
                digest = answer.met[index].digest
                if digest not in digests:
                    digests.append(digest)
                    tree.append((place, action))
                turns.append(Turn(action, digests.index(digest)))
            walked.append((digests[place], tuple(turns)))
    return walked


@pytest.mark.parametrize("plain", [False, True])
def test_what_is_met_is_described(plain: bool) -> None:
    """A state comes with its name, what it is worth to whom, and what has changed since the start."""
    leaver = engine.leaver(THREE_DOORS, LIMITS, [yes(1)], plain)
    answer = leaver.leave([(0, ActionId(0))], [0, 1], Budget())
    start, red, blue = answer.met
    assert [left.turns for left in answer.left] == [((ActionId(0), 1),), ((ActionId(1), 2),)]
    assert [left.refused for left in answer.left] == [(ActionId(2),)] * 2
    assert (start.facts, red.facts, blue.facts) == ((), ((0, 1.0),), ((0, 1.0), (1, 1.0)))
    assert (start.worths[0], blue.worths[0]) == (0.0, 1.0)
    assert (start.holds, blue.holds) == ((), (0,))
    assert len({start.digest, red.digest, blue.digest}) == 3


@pytest.mark.parametrize("plain", [False, True])
def test_a_state_has_one_name_whoever_asks(plain: bool) -> None:
    """Several leavers, each of which has seen but a part, give the same answers as one that has seen all."""
    one = walk([engine.leaver(THREE_DOORS, LIMITS, (), plain)])
    many = walk([engine.leaver(THREE_DOORS, LIMITS, (), plain) for _ in range(3)], at_once=2)
    assert one == many


def test_leaving_stops_between_places() -> None:
    """Who is told to stop has left no place half."""
    answer = engine.leaver(THREE_DOORS, LIMITS, (), plain=True).leave((), [0], Budget(seconds=1e-9))
    assert (answer.stopped, answer.left, len(answer.met)) == ("time", (), 1)


def test_plans_of_any_length_are_left_to_the_definition() -> None:
    """Where people think ahead without limit, the plain leaver answers."""
    found = walk([engine.leaver(THREE_DOORS, Limits(-1, -1, 2))])
    assert len(found) == 3


def _pieces(drawn: Problem, limits: Limits) -> Walked:
    return walk([engine.leaver(drawn, limits) for _ in range(2)], most=40, at_once=3)


@given(st.integers(0, 10**9))
def test_pieces_make_up_the_whole(seed: int) -> None:
    """Looked at in pieces by two who know nothing of each other, a world is the one that a single look sees."""
    drawn, limits = random_problem(seed), random_limits(seed)
    try:
        pieces = _pieces(drawn, limits)
    except (Beyond, Mistakes):
        return
    whole = engine.spread(
        drawn, Limits(-1, limits.character, limits.epistemic), budget=Budget(nodes=len(pieces))
    )
    assert [turns for _, turns in pieces] == [place.turns for place in whole.places[: len(pieces)]]
