"""Problems and questions as flat arrays."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence

from fabula.ground.expression import (
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Compare,
    Condition,
    Const,
    Read,
    Thinks,
    Value,
    ValueExpression,
)
from fabula.ground.problem import ActionId, Assignment, Belief, Path, Problem
from fabula.search.outcome import Ambition, Limits, Start, refuse_unknown

MAGIC = 0x0FAB01A5
VERSION = 3

_CONSTANT, _READ, _BELIEVED, _ARITHMETIC, _CHOICE, _TRUTH, _COMPARE, _ALL, _ANY, _THINKS = range(10)
_COMPARATORS = {name: code for code, name in enumerate(("==", "!=", ">=", "<=", ">", "<"))}
_OPERATORS = {name: code for code, name in enumerate(("*", "/", "+", "-"))}
_MODES = ("first", "optimal", "all", "prove", "check", "", "anywhere", "ending", "willing")


def flatten(problem: Problem) -> tuple[array[int], array[float]]:
    """Write a problem as words (32-bit integers) and the numbers that they refer to."""
    return _Writer().problem(problem)


def flatten_question(
    mode: str,
    limits: Limits,
    goal: float | None = None,
    ambition: Ambition = "improve",
    start: Start | None = None,
    asked: Sequence[Condition] = (),
    acts: Sequence[ActionId] = (),
    about: Sequence[ActionId] = (),
    keep: bool = False,
) -> tuple[array[int], array[float]]:
    """Write a question: a `Mode`, `check`, how far to look around (`Until`), or `willing`; `keep`: for tables.

    Raises ValueError for an ambition that there is not.
    """
    refuse_unknown("ambition", ambition, Ambition)
    return _Writer().question(mode, limits, goal, ambition, start, asked, acts, about, keep)


class _Writer:
    """A growing pair of arrays; every number is listed once."""

    def __init__(self) -> None:
        self._words: list[int] = []
        self._numbers = array("d")
        self._listed: dict[Value, int] = {}

    def problem(self, problem: Problem) -> tuple[array[int], array[float]]:
        add = self._words.append
        self._words += (MAGIC, VERSION, problem.character_count)
        add(len(problem.fluents))
        for fluent in problem.fluents:
            add(1 if fluent.domain is None else 0)
            add(len(fluent.domain or ()))
            for value in fluent.domain or ():
                self._number(value)
        self._start(problem.initial, problem.beliefs)
        add(len(problem.actions))
        for action in problem.actions:
            self._condition(action.precondition)
            self._effects(action.effects)
            add(len(action.consenting))
            self._words.extend(action.consenting)
            for condition in action.observing:
                self._condition(condition)
        add(len(problem.triggers))
        for trigger in problem.triggers:
            self._condition(trigger.precondition)
            self._effects(trigger.effects)
        self._value(problem.utility)
        for utility in problem.utilities:
            self._value(utility)
        self._conditions([beat.condition for beat in problem.beats])
        return array("i", self._words), self._numbers

    def question(
        self,
        mode: str,
        limits: Limits,
        goal: float | None,
        ambition: Ambition,
        start: Start | None,
        asked: Sequence[Condition],
        acts: Sequence[ActionId],
        about: Sequence[ActionId],
        keep: bool,
    ) -> tuple[array[int], array[float]]:
        limited = (max(limit, -1) for limit in (limits.author, limits.character, limits.epistemic))
        options = (ambition == "best", keep, goal is not None)
        self._words += (*limited, _MODES.index(mode), *map(int, options))
        self._number(goal or 0.0)
        self._words.append(int(start is not None))
        if start is not None:
            self._start(start.initial, start.beliefs)
        self._conditions(asked)
        self._words += (len(acts), *acts, len(about), *about)
        return array("i", self._words), self._numbers

    def _start(self, initial: Iterable[Value], beliefs: Sequence[Belief]) -> None:
        for value in initial:
            self._number(value)
        self._words.append(len(beliefs))
        for belief in beliefs:
            self._path(belief.path)
            self._words.append(belief.fluent)
            self._number(belief.value)

    def _conditions(self, conditions: Sequence[Condition]) -> None:
        self._words.append(len(conditions))
        for condition in conditions:
            self._condition(condition)

    def _number(self, value: Value) -> None:
        at = self._listed.get(value)
        if at is None:
            at = self._listed[value] = len(self._numbers)
            self._numbers.append(math.nan if value is None else value)
        self._words.append(at)

    def _path(self, path: Path) -> None:
        self._words.append(len(path))
        self._words.extend(path)

    def _effects(self, effects: Sequence[Assignment]) -> None:
        self._words.append(len(effects))
        for effect in effects:
            self._path(effect.path)
            self._words.append(effect.fluent)
            self._condition(effect.condition)
            self._value(effect.value)

    def _condition(self, condition: Condition) -> None:
        if isinstance(condition, Compare):
            self._words += (_COMPARE, _COMPARATORS[condition.operator], int(condition.entities))
            self._value(condition.left)
            self._value(condition.right)
        elif isinstance(condition, AllOf | AnyOf):
            self._words += (_ALL if isinstance(condition, AllOf) else _ANY, len(condition.parts))
            for part in condition.parts:
                self._condition(part)
        elif isinstance(condition, Thinks):
            self._words += (_THINKS, condition.character)
            self._condition(condition.condition)
        else:
            self._words += (_TRUTH, int(condition.holds))

    def _value(self, value: ValueExpression) -> None:
        if isinstance(value, Const):
            self._words.append(_CONSTANT)
            self._number(value.value)
        elif isinstance(value, Read):
            self._words += (_READ, value.fluent)
        elif isinstance(value, Believed):
            self._words += (_BELIEVED, value.character)
            self._value(value.value)
        elif isinstance(value, Arithmetic):
            self._words += (_ARITHMETIC, _OPERATORS[value.operator])
            self._value(value.left)
            self._value(value.right)
        else:
            self._words += (_CHOICE, len(value.branches))
            for condition, then in value.branches:
                self._condition(condition)
                self._value(then)
            self._value(value.otherwise)
