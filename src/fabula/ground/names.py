"""Names to numbers: ids of entities and fluents, the instances of types."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import product
from math import prod
from operator import itemgetter

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.ground.expression import EntityId, FluentId, Value
from fabula.ground.problem import Fluent, Kind
from fabula.model.expression import Constant, Entity, Property, Term, Variable
from fabula.model.world import World

Environment = dict[str, float]
"""Variables to values: entities by id, truth values as 1 and 0."""


_MOST_FLUENTS = 100_000


class Names:
    """The numbers that stand for a world's names.

    Made once for each world; every other part of the grounding asks it. Values of variables and
    constants are floats throughout, as in a `Problem`.
    """

    def __init__(self, world: World) -> None:
        """Number the entities in canonical order and list every fluent, property by property.

        Raises Mistakes for a property that multiplies into too many fluents.
        """
        self.entities: tuple[str, ...] = tuple(entity.name for entity in world.entities)
        self.character_count = world.character_count
        self._ids = {name: float(i) for i, name in enumerate(self.entities)}
        self._types = tuple(_all_types(entity, world) for entity in world.entities)
        self._instances: dict[str, tuple[float, ...]] = {"boolean": (1.0, 0.0)}
        self.fluents: tuple[Fluent, ...] = ()
        self._table: dict[Property, dict[tuple[Value, ...], FluentId]] = {}
        fluents: list[Fluent] = []
        for prop in world.properties:
            self._table[prop] = {}
            if prod(len(self._range(term)) for term in prop.parameters) > _MOST_FLUENTS:
                raise Mistakes(too_many_cases(f"`{prop.name}`"))
            for values in product(*(self._range(term) for term in prop.parameters)):
                self._table[prop][values] = FluentId(len(fluents))
                fluents.append(self._fluent(prop, values))
        self.fluents = tuple(fluents)
        self.booleans = tuple(fluent.kind == "boolean" for fluent in fluents)

    def instances(self, type_name: str) -> tuple[float, ...]:
        """Return the values a variable of the type takes, in canonical order."""
        if type_name not in self._instances:
            self._instances[type_name] = tuple(
                float(i) for i, types in enumerate(self._types) if type_name in types
            )
        return self._instances[type_name]

    def types(self, world: World) -> tuple[tuple[str, ...], ...]:
        """Return all types of every entity, nearest first."""
        depth = {name: len(above) for name, above in world.supertypes.items()}
        return tuple(
            (*entity.types, *sorted(types - {*entity.types}, key=lambda t: (-depth.get(t, 0), t)))
            for entity, types in zip(world.entities, self._types, strict=True)
        )

    def constant(self, constant: Constant) -> Value:
        """Return the number for a value written in the text."""
        value = constant.value
        if isinstance(value, Entity):
            return self._ids[value.name]
        return None if value is None else float(value)

    def term(self, term: Term, environment: Environment) -> Value:
        """Return the value of a variable or constant."""
        return environment[term.name] if isinstance(term, Variable) else self.constant(term)

    def character(self, term: Term, environment: Environment) -> EntityId:
        """Return the id of a character named by a variable or constant."""
        value = self.term(term, environment)
        assert value is not None, "the model admits characters only"
        assert value < self.character_count, "the model admits characters only"
        return EntityId(int(value))

    def finder(self, prop: Property, arguments: Sequence[Term]) -> Callable[[Environment], FluentId]:
        """Return what finds a property applied to arguments."""
        rows = self._table[prop]
        terms = [itemgetter(a.name) if isinstance(a, Variable) else partial(self.term, a) for a in arguments]
        return lambda environment: rows[tuple([term(environment) for term in terms])]

    def fluent(self, prop: Property, arguments: Sequence[Term], environment: Environment) -> FluentId:
        """Return the id of a property applied to arguments."""
        return self._table[prop][tuple([self.term(a, environment) for a in arguments])]

    def every(self, prop: Property) -> Collection[FluentId]:
        """Return all fluents of a property."""
        return self._table[prop].values()

    def written(self, term: Term, value: Value) -> str:
        """Write an argument as it stands in plans."""
        return self.value(kind_of_term(term), value)

    def value(self, kind: Kind, value: Value) -> str:
        """Write a value as an author would."""
        if value is None:
            return "?"
        if kind == "boolean":
            return "True" if value else "False"
        return f"{value:g}" if kind == "number" else self.entities[int(value)]

    def _range(self, term: Term) -> tuple[Value, ...]:
        return self.instances(term.type) if isinstance(term, Variable) else (self.constant(term),)

    def _fluent(self, prop: Property, values: Sequence[Value]) -> Fluent:
        kind = kind_of_type(prop.type)
        arguments = tuple(self.written(t, v) for t, v in zip(prop.parameters, values, strict=True))
        return Fluent(prop.name, arguments, kind, None if kind == "number" else self.instances(prop.type))


def kind_of_type(type_name: str) -> Kind:
    """Return which sort of value a type has."""
    if type_name == "boolean":
        return "boolean"
    return "number" if type_name == "number" else "entity"


def kind_of_term(term: Term) -> Kind:
    """Return which sort of value an argument has."""
    if isinstance(term, Variable):
        return kind_of_type(term.type)
    if isinstance(term.value, bool):
        return "boolean"
    return "number" if isinstance(term.value, float | int) else "entity"


def _all_types(entity: Entity, world: World) -> frozenset[str]:
    above = (world.supertypes.get(name, frozenset((name,))) for name in entity.types)
    return frozenset(("entity",)).union(*above)


def too_many_cases(what: str) -> Diagnostic:
    """Say that a world has more cases than any search could visit."""
    return Diagnostic(
        "error",
        "too-many-cases",
        f"{what} multiplies into millions of cases",
        notes=("every combination of things is tried once, and here there are too many to ever search",),
        hints=("give the variables narrower types, or fewer of them",),
    )
