"""The random problems are worth searching: a comparison of searches is worth as much as the worlds that it is made on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fabula.diagnostics.diagnostic import Mistakes
from fabula.search import engine
from fabula.search.outcome import Ambition, Budget, Limits, Step
from tests.search.random_problems import random_demand, random_limits, random_problem

SEEDS = range(2_000)
"""Always the same worlds: what is said of them can only change with what draws them."""

LITTLE = Budget(nodes=1_000, memory=2**24)
"""Some thoughts have no end."""


def traits(seed: int, limits: Limits, ambition: Ambition = "improve") -> Iterator[str]:
    """Say what makes the world of a seed worth asking about."""
    try:
        found = engine.search(random_problem(seed), limits, None, "all", LITTLE, ambition)
    except Mistakes:
        yield "breaks"
        return
    if found.plans:
        yield "story"
        if found.mistake:
            yield "story beside what breaks"
        if len(found.plans) > 1:
            yield "several stories"
        if any(_thinks_ahead(step) for plan in found.plans for step in plan.steps):
            yield "plans of several acts"


def _thinks_ahead(step: Step) -> bool:
    return any(len(reason.steps) > 1 for reason in step.explanations)


def test_enough_worlds_have_what_the_twins_are_asked_about() -> None:
    """One world in ten has a story, one in fifty breaks, and whatever else is compared is there in several."""
    found = Counter(trait for seed in SEEDS for trait in traits(seed, random_limits(seed)))
    assert found["story"] >= len(SEEDS) / 10
    assert found["breaks"] >= len(SEEDS) / 50
    kinds = ("several stories", "plans of several acts", "story beside what breaks")
    assert all(found[kind] >= 5 for kind in kinds), found


def test_enough_worlds_have_a_story_where_other_reasons_count() -> None:
    """One world in twenty has a story where only best reasons count, or plans have any length."""
    seeds = SEEDS[::5]
    found = Counter(trait for seed in seeds for trait in traits(seed, *random_demand(seed)))
    assert found["story"] >= len(seeds) / 20
