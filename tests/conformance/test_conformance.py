"""Every world of the conformance collection gets exactly the stories that its table lists.

The collection lies beside the clone, in `../shared/conformance`: worlds as text and `expected.json`. It is no part of the
project; without it these tests are skipped.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground import ground
from fabula.ground.problem import Problem
from fabula.language.parse import parse
from fabula.language.tree import Tree
from fabula.model.from_tree import resolve
from fabula.search import engine, reference
from fabula.search.outcome import Limits, Mode, Outcome, Plan, Status

FOLDER = Path(__file__).parents[2].parent / "shared" / "conformance"
TABLE = FOLDER / "expected.json"

pytestmark = pytest.mark.skipif(not TABLE.exists(), reason="no ../shared/conformance beside the clone")


@dataclass(frozen=True)
class Case:
    """One line of the table: a world, a goal, limits, and what is expected."""

    world: str
    number: int
    expected: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.world}-{self.number}"

    @property
    def limits(self) -> Limits:
        """The limits of the case."""
        names = ("author_limit", "character_limit", "epistemic_limit")
        return Limits(*(self.expected[name] for name in names))


def cases() -> list[Case]:
    """Read the table."""
    if not TABLE.exists():
        return []
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    return [Case(world, i, case) for world, found in table.items() for i, case in enumerate(found)]


def load(path: str, source: str) -> Tree:
    """Refuse imports: the worlds of the collection have none."""
    raise FileNotFoundError(path, source)


@cache
def problem(world: str) -> Problem:
    """Read and ground a world of the collection."""
    text = (FOLDER / f"{world}.txt").read_text(encoding="utf-8")
    return ground(resolve(parse(text, f"{world}.txt"), load)[0])


def ask(case: Case, mode: Mode, searcher: ModuleType) -> Outcome:
    """Search the world of a case."""
    found: Outcome = searcher.search(problem(case.world), case.limits, case.expected["goal"], mode)
    return found


def acts(case: Case, plan: Plan) -> list[str]:
    """Write a plan as the table does."""
    return [str(problem(case.world).actions[step.action]) for step in plan.steps]


WORKING = [case for case in cases() if not case.expected.get("mistake")]
REFUSED = [case for case in cases() if case.expected.get("mistake")]


both = pytest.mark.parametrize("searcher", [reference, engine], ids=["reference", "engine"])


@both
@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_a_world_that_makes_no_sense_is_refused(case: Case, searcher: ModuleType) -> None:
    """A mistake of the author's ends in a message, when the world is read or at the latest when it runs."""
    with pytest.raises(Mistakes):
        ask(case, "all", searcher)


@both
@pytest.mark.parametrize("case", WORKING, ids=str)
def test_all_stories_within_the_limits_are_found_and_no_others(case: Case, searcher: ModuleType) -> None:
    """The stories within the limits are those of the table: how many, and which are the shortest."""
    outcome = ask(case, "all", searcher)
    plans = sorted((acts(case, plan) for plan in outcome.plans), key=lambda plan: (len(plan), plan))
    assert (outcome.status is Status.SOLVED) == case.expected["solvable"]
    assert len(plans) == case.expected["number_of_plans"]
    shortest = [plan for plan in plans if len(plan) == case.expected["shortest_length"]]
    assert shortest == sorted(case.expected["shortest_plans"])
    assert not plans or len(plans[0]) == case.expected["shortest_length"]


@both
@pytest.mark.parametrize("case", WORKING, ids=str)
def test_the_optimal_story_is_a_shortest_one(case: Case, searcher: ModuleType) -> None:
    """Asked for a shortest story, the search gives one of the shortest in the table, or none where there is none."""
    outcome = ask(case, "optimal", searcher)
    assert (outcome.status is Status.SOLVED) == case.expected["solvable"]
    assert [acts(case, plan) for plan in outcome.plans] in [
        [plan] for plan in case.expected["shortest_plans"]
    ] or (not outcome.plans and not case.expected["solvable"])


@both
@pytest.mark.parametrize("case", WORKING, ids=str)
def test_any_story_is_a_story(case: Case, searcher: ModuleType) -> None:
    """Asked for any story, the search finds one exactly where there is one."""
    outcome = ask(case, "first", searcher)
    assert (outcome.status is Status.SOLVED) == case.expected["solvable"]
