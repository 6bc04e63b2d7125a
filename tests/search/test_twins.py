"""The native core and the reference search are twins: on random worlds they give the same answers.

Every story, and every reason printed with it, also passes the independent checker. `FABULA_TWINS` says on how many
worlds (2,000 unless it is set; `make fuzz-twins` takes 50,000).
"""

from __future__ import annotations

import os

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.problem import Problem
from fabula.search import engine, reference
from fabula.search.check import check
from fabula.search.outcome import Ambition, Budget, Limits, Mode, Outcome, Plan, Status
from tests.search.random_problems import random_demand, random_limits, random_problem

WORLDS = int(os.environ.get("FABULA_TWINS", "2000"))
CHUNK = 50


def acts(plan: Plan) -> tuple[int, ...]:
    """Return the acts of a plan."""
    return tuple(step.action for step in plan.steps)


def ask(
    twin: object, problem: Problem, limits: Limits, mode: Mode, ambition: Ambition, seconds: float = 20
) -> Outcome | None:
    """Ask one of the twins; None where the world breaks."""
    try:
        return twin.search(problem, limits, None, mode, Budget(seconds), ambition)  # type: ignore[attr-defined, no-any-return]
    except Mistakes:
        return None


def compare(seed: int, limits: Limits, ambition: Ambition = "improve", patience: float = 20) -> bool:
    """Ask both twins everything about one world; whether it has a story."""
    problem = random_problem(seed)
    book = ask(reference, problem, limits, "all", ambition, patience)
    if book is None or book.status is Status.STOPPED:
        return False
    stories = {acts(plan) for plan in book.plans}
    shortest = min(map(len, stories), default=None)
    for mode in ("all", "optimal", "first"):
        core = ask(engine, problem, limits, mode, ambition)
        assert core is not None, f"seed {seed}, {mode}: only the core finds a mistake"
        found = [acts(plan) for plan in core.plans]
        assert len(set(found)) == len(found), f"seed {seed}: a story twice"
        if mode == "all":
            assert set(found) == stories, f"seed {seed}: other stories"
        else:
            assert bool(found) == bool(stories), f"seed {seed}, {mode}: {core.status}"
            assert set(found) <= stories, f"seed {seed}, {mode}: no such story"
        if mode == "optimal" and found:
            assert len(found[0]) == shortest, f"seed {seed}: not a shortest story"
        for plan in core.plans[:3]:
            verdict = check(problem, plan, limits, ambition=ambition)
            assert verdict.valid, f"seed {seed}, {mode}: {verdict}"
    return bool(stories)


@pytest.mark.parametrize("chunk", range(0, WORLDS, CHUNK))
def test_core_and_reference_agree(chunk: int) -> None:
    """Same stories, same shortest length, and the checker accepts every reason."""
    told = sum(compare(seed, random_limits(seed)) for seed in range(chunk, min(chunk + CHUNK, WORLDS)))
    assert told > 0, "worlds without stories compare nothing"


@pytest.mark.parametrize("chunk", range(0, WORLDS, 10 * CHUNK))
def test_core_and_reference_agree_on_best_reasons_and_on_those_of_any_length(chunk: int) -> None:
    """The same where only a best plan is a reason, or plans have no limit; some of these thoughts have no end and are left out."""
    seeds = range(chunk, min(chunk + 10 * CHUNK, WORLDS), 5)
    assert sum(compare(seed, *random_demand(seed), patience=0.3) for seed in seeds) > 0
