"""The grammar: how tightly things bind, what may stand where, and how reading goes on after a mistake."""

from dataclasses import fields

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.language import tree
from fabula.language.parse import parse
from fabula.language.words import DEEPEST


def read(text: str) -> tree.Expression:
    """Read the body of a utility."""
    (definition,) = parse(f"utility(): {text};", "world.fab").definitions
    assert isinstance(definition, tree.UtilityDefinition)
    return definition.body


def names(text: str) -> list[str]:
    """Return the names of the mistakes in a text."""
    try:
        parse(text, "world.fab")
    except Mistakes as mistakes:
        return [diagnostic.name for diagnostic in mistakes.diagnostics]
    return []


@pytest.mark.parametrize(
    ("loose", "bracketed"),
    [
        ("a() | b() & c()", "(a() | b()) & c()"),
        ("!x() == y()", "!(x() == y())"),
        ("!a() & b()", "(!a()) & b()"),
        ("if(p()) a() & b()", "(if(p()) a()) & b()"),
        ("if(p()) a() | b()", "(if(p()) a()) | b()"),
        ("forall(c : T) p(c) & q()", "(forall(c : T) p(c)) & q()"),
        ("exists(c : T) p(c) == q()", "exists(c : T) (p(c) == q())"),
        ("if(p()) x() = 1 else x() = 2", "if(p()) (x() = 1) else (x() = 2)"),
        ("x() = y() + 1 & z()", "(x() = (y() + 1)) & z()"),
        ("x() == y() : T", "x() == (y() : T)"),
        ("sum(c : T) n(c) > 3", "(sum(c : T) n(c)) > 3"),
        ("sum(c : T) n(c) + m(c)", "sum(c : T) (n(c) + m(c))"),
        ("sum(c : T) if(p(c)) 1 else 0 > 3", "(sum(c : T) (if(p(c)) 1 else 0)) > 3"),
        ("1 + if(p()) 2 else 3 + 4", "(1 + (if(p()) 2 else 3)) + 4"),
        ("if(p()) 2 else 0 + if(q()) 3 else 0", "(if(p()) 2 else 0) + (if(q()) 3 else 0)"),
        ("if(p()) 2 else 0 + 7", "if(p()) 2 else (0 + 7)"),
        (
            "if(p()) 1 elseif(q()) 2 else 0 + if(r()) 3 else 0",
            "(if(p()) 1 elseif(q()) 2 else 0) + (if(r()) 3 else 0)",
        ),
        ("if(p()) if(q()) 1 else 2", "if(p()) (if(q()) 1 else 2)"),
        ("p() != !q()", "p() != (!q())"),
        ("a() + b() - c()", "(a() + b()) - c()"),
    ],
)
def test_precedence(loose: str, bracketed: str) -> None:
    """Without brackets, an expression means what it means with these."""
    assert flattened(read(loose)) == flattened(read(bracketed))


def flattened(e: object) -> object:
    """Return a comparable form in which chains of arithmetic are nested."""
    if isinstance(e, tree.Chain):
        result = flattened(e.operands[0])
        for operator, operand in zip(e.operators, e.operands[1:], strict=True):
            result = (operator, result, flattened(operand))
        return result
    if isinstance(e, tuple):
        return tuple(flattened(part) for part in e)
    if isinstance(e, tree.Node):
        return (type(e), *(flattened(getattr(e, field.name)) for field in fields(e) if field.compare))
    return e


@pytest.mark.parametrize("text", ["a() + b() * c()", "a() - b() - c()", "a() / b() * c()", "a() - b() + c()"])
def test_ambiguous_arithmetic(text: str) -> None:
    """Arithmetic that could be read in two ways has to be bracketed."""
    assert names(f"utility(): {text};") == ["ambiguous-arithmetic"]


def test_signs() -> None:
    """A `-` before a number is its sign where a value is expected, and a subtraction elsewhere."""
    assert read("-2.5") == tree.Literal(-2.5)
    assert read("5-3") == tree.Chain(("-",), (tree.Literal(5.0), tree.Literal(3.0)))
    assert read("5 - -3") == tree.Chain(("-",), (tree.Literal(5.0), tree.Literal(-3.0)))
    assert read("if(p()) -1 else 0") == read("if(p()) (-1) else 0")


def test_names() -> None:
    """A name begins with any letter and goes on with anything but white space and signs of the language."""
    whole = parse("entity Zoë : täter'; entity x.1? : a_b;", "world.fab")
    assert whole.definitions == (
        tree.EntityDefinition(tree.Name("Zoë"), (tree.Name("täter'"),)),
        tree.EntityDefinition(tree.Name("x.1?"), (tree.Name("a_b"),)),
    )


def test_words_of_definitions_are_free() -> None:
    """`type`, `effect`, `title` and the like are special only where a definition or a part begins."""
    text = "type(type) = effect; property(a); tag(x) = 1; reveals(x); title(a); action a(effect : type) { effect: effect(effect); };"
    kinds = [type(d) for d in parse(text, "world.fab").definitions]
    assert kinds == [tree.Statement] * 5 + [tree.ActionDefinition]


def test_parts_in_any_order() -> None:
    """Parts stand in any order, each may be missing, and the last `;` too; consenting names may stand in brackets."""
    texts = ("", "a, b", "(a, b)", "[a, b]", "{a, b}", "()")
    for names_ in texts:
        text = f"action go(a : T, b : T) {{ consenting: {names_}; precondition: True; observing(c : T): c == a }}"
        (action,) = parse(text, "world.fab").definitions
        assert isinstance(action, tree.ActionDefinition)
        expected = (tree.Name("a"), tree.Name("b")) if "a" in names_ else ()
        assert action.parts[0] == tree.Consenting(expected)
        assert len(action.parts) == 3


def test_comments() -> None:
    """Comments stand between any two words, and `/*` does not count inside another comment."""
    assert read("/* /* */ a // b\n ()") == read("a()")


def test_our_statements() -> None:
    """Title page, import, beats, marks and what an act reveals."""
    text = """title: "The \\"Light\\"
        house"; import "cast.fab"; beat "she knows": p(); beat: q(); reveals(9): p(); tag(death, loss): q();
        action a() { reveals: 8; tags: death, loss; }"""
    p, q = (tree.Call(tree.Name(name), ()) for name in "pq")
    tags = (tree.Name("death"), tree.Name("loss"))
    parts = (tree.Reveals(tree.Literal(8.0)), tree.Tags(tags))
    assert parse(text, "world.fab").definitions == (
        tree.Heading(tree.Name("title"), 'The "Light" house'),
        tree.Import("cast.fab"),
        tree.BeatDefinition("she knows", p),
        tree.BeatDefinition("", q),
        tree.RevealDefinition(tree.Literal(9.0), p),
        tree.TagDefinition(tags, q),
        tree.ActionDefinition(tree.Signature(tree.Name("a"), ()), parts),
    )


def test_spans() -> None:
    """Everything knows where it stands; lines and columns count from 1."""
    (definition,) = parse("\n\tat(Tom) = Market;", "world.fab").definitions
    assert isinstance(definition, tree.Statement)
    assert isinstance(definition.body, tree.Assign)
    span = definition.body.value.span
    assert (span.source, span.line, span.column, span.end - span.start) == ("world.fab", 2, 12, 6)


def test_warnings() -> None:
    """What reads otherwise than most people would read it is warned of."""
    whole = parse("a() | b() & c(); x() = (if(p()) 1 else 2 + 3); (a() | b()) & c();", "world.fab")
    assert [warning.name for warning in whole.warnings] == ["mixed-and-or", "else-takes-all"]


def test_reading_goes_on() -> None:
    """One mistake, one message; after it, reading goes on at the next definition."""
    text = """
        type place
        entity Market : place;
        property at(c : character : place;
        action go(c : character) { precondition: at(c) == ; effect: at(c) = Market; };
        at(Tom) = = Market;
        utility(): 1 - 1 - 1;
        action stay(c : character) { effect: at(c) = Market;
        utility(Tom): at(Tom) == Market;
        % ;
    """
    assert names(text) == [
        "missing-semicolon",
        "open-bracket",
        "unexpected-word",
        "unexpected-word",
        "ambiguous-arithmetic",
        "open-bracket",
        "strange-sign",
    ]


def test_reading_goes_on_inside_an_action() -> None:
    """After a mistake in one part of an action, reading goes on at the next part; a head is read for itself."""
    text = """
        action go(c character) {
            precondition at(c) == Market;
            effect: at(c) = Market
            consenting: c c;
            foo: 3;
            observing(d : character): 3 > ) 2 # 1;
        };
        trigger fall() { precondition: 1 - 1 - 1 == 0; effect: = };
        action stay(c : character) {
            effect: at(c) = ;
            precondition: True;
        type place;
        action rest(c : character) precondition: True; effect: True; consenting: c; };
        utility(): 1 +;
        /* type
    """
    assert names(text) == [
        "unexpected-word",
        "unexpected-word",
        "missing-semicolon",
        "unexpected-word",
        "unknown-part",
        "strange-sign",
        "ambiguous-arithmetic",
        "unexpected-word",
        "open-bracket",
        "unexpected-word",
        "unexpected-word",
        "breaks-off",
        "open-comment",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("(" * 10_000_000, "too-large"),
        ("(" * 400_000, "too-deep"),
        ("utility(): " + "!" * 400_000, "too-deep"),
        ("utility(): 1" + "+1" * 200_000, "too-deep"),
        ("utility(): " + "if(a()) 1 else " * 20_000, "too-deep"),
        (")" * 50_000, "stray-bracket"),
        ("\x00\x01\x02PNG", "not-text"),
        (b"\xff\xfe\x00".decode("utf-8", "replace"), "not-text"),
        ("%$^" * 100_000, "strange-sign"),
        ("a " * 20_000, "unexpected-word"),
        ("/* " * 100_000, "open-comment"),
        ('"' * 33_333, "open-text"),
        ("a() -> b();", "unexpected-word"),
    ],
)
def test_junk(text: str, name: str) -> None:
    """Whatever the text holds, the answer is one clear message, and it comes soon."""
    assert names(text) == [name]


def test_deepest() -> None:
    """What is just not too deep can be read and written by every later stage."""
    assert names("utility(): " + "!" * (DEEPEST - 1) + "a();") == []
    assert names("utility(): " + "(" * DEEPEST + "a()" + ")" * DEEPEST) == ["too-deep"]
    assert names("utility(): " + " & ".join("a()" for _ in range(5_000))) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a() && b();", "write a single `&` for *and*"),
        ("a() or b();", "write `|` for *or*"),
        ("a() -> b();", "there is no `->`; write `if(a) b` for *b if a*"),
        ("utility(): if(a()) 1 elif(b()) 2 else 3;", "write `elseif`"),
        ("action a() { efect: b(); };", "did you mean `effect`?"),
    ],
)
def test_habits_of_other_languages(text: str, hint: str) -> None:
    """Whoever writes as in another language is told what it is here."""
    with pytest.raises(Mistakes) as refused:
        parse(text, "world.fab")
    assert refused.value.diagnostics[0].hints == (hint,)
