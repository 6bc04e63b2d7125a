"""Follows a printed plan act by act and reason by reason, and believes nothing."""

from __future__ import annotations

from math import ceil
from typing import NoReturn

from fabula.ground.expression import EntityId, Value
from fabula.ground.problem import ActionId, Problem
from fabula.search.check.acting import Stage, depth_read
from fabula.search.check.mind import BlindError, Portrait
from fabula.search.check.motive import Motives, Whose, improves
from fabula.search.check.sight import BrokenError
from fabula.search.check.verdict import Kind, RejectedError, Verdict
from fabula.search.outcome import Ambition, Explanation, Limits, Plan, Step

Where = tuple[int, ...]
"""Indices that lead to a part of a plan, as in `Verdict.path`."""

DEEPEST = 100
"""States are never cut deeper than this many levels of belief."""


def check(
    problem: Problem, plan: Plan, limits: Limits, goal: float | None = None, ambition: Ambition = "improve"
) -> Verdict:
    """Tell whether a plan, with its reasons, is a story of the problem within the limits, and if not, why.

    `goal` is the utility that the author asks for (default: a whole step above the start). Raises nothing:
    a plan in which the world breaks gets the verdict `mistake`. Where characters plan without limit, reasons
    are looked for under limits of up to ENDLESS acts (and of what is printed).
    """
    levels = depth_read(problem) + 2
    while levels < DEEPEST:
        try:
            return _Checker(problem, limits, ambition, levels).story(plan, goal)
        except RejectedError as rejected:
            return rejected.verdict
        except BrokenError as broken:
            return Verdict(False, "mistake", (), str(broken))
        except BlindError:
            levels *= 2
    return Verdict(False, "too-deep", (), "more beliefs about beliefs would be needed than can be followed")


class _Checker:
    """Holds what a check needs to know; each method raises RejectedError at what it finds wrong."""

    def __init__(self, problem: Problem, limits: Limits, ambition: Ambition, levels: int) -> None:
        self._problem, self._limits, self._ambition, self._levels = problem, limits, ambition, levels
        self._stage = Stage(problem)
        self._motives = Motives(self._stage, limits, ambition)

    # --- the whole ---

    def story(self, plan: Plan, goal: float | None) -> Verdict:
        """Check a story and return the verdict if it is valid."""
        author = Whose(None, 0, self._limits.character)
        self._length(plan.steps, self._limits.author, "the story", ())
        start = self._stage.start(self._levels)
        states = self._followed(plan.steps, start, author, ())
        self._ending(plan, states, goal)
        self._economy(plan.steps, states, author, ())
        return Verdict(True)

    def _ending(self, plan: Plan, states: list[Portrait], goal: float | None) -> None:
        """Check that a story ends as it says, high enough, with all beats met."""
        author = Whose(None, 0, self._limits.character)
        first, last = (self._motives.utility(state, None) for state in (states[0], states[-1]))
        if plan.utility != last:
            _reject("claim", (), f"the story says it ends at {_told(plan.utility)}, it ends at {_told(last)}")
        if goal is None and first is not None:
            goal = first + 1 if first == int(first) else float(ceil(first))
        if not improves(last, first) or goal is None or last is None or last < goal:
            _reject(
                "goal", (), f"it ends at {_told(last)}; it began at {_told(first)}, the goal is {_told(goal)}"
            )
        met = self._motives.beats_met(tuple(states), author)[-1]
        if met < len(self._problem.beats):
            _reject("beats", (), f"the story never comes to the beat `{self._problem.beats[met].name}`")

    def _reason(
        self, reason: Explanation, mind: Portrait, action: ActionId, whose: Whose, where: Where
    ) -> None:
        """Check one explanation of an act, whose owner believes in `mind`; it need be one under one limit only."""
        rejected: list[RejectedError] = []
        for bounded in self._motives.bounded(whose, len(reason.steps)):
            try:
                return self._reason_within(reason, mind, action, bounded, where)
            except RejectedError as error:
                rejected.append(error)
        raise rejected[0]

    def _reason_within(
        self, reason: Explanation, mind: Portrait, action: ActionId, whose: Whose, where: Where
    ) -> None:
        """Do the same within a limit that is a number."""
        assert whose.owner is not None
        who = self._name(whose.owner)
        self._length(reason.steps, self._motives.length(whose), f"the plan of {who}", where)
        if reason.steps[0].action != action or reason.steps[0].explanations:
            _reject("stray", where, f"the plan of {who} does not simply begin with {self._act(action)}")
        states = self._followed(reason.steps, mind, whose, where)
        before, after = (self._motives.utility(state, whose.owner) for state in (mind, states[-1]))
        if (reason.before, reason.after) != (before, after):
            told = f"{_told(reason.before)} to {_told(reason.after)}"
            real = f"{_told(before)} to {_told(after)}"
            _reject("claim", where, f"the plan of {who} is said to lead from {told}, it leads from {real}")
        if not improves(after, before):
            _reject("no-gain", where, f"{who} gains nothing: {_told(before)} before, {_told(after)} after")
        self._economy(reason.steps, states, whose, where)
        if self._ambition == "best" and self._motives.best(mind, whose) != after:
            best = _told(self._motives.best(mind, whose))
            _reject("not-best", where, f"{who} ends at {_told(after)} and could hope for {best}")

    # --- act by act ---

    def _length(self, steps: tuple[Step, ...], limit: int, what: str, where: Where) -> None:
        """Check that there are acts, and not too many."""
        if not steps:
            _reject("empty", where, f"{what} has no acts")
        if 0 <= limit < len(steps):
            _reject("too-long", (*where, limit), f"{what} has {len(steps)} acts, {limit} are allowed")

    def _followed(
        self, steps: tuple[Step, ...], start: Portrait, whose: Whose, where: Where
    ) -> list[Portrait]:
        """Check every act of a plan and the reasons for it; return the states before, between and after."""
        states = [start]
        for index, step in enumerate(steps):
            here = (*where, index)
            self._possible(step, states[-1], whose, here)
            if index or whose.owner is None:
                self._consent(step, states[-1], whose, here)
            states.append(self._done(step, states[-1], here))
        return states

    def _possible(self, step: Step, mind: Portrait, whose: Whose, where: Where) -> None:
        """Check that an act exists, is one that its owner may count on, and can be done."""
        if not 0 <= step.action < len(self._problem.actions):
            _reject("unknown-act", where, f"there is no act number {step.action}")
        if whose.owner is not None and not self._problem.actions[step.action].consenting:
            _reject("nobody", where, f"nobody chooses {self._act(step.action)}, so nobody counts on it")
        if not self._stage.possible(mind, step.action):
            believed = "" if whose.owner is None else f", as {self._name(whose.owner)} sees it"
            _reject("impossible", where, f"{self._act(step.action)} is not possible there{believed}")

    def _done(self, step: Step, mind: Portrait, where: Where) -> Portrait:
        """Return the state after an act."""
        try:
            return self._stage.after(mind, step.action)
        except BrokenError as broken:
            raise RejectedError("mistake", where, f"{self._act(step.action)}: {broken}") from broken

    def _consent(self, step: Step, mind: Portrait, whose: Whose, where: Where) -> None:
        """Check that all who consent to an act have a reason, and nobody else, and check each."""
        given = [reason.character for reason in step.explanations]
        index = where[-1]
        for belief, hers in self._motives.asks(mind, step.action, whose, index):
            assert hers.owner is not None
            if hers.owner not in given:
                _reject(
                    "unexplained",
                    where,
                    f"{self._name(hers.owner)} has no reason for {self._act(step.action)}",
                )
            place = given.index(hers.owner)
            self._reason(step.explanations[place], belief, step.action, hers, (*where, place))
        for place, who in enumerate(given):
            if who in given[:place] or who not in self._problem.actions[step.action].consenting:
                _reject("stray", (*where, place), "a reason that nobody has to give")

    def _economy(self, steps: tuple[Step, ...], states: list[Portrait], whose: Whose, where: Where) -> None:
        """Check rules 5 and 6: nothing in a plan is needless."""
        acts, path = tuple(step.action for step in steps), tuple(states)
        early = self._motives.early(path, whose)
        if early is not None:
            _reject(
                "early", (*where, early), f"before {self._act(acts[early])} it stood as well as at the end"
            )
        if self._motives.needless(acts, path, whose):
            _reject("needless", where, "some of its acts can be left out, and it ends as well")

    # --- words ---

    def _act(self, action: ActionId) -> str:
        """Return an act as an author writes it."""
        return f"`{self._problem.actions[action]}`"

    def _name(self, who: EntityId) -> str:
        """Return a character's name."""
        return self._problem.entities[who]


def _reject(kind: Kind, where: Where, reason: str) -> NoReturn:
    """End the check."""
    raise RejectedError(kind, where, reason)


def _told(utility: Value) -> str:
    """Return a utility as an author writes it."""
    return "?" if utility is None else f"{utility:g}"
