"""What a world declares: its types, entities and properties, and how they fit each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fabula.diagnostics.diagnostic import Mistakes
from fabula.diagnostics.span import Span
from fabula.frozen import dataclass
from fabula.language import tree
from fabula.model import mistakes
from fabula.model.expression import Constant, Entity, Property, Term, Variable
from fabula.model.findings import Findings

BUILT_IN: Mapping[str, tuple[str, ...]] = {
    "boolean": (),
    "number": (),
    "entity": (),
    "character": ("entity",),
}
VALUES = frozenset({"boolean", "number"})
"""The types without entities."""


@dataclass(frozen=True, slots=True)
class Types:
    """All types: `above` maps each to itself and everything above it."""

    above: Mapping[str, frozenset[str]]
    spans: Mapping[str, Span]

    def check(self, name: tree.Name) -> str:
        """The text of a type's name. Raises `Mistakes` if there is no such type."""
        if name.text not in self.above:
            known = ((word, self.spans.get(word)) for word in self.above)
            raise Mistakes(mistakes.unknown_type(name.text, name.span, known))
        return name.text

    def of_things(self, name: tree.Name) -> str:
        """A type that has entities. Raises `Mistakes`."""
        if self.check(name) in VALUES:
            raise Mistakes(mistakes.built_in_type(name.text, name.span))
        return name.text

    def finite(self, name: tree.Name) -> str:
        """A type whose members can be gone through one by one. Raises `Mistakes`."""
        if self.check(name) == "number":
            raise Mistakes(mistakes.number_parameter(name.span))
        return name.text

    def fits(self, term: Term, type_: str) -> bool:
        """Whether everything that the term can stand for is of the type."""
        return any(type_ in self.above[kind] for kind in kinds(term))

    def meet(self, one: Term, other: Term, entities: Iterable[Entity]) -> bool:
        """Whether two parameters can stand for the same thing."""
        if isinstance(one, Variable) and isinstance(other, Variable):
            pair = {one.type, other.type}
            common = any(pair <= above for above in self.above.values())
            return common or any(self._is_all(entity, pair) for entity in entities)
        if isinstance(one, Constant) and isinstance(other, Constant):
            return one == other
        variable, constant = (one, other) if isinstance(one, Variable) else (other, one)
        return isinstance(variable, Variable) and self.fits(constant, variable.type)

    def _is_all(self, entity: Entity, types: set[str]) -> bool:
        """Whether the entity is of all these types."""
        return types <= frozenset().union(*(self.above[kind] for kind in entity.types))


def kinds(term: Term) -> tuple[str, ...]:
    """The types that a term was given; of `?`, none."""
    if isinstance(term, Variable):
        return (term.type,)
    value = term.value
    if isinstance(value, Entity):
        return value.types
    if value is None:
        return ()
    return ("boolean",) if isinstance(value, bool) else ("number",)


def types_of(definitions: Sequence[tree.Definition], findings: Findings) -> Types:
    """All types of a world; each that is only named as a parent is a warning. Raises `Mistakes`."""
    parents: dict[str, list[str]] = {name: list(above) for name, above in BUILT_IN.items()}
    spans: dict[str, Span] = {}
    mentioned: list[tree.Name] = []
    for definition in definitions:
        if isinstance(definition, tree.TypeDefinition):
            _refuse_values((definition.name, *definition.parents))
            spans.setdefault(definition.name.text, definition.name.span)
            parents.setdefault(definition.name.text, []).extend(p.text for p in definition.parents)
            mentioned += definition.parents
    known = [(name, spans.get(name)) for name in parents if name not in VALUES]
    for name in mentioned:
        if name.text not in parents:
            parents[name.text] = []
            spans[name.text] = name.span
            findings.warnings.append(mistakes.unknown_parent(name.text, name.span, known))
    for child, above in parents.items():
        if not above and child not in VALUES | {"entity"}:
            above.append("entity")
    return Types(_closure(parents, spans), spans)


def _refuse_values(names: Iterable[tree.Name]) -> None:
    """No type may stand above or below `boolean` and `number`."""
    for name in names:
        if name.text in VALUES:
            raise Mistakes(mistakes.built_in_type(name.text, name.span))


def _closure(parents: Mapping[str, Sequence[str]], spans: Mapping[str, Span]) -> dict[str, frozenset[str]]:
    """Every type with itself and all types above it. Raises `Mistakes` at a circle."""
    above: dict[str, frozenset[str]] = {}
    for start in parents:
        found, waiting = {start}, list(parents[start])
        while waiting:
            name = waiting.pop()
            if name == start:
                path = _way(start, parents)
                raise Mistakes(mistakes.type_circle(path, next(spans[n] for n in path if n in spans)))
            if name not in found:
                found.add(name)
                waiting += parents[name]
        above[start] = frozenset(found)
    return above


def _way(start: str, parents: Mapping[str, Sequence[str]]) -> list[str]:
    """A shortest way upwards from a type back to itself, without its last step."""
    ways = [[start]]
    for way in ways:
        for name in parents[way[-1]]:
            if name == start:
                return way
            if name not in way:
                ways.append([*way, name])
    return [start]


def entities_of(
    definitions: Sequence[tree.Definition], types: Types, findings: Findings
) -> tuple[Entity, ...]:
    """All entities in canonical order: characters first. Unknown types are found mistakes."""
    given: dict[str, list[str]] = {}
    spans: dict[str, Span] = {}
    for definition in definitions:
        if isinstance(definition, tree.EntityDefinition):
            spans.setdefault(definition.name.text, definition.name.span)
            found = given.setdefault(definition.name.text, [])
            found += [t for t in findings.each(types.of_things, definition.types) if t not in found]
    entities = [Entity(name, tuple(found), spans[name]) for name, found in given.items()]
    return tuple(sorted(entities, key=lambda entity: not types.fits(Constant(entity), "character")))


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything that can be named: types, entities, the properties under each name, the names of actions."""

    types: Types
    entities: Mapping[str, Entity]
    properties: Mapping[str, tuple[Property, ...]]
    actions: frozenset[str] = frozenset()

    def parameters(self, signature: tree.Signature) -> tuple[Term, ...]:
        """The parameters of a signature. Raises `Mistakes`."""
        terms = tuple(self._parameter(parameter) for parameter in signature.parameters)
        seen: dict[str, Variable] = {}
        for term in terms:
            if isinstance(term, Variable):
                if term.name in seen and term.span:
                    raise Mistakes(mistakes.repeated_parameter(term.name, term.span, seen[term.name].span))
                seen[term.name] = term
        return terms

    def _parameter(self, parameter: tree.Parameter | tree.Name | tree.Literal) -> Term:
        """One parameter."""
        if isinstance(parameter, tree.Parameter):
            return Variable(parameter.name.text, self.types.finite(parameter.type), parameter.name.span)
        if isinstance(parameter, tree.Literal):
            return Constant(parameter.value)
        if parameter.text not in self.entities:
            known = ((e.name, e.span) for e in self.entities.values())
            raise Mistakes(mistakes.unknown_name(parameter.text, parameter.span, known))
        return Constant(self.entities[parameter.text])

    def overlap(self, one: Sequence[Term], other: Sequence[Term]) -> bool:
        """Whether two signatures can be about the same things."""
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(self.types.meet(a, b, self.entities.values()) for a, b in pairs)


def properties_of(
    definitions: Sequence[tree.Definition], declared: Declared, findings: Findings
) -> dict[str, tuple[Property, ...]]:
    """All properties by name; those that cannot be one are found mistakes."""
    result: dict[str, tuple[Property, ...]] = {}
    for definition in definitions:
        if isinstance(definition, tree.PropertyDefinition):
            with findings.collecting():
                made = _property(definition, declared, result)
                result[made.name] = (*result.get(made.name, ()), made)
    return result


def _property(
    definition: tree.PropertyDefinition, declared: Declared, earlier: Mapping[str, tuple[Property, ...]]
) -> Property:
    """One property. Raises `Mistakes`, also if an earlier one can be about the same things."""
    name = definition.signature.name
    parameters = declared.parameters(definition.signature)
    for other in earlier.get(name.text, ()):
        if declared.overlap(other.parameters, parameters):
            raise Mistakes(mistakes.overlapping(name.text, "property", name.span, other.span))
    return Property(name.text, parameters, declared.types.check(definition.type), name.span)
