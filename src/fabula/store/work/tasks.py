"""Pieces of work, each a function of what it is given: to be done here or on any machine, once or twice."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.search import engine
from fabula.search.leaving import Branch, Leaver, Leaving
from fabula.search.outcome import Budget, Going
from fabula.store.record import Looked

_remembered: dict[tuple[str, object, bool], Leaver] = {}
"""The leaver of the world that this process was last asked about: what it remembers saves time and changes nothing."""


def leave(
    at: Looked,
    plain: bool,
    tree: Sequence[Branch],
    places: Sequence[int],
    budget: Budget,
    going: Going | None,
) -> Leaving:
    """Find out what can happen at places. Where memory runs out, all that was remembered is forgotten first. Raises as Leaver does."""
    key = (at.mark, at.limits, plain)
    fresh = key not in _remembered
    answer = _leaver(at, plain).leave(tree, places, budget, going)
    if answer.stopped == "memory":
        _remembered.clear()
        if not fresh and not answer.left:
            return _leaver(at, plain).leave(tree, places, budget, going)
    return answer


def _leaver(at: Looked, plain: bool) -> Leaver:
    key = (at.mark, at.limits, plain)
    if key not in _remembered:
        _remembered.clear()
        _remembered[key] = engine.leaver(at.problem, at.limits, at.asked, plain)
    return _remembered[key]
