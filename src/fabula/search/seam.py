"""Problem to flat arrays, and flat arrays to Outcome: the two languages of docs/seam.md.

| here | in the core |
|---|---|
| `Problem` | `Problem` (native/core/problem/problem.hpp) |
| `Condition`, `ValueExpression` | `Term` |
| `Explanation` | `Reason` |
| `Plan` | `Story` |
"""

from __future__ import annotations

import math
import struct
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice

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
    FluentId,
    Read,
    Thinks,
    Truth,
    Value,
    ValueExpression,
)
from fabula.ground.problem import ActionId, Assignment, Path, Problem
from fabula.search.leaving import Leaving, Left, Met
from fabula.search.outcome import Explanation, Outcome, Plan, Statistics, Status, Step
from fabula.search.spread import Place, Spread, Turn

MAGIC = 0x0FAB01A5
VERSION = 1

_CONSTANT, _READ, _BELIEVED, _ARITHMETIC, _CHOICE, _TRUTH, _COMPARE, _ALL, _ANY, _THINKS = range(10)
_COMPARATORS = {name: code for code, name in enumerate(("==", "!=", ">=", "<=", ">", "<"))}
_OPERATORS = {name: code for code, name in enumerate(("*", "/", "+", "-"))}
_STATUS = (Status.SOLVED, Status.IMPOSSIBLE, Status.LIMITS, Status.STOPPED)
_REASONS = ("", "time", "nodes", "memory", "interrupt", "nodes")


def flatten(problem: Problem) -> tuple[array[int], array[float]]:
    """Write a problem as words (32-bit integers) and the numbers that they refer to."""
    return _Writer().problem(problem)


class _Writer:
    """A growing pair of arrays; every number is listed once."""

    def __init__(self) -> None:
        self._words: list[int] = [MAGIC, VERSION]
        self._numbers = array("d")
        self._listed: dict[Value, int] = {}

    def problem(self, problem: Problem) -> tuple[array[int], array[float]]:
        add = self._words.append
        add(problem.character_count)
        add(len(problem.fluents))
        for fluent in problem.fluents:
            add(1 if fluent.domain is None else 0)
            add(len(fluent.domain or ()))
            for value in fluent.domain or ():
                self._number(value)
        for start in problem.initial:
            self._number(start)
        add(len(problem.beliefs))
        for belief in problem.beliefs:
            self._path(belief.path)
            add(belief.fluent)
            self._number(belief.value)
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
        add(len(problem.beats))
        for beat in problem.beats:
            self._condition(beat.condition)
        return array("i", self._words), self._numbers

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
        add = self._words.append
        match condition:
            case Truth(holds):
                add(_TRUTH)
                add(int(holds))
            case Compare(operator, left, right, entities):
                add(_COMPARE)
                add(_COMPARATORS[operator])
                add(int(entities))
                self._value(left)
                self._value(right)
            case AllOf(parts) | AnyOf(parts):
                add(_ALL if isinstance(condition, AllOf) else _ANY)
                add(len(parts))
                for part in parts:
                    self._condition(part)
            case Thinks(character, inner):
                add(_THINKS)
                add(character)
                self._condition(inner)

    def _value(self, value: ValueExpression) -> None:
        add = self._words.append
        match value:
            case Const(fixed):
                add(_CONSTANT)
                self._number(fixed)
            case Read(fluent):
                add(_READ)
                add(fluent)
            case Believed(character, inner):
                add(_BELIEVED)
                add(character)
                self._value(inner)
            case Arithmetic(operator, left, right):
                add(_ARITHMETIC)
                add(_OPERATORS[operator])
                self._value(left)
                self._value(right)
            case Choice(branches, otherwise):
                add(_CHOICE)
                add(len(branches))
                for condition, then in branches:
                    self._condition(condition)
                    self._value(then)
                self._value(otherwise)


def unflatten(words: Sequence[int], numbers: Sequence[float]) -> Outcome:
    """Read an answer. The words begin with the version and a zero: mistakes are the caller's."""
    status, stop, visited, generated, _peak, count = words[2:8]
    left, values = iter(words[8:]), iter(numbers)
    statistics = Statistics(visited, generated, next(values))
    plans = tuple(_plan(left, values) for _ in range(count))
    return Outcome(_STATUS[status], plans, statistics, _REASONS[stop])


def unflatten_spread(words: Sequence[int], numbers: Sequence[float]) -> Spread:
    """Read a look around. The words begin with the version and a zero: mistakes are the caller's."""
    cut, short, stop, found, count = words[2:7]
    left, values = iter(words[7:]), iter(numbers)
    seconds, goal = next(values), next(values)
    places = tuple(_place(number, left, values) for number in range(count))
    return Spread(places, goal, bool(cut), bool(short), "found" if found else _REASONS[stop], seconds)


def _place(number: int, words: Iterator[int], numbers: Iterator[float]) -> Place:
    depth, before, act, is_open, count = islice(words, 5)
    turns = tuple(Turn(ActionId(next(words)), next(words)) for _ in range(count))
    refused = tuple(map(ActionId, islice(words, next(words))))
    holds = frozenset(islice(words, next(words)))
    came = None if before < 0 else (before, ActionId(act))
    return Place(number, depth, came, turns, refused, bool(is_open), holds, _worth(numbers))


def unflatten_leaving(words: Sequence[int], numbers: Sequence[float], characters: int) -> Leaving:
    """Read what can happen at places. The words begin with the version and a zero: mistakes are the caller's."""
    left, values = iter(words[3:]), iter(numbers)
    places = tuple(_left(left) for _ in range(next(left)))
    met = tuple(_met(left, values, characters) for _ in range(next(left)))
    return Leaving(places, met, _REASONS[words[2]])


def _left(words: Iterator[int]) -> Left:
    short, count = bool(next(words)), next(words)
    turns = tuple((ActionId(next(words)), next(words)) for _ in range(count))
    return Left(turns, tuple(map(ActionId, islice(words, next(words)))), short)


def _met(words: Iterator[int], numbers: Iterator[float], characters: int) -> Met:
    digest = struct.pack("<qq", next(words), next(words))
    worth, *worths = (_worth(numbers) for _ in range(characters + 1))
    facts = tuple((FluentId(f), _worth(numbers)) for f in islice(words, next(words)))
    return Met(digest, worth, tuple(worths), facts, tuple(islice(words, next(words))))


def _plan(words: Iterator[int], numbers: Iterator[float]) -> Plan:
    worth = _worth(numbers)
    return Plan(_steps(words, numbers), worth)


def _steps(words: Iterator[int], numbers: Iterator[float]) -> tuple[Step, ...]:
    return tuple(_step(words, numbers) for _ in range(next(words)))


def _step(words: Iterator[int], numbers: Iterator[float]) -> Step:
    action = ActionId(next(words))
    return Step(action, tuple(_explanation(words, numbers) for _ in range(next(words))))


def _explanation(words: Iterator[int], numbers: Iterator[float]) -> Explanation:
    character = EntityId(next(words))
    before, after = _worth(numbers), _worth(numbers)
    return Explanation(character, _steps(words, numbers), before, after)


def _worth(numbers: Iterator[float]) -> Value:
    value = next(numbers)
    return None if math.isnan(value) else value
