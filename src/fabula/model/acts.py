"""What can be done and what happens by itself: actions and triggers get their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from fabula.diagnostics.diagnostic import Mistakes
from fabula.language import tree
from fabula.model import mistakes
from fabula.model.expression import Constant, Expression, Term, Variable
from fabula.model.findings import Findings
from fabula.model.phrases import TRUE, Phrases
from fabula.model.world import Action, Deed, Trigger

PartKind = TypeVar("PartKind", bound=tree.Node)
_PART_WORDS = {
    tree.Precondition: "precondition",
    tree.Effect: "effect",
    tree.Consenting: "consenting",
    tree.Observing: "observing",
    tree.Reveals: "reveals",
    tree.Tags: "tags",
}


class _Act:
    """One action or trigger on its way to a meaning; its mistakes go into `findings`."""

    def __init__(
        self, definition: tree.ActionDefinition | tree.TriggerDefinition, phrases: Phrases, findings: Findings
    ) -> None:
        """Read the signature. Raises `Mistakes` if that has one, for then nothing else is understood."""
        self.signature: tuple[Term, ...] = phrases.declared.parameters(definition.signature)
        self.phrases = phrases.within(self.signature)
        self.findings = findings
        self.parts: dict[type[tree.Node], tree.Part] = {}
        for part in definition.parts:
            before = self.parts.get(type(part))
            if before:
                what = f"`{_PART_WORDS[type(part)]}`"
                findings.warnings.append(mistakes.repeated(what, part.span, before.span))
            self.parts[type(part)] = part

    def part(self, kind: type[PartKind]) -> PartKind | None:
        """The part of one kind; the last, if there are several."""
        found = self.parts.get(kind)
        return found if isinstance(found, kind) else None

    def precondition(self) -> Expression:
        """What must hold; `True` if nothing is said."""
        part = self.part(tree.Precondition)
        if part:
            with self.findings.collecting():
                return self.phrases.condition(part.body)
        return TRUE

    def effect(self) -> Expression | None:
        """What happens; None if nothing is said."""
        part = self.part(tree.Effect)
        if part:
            with self.findings.collecting():
                return self.phrases.effect(part.body)
        return None

    def consenting(self) -> tuple[Term, ...]:
        """The characters who must want it, each once."""
        part = self.part(tree.Consenting)
        names = part.names if part else ()
        found = self.findings.each(lambda name: self.phrases.character(name, "consent"), names)
        return tuple(dict.fromkeys(found))

    def observing(self) -> tuple[Variable, Expression] | None:
        """Who notices; None for everybody."""
        part = self.part(tree.Observing)
        if part:
            with self.findings.collecting():
                types = self.phrases.declared.types
                if types.check(part.type) not in types.above["character"]:
                    raise Mistakes(mistakes.observer_type(part.type.text, part.type.span))
                variable = Variable(part.variable.text, part.type.text, part.variable.span)
                return variable, self.phrases.within((variable,)).condition(part.body)
        return None

    def reveals(self) -> int:
        """The episode given away; 0 for none."""
        part = self.part(tree.Reveals)
        if part:
            with self.findings.collecting():
                return episode(part.episode)
        return 0

    def tags(self) -> tuple[str, ...]:
        """The content tags."""
        part = self.part(tree.Tags)
        return tuple(name.text for name in part.names) if part else ()


def episode(literal: tree.Literal) -> int:
    """The number of an episode. Raises `Mistakes` unless it is a whole number from 1."""
    value = literal.value
    if isinstance(value, float) and value >= 1 and value == int(value):
        return int(value)
    raise Mistakes(mistakes.wrong_episode(literal.span))


def action(definition: tree.ActionDefinition, phrases: Phrases, findings: Findings) -> Action:
    """An action with all its parts. Raises `Mistakes` about its signature; others go into `findings`."""
    act = _Act(definition, phrases, findings)
    return Action(
        name=definition.signature.name.text,
        signature=act.signature,
        precondition=act.precondition(),
        effect=act.effect(),
        consenting=act.consenting(),
        observing=act.observing(),
        reveals=act.reveals(),
        tags=act.tags(),
        span=definition.signature.name.span,
    )


def trigger(definition: tree.TriggerDefinition, phrases: Phrases, findings: Findings) -> Trigger:
    """A trigger with its two parts. Raises `Mistakes` about its signature; others go into `findings`."""
    act = _Act(definition, phrases, findings)
    for kind, part in act.parts.items():
        if kind not in {tree.Precondition, tree.Effect}:
            findings.mistakes.append(mistakes.wrong_part(_PART_WORDS[kind], part.span))
    name = definition.signature.name
    return Trigger(name.text, act.signature, act.precondition(), act.effect(), name.span)


def deed(e: tree.Call, acts: Sequence[tree.Signature], phrases: Phrases) -> Deed:
    """Acts as a contract names them: `?` for any argument. Raises `Mistakes` if there is no such act."""
    arguments = tuple(_argument(argument, phrases) for argument in e.arguments)
    if all(len(act.parameters) != len(arguments) for act in acts):
        raise Mistakes(mistakes.wrong_count(e.property.text, e.span, [len(act.parameters) for act in acts]))
    return Deed(e.property.text, arguments)


def _argument(e: tree.Expression, phrases: Phrases) -> Constant | None:
    """One argument of an act in a contract."""
    if isinstance(e, tree.Literal):
        return None if e.value is None else Constant(e.value)
    if isinstance(e, tree.Name) and isinstance(found := phrases.term(e), Constant):
        return found
    raise Mistakes(mistakes.nested_argument(e.span))


def check_names(acts: Sequence[Action], phrases: Phrases, findings: Findings) -> None:
    """Find actions of one name that could be about the same things: a story could not tell them apart."""
    for index, act in enumerate(acts):
        for other in acts[:index]:
            if (
                other.name == act.name
                and act.span
                and phrases.declared.overlap(other.signature, act.signature)
            ):
                findings.mistakes.append(mistakes.overlapping(act.name, "action", act.span, other.span))
                break
