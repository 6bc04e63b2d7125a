"""The stages between a world and a story: ground, solve, recount."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from fabula.ground import ground
from fabula.ground.problem import Problem
from fabula.model.expression import Variable
from fabula.pipeline.read import Reading
from fabula.search.engine import search
from fabula.search.minds.nature import Nature
from fabula.search.outcome import Budget, Limits, Mode, Outcome, Plan, Statistics
from fabula.story import from_plan
from fabula.story.from_plan import Roles
from fabula.story.story import FrontMatter, Story

__all__ = ["begin", "ground", "recount", "solve"]


def begin(problem: Problem) -> None:
    """Let the triggers of a world run once, as before any story. Raises Mistakes where they never rest, in whatever mind."""
    nature = Nature(problem)
    nature.start()
    nature.sound()


def solve(
    problem: Problem,
    limits: Limits,
    goal: float | None = None,
    mode: Mode = "first",
    budget: Budget | None = None,
    progress: Callable[[Statistics], None] | None = None,
) -> Outcome:
    """Search for stories; without a goal, for one that improves on how things stand. Raises Mistakes."""
    return search(problem, limits, goal, mode, budget, progress=progress)


def recount(reading: Reading, problem: Problem, plan: Plan) -> Story:
    """Tell what happened, to whom and why; the title page is the world's. Raises Mistakes."""
    return from_plan.recount(problem, plan, reading.name, page_of(reading), roles_of(reading))


def roles_of(reading: Reading) -> Roles:
    """Return what the author of a world calls the arguments of its actions; "" for one that stands for itself."""
    return {
        action.name: tuple(term.name if isinstance(term, Variable) else "" for term in action.signature)
        for action in reading.world.actions
    }


def page_of(reading: Reading) -> FrontMatter:
    """Return what stands before every story of a world."""
    page = reading.world.title_page
    return FrontMatter(**{field.name: getattr(page, field.name) for field in fields(page)})
