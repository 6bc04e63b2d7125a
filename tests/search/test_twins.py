"""The native core and the reference search are twins: on random worlds they give the same answers.

Every story, and every reason printed with it, also passes the independent checker. That goes for worlds in which something breaks,
too; there, a twin that finds no story may name a mistake instead, if it is a true one. `FABULA_TWINS` says on how many
worlds (2,000 unless it is set; `make fuzz-twins` takes 50,000).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice

import pytest

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.ground.expression import EntityId
from fabula.ground.problem import ActionId, Problem
from fabula.search import engine, reference
from fabula.search.check import check
from fabula.search.minds.nature import Nature
from fabula.search.outcome import Ambition, Budget, Limits, Mode, Outcome, Plan, Status
from tests.search.random_problems import random_demand, random_limits, random_problem

WORLDS = int(os.environ.get("FABULA_TWINS", "2000"))
CHUNK = 50
MODES: tuple[Mode, ...] = ("all", "optimal", "prove", "first")


def acts(plan: Plan) -> tuple[int, ...]:
    """Return the acts of a plan."""
    return tuple(step.action for step in plan.steps)


def ask(
    twin: object, problem: Problem, limits: Limits, mode: Mode, ambition: Ambition, seconds: float = 20
) -> Outcome:
    """Ask one of the twins. A mistake in place of an answer is the answer that there is no story."""
    try:
        return twin.search(problem, limits, None, mode, Budget(seconds), ambition)  # type: ignore[attr-defined, no-any-return]
    except Mistakes as refused:
        return Outcome(Status.LIMITS, mistake=refused.diagnostics[0])


def compare(seed: int, limits: Limits, ambition: Ambition = "improve", patience: float = 20) -> None:
    """Ask both twins everything about one world."""
    problem = random_problem(seed)
    book = ask(reference, problem, limits, "all", ambition, patience)
    if book.status is Status.STOPPED:
        return
    stories = {acts(plan) for plan in book.plans}
    shortest = min(map(len, stories), default=None)
    for mode in MODES:
        core = ask(engine, problem, limits, mode, ambition)
        found = [acts(plan) for plan in core.plans]
        assert len(set(found)) == len(found), f"seed {seed}: a story twice"
        if mode == "all":
            assert set(found) == stories, f"seed {seed}: other stories"
        else:
            assert bool(found) == bool(stories), f"seed {seed}, {mode}: {core.status}"
            assert set(found) <= stories, f"seed {seed}, {mode}: no such story"
        if mode in ("optimal", "prove") and found:
            assert len(found[0]) == shortest, f"seed {seed}, {mode}: not a shortest story"
        for plan in core.plans[:3]:
            verdict = check(problem, plan, limits, ambition=ambition)
            assert verdict.valid, f"seed {seed}, {mode}: {verdict}"
        if core.mistake and not (book.mistake and _same(core.mistake, book.mistake)):
            assert _is_true(core.mistake, problem), f"seed {seed}, {mode}: {core.mistake.headline}"


def _same(one: Diagnostic, other: Diagnostic) -> bool:
    """Whether two mistakes are one; of triggers that go on together, either may be named."""
    return one.name == other.name and (one.name == "endless-triggers" or one.headline == other.headline)


def _is_true(mistake: Diagnostic, problem: Problem) -> bool:
    """Whether acts done by anybody, for whatever reason, lead to a state or a thought in which that breaks."""
    return any(_same(mistake, broken) for nature in _anywhere(problem) for broken in nature.mistakes)


def _anywhere(problem: Problem, most: int = 3_000) -> Iterator[Nature]:
    """Do what can be done, in reality and in every mind; give the laws, which know what broke, after each state."""
    nature = Nature(problem)
    beats = tuple(nature.condition(beat.condition) for beat in problem.beats)
    try:
        states = dict.fromkeys([nature.start()])
    except Mistakes:
        states = {}
    yield nature
    queue = list(states)
    for state in islice(queue, most):
        _ = [nature.worth(state, who) for who in (None, *map(EntityId, range(problem.character_count)))]
        _ = [beat(state) for beat in beats]
        possible = (a for a in map(ActionId, range(len(problem.actions))) if nature.possible(a, state))
        for further in (*(nature.after(state, action) for action in possible), *state.believed):
            if further not in states:
                states[further] = None
                queue.append(further)
        yield nature


@pytest.mark.parametrize("seed", [37562, 44634])
def test_twins_agree_where_only_one_of_them_meets_what_breaks(seed: int) -> None:
    """Triggers without rest that only the core looks at, or only the checker, in minds that no story needs, change nothing."""
    compare(seed, random_limits(seed))


def test_twins_agree_on_plans_of_any_length_where_only_one_meets_what_breaks() -> None:
    """The same where people plan without limit."""
    compare(46000, *random_demand(46000))


def test_twins_agree_on_what_is_learnt_from_two_things_being_the_same() -> None:
    """Who takes both for a third thing is right that they are the same, and learns which thing they are."""
    compare(112758, random_limits(112758))


@pytest.mark.parametrize("chunk", range(0, WORLDS, CHUNK))
def test_core_and_reference_agree(chunk: int) -> None:
    """Same stories, same shortest length, and the checker accepts every reason."""
    for seed in range(chunk, min(chunk + CHUNK, WORLDS)):
        compare(seed, random_limits(seed))


@pytest.mark.parametrize("chunk", range(0, WORLDS, 10 * CHUNK))
def test_core_and_reference_agree_on_best_reasons_and_on_those_of_any_length(chunk: int) -> None:
    """The same where only a best plan is a reason, or plans have no limit; some of these thoughts have no end and are left out."""
    for seed in range(chunk, min(chunk + 10 * CHUNK, WORLDS), 5):
        compare(seed, *random_demand(seed), patience=0.3)
