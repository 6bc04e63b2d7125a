"""What the core finds wrong, in words."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.ground.problem import Problem
from fabula.search.minds.mistakes import ASKED, Culprit, contradiction, division, endless
from fabula.search.outcome import Beyond
from fabula.search.seam.problem import VERSION

_DIVISION, _CONTRADICTION, _ENDLESS, _BEYOND = 2, 3, 4, 5
_ACT, _TRIGGER, _UTILITY = 1, 2, 3
_HEAD = 5


def what_broke(problem: Problem, words: Sequence[int]) -> Diagnostic | None:
    """Return what broke on the way to an answer. Raises it as Mistakes if there is no answer; Beyond."""
    version, fault, culprit, which, fluent = words[:_HEAD]
    if version != VERSION:
        raise RuntimeError("the native core is of another version; build fabula again")
    if fault == _BEYOND:
        raise Beyond
    mistake = _worded(problem, fault, culprit, which, fluent) if fault else None
    if mistake and len(words) == _HEAD:
        raise Mistakes(mistake)
    return mistake


def _worded(problem: Problem, fault: int, culprit: int, which: int, fluent: int) -> Diagnostic:
    """Word a mistake that the core found in the world."""
    what = _culprit(problem, culprit, which)
    if fault == _DIVISION:
        return division(what)
    if fault == _CONTRADICTION:
        return contradiction(what, problem.fluents[fluent])
    if fault == _ENDLESS:
        return endless(what)
    raise RuntimeError(f"the native core does not understand the problem (code {fault})")


def _culprit(problem: Problem, culprit: int, which: int) -> Culprit:
    if culprit == _ACT:
        return problem.actions[which]
    if culprit == _TRIGGER:
        return problem.triggers[which]
    if culprit == _UTILITY:
        return f"the utility of {problem.entities[which] if which >= 0 else 'the author'}"
    return ASKED
