"""Names and kinds: what a world means once every name stands for a declared thing."""

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.language.parse import parse
from fabula.language.tree import Tree
from fabula.model.expression import (
    And,
    Arithmetic,
    Assign,
    Believes,
    Compare,
    Constant,
    Entity,
    Expression,
    Fluent,
    If,
    Not,
    Quantified,
    Variable,
)
from fabula.model.from_tree import resolve
from fabula.model.world import World

WORLD = """
    type place; type item;
    entity Market : place; entity Tom : character; entity Lamp : place, item; entity Ann : character;
    property at(c : character) : place;
    property at(i : item) : character;
    property alive(c : character) : boolean;
    property coins(c : character) : number;
    property lord(Tom) : character;
"""
TOM, ANN, MARKET = (
    Entity("Tom", ("character",)),
    Entity("Ann", ("character",)),
    Entity("Market", ("place",)),
)
TRUE = Constant(True)


def files(**texts: str) -> tuple[World, list[str]]:
    """Resolve the file `start` among several; return the world and the names of the warnings."""

    def load(path: str, _: str) -> Tree:
        if path not in texts:
            raise FileNotFoundError(path)
        return parse(texts[path], path)

    world, warnings = resolve(load("start", ""), load)
    return world, [warning.name for warning in warnings]


def world(more: str) -> World:
    """Resolve the small world above with more definitions."""
    return files(start=WORLD + more)[0]


def refused(more: str) -> list[str]:
    """Return the names of the mistakes that more definitions bring."""
    with pytest.raises(Mistakes) as mistakes:
        world(more)
    return [diagnostic.name for diagnostic in mistakes.value.diagnostics]


def utility(text: str) -> Expression:
    """Resolve a utility."""
    return world(f"utility(): {text};").utilities[None]


def statement(text: str) -> Expression:
    """Resolve a statement about the start."""
    (found,) = world(f"{text};").statements
    return found


def fluent(name: str, *entities: Entity) -> Fluent:
    """Return the property of this name that is about these entities, applied to them."""
    types = tuple(entity.types[-1] for entity in entities)
    for candidate in world("").properties:
        terms = candidate.parameters
        if candidate.name == name and all(
            term.type == type_ if isinstance(term, Variable) else True
            for term, type_ in zip(terms, types, strict=True)
        ):
            return Fluent(candidate, tuple(map(Constant, entities)))
    raise AssertionError(name)


def test_canonical_order() -> None:
    """Characters stand first, then all others, each in the order of their first definition."""
    made = world("entity Cy : place; entity Cy : character; entity Bag : item;")
    assert [e.name for e in made.entities] == ["Tom", "Ann", "Cy", "Market", "Lamp", "Bag"]
    assert made.character_count == 3
    assert made.entities[2].types == ("place", "character")


def test_types() -> None:
    """A type stands below its parents and theirs, and everything below `entity`; the order of definition is free."""
    made = world("type spy : agent; type agent : character; type character : body; type body;")
    assert made.supertypes["spy"] == {"spy", "agent", "character", "body", "entity"}
    assert made.supertypes["number"] == {"number"}


def test_unknown_parents() -> None:
    """An unknown parent becomes a type, with a warning."""
    made, warnings = files(start="type knight : noble; entity Bors : knight;")
    assert "noble" in made.supertypes["knight"]
    assert warnings == ["unknown-parent"]


def test_overloads() -> None:
    """Properties share a name if they are about different things; a use means the one that fits."""
    at_character, at_item = world("").properties[:2]
    assert statement("at(Tom) = Market") == Assign(Fluent(at_character, (Constant(TOM),)), Constant(MARKET))
    made = statement("forall(i : item) at(i) = Tom")
    assert isinstance(made, Quantified)
    assert made.body == Assign(Fluent(at_item, (Variable("i", "item"),)), Constant(TOM))
    assert refused("property at(l : lamp) : number; type lamp : item;") == ["overlapping-names"]
    assert refused("type robot : character, item;") == ["overlapping-names"]


def test_the_same_word_in_three_places() -> None:
    """`p()` is a condition, a value or an effect, by where it stands."""
    alive, other = fluent("alive", TOM), fluent("alive", ANN)
    assert statement("alive(Tom)") == Assign(alive, TRUE)
    assert statement("!alive(Tom)") == Assign(alive, Constant(False))
    assert statement("alive(Tom) = alive(Ann)") == Assign(alive, other)
    assert statement("alive(Tom) == False") == Assign(alive, Constant(False))
    (action,) = world("action a() { precondition: !alive(Tom) & alive(Tom) == alive(Ann); };").actions
    assert action.precondition == And((Not(Compare("==", alive, TRUE)), Compare("==", alive, other)))


def test_beliefs() -> None:
    """A belief may be set from the outside, from the inside, and be looked at as a condition or a value."""
    alive, coins = fluent("alive", TOM), fluent("coins", TOM)
    ann = Constant(ANN)
    assert statement("believes(Ann, !alive(Tom))") == Believes(ann, Assign(alive, Constant(False)))
    assert statement("!believes(Ann, alive(Tom))") == Believes(ann, Assign(alive, Constant(False)))
    assert statement("believes(Ann, coins(Tom) = 3)") == Believes(ann, Assign(coins, Constant(3.0)))
    assert statement("believes(Ann, coins(Tom)) = 3") == Assign(Believes(ann, coins), Constant(3.0))
    nested = "believes(Tom, believes(Ann, coins(Tom))) == 3"
    (action,) = world(f"action a() {{ precondition: {nested}; }};").actions
    expected = Compare("==", Believes(Constant(TOM), Believes(ann, coins)), Constant(3.0))
    assert action.precondition == expected


def test_worth() -> None:
    """In a utility, what is true counts 1 and what is false 0, alone or as a part of a sum."""
    alive = Compare("==", fluent("alive", TOM), TRUE)
    one = If(((alive, Constant(1.0)),), Constant(0.0))
    assert utility("alive(Tom)") == one
    assert utility("alive(Tom) + 1") == Arithmetic("+", one, Constant(1.0))
    assert utility("if(alive(Tom)) alive(Tom) else 5") == If(((alive, one),), Constant(5.0))
    assert utility("coins(Tom) - 1") == Arithmetic("-", fluent("coins", TOM), Constant(1.0))


def test_arithmetic_groups_from_the_left() -> None:
    """`a + b - c` is `(a + b) - c`."""
    one, two, three = (Constant(n) for n in (1.0, 2.0, 3.0))
    assert utility("1 + 2 - 3") == Arithmetic("-", Arithmetic("+", one, two), three)


def test_scopes() -> None:
    """A variable hides an entity of its name, and may have the name of a type."""
    (action,) = world("action a(Market : character) { precondition: alive(Market); };").actions
    assert action.signature == (Variable("Market", "character"),)
    assert action.precondition == Compare(
        "==", Fluent(fluent("alive", TOM).property, (Variable("Market", "character"),)), TRUE
    )
    assert world("action a(place : place, Tom) { effect: at(Tom) = place; consenting: Tom; };").actions


def test_defaults() -> None:
    """Without its parts an action can always happen, changes nothing, needs nobody, and is seen by everybody."""
    (action,) = world("action a() {};").actions
    assert (action.precondition, action.effect, action.consenting, action.observing) == (TRUE, None, (), None)
    assert (action.reveals, action.tags) == (0, ())


def test_the_last_counts() -> None:
    """Of a repeated part, utility or line of the title page the last counts, with a warning."""
    made, warnings = files(
        start=f'{WORLD} title: "A"; title: "B"; utility(): 1; utility(): 2; action a() {{ effect: alive(Tom); effect: !alive(Tom); }};'
    )
    assert made.title_page.title == "B"
    assert made.utilities == {None: Constant(2.0)}
    assert made.actions[0].effect == Assign(fluent("alive", TOM), Constant(False))
    assert warnings == ["repeated-part"] * 3


def test_our_statements() -> None:
    """The title page, beats in order, and what acts and facts give away."""
    made = world(
        """title: "T"; author: "A"; language: "de"; beat "first": alive(Tom); beat: !alive(Tom);
        reveals(9): alive(Ann); tag(death, loss): !alive(Ann);
        action a() { reveals: 3; tags: death; };"""
    )
    assert (made.title_page.title, made.title_page.author, made.title_page.language) == ("T", "A", "de")
    assert [beat.name for beat in made.beats] == ["first", ""]
    assert [(mark.reveals, mark.tags) for mark in made.marks] == [(9, ()), (0, ("death", "loss"))]
    assert (made.actions[0].reveals, made.actions[0].tags) == (3, ("death",))


def test_imports() -> None:
    """What a file says stands where it is imported, and each file is read once, by whatever way."""
    made, _ = files(
        start='import "cast"; import "rules"; entity Cy : character;',
        cast="entity Ann : character;",
        rules='import "cast"; property alive(c : character) : boolean; alive(Ann);',
    )
    assert [e.name for e in made.entities] == ["Ann", "Cy"]
    assert len(made.statements) == 1


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ({"start": 'import "none";'}, "missing-import"),
        ({"start": 'import "start";'}, "import-circle"),
        ({"start": 'import "a";', "a": 'import "b";', "b": 'import "a";'}, "import-circle"),
        ({"start": 'import "a";', "a": "entity x y;"}, "unexpected-word"),
    ],
)
def test_imports_that_cannot_be(texts: dict[str, str], name: str) -> None:
    """A missing file, a circle, and a mistake in an imported file are one message each."""
    with pytest.raises(Mistakes) as mistakes:
        files(**texts)
    assert [diagnostic.name for diagnostic in mistakes.value.diagnostics] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("action a() { precondition: true; };", "unknown-name"),
        ("alive(Markt);", "unknown-name"),
        ("entity Bob : person;", "unknown-type"),
        ("alife(Tom);", "unknown-property"),
        ("at(Market) = Tom;", "wrong-arguments"),
        ("alive();", "wrong-arguments"),
        ("alive(?);", "nested-argument"),
        ("alive(at(Lamp));", "nested-argument"),
        ("at(Tom) = Ann;", "wrong-value"),
        ("coins(Tom) = alive(Tom);", "wrong-value"),
        ("alive(Tom) = 1;", "wrong-value"),
        ("action a(e : entity) { effect: at(Tom) = e; };", "wrong-value"),
        ("alive(Tom) = ?;", "unknown-truth"),
        ("utility(): if(alive(Tom)) 1;", "missing-else"),
        ("coins(Tom) = (if(alive(Tom)) 1);", "missing-else"),
        ("utility(): coins(Tom) = 1;", "assign-in-condition"),
        ("action a() { precondition: coins(Tom) = 1; };", "assign-in-condition"),
        ("utility(): Tom;", "wrong-kind"),
        ("utility(): at(Tom) > 3;", "wrong-kind"),
        ("action a() { precondition: coins(Tom); };", "wrong-kind"),
        ("coins(Tom) = alive(Tom) + 1;", "wrong-kind"),
        ("alive(Tom) | alive(Ann);", "choice-in-effect"),
        ("exists(c : character) alive(c);", "choice-in-effect"),
        ("alive(Tom) != True;", "not-an-effect"),
        ("coins(Tom);", "not-an-effect"),
        ("Tom;", "not-an-effect"),
        ("believes(Market, alive(Tom));", "not-a-character"),
        ("utility(Market): 1;", "not-a-character"),
        ("action a(p : place) { consenting: p; };", "not-a-character"),
        ("action a(p : entity) { effect: believes(p, alive(Tom)); };", "not-a-character"),
        ("type spy : character; action a() { observing(s : spy): True; };", "observer-type"),
        ("trigger t() { consenting: Tom; };", "wrong-part"),
        ("action a(n : number) {};", "number-parameter"),
        ("utility(): sum(n : number) n;", "number-parameter"),
        ("action a(x : place, x : item) {};", "repeated-parameter"),
        ("action a(x : place) {}; action a(y : place) {};", "overlapping-names"),
        ("type a : b; type b : a;", "type-circle"),
        ("type entity : a; type a;", "type-circle"),
        ("type truth : boolean;", "built-in-type"),
        ("entity Five : number;", "built-in-type"),
        ('titel: "T";', "unknown-heading"),
        ("reveals(1.5): alive(Tom);", "wrong-episode"),
    ],
)
def test_mistakes(text: str, name: str) -> None:
    """Each of these is refused, with one message."""
    assert refused(text) == [name]


def test_every_mistake_is_told() -> None:
    """Mistakes in different places are all told, beside `&` too, and in the order of the kinds."""
    assert refused(
        """property gone(x : nothing) : boolean;
        alive(Tim) & alive(Tam);
        action a() { precondition: nope(); effect: nope(); };"""
    ) == ["unknown-type", "unknown-property", "unknown-property", "unknown-name", "unknown-name"]


def test_suggestions() -> None:
    """Only a name of the wanted kind is suggested, and none rather than a wild guess."""

    def hints(text: str) -> tuple[str, ...]:
        with pytest.raises(Mistakes) as mistakes:
            world(text)
        return mistakes.value.diagnostics[0].hints

    assert hints("at(Tom) = market;") == ("did you mean `Market`? it is declared on line 3",)
    assert hints("alive(Marke);") == ("declare it: `entity Marke : TYPE;`",)
    assert hints("action a(person : character) { effect: alive(persona); };")[0].startswith(
        "did you mean `person`?"
    )
    assert hints("action a() { precondition: ture; };") == ("declare it: `entity ture : TYPE;`",)
    assert hints("action a() { precondition: false; };") == ("did you mean `False`?",)


def test_beliefs_nobody_knows_of() -> None:
    """A wrong belief that nobody else has an idea of is warned of; a right one, or a known one, is not."""

    def warnings(text: str) -> list[str]:
        return files(start=WORLD + text)[1]

    assert warnings("believes(Tom, alive(Ann));") == ["unmodelled-belief"]
    assert warnings("believes(Tom, alive(Ann)); believes(Ann, believes(Tom, alive(Ann)));") == []
    assert warnings("alive(Ann); believes(Tom, alive(Ann));") == []
    assert warnings("believes(Tom, alive(Ann)); believes(Ann, alive(Ann));") == [], (
        "who shares an error knows of it"
    )
    assert files(start="entity Tom : character; property p() : boolean; believes(Tom, p());")[1] == []


def test_an_act_where_a_condition_stands() -> None:
    """An act in a condition is told to be one, and not taken for a misspelt property."""
    with pytest.raises(Mistakes, match="`hide` is an action") as caught:
        files(start=WORLD + "action hide(c : character) { }; contract: never !hide(Tom);")
    assert "stands by itself" in caught.value.diagnostics[0].notes[0]
