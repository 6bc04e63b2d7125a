"""The initial state: statements carried out one after the other, each reading the values so far."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.ground import logic
from fabula.ground.effects import target_of
from fabula.ground.expand import Expander
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
from fabula.ground.names import Environment, Names
from fabula.ground.problem import Belief, Path
from fabula.model import expression as lifted


class Start:
    """Values by path: the world's, and the explicit beliefs.

    A path without an entry reads the path without its last character: everybody believes the truth, and
    supposes that others believe what they believe, unless told otherwise.
    """

    def __init__(self, names: Names) -> None:
        """Begin with the defaults: False, 0, `?`."""
        self._expander = Expander(names)
        self.world: list[Value] = [None if f.kind == "entity" else 0.0 for f in names.fluents]
        self._explicit: dict[tuple[Path, FluentId], Value] = {}

    @property
    def beliefs(self) -> tuple[Belief, ...]:
        """The explicit beliefs, in the order of the file."""
        return tuple(Belief(path, fluent, value) for (path, fluent), value in self._explicit.items())

    def carry_out(self, statements: Sequence[lifted.Expression]) -> None:
        """Carry out statements in order. Raises Mistakes where one divides by zero."""
        for statement in statements:
            try:
                self._do(statement, {}, ())
            except ZeroDivisionError:
                raise Mistakes(
                    Diagnostic(
                        "error",
                        "division-by-zero",
                        "the initial state divides by zero",
                        notes=("statements read the values that the statements before them have set",),
                        hints=("set the divisor before it is used",),
                    )
                ) from None

    def _do(self, statement: lifted.Expression, environment: Environment, mind: Path) -> None:
        match statement:
            case lifted.And(parts):
                for part in parts:
                    self._do(part, environment, mind)
            case lifted.Quantified("forall", variable, body):
                for each in self._expander.each(variable, environment):
                    self._do(body, each, mind)
            case lifted.If(branches, otherwise):
                tests = ((self._expander.condition(c, environment), body) for c, body in branches)
                chosen = next((body for test, body in tests if self._holds(test, mind)), otherwise)
                if chosen is not None:
                    self._do(chosen, environment, mind)
            case lifted.Believes(who, body):
                self._do(body, environment, (*mind, self._expander.names.character(who, environment)))
            case lifted.Assign(target, value):
                path, fluent = target_of(self._expander.names, target, environment)
                self._set((*mind, *path), fluent, self._value(self._expander.value(value, environment), mind))
            case _:
                raise AssertionError(f"the model admits no {type(statement).__name__} as a statement")

    def _set(self, path: Path, fluent: FluentId, value: Value) -> None:
        if path:
            self._explicit.pop((path, fluent), None)
            self._explicit[path, fluent] = value
        else:
            self.world[fluent] = value

    def _read(self, path: Path, fluent: FluentId) -> Value:
        while path:
            if (path, fluent) in self._explicit:
                return self._explicit[path, fluent]
            path = path[:-1]
        return self.world[fluent]

    def _holds(self, condition: Condition, mind: Path) -> bool:
        match condition:
            case Truth(outcome):
                return outcome
            case Compare(comparator, left, right):
                return logic.holds(comparator, self._value(left, mind), self._value(right, mind))
            case AllOf(parts):
                return all(self._holds(part, mind) for part in parts)
            case AnyOf(parts):
                return any(self._holds(part, mind) for part in parts)
            case Thinks(character, inner):
                return self._holds(inner, (*mind, character))

    def _value(self, value: ValueExpression, mind: Path) -> Value:
        match value:
            case Const(fixed):
                return fixed
            case Read(fluent):
                return self._read(mind, fluent)
            case Believed(character, inner):
                return self._value(inner, (*mind, character))
            case Arithmetic(operator, left, right):
                return logic.calculate(operator, self._value(left, mind), self._value(right, mind))
            case Choice(branches, otherwise):
                chosen = (v for c, v in branches if self._holds(c, mind))
                return self._value(next(chosen, otherwise), mind)
