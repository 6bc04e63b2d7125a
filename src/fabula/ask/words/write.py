"""Conditions, facts and acts as an author writes them, for answers in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fabula.ground.expression import (
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
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
from fabula.ground.problem import ActionId, Path, Problem
from fabula.search.minds.evaluate import Sight, test


class Written:
    """Writes what belongs to one problem."""

    def __init__(self, problem: Problem) -> None:
        """Know the names."""
        self.problem = problem

    def acts(self, acts: Iterable[ActionId]) -> tuple[str, ...]:
        """Write acts as they stand in plans."""
        return tuple(str(self.problem.actions[action]) for action in acts)

    def fact(self, fluent: FluentId, value: Value, path: Path = ()) -> str:
        """Write that a fact has a value, in the world or in somebody's mind."""
        kind, name = self.problem.fluents[fluent].kind, str(self.problem.fluents[fluent])
        if kind == "boolean" and value is not None:
            text = name if value else f"!{name}"
        else:
            text = f"{name} = {self.word(fluent, value)}"
        return self.inside(path, text)

    def inside(self, path: Path, text: str) -> str:
        """Put a text into somebody's mind."""
        for character in reversed(path):
            text = f"believes({self.problem.entities[character]}, {text})"
        return text

    def word(self, fluent: FluentId, value: Value) -> str:
        """Write a value of a fluent."""
        if value is None:
            return "?"
        match self.problem.fluents[fluent].kind:
            case "boolean":
                return "True" if value else "False"
            case "number":
                return f"{value:g}"
            case "entity":
                return self.problem.entities[int(value)]

    def condition(self, condition: Condition) -> str:
        """Write a condition."""
        match condition:
            case Truth(outcome):
                return str(outcome)
            case Compare("==", Read(fluent), Const(value)) if self._boolean(fluent):
                return self.fact(fluent, value)
            case Compare(comparator, left, right):
                return f"{self.value(left)} {comparator} {self._right(left, right)}"
            case AllOf(parts):
                return " & ".join(map(self._part, parts))
            case AnyOf(parts):
                return " | ".join(map(self._part, parts))
            case Thinks(character, inner):
                return self.inside((character,), self.condition(inner))

    def value(self, value: ValueExpression) -> str:
        """Write a value."""
        match value:
            case Const(fixed):
                return "?" if fixed is None else f"{fixed:g}"
            case Read(fluent):
                return str(self.problem.fluents[fluent])
            case Believed(character, inner):
                return self.inside((character,), self.value(inner))
            case Arithmetic(operator, left, right):
                return f"({self.value(left)} {operator} {self.value(right)})"
            case Choice(branches, otherwise):
                tests = " else".join(f"if({self.condition(c)}) {self.value(v)}" for c, v in branches)
                return f"({tests} else {self.value(otherwise)})"

    def _part(self, condition: Condition) -> str:
        text = self.condition(condition)
        return f"({text})" if isinstance(condition, AllOf | AnyOf) else text

    def _boolean(self, fluent: FluentId) -> bool:
        return self.problem.fluents[fluent].kind == "boolean"

    def _right(self, left: ValueExpression, right: ValueExpression) -> str:
        while isinstance(left, Believed):
            left = left.value
        if isinstance(left, Read) and isinstance(right, Const):
            return self.word(left.fluent, right.value)
        return self.value(right)


def unmet(condition: Condition, state: Sight) -> Iterator[Condition]:
    """Give the least parts of a condition that fail in a state; of alternatives that all fail, each whole."""
    if test(condition)(state):
        return
    match condition:
        case AllOf(parts):
            for part in parts:
                yield from unmet(part, state)
        case Thinks(character, inner):
            for part in unmet(inner, state.believed[character]):
                yield Thinks(character, part)
        case _:
            yield condition


def listed(words: Sequence[str], last: str = "and") -> str:
    """Write a list: `a, b and c`."""
    return f" {last} ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)
