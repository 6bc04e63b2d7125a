"""Many stories of one world, to choose from: all that the author hopes for, and one for every other way in which things may end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from fabula.ask.inquiry import Inquiry
from fabula.ask.space import Space, explore
from fabula.frozen import dataclass
from fabula.ground.problem import Problem
from fabula.pipeline.read import Reading
from fabula.pipeline.solve import ground, page_of, roles_of, solve
from fabula.search.outcome import Budget, Limits, Outcome, Plan, Statistics, Status
from fabula.story.from_plan import Recounter
from fabula.story.story import Story

MOST = 40
"""Of each kind, so many stories are recounted and weighed: as hoped for, and otherwise."""
SEARCHED = Budget(seconds=10, nodes=1_000_000)
"""How far the search for all stories goes unless it is told."""
EXPLORED = 20_000
"""States that are looked at for other endings, for at most half as long."""


@dataclass(frozen=True, slots=True)
class Many:
    """Stories to choose from.

    `stories` end as the author hopes and were chosen from `outcome.plans`, `others` end otherwise. `different` counts the plans that are
    not the same acts in another order; `endings` the states in which stories may end otherwise. `partial` says that
    the look at those was cut short.
    """

    stories: tuple[Story, ...]
    others: tuple[Story, ...]
    outcome: Outcome
    different: int
    endings: int
    partial: bool = False

    def __str__(self) -> str:
        """Say in two sentences what was found and how much of it was weighed."""
        found, plural = len(self.outcome.plans), len(self.outcome.plans) != 1
        stopped = self.outcome.status is Status.STOPPED
        bound = (
            f"; the search was stopped, {_STOPS[self.outcome.reason]}: there may be more" if stopped else ""
        )
        orders = (
            ", the same acts in other orders"
            if self.different == 1
            else f", {self.different:,} apart from the order of acts"
        )
        kinds = orders if found > self.different else ""
        return (
            f"{found:,} {'stories end' if plural else 'story ends'} as the author hopes{kinds}"
            f"{_weighed(len(self.stories), found)}{bound}.\n{self._ways()}."
        )

    def _ways(self) -> str:
        """Say in how many other ways it may end."""
        if not self.endings:
            return (
                "No other way for it to end was found"
                if self.partial
                else "There is no other way for it to end"
            )
        least = "at least " if self.partial else ""
        ways = f"is {least}1 other way" if self.endings == 1 else f"are {least}{self.endings:,} other ways"
        return f"There {ways} for it to end{_weighed(len(self.others), self.endings)}"


_STOPS = {
    "time": "the time being up",
    "nodes": "as many states as were allowed having been visited",
    "memory": "the memory being used up",
    "interrupt": "being interrupted",
}


def _weighed(some: int, many: int) -> str:
    return f" ({some:,} of them were weighed)" if some < many else ""


def many(
    reading: Reading,
    problem: Problem | None = None,
    limits: Limits | None = None,
    goal: float | None = None,
    budget: Budget | None = None,
    progress: Callable[[Statistics], None] | None = None,
) -> Many:
    """Find stories to choose from; no `stories` if none was found that the author hopes for.

    Limits and goal are the world's unless they are given. Where the search for all stories ends before it has found one, the one that the
    search for a first story finds is taken. Raises Mistakes.
    """
    problem = problem or ground(reading.world)
    limits = limits or reading.limits
    goal = reading.goal if goal is None else goal
    budget = budget if budget and budget != Budget() else SEARCHED
    outcome = solve(problem, limits, goal, "all", budget, progress)
    if outcome.status is Status.STOPPED and not outcome.plans and outcome.reason != "interrupt":
        first = solve(problem, limits, goal, "first", budget, progress)
        outcome = replace(outcome, plans=first.plans)
    kinds = _kinds(outcome.plans)
    half = None if budget.seconds is None else budget.seconds / 2
    few = replace(budget, seconds=half, nodes=min(budget.nodes or EXPLORED, EXPLORED))
    space = explore(Inquiry(problem, limits, goal), (), few)
    ends = [place.number for place in space.endings if not space.around.is_hoped(place)]
    page, roles = page_of(reading), roles_of(reading)
    hoped, other = Recounter(problem, roles), Recounter(space.problem, roles)
    return Many(
        tuple(hoped.recount(plan, reading.name, page) for plan in islice(_in_turn(kinds), MOST)),
        tuple(other.recount(plan, reading.name, page) for plan in _courses(space, _spaced(ends))),
        outcome,
        len(kinds),
        len(ends),
        partial=not space.whole,
    )


def _kinds(plans: Sequence[Plan]) -> list[list[Plan]]:
    """Put plans together that are the same acts in another order."""
    groups: dict[frozenset[tuple[int, int]], list[Plan]] = {}
    for plan in plans:
        acts = Counter(int(step.action) for step in plan.steps)
        groups.setdefault(frozenset(acts.items()), []).append(plan)
    return list(groups.values())


def _in_turn(groups: Sequence[Sequence[Plan]]) -> Iterator[Plan]:
    """Give the first of every group, then the second of every group, and so on."""
    for row in zip_longest(*groups):
        yield from (plan for plan in row if plan is not None)


def _spaced(ends: Sequence[int]) -> list[int]:
    """Take at most so many of the endings, from all depths alike."""
    count = min(len(ends), MOST)
    return [ends[i * len(ends) // count] for i in range(count)]


def _courses(space: Space, ends: Sequence[int]) -> Iterator[Plan]:
    """Give a shortest course to each ending, with everybody's reasons."""
    for number in ends:
        yield space.plan(space.acts(number))
