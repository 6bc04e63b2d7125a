"""Conditions and values of the model, with variables bound, as ground ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground import logic
from fabula.ground.expression import (
    FALSE,
    TRUE,
    Choice,
    Condition,
    Const,
    FluentId,
    Read,
    Truth,
    ValueExpression,
    walk,
)
from fabula.ground.names import Environment, Names, kind_of_term, kind_of_type, too_many_cases
from fabula.ground.problem import Kind
from fabula.ground.reach import Reach
from fabula.model import expression as lifted

_MOST_STEPS = 500_000
"""So many parts of expressions are written out within seconds; worlds that people wrote take some thousands."""
_TRUE_OR_FALSE = (Const(1.0), Const(0.0))


class Expander:
    """Turns what an author wrote into ground conditions and values.

    Used for everything in a world: acts, triggers, utilities, beats, initial statements. Quantifiers are written out,
    kinds compared, and the connectives left to `logic`; then what `facts` decide is folded. `fixed` are the fluents that
    no effect sets. `subject` is what is being expanded, in words; a world that multiplies into more than could ever be
    searched is refused under that name.
    """

    def __init__(self, names: Names, fixed: Collection[FluentId] = (), facts: Reach | None = None) -> None:
        """Expand with these names, fixed fluents and facts."""
        self.names = names
        self._fixed = fixed
        self._facts = facts
        self.subject = "this world"
        self._left = _MOST_STEPS
        self._comparing: dict[int, tuple[lifted.Compare, Callable[[Environment], Condition]]] = {}

    def spend(self, steps: int = 1) -> None:
        """Count steps of grounding. Raises Mistakes where a world takes more than could ever be searched."""
        self._left -= steps
        if self._left < 0:
            raise Mistakes(too_many_cases(self.subject))

    def condition(self, expression: lifted.Expression, environment: Environment) -> Condition:
        """Expand a boolean expression."""
        return self._folded(self._condition(expression, environment))

    def branch(self, test: lifted.Expression, environment: Environment) -> tuple[Condition, Condition]:
        """Expand the condition of an `if`, and what holds where it does not."""
        found = self._condition(test, environment)
        return self._folded(found), self._folded(self._otherwise(found))

    def value(self, expression: lifted.Expression, environment: Environment) -> ValueExpression:
        """Expand any expression used for its value; a condition counts 1 or 0."""
        found = self._value(expression, environment)
        return self._facts.fold_value(found) if self._facts else found

    def _folded(self, condition: Condition) -> Condition:
        """Fold; only what is expanded to the end, since a part may still be negated."""
        return self._facts.fold(condition, keep_ways=True) if self._facts else condition

    def _condition(self, expression: lifted.Expression, environment: Environment) -> Condition:
        self.spend()
        match expression:
            case lifted.Compare():
                return self._compare(expression, environment)
            case lifted.And(parts):
                return logic.all_of(self._condition(part, environment) for part in parts)
            case lifted.Or(parts):
                return logic.any_of(self._condition(part, environment) for part in parts)
            case lifted.Not(body):
                return self._negate(self._condition(body, environment))
            case lifted.Believes(who, body):
                inner = self._condition(body, environment)
                return logic.thinks(self.names.character(who, environment), inner)
            case lifted.If(branches, otherwise):
                return self._implications(branches, otherwise, environment)
            case lifted.Quantified("forall", variable, body):
                return logic.all_of(self._condition(body, e) for e in self.each(variable, environment))
            case lifted.Quantified("exists", variable, body):
                return logic.any_of(self._condition(body, e) for e in self.each(variable, environment))
            case lifted.IsA(subject, type_name):
                return self._is_a(subject, type_name, environment)
            case _:
                return self._truth(self._value(expression, environment))

    def _value(self, expression: lifted.Expression, environment: Environment) -> ValueExpression:
        self.spend()
        match expression:
            case lifted.Variable() | lifted.Constant():
                return Const(self.names.term(expression, environment))
            case lifted.Fluent(prop, arguments):
                return Read(self.names.fluent(prop, arguments, environment))
            case lifted.Believes(who, body):
                inner = self._value(body, environment)
                return logic.believed(self.names.character(who, environment), inner)
            case lifted.If(branches, otherwise):
                last = _TRUE_OR_FALSE[0] if otherwise is None else self._value(otherwise, environment)
                pairs = ((self._condition(c, environment), self._value(v, environment)) for c, v in branches)
                return logic.choice(pairs, last)
            case lifted.Arithmetic(operator, left, right):
                return logic.arithmetic(
                    operator, self._value(left, environment), self._value(right, environment)
                )
            case lifted.Quantified("sum" | "product" as word, variable, body):
                total: ValueExpression = Const(0.0 if word == "sum" else 1.0)
                for each in self.each(variable, environment):
                    term = self._value(body, each)
                    total = logic.arithmetic("+" if word == "sum" else "*", total, term)
                return total
            case _:
                condition = self._condition(expression, environment)
                return logic.choice(((condition, _TRUE_OR_FALSE[0]),), _TRUE_OR_FALSE[1])

    def _negate(self, condition: Condition) -> Condition:
        return logic.negate(condition, self.names.booleans)

    def _otherwise(self, condition: Condition) -> Condition:
        return logic.otherwise(condition, self.names.booleans)

    def each(self, variable: lifted.Variable, environment: Environment) -> Iterator[Environment]:
        """Yield the environment once for every value of the variable."""
        for value in self.names.instances(variable.type):
            self.spend()
            yield {**environment, variable.name: value}

    def kind(self, expression: lifted.Expression) -> Kind | None:
        """Return the kind of an expression; None for `?`, which may be of any."""
        match expression:
            case lifted.Fluent(prop, _):
                return kind_of_type(prop.type)
            case lifted.Constant(None):
                return None
            case lifted.Constant() | lifted.Variable():
                return kind_of_term(expression)
            case lifted.Believes(_, body):
                return self.kind(body)
            case lifted.Arithmetic() | lifted.Quantified("sum" | "product"):
                return "number"
            case lifted.If(branches, otherwise):
                bodies = [body for _, body in branches] + ([] if otherwise is None else [otherwise])
                return next((kind for body in bodies if (kind := self.kind(body))), None)
            case _:
                return "boolean"

    def _compare(self, comparison: lifted.Compare, environment: Environment) -> Condition:
        """Compare; what does not depend on the environment is found out once."""
        made = self._comparing.get(id(comparison))
        if made is None:  # kept with it, the comparison keeps its id
            made = self._comparing[id(comparison)] = comparison, self._comparison(comparison)
        return made[1](environment)

    def _comparison(self, comparison: lifted.Compare) -> Callable[[Environment], Condition]:
        """Compare by kind: things of different kinds are unequal, and only numbers have an order."""
        comparator, left, right = comparison.operator, comparison.left, comparison.right
        kinds = self.kind(left), self.kind(right)
        # A truth value is never unknown.
        if ("boolean" in kinds and None in kinds) or (None not in kinds and kinds[0] != kinds[1]):
            return lambda _: logic.truth(comparator == "!=")
        if kinds[0] == "boolean":
            return partial(self._compare_truths, comparison)
        if "entity" in kinds and comparator not in ("==", "!="):
            return lambda _: FALSE
        one, other, entities = self._operand(left), self._operand(right), "entity" in kinds

        def compare(environment: Environment) -> Condition:
            self.spend(2)
            here, there = one(environment), other(environment)
            if isinstance(there, Const):
                return logic.compare(comparator, here, there)
            both = entities and None not in (logic.fluent(here), logic.fluent(there))
            if self._turned(here, there):
                return logic.compare(logic.MIRRORED[comparator], there, here, both)
            return logic.compare(comparator, here, there, both)

        return compare

    def _turned(self, left: ValueExpression, right: ValueExpression) -> bool:
        """Whether the right side belongs on the left, where surprise corrects: there stands what may be wrong."""
        if self._corrigible(left, right):
            return False
        return self._corrigible(right, left) or logic.fluent(left) is not None

    def _corrigible(self, side: ValueExpression, other: ValueExpression) -> bool:
        """Whether a side is a fluent, and not one that nothing sets while the other side depends on one that something sets."""
        fluent = logic.fluent(side)
        if fluent not in self._fixed:
            return fluent is not None
        return all(node.fluent in self._fixed for node in walk(other) if isinstance(node, Read))

    def _compare_truths(self, comparison: lifted.Compare, environment: Environment) -> Condition:
        left, right = comparison.left, comparison.right
        same = self._same(self._condition(left, environment), self._condition(right, environment))
        if comparison.operator == "==":
            return same
        return self._negate(same) if comparison.operator == "!=" else FALSE

    def _operand(self, expression: lifted.Expression) -> Callable[[Environment], ValueExpression]:
        """Return what expands a side of a comparison."""
        match expression:
            case lifted.Variable(name):
                return lambda environment: Const(environment[name])
            case lifted.Fluent(prop, arguments):
                find = self.names.finder(prop, arguments)
                return lambda environment: Read(find(environment))
            case _:
                return partial(self._value, expression)

    def _same(self, left: Condition, right: Condition) -> Condition:
        """Both hold or neither does."""
        if isinstance(right, Truth):
            return left if right.holds else self._negate(left)
        both = logic.all_of((left, right))
        return logic.any_of((both, logic.all_of((self._negate(left), self._negate(right)))))

    def _implications(
        self,
        branches: tuple[tuple[lifted.Expression, lifted.Expression], ...],
        last: lifted.Expression | None,
        environment: Environment,
    ) -> Condition:
        """`if(c) a else b` as a condition: c fails or a holds, and c holds or b does."""
        parts: list[Condition] = []
        earlier: tuple[Condition, ...] = ()
        for test, body in branches:
            condition = self._condition(test, environment)
            found = (*earlier, self._otherwise(condition), self._condition(body, environment))
            parts.append(logic.any_of(found))
            earlier += (condition,)
        if last is not None:
            parts.append(logic.any_of((*earlier, self._condition(last, environment))))
        return logic.all_of(parts)

    def _is_a(self, subject: lifted.Expression, type_name: str, environment: Environment) -> Condition:
        """`subject : type`: one of the instances of the type."""
        kind = self.kind(subject)
        if kind in ("boolean", "number") or type_name in ("boolean", "number"):
            return logic.truth(kind == type_name)
        value = self._value(subject, environment)
        return logic.any_of(logic.compare("==", value, Const(i)) for i in self.names.instances(type_name))

    def _truth(self, value: ValueExpression) -> Condition:
        """A truth value as a condition."""
        match value:
            case Const(fixed):
                return TRUE if fixed else FALSE
            case Choice():
                raise AssertionError("conditions that choose are written as implications")
            case _:
                return logic.compare("==", value, _TRUE_OR_FALSE[0])
