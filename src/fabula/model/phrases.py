"""Expressions get their meaning from where they stand: as a condition, as a value, or as what happens.

`p()` is `p() == True` as a condition, the value of `p` as a value, and `p() = True` as an effect. So there is one
method for each of the three, and each knows what every kind of expression means there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.span import Span
from fabula.frozen import dataclass
from fabula.language import tree
from fabula.model import mistakes
from fabula.model.declared import Declared, kinds
from fabula.model.expression import (
    And,
    Arithmetic,
    Assign,
    Believes,
    Compare,
    Constant,
    Expression,
    Fluent,
    If,
    IsA,
    Not,
    Or,
    Property,
    Quantified,
    Term,
    Variable,
)

TRUE, FALSE = Constant(True), Constant(False)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The meaning of expressions where certain variables are in scope.

    `truth_counts` is set in utilities, where what is true counts 1 and what is false 0. Every method raises
    `Mistakes`; beside `&` it goes on, so that each part of a conjunction can have its own.
    """

    declared: Declared
    variables: Mapping[str, Variable] = field(default_factory=dict)
    truth_counts: bool = False

    def within(self, variables: Iterable[Term]) -> Phrases:
        """The same with more variables in scope; a nearer one hides a farther one of the same name."""
        nearer = {v.name: v for v in variables if isinstance(v, Variable)}
        return replace(self, variables={**self.variables, **nearer})

    # conditions

    def condition(self, e: tree.Expression) -> Expression:
        """Something that holds or does not."""
        match e:
            case tree.Not(body):
                return Not(self.condition(body))
            case tree.And(parts):
                return And(each(self.condition, parts))
            case tree.Or(parts):
                return Or(each(self.condition, parts))
            case tree.If():
                return self._if(e, self.condition)
            case tree.Quantified("forall" | "exists"):
                return self._quantified(e, Phrases.condition)
            case tree.Believes(character, body):
                return Believes(self.character(character, "believe anything"), self.condition(body))
            case tree.Compare():
                return self._compare(e)
            case tree.IsA(subject, type_):
                return IsA(self.value(subject), self.declared.types.check(type_))
            case tree.Assign():
                raise Mistakes(mistakes.assign_in_condition(e.span))
            case tree.Literal(bool(truth)):
                return Constant(truth)
            case _:
                return Compare("==", self.value(e, Wanted("boolean")), TRUE)

    def _compare(self, e: tree.Compare) -> Compare:
        """A comparison; only an order needs numbers on both sides."""
        wanted = None if e.operator in {"==", "!="} else Wanted("number")
        return Compare(e.operator, self.value(e.left, wanted), self.value(e.right, wanted))

    def _if(self, e: tree.If, body: Callable[[tree.Expression], Expression]) -> If:
        """Conditions, and bodies of any kind."""
        branches = tuple((self.condition(c), body(b)) for c, b in e.branches)
        return If(branches, None if e.otherwise is None else body(e.otherwise))

    def _quantified(
        self, e: tree.Quantified, body: Callable[[Phrases, tree.Expression], Expression]
    ) -> Quantified:
        """A body of any kind, with one more variable in scope."""
        variable = Variable(e.variable.text, self.declared.types.finite(e.type), e.variable.span)
        return Quantified(e.word, variable, body(self.within((variable,)), e.body))

    # values

    def value(self, e: tree.Expression, wanted: Wanted | None = None) -> Expression:
        """Something that has a value, of the wanted kind if one is wanted."""
        match e:
            case tree.If():
                return self._value_if(e, wanted)
            case tree.Believes(character, body):
                inner = self.value(body, wanted)
                return Believes(self.character(character, "believe anything"), inner)
            case tree.Assign():
                raise Mistakes(mistakes.assign_in_condition(e.span))
        found = self._plain_value(e, wanted)
        return self._fitting(found, e, wanted) if wanted else found

    def _plain_value(self, e: tree.Expression, wanted: Wanted | None) -> Expression:
        """A value whose kind does not depend on what is wanted."""
        match e:
            case tree.Name():
                return self.term(e, wanted)
            case tree.Literal(value):
                return Constant(value)
            case tree.Call():
                return self.fluent(e)
            case tree.Chain():
                return self._chain(e)
            case tree.Quantified("sum" | "product"):
                return self._quantified(e, lambda inner, body: inner.value(body, Wanted("number")))
            case _:
                return self.condition(e)

    def _chain(self, e: tree.Chain) -> Expression:
        """Arithmetic, grouped from the left."""
        result, *others = each(lambda operand: self.value(operand, Wanted("number")), e.operands)
        for operator, operand in zip(e.operators, others, strict=True):
            result = Arithmetic(operator, result, operand)
        return result

    def _value_if(self, e: tree.If, wanted: Wanted | None) -> Expression:
        """A value for each case; only what is true or false may do without `else`."""
        found = self._if(e, lambda body: self.value(body, wanted))
        if e.otherwise is None and not is_truth(found):
            raise Mistakes(mistakes.missing_else(e.span))
        return found

    def _fitting(self, found: Expression, e: tree.Expression, wanted: Wanted) -> Expression:
        """The value if it is of the wanted kind. Raises `Mistakes` with the right words if it is not."""
        if is_truth(found):
            if wanted.type == "boolean":
                return found
            if self.truth_counts and wanted.type == "number":
                return If(((as_condition(found), Constant(1.0)),), Constant(0.0))
        elif found == Constant(None):
            if wanted.type != "boolean":
                return found
            raise Mistakes(mistakes.unknown_truth(e.span))
        elif self._fits(found, wanted.type):
            return found
        raise Mistakes(wanted.mistake(self.described(found), e.span))

    def _fits(self, found: Expression, type_: str) -> bool:
        """Whether a value that is no truth value is of the type."""
        if isinstance(found, Variable | Constant):
            return self.declared.types.fits(found, type_)
        if isinstance(found, Fluent):
            return type_ in self.declared.types.above[found.property.type]
        return type_ == "number"

    def described(self, found: Expression) -> str:
        """What a value is, in the author's words."""
        if is_truth(found):
            return "true or false"
        if isinstance(found, Fluent):
            return in_words((found.property.type,))
        if isinstance(found, Variable | Constant):
            return in_words(kinds(found)) if found != Constant(None) else "`?`"
        return "a number"

    # names

    def term(self, name: tree.Name, wanted: Wanted | None = None) -> Term:
        """A variable in scope, else an entity."""
        if name.text in self.variables:
            return self.variables[name.text]
        if name.text in self.declared.entities:
            return Constant(self.declared.entities[name.text])
        also = "property" if name.text in self.declared.properties else ""
        also = also or ("type" if name.text in self.declared.types.above else "")
        raise Mistakes(mistakes.unknown_name(name.text, name.span, self._candidates(wanted), also))

    def _candidates(self, wanted: Wanted | None) -> Iterable[mistakes.Declared]:
        """The names that would make sense, nearest first."""
        terms: list[tuple[str, Term, Span | None]] = [(v.name, v, v.span) for v in self.variables.values()]
        terms += [(e.name, Constant(e), e.span) for e in self.declared.entities.values()]
        types = self.declared.types
        for name, term, span in terms:
            if wanted is None or types.fits(term, wanted.type):
                yield name, span
        if wanted is None or wanted.type == "boolean":
            yield from (("True", None), ("False", None))

    def character(self, name: tree.Name, role: str) -> Term:
        """A variable or entity that is a character, and so can play the role."""
        found = self.term(name, Wanted("character"))
        if self.declared.types.fits(found, "character"):
            return found
        span = found.span if isinstance(found, Variable) else self.declared.entities[name.text].span
        raise Mistakes(mistakes.not_a_character(name.text, role, name.span, span))

    def fluent(self, e: tree.Call) -> Fluent:
        """A property and what it is about; of several with one name, the one that fits."""
        known = self.declared.properties.get(e.property.text)
        if not known:
            alike = ((name, ps[0].span) for name, ps in self.declared.properties.items() if ps)
            is_act = e.property.text in self.declared.actions
            raise Mistakes(mistakes.unknown_property(e.property.text, e.property.span, alike, is_act))
        expected = known[0].parameters if len(known) == 1 else ()
        arguments = tuple(self._argument(a, expected[i : i + 1]) for i, a in enumerate(e.arguments))
        for candidate in known:
            if self._about(candidate, arguments):
                return Fluent(candidate, arguments)
        given = ", ".join(in_words(kinds(a)) for a in arguments) or "nothing"
        raise Mistakes(mistakes.wrong_arguments(e.property.text, e.span, given, known))

    def _argument(self, e: tree.Expression, expected: tuple[Term, ...]) -> Term:
        """One thing that a property is about."""
        if isinstance(e, tree.Name):
            first = expected[0] if expected else None
            return self.term(e, Wanted(first.type) if isinstance(first, Variable) else None)
        if isinstance(e, tree.Literal) and e.value is not None:
            return Constant(e.value)
        raise Mistakes(mistakes.nested_argument(e.span))

    def _about(self, candidate: Property, arguments: tuple[Term, ...]) -> bool:
        """Whether the property can be about these things."""
        pairs = zip(candidate.parameters, arguments, strict=False)
        return len(candidate.parameters) == len(arguments) and all(
            self.declared.types.fits(given, wanted.type) if isinstance(wanted, Variable) else wanted == given
            for wanted, given in pairs
        )

    # what happens

    def effect(self, e: tree.Expression) -> Expression:
        """Something that becomes true."""
        match e:
            case tree.And(parts):
                return And(each(self.effect, parts))
            case tree.If():
                return self._if(e, self.effect)
            case tree.Quantified("forall"):
                return self._quantified(e, Phrases.effect)
            case tree.Literal(True):
                return And(())
            case tree.Not(tree.Believes(character, body)):
                negated = tree.Believes(character, tree.Not(body, span=body.span), span=e.span)
                return self.effect(negated)
            case tree.Not(tree.Call() as call):
                return Assign(self._boolean(call), FALSE)
            case tree.Call():
                return Assign(self._boolean(e), TRUE)
            case tree.Believes(character, body):
                return Believes(self.character(character, "believe anything"), self.effect(body))
            case tree.Assign(target, value) | tree.Compare("==", target, value):
                return self._assign(target, value)
            case tree.Or() | tree.Quantified("exists"):
                word = "|" if isinstance(e, tree.Or) else "exists"
                raise Mistakes(mistakes.choice_in_effect(word, e.span))
            case _:
                raise Mistakes(mistakes.not_an_effect(e.span))

    def _boolean(self, call: tree.Call) -> Fluent:
        """A property that is true or false, given its value by its name alone."""
        found = self.fluent(call)
        if found.property.type != "boolean":
            raise Mistakes(mistakes.not_an_effect(call.span))
        return found

    def _assign(self, target: tree.Expression, value: tree.Expression) -> Assign:
        """`target = value`, the value of the target's type."""
        found, property_ = self._target(target)
        return Assign(found, self.value(value, Wanted(property_.type, property_)))

    def _target(self, e: tree.Expression) -> tuple[Fluent | Believes, Property]:
        """What gets a value: a fluent, in reality or in somebody's beliefs."""
        if isinstance(e, tree.Call):
            found = self.fluent(e)
            return found, found.property
        if isinstance(e, tree.Believes):
            inner, property_ = self._target(e.body)
            return Believes(self.character(e.character, "believe anything"), inner), property_
        raise Mistakes(mistakes.not_an_effect(e.span))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The type that a value must have, and the property that is to get it, if that is why."""

    type: str
    property: Property | None = None

    def mistake(self, found: str, span: Span) -> Diagnostic:
        """The message for a value of another kind."""
        words = in_words((self.type,))
        if self.property:
            return mistakes.wrong_value(self.property.name, words, found, span, self.property.span)
        return mistakes.wrong_kind(
            "something true or false" if self.type == "boolean" else words, found, span
        )


def each(
    reading: Callable[[tree.Expression], Expression], parts: Iterable[tree.Expression]
) -> tuple[Expression, ...]:
    """The meaning of every part. Raises `Mistakes` with those of all parts together."""
    results: list[Expression] = []
    found: list[Diagnostic] = []
    for part in parts:
        try:
            results.append(reading(part))
        except Mistakes as mistake:
            found += mistake.diagnostics
    if found:
        raise Mistakes(*found)
    return tuple(results)


def is_truth(e: Expression) -> bool:
    """Whether an expression is something true or false."""
    while isinstance(e, If | Believes):
        e = e.branches[0][1] if isinstance(e, If) else e.body
    if isinstance(e, Variable):
        return e.type == "boolean"
    if isinstance(e, Constant):
        return isinstance(e.value, bool)
    if isinstance(e, Fluent):
        return e.property.type == "boolean"
    return isinstance(e, Not | And | Or | Compare | IsA) or (
        isinstance(e, Quantified) and e.word in {"forall", "exists"}
    )


def as_condition(e: Expression) -> Expression:
    """Something true or false, as a condition: `p()` becomes `p() == True`."""
    return Compare("==", e, TRUE) if isinstance(e, Fluent | Variable) else e


def in_words(types: Iterable[str]) -> str:
    """Types in the author's words."""
    return " and ".join(_SAID.get(t, f"{'an' if t[:1] in 'aeiouAEIOU' else 'a'} `{t}`") for t in types)


_SAID = {"boolean": "true or false", "number": "a number"}
