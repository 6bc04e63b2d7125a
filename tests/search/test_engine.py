"""The engine: the native core behind the same signature as the reference search."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from math import inf, nan
from typing import Any

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.expression import TRUE, Arithmetic, Compare, Const, EntityId, FluentId, Read
from fabula.ground.problem import Action, Assignment, Fluent, Problem
from fabula.search import engine, reference, spread
from fabula.search.most import MOST_PLANNED
from fabula.search.outcome import Budget, Limits, Status
from fabula.search.plain import examining
from fabula.search.seam import MAGIC, VERSION, flatten
from tests.ask.small import problem
from tests.cli.command import PIE

ANN = EntityId(0)
N = FluentId(0)


def counter(*actions: Action, goal_worth: float = 1.0) -> Problem:
    """Return a problem of one number and one person; the author and she want the number high."""
    worth = Arithmetic("*", Read(N), Const(goal_worth))
    return Problem(
        entities=("Ann",),
        character_count=1,
        fluents=(Fluent("n", (), "number", None),),
        actions=actions,
        triggers=(),
        initial=(0.0,),
        beliefs=(),
        utility=worth,
        utilities=(worth,),
    )


def adding(amount: float, *, by: tuple[EntityId, ...] = (ANN,)) -> Action:
    """Return an act that adds to the number."""
    more = Assignment((), N, TRUE, Arithmetic("+", Read(N), Const(amount)))
    return Action(f"add {amount:g}", (), TRUE, (more,), by, (TRUE,))


def test_a_story_is_found_with_the_reasons_of_everyone_in_it() -> None:
    """Ann adds one because that is worth one to her."""
    outcome = engine.search(counter(adding(1)), Limits(2, 2, 1))
    assert outcome.status is Status.SOLVED
    (step,) = outcome.plans[0].steps
    (reason,) = step.explanations
    assert (reason.character, reason.before, reason.after) == (ANN, 0.0, 1.0)
    assert outcome.plans[0].utility == 1.0


def test_what_nothing_can_bring_about_is_impossible() -> None:
    """Where all of a finite space was searched, no story is a proof and not a matter of limits."""
    stuck = Action(
        "set", (), Compare("==", Read(N), Const(0.0)), (Assignment((), N, TRUE, Const(1.0)),), (ANN,), (TRUE,)
    )
    assert engine.search(counter(stuck), Limits(5, 3, 1), goal=2.0).status is Status.IMPOSSIBLE


def test_the_longest_plans_that_may_be_asked_for_have_room() -> None:
    """Also in a thread with as little stack as any system gives, where people may walk to and fro for ever."""
    before = threading.stack_size(512 * 1024)
    try:
        found: list[Status] = []
        asked = partial(engine.search, problem(PIE), Limits(8, MOST_PLANNED, 2))
        thread = threading.Thread(target=lambda: found.append(asked().status))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert found == [Status.SOLVED]


def test_longer_plans_may_not_be_asked_for_by_number() -> None:
    """They would need too much stack; without a limit, plans grow only as far as they must."""
    with pytest.raises(ValueError, match="500 acts of a plan"):
        Limits(character=MOST_PLANNED + 1)
    with pytest.raises(ValueError, match="at most 1,000,000,000"):
        Limits(author=2**31)
    assert Limits(-1, -1, -1) == Limits(author=-1, character=-1, epistemic=-1)


def test_what_lies_beyond_the_limits_is_said_to() -> None:
    """Ten steps up are not possible in four acts, but with more they would be."""
    assert engine.search(counter(adding(1)), Limits(4, 2, 1), goal=10.0).status is Status.LIMITS


@pytest.mark.parametrize(
    ("budget", "reason"),
    [(Budget(nodes=50), "nodes"), (Budget(memory=1 << 20), "memory"), (Budget(seconds=0.05), "time")],
)
def test_a_spent_budget_ends_in_an_answer(budget: Budget, reason: str) -> None:
    """Time, nodes and memory end the search with the status STOPPED and say which of them it was."""
    endless = counter(adding(1), adding(-1), adding(0.5), adding(0.25), by_nobody(), goal_worth=1.0)
    outcome = engine.search(endless, Limits(-1, 2, 1), goal=1e9, budget=budget)
    assert (outcome.status, outcome.reason) == (Status.STOPPED, reason)


@pytest.mark.parametrize("name", ["seconds", "nodes", "memory", "threads"])
@pytest.mark.parametrize("amount", [-1, 0])
def test_a_budget_of_nothing_is_refused(name: str, amount: int) -> None:
    """No search has less than nothing, and nothing would be taken for no limit by one and for the end by the other; None is no limit."""
    with pytest.raises(ValueError, match=f"a budget of {amount} "):
        Budget(**{name: amount})
    assert Budget(None, None, None).threads == 1


@pytest.mark.parametrize(
    "amounts",
    [
        {"seconds": nan},
        {"seconds": inf},
        {"seconds": 10**400},
        {"nodes": 2**64},
        {"memory": 2**64},
        {"threads": 3},
    ],
)
def test_a_budget_is_one_that_the_core_can_keep(amounts: dict[str, Any]) -> None:
    """What is no number, too large a one, or more threads than can help is told of when the budget is made."""
    with pytest.raises(ValueError, match="there must be"):
        Budget(**amounts)


NO_ACTS: dict[str, Any] = {"acts": ()}


@pytest.mark.parametrize(
    ("name", "ask", "more"),
    [
        ("mode", engine.search, {}),
        ("mode", reference.search, {}),
        ("until", engine.spread, {}),
        ("until", spread.spread, {}),
        ("ambition", engine.search, {}),
        ("ambition", reference.search, {}),
        ("ambition", engine.examine, NO_ACTS),
        ("ambition", examining.examine, NO_ACTS),
        ("ambition", examining.willing, NO_ACTS | {"about": ()}),
    ],
)
@pytest.mark.parametrize("word", ["check", "Best", None, 3])
@pytest.mark.parametrize("author", [0, 2])
def test_a_word_that_there_is_not_is_refused(
    name: str, ask: Callable[..., object], more: dict[str, Any], word: object, author: int
) -> None:
    """No search takes it for another one, nor for what is asked in another way; the words that there are are named."""
    with pytest.raises(ValueError, match=rf"{name}: {word!r} is none of '.*'"):
        ask(counter(adding(1)), limits=Limits(author), **more, **{name: word})


def by_nobody() -> Action:
    """Return an act that simply happens."""
    return adding(0.125, by=())


def test_the_same_question_has_the_same_answer_and_costs_the_same() -> None:
    """Counts repeat from run to run."""
    problem = counter(adding(1), adding(2), by_nobody())
    one, other = (engine.search(problem, Limits(5, 3, 1), goal=4.0, mode="optimal") for _ in range(2))
    assert one.plans == other.plans
    assert (one.statistics.visited, one.statistics.generated) == (
        other.statistics.visited,
        other.statistics.generated,
    )


def test_all_gives_every_story_once() -> None:
    """Two ways to two: one act, or one and one."""
    outcome = engine.search(counter(adding(1), adding(2)), Limits(2, 2, 1), goal=2.0, mode="all")
    stories = {tuple(step.action for step in plan.steps) for plan in outcome.plans}
    assert len(stories) == len(outcome.plans)
    assert {(0, 0), (1,)} <= stories


def test_a_division_by_zero_is_worded_with_the_act() -> None:
    """The core gives numbers, Python the words."""
    split = Action(
        "split", (), TRUE, (Assignment((), N, TRUE, Arithmetic("/", Const(1.0), Read(N))),), (), (TRUE,)
    )
    with pytest.raises(Mistakes) as raised:
        engine.search(counter(split), Limits(2, 2, 1))
    assert raised.value.diagnostics[0].name == "division-by-zero"
    assert "split" in raised.value.diagnostics[0].headline


def test_the_flat_format_begins_with_its_version() -> None:
    """Whoever reads the arrays sees first what they are."""
    words, numbers = flatten(counter(adding(1)))
    assert (words[0], words[1]) == (MAGIC, VERSION)
    assert 0.0 in numbers
