"""Effects as assignments: every change with its path, its condition and its value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fabula.diagnostics.diagnostic import Diagnostic, Label
from fabula.diagnostics.span import Span
from fabula.ground import logic
from fabula.ground.expand import Expander
from fabula.ground.expression import FALSE, TRUE, Condition, Const, FluentId, ValueExpression
from fabula.ground.names import Environment, Names
from fabula.ground.problem import Assignment, Path
from fabula.model import expression as lifted


class Flattener:
    """Turns an effect into assignments whose conditions and values are read in the old state.

    What stands inside `believes` is read in that mind: `believes(B, x = y)` copies B's y, `believes(B, x) = y`
    the world's; likewise the condition of an `if` inside and outside.
    """

    def __init__(self, expander: Expander) -> None:
        """Flatten with this expander."""
        self._expander = expander

    def all(self, effect: lifted.Expression, environment: Environment) -> tuple[Assignment, ...]:
        """Return all assignments of an effect, in the order of the file."""
        return tuple(self.assignments(effect, environment))

    def assignments(
        self,
        effect: lifted.Expression,
        environment: Environment,
        mind: Path = (),
        condition: Condition = TRUE,
    ) -> Iterator[Assignment]:
        """Yield the assignments of an effect that stands inside `mind` and under `condition`."""
        if condition is FALSE:
            return
        match effect:
            case lifted.And(parts):
                for part in parts:
                    yield from self.assignments(part, environment, mind, condition)
            case lifted.Quantified("forall", variable, body):
                for each in self._expander.each(variable, environment):
                    yield from self.assignments(body, each, mind, condition)
            case lifted.If(branches, otherwise):
                earlier = condition
                for test, body in branches:
                    here, other = self._expander.branch(test, environment)
                    met = logic.all_of((earlier, _condition_in(mind, here)))
                    yield from self.assignments(body, environment, mind, met)
                    earlier = logic.all_of((earlier, _condition_in(mind, other)))
                if otherwise is not None:
                    yield from self.assignments(otherwise, environment, mind, earlier)
            case lifted.Believes(who, body):
                inner = (*mind, self._expander.names.character(who, environment))
                yield from self.assignments(body, environment, inner, condition)
            case lifted.Assign(target, value):
                yield self._assignment(target, value, environment, mind, condition)
            case _:
                raise AssertionError(f"the model admits no {type(effect).__name__} as an effect")

    def _assignment(
        self,
        target: lifted.Expression,
        value: lifted.Expression,
        environment: Environment,
        mind: Path,
        condition: Condition,
    ) -> Assignment:
        path, fluent = target_of(self._expander.names, target, environment)
        found = _value_in(mind, self._expander.value(value, environment))
        return Assignment((*mind, *path), fluent, condition, found)


def target_of(names: Names, target: lifted.Expression, environment: Environment) -> tuple[Path, FluentId]:
    """Return in whose mind, and what, an assignment changes."""
    match target:
        case lifted.Believes(who, body):
            path, fluent = target_of(names, body, environment)
            return (names.character(who, environment), *path), fluent
        case lifted.Fluent(prop, arguments):
            return (), names.fluent(prop, arguments, environment)
        case _:
            raise AssertionError("the model admits fluents only as targets")


def contradiction(assignments: Iterable[Assignment]) -> tuple[Assignment, Assignment] | None:
    """Return two assignments that always give one fluent two different values."""
    always: dict[tuple[Path, FluentId], Assignment] = {}
    for assignment in assignments:
        if assignment.condition is TRUE and isinstance(assignment.value, Const):
            key = assignment.path, assignment.fluent
            first = always.setdefault(key, assignment)
            if first is not assignment and first.value != assignment.value:
                return first, assignment
    return None


def contradictory(
    names: Names, act: str, pair: tuple[Assignment, Assignment], span: Span | None
) -> Diagnostic:
    """Word the mistake of an act (written with its arguments) that sets one fluent to two values."""
    fluent = names.fluents[pair[0].fluent]
    one, other = (_shown(names, a, a.value) for a in pair)
    return Diagnostic(
        "error",
        "contradictory-effect",
        f"`{act}` gives `{fluent}` two values at once",
        labels=() if span is None else (Label(span, f"both `{one}` and `{other}`"),),
        notes=(f"it would become `{one}` and `{other}` at the same moment",),
        hints=("keep one of the two, or rule the case out with a precondition",),
    )


def _shown(names: Names, assignment: Assignment, value: ValueExpression) -> str:
    assert isinstance(value, Const)
    return names.value(names.fluents[assignment.fluent].kind, value.value)


def _condition_in(mind: Path, condition: Condition) -> Condition:
    for character in reversed(mind):
        condition = logic.thinks(character, condition)
    return condition


def _value_in(mind: Path, value: ValueExpression) -> ValueExpression:
    for character in reversed(mind):
        value = logic.believed(character, value)
    return value
