"""Turns what the grammar recognised into the typed tree; here precedence gets its last word.

Used by `tables.Reader`: every method has the name of a rule and gets the rule's children, which are `Word`s or
finished nodes. A bracketed expression is a `Bracketed` until its parent has looked at it, since
some mixtures have to be bracketed and some deserve a warning if they are not.
"""

from __future__ import annotations

import re
from math import inf
from typing import Any

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.span import Span
from fabula.frozen import dataclass
from fabula.language import mistakes, tree
from fabula.language.words import Word


@dataclass(frozen=True, slots=True)
class Bracketed(tree.Node):
    """`( body )`."""

    body: tree.Expression


@dataclass(frozen=True, slots=True)
class OpenChain(tree.Chain):
    """A chain with an unbracketed `if` behind an operator: an `else` before it ends at that operator."""


def span_of(first: Any, last: Any) -> Span:  # noqa: ANN401 - words and nodes alike
    """From the beginning of one word or node to the end of another."""
    a, b = first.span, last.span
    return Span(a.source, a.start, b.end, a.line, a.column)


def bare(node: Any) -> Any:  # noqa: ANN401 - children have no common type
    """The finished expression: without brackets, and settled."""
    if isinstance(node, Bracketed):
        return node.body
    if isinstance(node, OpenChain):
        return tree.Chain(node.operators, node.operands, span=node.span)
    return node


def name_of(word: Word) -> tree.Name:
    """A word as a name."""
    return tree.Name(word.text, span=word.span)


def text_of(word: Word | None) -> str:
    """The text of a string: white space folded, escapes undone."""
    if word is None:
        return ""
    folded = re.sub(r"\s+", " ", word.text[1:-1]).strip()
    return re.sub(r"\\(.)", r"\1", folded)


class Build:
    """One method per rule of `grammar.lark`; warnings are collected in `warnings` until taken.

    Used by `parse.Reader`, one per text, so that nothing is shared between texts.
    """

    def __init__(self) -> None:
        """Start without warnings."""
        self.warnings: list[Diagnostic] = []

    # expressions

    def name(self, c: list[Word]) -> tree.Name:
        """A variable or entity."""
        return name_of(c[0])

    def true(self, c: list[Word]) -> tree.Literal:
        """`True`."""
        return tree.Literal(True, span=c[0].span)

    def false(self, c: list[Word]) -> tree.Literal:
        """`False`."""
        return tree.Literal(False, span=c[0].span)

    def unknown(self, c: list[Word]) -> tree.Literal:
        """`?`."""
        return tree.Literal(None, span=c[0].span)

    def number(self, c: list[Word]) -> tree.Literal:
        """A number."""
        return tree.Literal(_value(c[0]), span=c[0].span)

    def negative(self, c: list[Word]) -> tree.Literal:
        """A number with its sign."""
        return tree.Literal(-_value(c[1]), span=span_of(c[0], c[1]))

    def call(self, c: list[Any]) -> tree.Call:
        """`property(arguments)`."""
        arguments = tuple(bare(a) for a in c[2:-1] if a is not None)
        return tree.Call(name_of(c[0]), arguments, span=span_of(c[0], c[-1]))

    def believes(self, c: list[Any]) -> tree.Believes:
        """`believes(character, body)`."""
        return tree.Believes(name_of(c[2]), bare(c[3]), span=span_of(c[0], c[4]))

    def bracketed(self, c: list[Any]) -> Bracketed:
        """`( body )`."""
        return Bracketed(bare(c[1]), span=span_of(c[0], c[2]))

    def not_(self, c: list[Any]) -> tree.Not:
        """`! body`."""
        return tree.Not(bare(c[1]), span=span_of(c[0], c[1]))

    def and_(self, c: list[Any]) -> tree.And:
        """`a & b`; warns if an `a | b` stands in it without brackets."""
        whole = span_of(c[0], c[-1])
        mixed = next((p for p in c if isinstance(p, tree.Or)), None)
        if mixed:
            self.warnings.append(mistakes.mixed_and_or(whole, mixed.span))
        return tree.And(tuple(bare(p) for p in c), span=whole)

    def or_(self, c: list[Any]) -> tree.Or:
        """`a | b`."""
        return tree.Or(tuple(bare(p) for p in c), span=span_of(c[0], c[-1]))

    def quantified(self, c: list[Any]) -> tree.Quantified:
        """`forall(v : T) body` and the like."""
        word, _, variable, kind, _, body = c
        return tree.Quantified(
            word.text, name_of(variable), name_of(kind), bare(body), span=span_of(word, body)
        )

    total_of = quantified

    def assign(self, c: list[Any]) -> tree.Assign:
        """`target = value`."""
        return tree.Assign(bare(c[0]), bare(c[1]), span=span_of(c[0], c[1]))

    def compare(self, c: list[Any]) -> tree.Compare:
        """`left operator right`."""
        return tree.Compare(c[1].text, bare(c[0]), bare(c[2]), span=span_of(c[0], c[2]))

    def is_a(self, c: list[Any]) -> tree.IsA:
        """`subject : type`."""
        return tree.IsA(bare(c[0]), name_of(c[1]), span=span_of(c[0], c[1]))

    def chain(self, c: list[Any]) -> tree.Chain:
        """`a + b - c`; refuses what could be read in two ways."""
        operators = tuple(word.text for word in c[1::2])
        whole, operands = span_of(c[0], c[-1]), tuple(bare(operand) for operand in c[::2])
        mixed = {"*", "/"} & set(operators) and {"+", "-"} & set(operators)
        if mixed or {"-", "/"} & set(operators[:-1]):
            raise Mistakes(mistakes.ambiguous_arithmetic(whole))
        kind = OpenChain if any(isinstance(operand, tree.If) for operand in c[2::2]) else tree.Chain
        return kind(operators, operands, span=whole)

    def if_(self, c: list[Any]) -> tree.Expression:
        """`if … elseif … else …`; or a sum of several, if what follows `else` holds another open `if`."""
        *rules, word, last = c
        branches = tuple((bare(rules[i]), bare(rules[i + 2])) for i in range(2, len(rules), 5))
        if word is None:
            return tree.If(branches, None, span=span_of(c[0], rules[-1]))
        if isinstance(last, OpenChain):
            first = tree.If(branches, last.operands[0], span=span_of(c[0], last.operands[0]))
            operands = (first, *last.operands[1:])
            return OpenChain(last.operators, operands, span=span_of(c[0], last))
        if isinstance(last, tree.Chain):
            self.warnings.append(mistakes.else_takes_all(last.span))
        return tree.If(branches, bare(last), span=span_of(c[0], last))

    # parts of actions and triggers

    def precondition(self, c: list[Any]) -> tree.Precondition:
        """`precondition: body`."""
        return tree.Precondition(bare(c[1]), span=span_of(c[0], c[1]))

    def effect(self, c: list[Any]) -> tree.Effect:
        """`effect: body`."""
        return tree.Effect(bare(c[1]), span=span_of(c[0], c[1]))

    def consenting(self, c: list[Any]) -> tree.Consenting:
        """`consenting: names`, in any brackets or none."""
        names = next((child for child in c if isinstance(child, tuple) and not isinstance(child, Word)), ())
        return tree.Consenting(names, span=span_of(c[0], names[-1] if names else c[0]))

    def observing(self, c: list[Any]) -> tree.Observing:
        """`observing(variable : type): body`."""
        word, _, variable, kind, _, body = c
        return tree.Observing(name_of(variable), name_of(kind), bare(body), span=span_of(word, body))

    def reveals(self, c: list[Word]) -> tree.Reveals:
        """`reveals: episode`."""
        return tree.Reveals(self.number(c[1:]), span=span_of(c[0], c[1]))

    def tags(self, c: list[Any]) -> tree.Tags:
        """`tags: names`."""
        return tree.Tags(c[1], span=span_of(c[0], c[1][-1]))

    # definitions

    def names(self, c: list[Word]) -> tuple[tree.Name, ...]:
        """Names with commas between them."""
        return tuple(name_of(word) for word in c)

    def parameter(self, c: list[Word]) -> tree.Parameter:
        """`name : type`."""
        return tree.Parameter(name_of(c[0]), name_of(c[1]), span=span_of(c[0], c[1]))

    def signature(self, c: list[Any]) -> tree.Signature:
        """`name(parameters)`."""
        parameters = tuple(p for p in c[2:-1] if p is not None)
        return tree.Signature(name_of(c[0]), parameters, span=span_of(c[0], c[-1]))

    def type_definition(self, c: list[Any]) -> tree.TypeDefinition:
        """`type name : parents`."""
        return tree.TypeDefinition(name_of(c[1]), c[2] or (), span=span_of(c[0], c[2][-1] if c[2] else c[1]))

    def entity_definition(self, c: list[Any]) -> tree.EntityDefinition:
        """`entity name : types`."""
        return tree.EntityDefinition(name_of(c[1]), c[2], span=span_of(c[0], c[2][-1]))

    def property_definition(self, c: list[Any]) -> tree.PropertyDefinition:
        """`property signature : type`."""
        return tree.PropertyDefinition(c[1], name_of(c[2]), span=span_of(c[0], c[2]))

    def action_definition(self, c: list[Any]) -> tree.ActionDefinition:
        """`action signature { parts }`."""
        return tree.ActionDefinition(c[1], _parts(c), span=span_of(c[0], c[-1]))

    def trigger_definition(self, c: list[Any]) -> tree.TriggerDefinition:
        """`trigger signature { parts }`."""
        return tree.TriggerDefinition(c[1], _parts(c), span=span_of(c[0], c[-1]))

    def utility_definition(self, c: list[Any]) -> tree.UtilityDefinition:
        """`utility(character): body`."""
        word, _, character, _, body = c
        named = name_of(character) if character else None
        return tree.UtilityDefinition(named, bare(body), span=span_of(word, body))

    def heading(self, c: list[Word]) -> tree.Heading:
        """`name: "text"`."""
        return tree.Heading(name_of(c[0]), text_of(c[1]), span=span_of(c[0], c[1]))

    def import_(self, c: list[Word]) -> tree.Import:
        """`import "path"`."""
        return tree.Import(text_of(c[1]), span=span_of(c[0], c[1]))

    def beat_definition(self, c: list[Any]) -> tree.BeatDefinition:
        """`beat "name": condition`."""
        return tree.BeatDefinition(text_of(c[1]), bare(c[2]), span=span_of(c[0], c[2]))

    def reveal_definition(self, c: list[Any]) -> tree.RevealDefinition:
        """`reveals(episode): condition`."""
        return tree.RevealDefinition(self.number(c[2:]), bare(c[4]), span=span_of(c[0], c[4]))

    def tag_definition(self, c: list[Any]) -> tree.TagDefinition:
        """`tag(names): condition`."""
        return tree.TagDefinition(c[2], bare(c[4]), span=span_of(c[0], c[4]))

    def demand_definition(self, c: list[Any]) -> tree.ContractDefinition:
        """`contract "name": always finally condition` and the like."""
        demand = " ".join(word.text for word in c[3:5] if word)
        whole = span_of(c[0], c[5])
        return tree.ContractDefinition(text_of(c[2]), demand, bare(c[5]), None, _label(c[1]), span=whole)

    def order_definition(self, c: list[Any]) -> tree.ContractDefinition:
        """`contract "name": this only after that` and `this before that`."""
        demand = " ".join(word.text for word in c[4:-1])
        halves, whole = (bare(c[3]), bare(c[-1])), span_of(c[0], c[-1])
        return tree.ContractDefinition(text_of(c[2]), demand, *halves, _label(c[1]), span=whole)

    def knowledge_definition(self, c: list[Any]) -> tree.ContractDefinition:
        """`contract "name": someone knows this when that`."""
        whole = span_of(c[0], c[-1])
        halves = bare(c[5]), bare(c[-1])
        return tree.ContractDefinition(text_of(c[2]), "someone knows", *halves, _label(c[1]), span=whole)

    def statement(self, c: list[Any]) -> tree.Statement:
        """A statement about the start."""
        return tree.Statement(bare(c[0]), span=c[0].span)


def _label(word: Word | None) -> str:
    """The name of a contract, or ""."""
    return word.text if word else ""


def _value(word: Word) -> float:
    """The value of a number. Raises `Mistakes` if it is beyond all that can be told apart from infinity."""
    value = float(word.text)
    if value == inf:
        raise Mistakes(mistakes.endless_number(word.span))
    return value


def _parts(c: list[Any]) -> tuple[tree.Part, ...]:
    """The parts between the braces; between two `;` there may be none."""
    return tuple(part for part in c[3:-1] if part is not None)
