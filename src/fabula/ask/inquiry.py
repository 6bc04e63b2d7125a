"""Many questions about one world: what one of them has found out, the next one knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, partial

from fabula.ask.finite import finite
from fabula.ground.expression import Condition
from fabula.ground.problem import ActionId, Problem
from fabula.search.engine import Session
from fabula.search.minds.evaluate import Sight
from fabula.search.minds.nature import Nature
from fabula.search.minds.seen import sight
from fabula.search.minds.state import State
from fabula.search.outcome import Ambition, Limits, Plan, Start
from fabula.search.reasons import Reasons
from fabula.story.from_plan import Recounter, Recounting
from fabula.story.words import Words


class Lore:
    """A problem and limits, and all that becomes known about them.

    Behaves like a shelf of what others work with; spaces and moments of one world share one; everything on it is made when it is
    first needed, and kept.
    """

    def __init__(self, problem: Problem, limits: Limits, ambition: Ambition = "improve") -> None:
        """Know nothing yet."""
        self.problem, self.limits, self.ambition = problem, limits, ambition

    @cached_property
    def session(self) -> Session:
        """The core, which knows states and reasons."""
        return Session(self.problem)

    @cached_property
    def nature(self) -> Nature:
        """The laws, in plain Python: for whoever puts a state into words."""
        return Nature(self.problem)

    @cached_property
    def reasons(self) -> Reasons:
        """Who would do what, and why, in plain Python."""
        return Reasons(self.nature, self.limits, self.ambition)

    @cached_property
    def recounter(self) -> Recounter:
        """Who tells plans as stories."""
        return Recounter(self.problem, nature=self.nature)

    @cached_property
    def words(self) -> Words:
        """The names of facts, values and entities."""
        return Words(self.problem)

    def first(self, start: Start | None = None) -> State:
        """Return the state in which stories begin, or would if they began elsewhere."""
        return self.nature.start() if start is None else self.nature.start_from(start.initial, start.beliefs)

    def states(self, plan: Plan, start: Start | None = None) -> list[Sight]:
        """Return the states along a plan, before and after each act."""
        acts = [step.action for step in plan.steps]
        tables = self.session.follow(acts, self.limits, start=start)

        def whole(acts: Iterable[ActionId]) -> State:
            state = self.first(start)
            for action in acts:
                state = self.nature.after(state, action)
            return state

        return [sight(tables, n, partial(whole, acts[:n])) for n in range(len(acts) + 1)]


class Inquiry:
    """A world about which many questions are asked, within the same limits and with the same hope.

    Behaves like somebody who remembers: every question of `ask` is put to one, and is quick if what it needs has turned up before; that
    changes no answer. Questions that begin elsewhere (what-ifs) want the problem grounded for any start (see `ground`).
    """

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        goal: float | None = None,
        asked: Iterable[Condition] = (),
    ) -> None:
        """Ask about a problem. `goal` is the author's utility that a story must reach (default: as in `search`).

        `asked` are conditions that somebody is going to look at in its spaces: counters rise as far as they look.
        """
        self.problem, self.limits, self.goal = problem, limits, goal
        self._asked = tuple(asked)
        self.lore = Lore(problem, limits)
        self._bounded: dict[tuple[Condition, ...], Lore] = {}
        self._told: tuple[Plan, Start | None, Recounting] | None = None

    def bounded(self, asked: Iterable[Condition] = ()) -> Lore:
        """Return what is known if counters rise no further than the world looks, or whoever asks (see `finite`)."""
        conditions = tuple(asked)
        if conditions not in self._bounded:
            problem = finite(self.problem, (*self._asked, *conditions))
            known = (self.lore, *self._bounded.values())
            same = (lore for lore in known if lore.problem == problem)
            self._bounded[conditions] = next(same, None) or Lore(problem, self.limits)
        return self._bounded[conditions]

    def told(self, plan: Plan, start: Start | None = None) -> Recounting:
        """Return a plan as a story that is told event by event; the last one that was asked for is kept."""
        if self._told is None or self._told[0] is not plan or self._told[1] != start:
            told = self.lore.recounter.recounting(plan, self.lore.states(plan, start))
            self._told = plan, start, told
        return self._told[2]
