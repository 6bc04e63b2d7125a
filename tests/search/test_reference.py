"""Who does what and why, and which stories there are (sections 11 to 13 of the language)."""

import inspect
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest

from fabula.ground.expression import FALSE, TRUE, AllOf, Choice, Const
from fabula.search.outcome import Budget, Limits, Mode, Status
from fabula.search.reference import search
from fabula.search.spread import spread
from tests.search.problems import ANN, BOB, act, no, problem, put, yes
from tests.search.random_problems import random_problem

WALK = act("walk", no(0), put(0), by=(BOB,))
UNBAR = act("unbar", AllOf((yes(0), no(1))), put(1), by=(ANN,))
ENTER = act("enter", AllOf((yes(0), yes(1), no(2))), put(2), by=(BOB,))
GATE = problem("there open in", (WALK, UNBAR, ENTER), goal=yes(2), wants=(yes(1), yes(2), TRUE))


def names(plan_steps: object) -> list[str]:
    """Return the names of the acts of a plan for the gate problem."""
    return [str(GATE.actions[step.action]) for step in plan_steps]  # type: ignore[attr-defined]


@pytest.mark.parametrize("mode", ["first", "optimal", "all"])
def test_a_plan_may_count_on_others_who_have_reasons_of_their_own(mode: Mode) -> None:
    """Bob walks to the gate since he expects Ann to open it, and she does for her own sake."""
    outcome = search(GATE, Limits(4, 3, 2), mode=mode)
    assert outcome.status is Status.SOLVED
    assert [names(plan.steps) for plan in outcome.plans] == [["walk()", "unbar()", "enter()"]]
    (reason,) = outcome.plans[0].steps[0].explanations
    assert (reason.character, reason.before, reason.after) == (BOB, 0.0, 1.0)
    assert names(reason.steps) == ["walk()", "unbar()", "enter()"]
    assert reason.steps[1].explanations[0].character == ANN


def test_with_the_author_limit_too_small_there_is_none_within_the_limits() -> None:
    """Two acts do not suffice; a limit cut the search off, so nothing is proved for all lengths."""
    assert search(GATE, Limits(2, 3, 2)).status is Status.LIMITS


def test_when_nobody_can_bring_the_goal_about_it_is_impossible() -> None:
    """The whole space is searched and no limit cut anything."""
    stuck = problem("there open in", (WALK,), goal=yes(2), wants=(yes(1), yes(0), TRUE))
    assert search(stuck, Limits(-1, -1, -1)).status is Status.IMPOSSIBLE


def test_an_act_that_could_be_left_out_has_no_reason() -> None:
    """Humming is no use to Ann, so she does not hum."""
    hum, eat = act("hum", no(0), put(0), by=(ANN,)), act("eat", no(1), put(1), by=(ANN,))
    both = problem("hummed fed", (hum, eat), goal=AllOf((yes(0), yes(1))), wants=(yes(1), TRUE, TRUE))
    assert search(both, Limits(3, 3, 1)).status is not Status.SOLVED


def test_what_nobody_chooses_is_never_part_of_a_reason() -> None:
    """The gust may happen, but Bob cannot plan on it."""
    gust = act("gust", AllOf((yes(0), no(1))), put(1))
    windy = problem("there open in", (WALK, gust, ENTER), goal=yes(2), wants=(yes(1), yes(2), TRUE))
    assert search(windy, Limits(-1, -1, -1)).status is not Status.SOLVED


def test_deep_plans_need_epistemic_depth_but_one_step_reasons_do_not() -> None:
    """Bob's plan at layer 1 needs el >= 1; Ann's one-step reason at layer 2 is always noticed."""
    assert search(GATE, Limits(4, 3, 0)).status is Status.LIMITS
    assert search(GATE, Limits(4, 3, 1)).status is Status.SOLVED


def test_a_spent_budget_stops_the_search_and_says_why() -> None:
    """A search that may visit no more states ends as stopped, not as an answer."""
    outcome = search(GATE, Limits(4, 3, 2), budget=Budget(nodes=1))
    assert (outcome.status, outcome.reason) == (Status.STOPPED, "nodes")


def test_a_secret_that_only_one_knows_moves_only_that_one() -> None:
    """Bob does not see the key being taken, and plans with what he believes."""
    hide = act("hide", no(0), put(0), seen=(TRUE, FALSE, TRUE))
    look = act("look", no(1), put(1), by=(BOB,))
    take = act("take", AllOf((yes(1), no(0), no(2))), put(2), by=(BOB,))
    misled = problem(
        "moved looked got", (hide, look, take), goal=AllOf((yes(0), yes(1))), wants=(TRUE, yes(2), TRUE)
    )
    outcome = search(misled, Limits(2, 3, 1), mode="all")
    assert [len(plan.steps) for plan in outcome.plans] == [2, 2]


@pytest.mark.usefixtures("shallow")
def test_plans_without_end_end_the_search_and_not_the_program() -> None:
    """Where ever longer plans are thinkable, a search for the best of them ends as stopped: its stack is memory, too."""
    outcome = search(random_problem(34), Limits(3, -1, 1), mode="all", ambition="best")
    assert (outcome.status, outcome.reason) == (Status.STOPPED, "memory")


def test_a_best_plan_of_any_length_is_not_the_first_that_helps() -> None:
    """Ann could have a penny at once, or a pound with two acts: with ambition `best` and no limit she takes no penny."""
    penny, reach = act("penny", no(0), put(0), by=(ANN,)), act("reach", no(1), put(1), by=(ANN,))
    pound = act("pound", AllOf((yes(1), no(0), no(2))), put(2), by=(ANN,))
    want = Choice(((yes(2), Const(2.0)), (yes(0), Const(1.0))), Const(0.0))
    room = problem("penny reached pound", (penny, reach, pound), goal=yes(0), wants=(yes(0), TRUE, TRUE))
    room = replace(room, utilities=(want, *room.utilities[1:]))
    assert search(room, Limits(1, -1, 1)).status is Status.SOLVED
    assert search(room, Limits(1, -1, 1), ambition="best").status is not Status.SOLVED


def test_memory_is_a_budget_too() -> None:
    """A search that may take no more memory ends as stopped; so does a look at all courses."""
    little = Budget(memory=10_000)
    outcome = search(random_problem(34), Limits(-1, 3, 1), mode="all", budget=little)
    assert (outcome.status, outcome.reason) == (Status.STOPPED, "memory")
    assert spread(random_problem(34), Limits(-1, 3, 1), budget=little).stopped == "memory"
    assert not tracemalloc.is_tracing()


@pytest.fixture
def shallow() -> Iterator[None]:
    """Leave little of Python's stack, so that it is soon used up."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 400)
    yield
    sys.setrecursionlimit(before)
