"""Every message about the meaning of a world, each in one place and in the author's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fabula.diagnostics.diagnostic import Diagnostic, Label
from fabula.diagnostics.span import Span
from fabula.diagnostics.suggest import alike
from fabula.model.expression import Constant, Property, Variable

Declared = tuple[str, Span | None]
"""A name that could have been meant, and where it was declared."""


def nearest(word: str, used: Span, candidates: Iterable[Declared]) -> tuple[str, ...]:
    """A hint that names the one declared name that was probably meant; none if that would be a wild guess."""
    spans = dict(candidates)
    meant = next(iter(alike(word, spans)), None)
    if meant is None:
        return ()
    span = spans[meant]
    if span is None:
        return (f"did you mean `{meant}`?",)
    where = f"on line {span.line}" + ("" if span.source == used.source else f" of {span.source}")
    return (f"did you mean `{meant}`? it is declared {where}",)


def unknown_name(word: str, span: Span, candidates: Iterable[Declared], also: str = "") -> Diagnostic:
    """No variable and no entity has this name; `also` says what else has it."""
    notes = (f"there is a {also} of that name, but here something of the world must stand",) if also else ()
    return Diagnostic(
        "error",
        "unknown-name",
        f"there is no entity called `{word}`",
        (Label(span, "not declared in this world"),),
        notes,
        nearest(word, span, candidates) or (f"declare it: `entity {word} : TYPE;`",),
    )


def unknown_property(
    word: str, span: Span, candidates: Iterable[Declared], is_act: bool = False
) -> Diagnostic:
    """No property has this name; perhaps an action has."""
    if is_act:
        return Diagnostic(
            "error",
            "unknown-property",
            f"`{word}` is an action, and here stands what may be so",
            (Label(span, "not a property"),),
            (f"in a contract an act stands by itself: `never {word}(…)`, `… only after {word}(…)`",),
            ("let the act set a property, and ask for that",),
        )
    return Diagnostic(
        "error",
        "unknown-property",
        f"there is no property called `{word}`",
        (Label(span, "not declared in this world"),),
        (),
        nearest(word, span, candidates) or (f"declare it: `property {word}(…) : TYPE;`",),
    )


def unknown_type(word: str, span: Span, candidates: Iterable[Declared]) -> Diagnostic:
    """No type has this name."""
    return Diagnostic(
        "error",
        "unknown-type",
        f"there is no type called `{word}`",
        (Label(span, "not declared in this world"),),
        (),
        nearest(word, span, candidates) or (f"declare it: `type {word};`",),
    )


def unknown_parent(word: str, span: Span, candidates: Iterable[Declared]) -> Diagnostic:
    """A type stands below one that is nowhere declared."""
    return Diagnostic(
        "warning",
        "unknown-parent",
        f"the type `{word}` is used but never declared",
        (Label(span, "taken as a new type"),),
        (),
        nearest(word, span, candidates) or (f"write `type {word};` to say that it is meant",),
    )


def type_circle(names: Sequence[str], span: Span) -> Diagnostic:
    """A type that stands below itself."""
    return Diagnostic(
        "error",
        "type-circle",
        f"the type `{names[0]}` stands below itself",
        (Label(span),),
        (" is a ".join(f"`{name}`" for name in (*names, names[0])),),
        ("take one of these parents away",),
    )


def built_in_type(word: str, span: Span) -> Diagnostic:
    """`boolean` or `number` used as a parent, child or type of things."""
    return Diagnostic(
        "error",
        "built-in-type",
        f"`{word}` is a type of values, and no thing of the world can be one",
        (Label(span),),
        ("only `entity` and the types below it have entities",),
        ("choose a type of your own",),
    )


def number_parameter(span: Span) -> Diagnostic:
    """A variable that would have to range over all numbers."""
    return Diagnostic(
        "error",
        "number-parameter",
        "a variable cannot stand for any number",
        (Label(span, "there is no end of numbers to try"),),
        ("a variable stands for each entity of its type in turn",),
        ("keep the number in a property, or make a type with one entity per step",),
    )


def repeated_parameter(word: str, span: Span, first: Span | None) -> Diagnostic:
    """Two parameters of one name."""
    labels = (Label(span, "again here"), *((Label(first, "first here"),) if first else ()))
    headline = f"there are two parameters called `{word}`"
    return Diagnostic("error", "repeated-parameter", headline, labels, (), ("give one of them another name",))


def overlapping(word: str, kind: str, span: Span, first: Span | None) -> Diagnostic:
    """Two properties, or acts, of one name that could both be meant."""
    labels = (Label(span, "and this one"), *((Label(first, "this one"),) if first else ()))
    kinds = "properties" if kind == "property" else f"{kind}s"
    return Diagnostic(
        "error",
        "overlapping-names",
        f"two {kinds} called `{word}` can be about the same things",
        labels,
        ("two may share a name only if nothing fits both",),
        ("give one of them another name",),
    )


def wrong_arguments(word: str, span: Span, given: str, known: Sequence[Property]) -> Diagnostic:
    """A property used with things that it is not about."""
    labels = (
        Label(span, f"used with {given}"),
        *(Label(p.span, "declared here") for p in known[:3] if p.span),
    )
    forms = " or ".join(f"`{signature(p)}`" for p in known[:3])
    return Diagnostic(
        "error",
        "wrong-arguments",
        f"`{word}` cannot be used with {given}",
        labels,
        (f"it is {forms}",),
        ("check the number, the order and the kinds of what stands in the brackets",),
    )


def wrong_count(word: str, span: Span, known: Sequence[int]) -> Diagnostic:
    """An act in a contract, with too few or too many arguments."""
    counts = " or ".join(str(count) for count in sorted(set(known)))
    return Diagnostic(
        "error",
        "wrong-count",
        f"`{word}` is done with another number of arguments",
        (Label(span),),
        (f"it has {counts}",),
        (f"write `?` for any argument: `{word}({', '.join('?' * min(known))})`",),
    )


def nested_argument(span: Span) -> Diagnostic:
    """A property of a property."""
    return Diagnostic(
        "error",
        "nested-argument",
        "only a name can stand between the brackets of a property",
        (Label(span),),
        (),
        ("name the thing with a variable: `exists(v : TYPE) (inner() == v & outer(v))`",),
    )


def wrong_kind(wanted: str, found: str, span: Span) -> Diagnostic:
    """Something of one kind where another kind is needed."""
    return Diagnostic(
        "error",
        "wrong-kind",
        f"{wanted} must stand here, and this is {found}",
        (Label(span),),
        (),
        ("compare it with something, or use the property that was meant",),
    )


def wrong_value(target: str, wanted: str, found: str, span: Span, declared: Span | None) -> Diagnostic:
    """A property given a value that it cannot have."""
    labels = (Label(span, f"this is {found}"), *((Label(declared, "declared here"),) if declared else ()))
    headline = f"the value of `{target}` is {wanted} and cannot be {found}"
    hint = "give it a value of that type, or declare the property with a wider one"
    return Diagnostic("error", "wrong-value", headline, labels, (), (hint,))


def unknown_truth(span: Span) -> Diagnostic:
    """`?` for something that is true or false."""
    return Diagnostic(
        "error",
        "unknown-truth",
        "something true or false cannot be `?`",
        (Label(span),),
        ("`?` is for numbers and for properties whose value is an entity",),
        ("use an entity property if a third answer is needed",),
    )


def assign_in_condition(span: Span) -> Diagnostic:
    """`=` where `==` was meant."""
    return Diagnostic(
        "error",
        "assign-in-condition",
        "`=` gives a value, and here a value is only looked at",
        (Label(span),),
        (),
        ("write `==` to compare",),
    )


def missing_else(span: Span) -> Diagnostic:
    """A number that is missing when no condition holds."""
    return Diagnostic(
        "error",
        "missing-else",
        "this `if` has no value when its condition fails",
        (Label(span),),
        ("where a value is wanted, every case needs one",),
        ("add `else 0`, or what it should be then",),
    )


def choice_in_effect(word: str, span: Span) -> Diagnostic:
    """`|` or `exists` in what happens."""
    return Diagnostic(
        "error",
        "choice-in-effect",
        f"`{word}` leaves open what happens",
        (Label(span),),
        ("an effect, or a statement about the start, says exactly what becomes true",),
        ("make one action for each case, or decide with `if`",),
    )


def not_an_effect(span: Span) -> Diagnostic:
    """Something in an effect that changes nothing."""
    return Diagnostic(
        "error",
        "not-an-effect",
        "this does not say what becomes true",
        (Label(span),),
        ("here a property gets a value: `at(Tom) = Market`, `alive(Tom)`, `!alive(Tom)`",),
        ("say which property takes which value",),
    )


def not_a_character(word: str, role: str, span: Span, declared: Span | None) -> Diagnostic:
    """Something without a mind asked to believe, consent, want or watch."""
    labels = (Label(span), *((Label(declared, "declared here"),) if declared else ()))
    return Diagnostic(
        "error",
        "not-a-character",
        f"`{word}` is not a character and cannot {role}",
        labels,
        ("only what is declared as a `character`, or as a type below it, has a mind",),
        ("name a character, or make it one",),
    )


def observer_type(word: str, span: Span) -> Diagnostic:
    """`observing(k : knight)`."""
    return Diagnostic(
        "error",
        "observer-type",
        f"the observers of an act cannot be limited to the type `{word}`",
        (Label(span),),
        ("of every character it must be said whether they notice",),
        ("write `observing(c : character): c : " + word + " & …`",),
    )


def wrong_part(word: str, span: Span) -> Diagnostic:
    """A trigger that somebody consents to."""
    return Diagnostic(
        "error",
        "wrong-part",
        f"a trigger has no `{word}`",
        (Label(span),),
        ("a trigger happens by itself: nobody chooses it, and nobody has to see it",),
        ("leave this out, or make it an action",),
    )


def repeated(what: str, span: Span, first: Span) -> Diagnostic:
    """Something said twice of which only one can count."""
    return Diagnostic(
        "warning",
        "repeated-part",
        f"{what} is given twice, and only the last counts",
        (Label(span, "this counts"), Label(first, "this does not")),
        (),
        ("take one of them away",),
    )


def unknown_heading(word: str, span: Span, near: Iterable[Declared]) -> Diagnostic:
    """A line that the title page does not have."""
    return Diagnostic(
        "error",
        "unknown-heading",
        f"the title page has no line `{word}`",
        (Label(span),),
        ("it has: title, author, note, credits, disclaimer, language",),
        nearest(word, span, near),
    )


def wrong_episode(span: Span) -> Diagnostic:
    """An episode that is not a whole number from 1."""
    return Diagnostic(
        "error",
        "wrong-episode",
        "an episode is a whole number, 1 or more",
        (Label(span),),
        (),
        ("write the number of the episode that is given away, or leave this out",),
    )


def missing_import(path: str, span: Span) -> Diagnostic:
    """An imported file that cannot be read."""
    return Diagnostic(
        "error",
        "missing-import",
        f"the file `{path}` cannot be read",
        (Label(span),),
        ("a path is taken from the folder of the file that imports",),
        ("check its name and whether it is there",),
    )


def import_circle(path: str, span: Span) -> Diagnostic:
    """Files that import each other."""
    return Diagnostic(
        "error",
        "import-circle",
        f"`{path}` is being read already, and this would begin it again",
        (Label(span),),
        ("a file cannot import itself, also not through others",),
        ("move what both need into a third file",),
    )


def unmodelled_belief(who: str, span: Span) -> Diagnostic:
    """A wrong belief of which nobody has an idea."""
    return Diagnostic(
        "warning",
        "unmodelled-belief",
        f"nobody else knows that `{who}` believes this",
        (Label(span),),
        (f"the others go on thinking that `{who}` knows the truth",),
        (
            f"if somebody knows better, say so: `believes(SOMEBODY, believes({who}, …))`",
            "if nobody does, and that is meant, write `// meant: unmodelled-belief` behind it",
        ),
    )


def signature(p: Property) -> str:
    """`name(types) : type`, as an author would write it."""
    return f"{p.name}({', '.join(_term(t) for t in p.parameters)}) : {p.type}"


def _term(term: Variable | Constant) -> str:
    """One parameter of a signature."""
    return (
        f"{term.name} : {term.type}"
        if isinstance(term, Variable)
        else str(getattr(term.value, "name", term.value))
    )
