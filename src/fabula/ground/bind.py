"""Binding the parameters of acts and triggers one by one, giving up hopeless combinations early.

An act with five parameters has thousands of cases, most of them ruled out by what never changes. Every conjunct
of a precondition is expanded once for each choice of just the parameters it mentions, and looked at as soon
as those are bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Generic, TypeVar

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground import logic
from fabula.ground.expand import Expander
from fabula.ground.expression import FALSE, TRUE, Condition, walk
from fabula.ground.names import Environment, kind_of_term, too_many_cases
from fabula.model import expression as lifted

T = TypeVar("T")

_MOST_KEPT = 50_000


class Part(Generic[T]):
    """A piece of an act: what it becomes depends only on the parameters that it mentions."""

    def __init__(
        self, expression: object, parameters: Sequence[str], become: Callable[[Environment], T]
    ) -> None:
        """Remember which of the parameters `expression` mentions, and how to expand it."""
        mentioned = {node.name for node in walk(expression) if isinstance(node, lifted.Variable)}
        self.parameters = tuple(name for name in parameters if name in mentioned)
        self._key = itemgetter(*self.parameters) if self.parameters else _nothing
        self._become = become
        self._made: dict[object, T] = {}

    def __call__(self, environment: Environment) -> T:
        """Return what the piece is with these parameters."""
        key = self._key(environment)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._become(environment)
        return made


def _nothing(_: Environment) -> None:
    """The key of what mentions no parameter."""


def conjuncts(expression: lifted.Expression) -> Iterator[lifted.Expression]:
    """Yield the parts of an `&`, however nested."""
    if isinstance(expression, lifted.And):
        for part in expression.parts:
            yield from conjuncts(part)
    else:
        yield expression


def bindings(
    expander: Expander, name: str, signature: Sequence[lifted.Term], precondition: lifted.Expression
) -> Iterator[tuple[Environment, Condition]]:
    """Yield the environments, in canonical order, whose precondition is not false for good, and it.

    Raises Mistakes if the act called `name` has too many cases to try.
    """
    variables = [term for term in signature if isinstance(term, lifted.Variable)]
    names = [variable.name for variable in variables]
    stages: list[list[tuple[int, Part[Condition]]]] = [[] for _ in range(len(names) + 1)]
    found: list[Condition] = []
    for conjunct in conjuncts(precondition):
        part = Part(conjunct, names, partial(expander.condition, conjunct))
        stages[max((names.index(n) + 1 for n in part.parameters), default=0)].append((len(found), part))
        found.append(TRUE)
    kept = 0

    def bind(depth: int, environment: Environment) -> Iterator[tuple[Environment, Condition]]:
        nonlocal kept
        expander.spend()
        for place, part in stages[depth]:
            found[place] = part(environment)
            if found[place] is FALSE:
                return
        if depth == len(names):
            condition = logic.all_of(found)
            if condition is not FALSE:
                kept += 1
                if kept > _MOST_KEPT:
                    raise Mistakes(too_many_cases(f"`{name}`"))
                yield dict(environment), condition
            return
        for value in expander.names.instances(variables[depth].type):
            environment[names[depth]] = value
            yield from bind(depth + 1, environment)
        environment.pop(names[depth], None)

    yield from bind(0, {})


def arguments(
    expander: Expander, signature: Sequence[lifted.Term]
) -> Callable[[Environment], tuple[str, ...]]:
    """Return what writes the arguments as they stand in plans, constants included."""
    names = expander.names
    kinds = [(term, kind_of_term(term)) for term in signature]
    return lambda environment: tuple(
        [names.value(kind, names.term(term, environment)) for term, kind in kinds]
    )
