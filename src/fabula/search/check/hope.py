"""What could at best become of things: rules out plans early, never one that could be.

Every thing keeps all values that it ever had or got (delete relaxation, Bonet & Geffner 2001), and whatever
depends on a belief is taken to come out either way. Without it the brute force of `motive` would walk
every world to its end.
"""

from __future__ import annotations

from collections.abc import Iterable

from fabula.ground.expression import (
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
    Compare,
    Condition,
    Const,
    EntityId,
    Read,
    Thinks,
    Truth,
    Value,
    ValueExpression,
)
from fabula.ground.problem import Action, ActionId, Problem, Trigger
from fabula.search.check.sight import BrokenError, calculated, compared

Many = frozenset[Value] | None
"""The values that something might have; None: any."""

Outlook = tuple[Many, ...]
"""The values that each fluent might have."""

TOO_MANY = 100
"""Beyond so many possible values anything is held possible."""


class Hopes:
    """Answers what might be worth how much after some acts, from the values of a state alone."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._chosen = [action for action in problem.actions if action.consenting]
        self._outlooks: dict[tuple[Value, ...], list[Outlook]] = {}
        self._worth: dict[tuple[tuple[Value, ...], EntityId, int], Many] = {}

    def after(self, values: tuple[Value, ...], who: EntityId, acts: int) -> Many:
        """Return what a state might be worth to a character after so many acts that somebody chooses."""
        key = values, who, acts
        if key not in self._worth:
            outlooks = self._outlooks.setdefault(values, [self._at_rest(_outlook(values))])
            while len(outlooks) <= acts and (len(outlooks) < 2 or outlooks[-1] != outlooks[-2]):
                outlooks.append(self._at_rest(_widened(outlooks[-1], self._chosen)))
            self._worth[key] = worths(self._problem.utilities[who], outlooks[min(acts, len(outlooks) - 1)])
        return self._worth[key]

    def along(self, values: tuple[Value, ...], acts: Iterable[ActionId], who: EntityId | None) -> Many:
        """Return what a state might be worth after some of the acts, done in this order."""
        outlook = _outlook(values)
        for action in acts:
            outlook = self._at_rest(_widened(outlook, [self._problem.actions[action]]))
        return worths(self._problem.utility if who is None else self._problem.utilities[who], outlook)

    def _at_rest(self, outlook: Outlook) -> Outlook:
        """Let the triggers do whatever they might."""
        while (wider := _widened(outlook, self._problem.triggers)) != outlook:
            outlook = wider
        return outlook


def _outlook(values: tuple[Value, ...]) -> Outlook:
    """Return a state as it is."""
    return tuple(frozenset({value}) for value in values)


def _widened(outlook: Outlook, happenings: Iterable[Action | Trigger]) -> Outlook:
    """Add what might happen."""
    wider = list(outlook)
    for happening in happenings:
        if may(happening.precondition, outlook):
            for effect in happening.effects:
                if not effect.path and may(effect.condition, outlook):
                    wider[effect.fluent] = _either(wider[effect.fluent], worths(effect.value, outlook))
    return tuple(wider)


def _either(one: Many, other: Many) -> Many:
    """Return the values of both."""
    if one is None or other is None or len(one | other) > TOO_MANY:
        return None
    return one | other


def may(condition: Condition, outlook: Outlook) -> bool:
    """Tell whether a condition might hold."""
    match condition:
        case Truth(true):
            return true
        case Thinks():
            return True
        case AllOf(parts):
            return all(may(part, outlook) for part in parts)
        case AnyOf(parts):
            return any(may(part, outlook) for part in parts)
        case Compare(operator, left, right):
            one, other = worths(left, outlook), worths(right, outlook)
            return one is None or other is None or any(compared(operator, a, b) for a in one for b in other)


def worths(expression: ValueExpression, outlook: Outlook) -> Many:
    """Return what an expression might be worth."""
    match expression:
        case Const(fixed):
            return frozenset({fixed})
        case Read(fluent):
            return outlook[fluent]
        case Believed():
            return None
        case Choice(branches, otherwise):
            found = worths(otherwise, outlook)
            for condition, result in branches:
                found = _either(found, worths(result, outlook)) if may(condition, outlook) else found
            return found
        case Arithmetic(_, left, right):
            one, other = worths(left, outlook), worths(right, outlook)
            if one is None or other is None or len(one) * len(other) > TOO_MANY:
                return None
            return frozenset(_results(expression, one, other))


def _results(sum_: Arithmetic, one: frozenset[Value], other: frozenset[Value]) -> Iterable[Value]:
    """Yield what a calculation might come to, divisions by zero left aside."""
    for a in one:
        for b in other:
            try:
                yield calculated(sum_.operator, a, b)
            except BrokenError:
                continue
