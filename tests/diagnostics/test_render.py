"""A diagnostic is drawn as the line it is about, marked, with the reason and the way out below."""

import json

from fabula.diagnostics.diagnostic import Diagnostic, Label
from fabula.diagnostics.render import as_data, pieces, render, render_all
from fabula.diagnostics.span import Span

TEXT = "entity Tom : character;\n\n\n\n\n\n\n\nentity Market : place;\n\tat(Tom) = Markt;\n"
WRONG = Span("world.fab", TEXT.index("Markt;"), TEXT.index("Markt;") + 5, 10, 12)
RIGHT = Span("world.fab", TEXT.index("Market"), TEXT.index("Market") + 6, 9, 8)
MISTAKE = Diagnostic(
    "error",
    "unknown-name",
    "there is no entity called `Markt`",
    (Label(WRONG, "not declared in this world"),),
    (),
    ("did you mean `Market`? it is declared on line 9",),
)
DRAWN = """\
error[unknown-name]: there is no entity called `Markt`
  --> world.fab:10:12
   |
10 |     at(Tom) = Markt;
   |               ^^^^^ not declared in this world
   |
hint: did you mean `Market`? it is declared on line 9
"""


def test_one_place() -> None:
    """Headline, arrow, window, hint; a tab is as wide as four spaces."""
    assert render(MISTAKE, {"world.fab": TEXT}) == DRAWN


def test_no_text_at_hand() -> None:
    """Without the text only the place is named."""
    assert render(MISTAKE, {}).splitlines()[1:3] == [
        "  --> world.fab:10:12",
        MISTAKE.hints[0].join(("hint: ", "")),
    ]


def test_second_place() -> None:
    """A second label stands in the same window, lines in order, marked with another sign."""
    both = Diagnostic("error", "x", "y", (Label(WRONG, "here"), Label(RIGHT, "there")))
    assert render(both, {"world.fab": TEXT}).splitlines()[2:] == [
        "   |",
        " 9 | entity Market : place;",
        "   |        ------ there",
        "10 |     at(Tom) = Markt;",
        "   |               ^^^^^ here",
        "   |",
    ]


def test_second_file() -> None:
    """A label in another file gets an arrow and a window of its own."""
    other = Span("cast.fab", 0, 6, 1, 1)
    both = Diagnostic("error", "x", "y", (Label(WRONG), Label(other, "there")))
    drawn = render(both, {"world.fab": TEXT, "cast.fab": "entity Tom : character;"})
    assert "  ::: cast.fab:1:1\n   |\n 1 | entity Tom : character;\n   | ------ there\n" in drawn


def test_long_line() -> None:
    """Of a very long line, only what is around the mark is shown."""
    text = "x" * 5_000 + "Y" + "z" * 5_000
    drawn = render(Diagnostic("error", "x", "y", (Label(Span("a", 5_000, 5_001, 1, 5_001)),)), {"a": text})
    shown, marks = drawn.splitlines()[3:5]
    assert len(shown) < 120
    assert shown[marks.index("^")] == "Y"


def test_many() -> None:
    """Mistakes come before warnings, and after twenty only a number."""
    warning = Diagnostic("warning", "w", "odd")
    drawn = render_all([warning, *[Diagnostic("error", "e", "wrong")] * 25], {})
    assert drawn.count("error[e]") == 20
    assert drawn.endswith("and 6 more\n")
    assert render_all([warning, MISTAKE], {}).startswith("error")


def test_other_forms() -> None:
    """The same object can be coloured piece by piece, or sent as data."""
    assert "".join(text for _, text in pieces(MISTAKE, {"world.fab": TEXT})) == DRAWN
    assert json.loads(json.dumps(as_data(MISTAKE)))["labels"][0]["span"]["line"] == 10
