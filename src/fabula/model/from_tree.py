"""Tree --resolve--> World: every name stands for a declared thing, every kind is checked.

Deliberately not checked here: what depends on the values that properties take (an act that sets one property
twice, a division by zero, triggers that never rest). That is found when the world is grounded or run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import TypeVar

from fabula.diagnostics.diagnostic import Diagnostic
from fabula.language import tree
from fabula.language.spelling import demand
from fabula.model import mistakes
from fabula.model.acts import action, check_names, deed, episode, trigger
from fabula.model.declared import Declared, entities_of, properties_of, types_of
from fabula.model.expression import Constant, Expression
from fabula.model.findings import Findings
from fabula.model.gather import Load, gather
from fabula.model.lint import unmodelled_beliefs
from fabula.model.phrases import Phrases, Wanted
from fabula.model.world import Action, Beat, Contract, Deed, Mark, TitlePage, Trigger, World

Kind = TypeVar("Kind", bound=tree.Node)


def resolve(start: tree.Tree, load: Load) -> tuple[World, tuple[Diagnostic, ...]]:
    """The world that a tree and its imports describe, and all warnings (those of the trees first).

    `load` gets the path in an `import` and the `source` of the importing tree, and returns the imported tree.
    Raises `Mistakes` with everything for which the world must be refused.
    """
    trees, definitions = gather(start, load)
    findings = Findings()
    world = _Resolver(definitions, findings).world()
    findings.check()
    return world, (*(w for t in trees for w in t.warnings), *findings.warnings)


class _Resolver:
    """Goes through the definitions kind by kind: first what they declare, then what they say about it."""

    def __init__(self, definitions: Sequence[tree.Definition], findings: Findings) -> None:
        """Read the declarations. Raises `Mistakes` where nothing else could be understood without them."""
        self.definitions, self.findings = definitions, findings
        types = types_of(definitions, findings)
        self.entities = entities_of(definitions, types, findings)
        bare = Declared(types, {e.name: e for e in self.entities}, {})
        acts = frozenset(d.signature.name.text for d in definitions if isinstance(d, tree.ActionDefinition))
        self.declared = Declared(types, bare.entities, properties_of(definitions, bare, findings), acts)
        self.phrases = Phrases(self.declared)

    def world(self) -> World:
        """Everything put together; what holds a mistake is left out."""
        types = self.declared.types
        characters = [e for e in self.entities if types.fits(Constant(e), "character")]
        return World(
            title_page=self._title_page(),
            supertypes=types.above,
            entities=self.entities,
            character_count=len(characters),
            properties=tuple(p for overloads in self.declared.properties.values() for p in overloads),
            actions=self._actions(),
            triggers=self._triggers(),
            utilities=self._utilities(),
            statements=self._statements(len(characters) - 1),
            beats=self.findings.each(self._beat, self._all(tree.BeatDefinition)),
            marks=self._marks(),
            contracts=self.findings.each(self._contract, self._all(tree.ContractDefinition)),
        )

    def _all(self, kind: type[Kind]) -> list[Kind]:
        """The definitions of one kind, in order."""
        return [d for d in self.definitions if isinstance(d, kind)]

    def _actions(self) -> tuple[Action, ...]:
        """All actions in order."""
        found = self.findings.each(
            lambda d: action(d, self.phrases, self.findings), self._all(tree.ActionDefinition)
        )
        check_names(found, self.phrases, self.findings)
        return found

    def _triggers(self) -> tuple[Trigger, ...]:
        """All triggers in order."""
        return self.findings.each(
            lambda d: trigger(d, self.phrases, self.findings), self._all(tree.TriggerDefinition)
        )

    def _statements(self, others: int) -> tuple[Expression, ...]:
        """How things stand at the start, in order."""
        pairs = self.findings.each(lambda d: (d, self.phrases.effect(d.body)), self._all(tree.Statement))
        self.findings.warnings += unmodelled_beliefs(pairs, others)
        return tuple(expression for _, expression in pairs)

    def _utilities(self) -> dict[str | None, Expression]:
        """What the author and the characters want; the last of each counts."""
        worth = Phrases(self.declared, truth_counts=True)
        result: dict[str | None, Expression] = {}
        for definition in self._last(tree.UtilityDefinition, _owner, lambda d: f"`utility({_owner(d)})`"):
            with self.findings.collecting():
                if definition.character:
                    self.phrases.character(definition.character, "want anything")
                result[_owner(definition) or None] = worth.value(definition.body, Wanted("number"))
        return result

    def _title_page(self) -> TitlePage:
        """The title page; the last line of each name counts."""
        known = [f.name for f in fields(TitlePage)]
        lines: dict[str, str] = {}
        for line in self._last(tree.Heading, lambda d: d.name.text, lambda d: f"`{d.name.text}`"):
            if line.name.text in known:
                lines[line.name.text] = line.text
            else:
                near = [(name, None) for name in known]
                self.findings.mistakes.append(mistakes.unknown_heading(line.name.text, line.name.span, near))
        return TitlePage(**lines)

    def _last(
        self, kind: type[Kind], key: Callable[[Kind], str], said: Callable[[Kind], str]
    ) -> Sequence[Kind]:
        """The last definition for each key, with a warning for those that do not count."""
        result: dict[str, Kind] = {}
        for definition in self._all(kind):
            before = result.get(key(definition))
            if before:
                warning = mistakes.repeated(said(definition), definition.span, before.span)
                self.findings.warnings.append(warning)
            result[key(definition)] = definition
        return list(result.values())

    def _beat(self, definition: tree.BeatDefinition) -> Beat:
        """A condition that the story must pass through."""
        return Beat(definition.name, self.phrases.condition(definition.condition), definition.span)

    def _contract(self, definition: tree.ContractDefinition) -> Contract:
        """What the author demands of every story."""
        first, second = definition.first, definition.second
        known = definition.demand == "someone knows"  # one can know facts, not acts
        what = self.phrases.condition(first) if known else self._happening(first)
        then = None if second is None else self._happening(second)
        name = definition.name or demand(definition)
        return Contract(name, definition.demand, what, then, definition.label, definition.span)

    def _happening(self, e: tree.Expression) -> Expression | Deed:
        """A condition, or acts."""
        acts = [d.signature for d in self._all(tree.ActionDefinition)]
        if isinstance(e, tree.Call) and e.property.text not in self.declared.properties:
            of_that_name = [act for act in acts if act.name.text == e.property.text]
            if of_that_name:
                return deed(e, of_that_name, self.phrases)
        return self.phrases.condition(e)

    def _marks(self) -> tuple[Mark, ...]:
        """Both kinds of marks, in order."""
        kinds = (tree.RevealDefinition, tree.TagDefinition)
        return self.findings.each(self._mark, [d for d in self.definitions if isinstance(d, kinds)])

    def _mark(self, definition: tree.RevealDefinition | tree.TagDefinition) -> Mark:
        """A fact that gives something away, or that some readers want to be warned of."""
        condition = self.phrases.condition(definition.condition)
        if isinstance(definition, tree.RevealDefinition):
            return Mark(condition, reveals=episode(definition.episode), span=definition.span)
        return Mark(condition, tags=tuple(name.text for name in definition.names), span=definition.span)


def _owner(definition: tree.UtilityDefinition) -> str:
    """Whose utility it is, "" for the author's."""
    return definition.character.text if definition.character else ""
