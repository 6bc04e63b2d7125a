"""Counters that need not be counted for ever: a lossless change that makes many spaces of stories finite.

Where a number is only ever raised and only ever compared with fixed numbers, all values past the last of those
numbers look alike to every condition, in the world and in every mind. So raising stops there. States that differ only in
such a value lead the same lives (they are bisimilar; Park 1981): the same acts are possible, explained and worth the same.
A trigger that does nothing but raise a number is left alone: that it would go on for ever is a mistake to be found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fabula.frozen import dataclass
from fabula.ground.expression import (
    TRUE,
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
    Comparator,
    Compare,
    Condition,
    Const,
    FluentId,
    Read,
    Thinks,
    Truth,
    Value,
    ValueExpression,
)
from fabula.ground.problem import Action, Assignment, Problem, Trigger


def finite(problem: Problem, asked: Iterable[Condition] = ()) -> Problem:
    """Let every counter rise no further than anybody looks, whoever asks included."""
    looks = looks_of(problem, asked)
    numbers = (FluentId(f) for f, fluent in enumerate(problem.fluents) if fluent.kind == "number")
    ends = {f: looks.ends[f] if f in looks.ends else _End() for f in numbers if f not in looks.otherwise}

    def effects(what: Action | Trigger) -> tuple[Assignment, ...]:
        if isinstance(what, Trigger) and not _settles(what):
            return what.effects
        return tuple(_stopped(e, ends[e.fluent]) if e.fluent in ends else e for e in what.effects)

    return replace(
        problem,
        actions=tuple(replace(act, effects=effects(act)) for act in problem.actions),
        triggers=tuple(replace(trigger, effects=effects(trigger)) for trigger in problem.triggers),
    )


def _settles(trigger: Trigger) -> bool:
    """Whether the trigger, whenever it fires, ends what it waits for: it changes something beside what it raises."""
    parts = trigger.precondition.parts if isinstance(trigger.precondition, AllOf) else (trigger.precondition,)
    awaited = {p.left: p.right for p in parts if isinstance(p, Compare) and p.operator == "=="}
    set_ = ((Read(e.fluent), e.value) for e in trigger.effects if not e.path and e.condition is TRUE)
    return any(
        isinstance(value, Const) and isinstance(awaited.get(read), Const) and value != awaited[read]
        for read, value in set_
    )


def looks_of(problem: Problem, asked: Iterable[Condition]) -> Looks:
    """Find out what a problem looks at, and who asks about it."""
    looks = Looks()
    for condition in (*_conditions(problem), *asked):
        looks.condition(condition)
    for value in (problem.utility, *problem.utilities):
        looks.value(value)
    for effect in _effects(problem):
        looks.condition(effect.condition)
        looks.assigned(effect.fluent, effect.value)
    return looks


@dataclass(slots=True)
class _End:
    """Where all that is said about a number has been decided: at `least` or above, and above `more`."""

    least: float | None = None
    more: float | None = None

    def add(self, comparator: Comparator, number: float) -> None:
        if comparator in (">=", "<"):
            self.least = number if self.least is None else max(self.least, number)
        else:
            self.more = number if self.more is None else max(self.more, number)

    def reached(self, value: ValueExpression) -> Condition:
        parts: list[Condition] = []
        if self.least is not None:
            parts.append(Compare(">=", value, Const(self.least)))
        if self.more is not None:
            parts.append(Compare(">", value, Const(self.more)))
        return AllOf(tuple(parts)) if parts else TRUE


class Looks:
    """What conditions and values look at: for every fluent the fixed values that it is compared with, and other uses."""

    def __init__(self) -> None:
        """Have seen nothing yet."""
        self.constants: dict[FluentId, dict[Value, None]] = {}
        self.ends: dict[FluentId, _End] = {}
        self.otherwise: set[FluentId] = set()

    def fluents(self) -> list[FluentId]:
        """Return every fluent that is looked at at all."""
        return sorted(self.otherwise | self.constants.keys())

    def condition(self, condition: Condition) -> None:
        """Note what a condition looks at."""
        match condition:
            case Compare(comparator, left, Const(number)) if (fluent := _fluent(left)) is not None:
                self.constants.setdefault(fluent, {})[number] = None
                if number is not None:
                    self.ends.setdefault(fluent, _End()).add(comparator, number)
            case Compare(_, left, right):
                self.value(left)
                self.value(right)
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    self.condition(part)
            case Thinks(_, inner):
                self.condition(inner)
            case Truth():
                return

    def value(self, value: ValueExpression) -> None:
        """Note a value that is used for more than a comparison with a fixed number."""
        match value:
            case Read(fluent):
                self.otherwise.add(fluent)
            case Believed(_, inner):
                self.value(inner)
            case Arithmetic(_, left, right):
                self.value(left)
                self.value(right)
            case Choice(branches, otherwise):
                for condition, chosen in branches:
                    self.condition(condition)
                    self.value(chosen)
                self.value(otherwise)
            case Const():
                return

    def assigned(self, fluent: FluentId, value: ValueExpression) -> None:
        """Note a value that is given to a fluent: it may be its own, also raised."""
        match value:
            case Choice(branches, otherwise):
                for condition, chosen in branches:
                    self.condition(condition)
                    self.assigned(fluent, chosen)
                self.assigned(fluent, otherwise)
            case _ if _raised(fluent, value) is None and _fluent(value) != fluent:
                self.value(value)


def _fluent(value: ValueExpression) -> FluentId | None:
    while isinstance(value, Believed):
        value = value.value
    return value.fluent if isinstance(value, Read) else None


def _raised(fluent: FluentId, value: ValueExpression) -> ValueExpression | None:
    """If the value is that of the fluent plus a fixed number above 0: the value before it was raised."""
    match value:
        case Arithmetic("+", left, Const(more)) | Arithmetic("+", Const(more), left):
            return left if more is not None and more > 0 and _fluent(left) == fluent else None
    return None


def _stopped(effect: Assignment, end: _End) -> Assignment:
    return replace(effect, value=_stop(effect.fluent, effect.value, end))


def _stop(fluent: FluentId, value: ValueExpression, end: _End) -> ValueExpression:
    if isinstance(value, Choice):
        branches = tuple((condition, _stop(fluent, chosen, end)) for condition, chosen in value.branches)
        return Choice(branches, _stop(fluent, value.otherwise, end))
    before = _raised(fluent, value)
    return value if before is None else Choice(((end.reached(before), before),), value)


def _conditions(problem: Problem) -> Iterator[Condition]:
    for action in problem.actions:
        yield action.precondition
        yield from action.observing
    yield from (trigger.precondition for trigger in problem.triggers)
    yield from (beat.condition for beat in problem.beats)
    yield from (mark.condition for mark in problem.marks)


def _effects(problem: Problem) -> Iterator[Assignment]:
    for action in problem.actions:
        yield from action.effects
    for trigger in problem.triggers:
        yield from trigger.effects
