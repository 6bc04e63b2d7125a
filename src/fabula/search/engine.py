"""The search that is used: the native core, and the reference search for what the core leaves to it.

The core answers the same questions as `reference` and agrees with it; what it does not do (reasons beyond the reach of its
numbers) it says at once, and the reference does it.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from fabula import _core
from fabula.diagnostics.diagnostic import Diagnostic, Label, Mistakes
from fabula.ground.expression import Condition
from fabula.ground.problem import Beat, Problem
from fabula.search import reference
from fabula.search import spread as around
from fabula.search.leaving import Beyond, Branch, Going, Leaver, Leaving, PlainLeaver
from fabula.search.minds.nature import Nature
from fabula.search.outcome import Ambition, Budget, Limits, Mode, Outcome, Statistics, Status
from fabula.search.reach import Reach
from fabula.search.reasons import worth
from fabula.search.seam import VERSION, flatten, unflatten, unflatten_leaving, unflatten_spread
from fabula.search.spread import Spread, Until

_MODES: dict[str, int] = {"first": 0, "optimal": 1, "all": 2}
_DIVISION, _CONTRADICTION, _ENDLESS, _BEYOND = 2, 3, 4, 5
_ACT, _TRIGGER, _UTILITY = 1, 2, 3
_UNTIL: dict[Until, int] = {"": 0, "anywhere": 1, "ending": 2}


def search(
    problem: Problem,
    limits: Limits,
    goal: float | None = None,
    mode: Mode = "first",
    budget: Budget | None = None,
    ambition: Ambition = "improve",
    progress: reference.Progress | None = None,
) -> Outcome:
    """Find stories that reach the goal (default: a whole step above the author's utility at the start).

    Raises Mistakes where the world divides by zero, contradicts itself or never comes to rest. Ctrl-C
    ends the search with the status STOPPED and what was found.
    """
    budget = budget or Budget()
    if limits.author == 0:  # no story at all; the definition says what the limit hides
        return reference.search(problem, limits, goal, mode, budget, ambition, progress)
    words, numbers = _solve(problem, limits, goal, mode, budget, ambition, progress)
    if words[0] != VERSION:
        raise RuntimeError("the native core is of another version; build fabula again")
    if words[1] == _BEYOND:
        return reference.search(problem, limits, goal, mode, budget, ambition, progress)
    if words[1]:
        raise Mistakes(_worded(problem, *words[1:5]))
    outcome = unflatten(words, numbers)
    return outcome if outcome.status is not Status.LIMITS else _limited(problem, goal, outcome)


def _limited(problem: Problem, goal: float | None, outcome: Outcome) -> Outcome:
    """Say `impossible` where no limit is to blame: the hope is out of reach whoever does what.

    The core then looked at no state of a story, only at states cut down to what the hope rests on; those are counted.
    """
    if goal is None:
        start = Nature(problem).start()
        goal = reference.default_goal(worth(problem.utility, "the author")(start))
    if Reach(problem).reaches(goal):
        return outcome
    seen = outcome.statistics
    searched = replace(seen, visited=max(seen.visited, seen.generated))
    return replace(outcome, status=Status.IMPOSSIBLE, statistics=searched)


def spread(
    problem: Problem,
    limits: Limits,
    asked: Sequence[Condition] = (),
    goal: float | None = None,
    budget: Budget | None = None,
    until: Until = "",
    progress: reference.Progress | None = None,
) -> Spread:
    """Look at every course of events within the limits, shortest first; `search.spread` says what comes back.

    Raises Mistakes where the world divides by zero, contradicts itself or never comes to rest.
    """
    budget = budget or Budget()
    asked_instead = replace(problem, beats=tuple(Beat("", condition) for condition in asked))
    flat, numbers = flatten(asked_instead)
    author, character, epistemic = (max(limit, -1) for limit in _numbers(limits))
    options = array("i", (author, character, epistemic, _UNTIL[until], int(goal is not None)))
    words, found = _core.spread(
        flat,
        numbers,
        options,
        goal or 0.0,
        budget.seconds or 0.0,
        budget.nodes or 0,
        budget.memory or 0,
        None if progress is None else _teller(progress),
    )
    if words[1] == _BEYOND:
        return around.spread(problem, limits, asked, goal, budget, until, progress)
    if words[1]:
        raise Mistakes(_worded(problem, *words[1:5]))
    return unflatten_spread(words, found)


def _numbers(limits: Limits) -> tuple[int, int, int]:
    return limits.author, limits.character, limits.epistemic


def _solve(
    problem: Problem,
    limits: Limits,
    goal: float | None,
    mode: Mode,
    budget: Budget,
    ambition: Ambition,
    progress: reference.Progress | None,
) -> tuple[Sequence[int], Sequence[float]]:
    flat, numbers = flatten(problem)
    options = (
        max(limits.author, -1),
        max(limits.character, -1),
        max(limits.epistemic, -1),
        _MODES[mode],
        int(ambition == "best"),
        int(goal is not None),
    )
    return _core.solve(
        flat,
        numbers,
        array("i", options),
        goal or 0.0,
        budget.seconds or 0.0,
        budget.nodes or 0,
        budget.memory or 0,
        None if progress is None else _teller(progress),
    )


def leaver(problem: Problem, limits: Limits, asked: Sequence[Condition] = (), plain: bool = False) -> Leaver:
    """Return who knows what can happen at places of a problem; with `plain`, the one that is never beyond its means.

    Digests of the two differ: who has begun with one must go on with it.
    """
    if plain or limits.character < 0:
        return PlainLeaver(problem, limits, asked)
    return _NativeLeaver(problem, limits, asked)


class _NativeLeaver:
    """Leaves places with the native core."""

    def __init__(self, problem: Problem, limits: Limits, asked: Sequence[Condition]) -> None:
        self._problem = problem
        asked_instead = replace(problem, beats=tuple(Beat("", condition) for condition in asked))
        flat, numbers = flatten(asked_instead)
        self._core = _core.Leaver(flat, numbers, array("i", (limits.character, max(limits.epistemic, -1))))

    def leave(
        self, tree: Sequence[Branch], places: Sequence[int], budget: Budget, going: Going | None = None
    ) -> Leaving:
        asked = array("i", (len(tree) + 1, *chain.from_iterable(tree), *places))
        words, numbers = self._core.leave(asked, budget.seconds or 0.0, budget.memory or 0, going)
        if words[0] != VERSION:
            raise RuntimeError("the native core is of another version; build fabula again")
        if words[1] == _BEYOND:
            raise Beyond
        if words[1]:
            raise Mistakes(_worded(self._problem, *words[1:5]))
        return unflatten_leaving(words, numbers, self._problem.character_count)


class _teller:  # noqa: N801 - used as a function
    """Tells progress about once a second; the core calls it far more often."""

    def __init__(self, progress: reference.Progress) -> None:
        self._progress = progress
        self._began = self._told = time.monotonic()

    def __call__(self) -> bool:
        now = time.monotonic()
        if now - self._told > 1:
            self._told = now
            self._progress(Statistics(seconds=now - self._began))
        return True


def _worded(problem: Problem, fault: int, culprit: int, which: int, fluent: int) -> Diagnostic:
    """Word a mistake that the core found in the world."""
    what = (
        problem.actions[which]
        if culprit == _ACT
        else problem.triggers[which]
        if culprit == _TRIGGER
        else None
    )
    labels = (Label(what.span),) if what is not None and what.span else ()
    if fault == _DIVISION and what is None:
        whose = "the author" if culprit != _UTILITY or which < 0 else problem.entities[which]
        return Diagnostic("error", "division-by-zero", f"the utility of {whose} divides by zero")
    if fault == _DIVISION:
        return Diagnostic("error", "division-by-zero", f"`{what}` divides by zero", labels)
    if fault == _CONTRADICTION:
        return Diagnostic(
            "error",
            "contradictory-effect",
            f"`{what}` gives `{problem.fluents[fluent]}` two different values at once",
            labels,
            hints=("put the two assignments under conditions that cannot both hold",),
        )
    if fault == _ENDLESS:
        return Diagnostic(
            "error",
            "endless-triggers",
            f"triggers never come to rest: `{what}` fires again and again",
            labels,
            hints=("give the trigger a condition that its own effect makes false",),
        )
    raise RuntimeError(f"the native core does not understand the problem (code {fault})")
