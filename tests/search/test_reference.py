"""Who does what and why, and which stories there are (sections 11 to 13 of the language)."""

import pytest

from fabula.ground.expression import FALSE, TRUE, AllOf
from fabula.search.outcome import Budget, Limits, Mode, Status
from fabula.search.reference import search
from tests.search.problems import ANN, BOB, act, no, problem, put, yes

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
