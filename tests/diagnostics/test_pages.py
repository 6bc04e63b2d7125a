"""Every message has a page, and the page is true: its example is refused, or warned of, with just these words.

A page about the command line shows commands instead, which `tests/test_docs.py` runs. The pages lie in the package (`tests/mistakes` is a link to them). `RENEW=1 pytest tests/diagnostics` writes what is
said now into them; read the difference before you keep it.
"""

import ast
import os
import re
from functools import cache
from pathlib import Path

import pytest

import fabula
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.explain import explain, names
from fabula.diagnostics.meant import unmeant
from fabula.diagnostics.render import render_all
from fabula.ground import ground
from fabula.language.parse import parse
from fabula.language.tree import Tree
from fabula.model.from_tree import resolve
from fabula.search.outcome import Limits
from fabula.search.reference import search

SOURCE = Path(fabula.__file__).parent
WORLD = re.compile(r"^```fabula(?: (\d+) times)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OUTPUT = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^```(?:console|text)\n.*?\[([a-z-]+)\]: ", re.MULTILINE | re.DOTALL)
SAID = re.compile(r"\b(?:error|warning)\[([a-z-]+)\]")
BANK = re.compile(r"bank-.*")
"""About prose; these have the guide to prose."""


def worlds(page: str) -> list[str]:
    """Return the examples of a page; one may stand for many copies of itself."""
    return [
        text * int(times or 1) for times, text in WORLD.findall(page) if not text.startswith("// pie.fab")
    ]


def given() -> set[str]:
    """Return the names of all messages in the source: of every `Diagnostic`, and in every text such as `error[name]: …`."""
    found: set[str] = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Diagnostic"
            ):
                found |= {
                    n.value
                    for n in node.args[1:2]
                    if isinstance(n, ast.Constant) and isinstance(n.value, str)
                }
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(SAID.findall(node.value))
    return {name for name in found if not BANK.fullmatch(name)} - {"name"}


ABOUT_WORLDS = [name for name in names() if worlds(explain(name))]


@cache
def diagnose(world: str) -> tuple[Diagnostic, ...]:
    """Read a world as the program would, and take one step in it."""

    def load(path: str, _: str) -> Tree:
        if path != "world.fab":
            raise FileNotFoundError(path)
        return parse(world, path)

    try:
        made, warnings = resolve(load("world.fab", ""), load)
        search(ground(made), Limits(1, 1, 1))
    except Mistakes as mistake:
        return mistake.diagnostics
    return unmeant(warnings, {"world.fab": world})


@pytest.mark.parametrize("name", ABOUT_WORLDS)
def test_page(name: str) -> None:
    """The first world on a page has the mistake and no other; it is said in the words on the page."""
    page = explain(name)
    example, *_ = worlds(page)
    found = diagnose(example)
    said = render_all(found, {"world.fab": example})
    if os.environ.get("RENEW"):
        file = SOURCE / "diagnostics" / "pages" / f"{name}.md"
        file.write_text(OUTPUT.sub(lambda _: f"```text\n{said}```", page, count=1), encoding="utf-8")
    assert {diagnostic.name for diagnostic in found} == {name}
    assert f"```text\n{said}```" in explain(name), "RENEW=1 pytest tests/diagnostics"


@pytest.mark.parametrize("name", ABOUT_WORLDS)
def test_way_out(name: str) -> None:
    """What a page proposes instead is free of mistakes and warnings."""
    for better in worlds(explain(name))[1:]:
        assert diagnose(better) == ()


def test_every_message_has_a_page() -> None:
    """No message can be given that `fabula explain` does not know, and no page speaks of another."""
    pages = {name for name in names() if not BANK.fullmatch(name)}
    assert given() - pages == set(), "write src/fabula/diagnostics/pages/NAME.md; `usage.md` shows how"
    assert pages - given() == set()


@pytest.mark.parametrize(
    "name", [name for name in names() if name not in ABOUT_WORLDS and not BANK.fullmatch(name)]
)
def test_a_page_about_the_command_line_shows_its_message(name: str) -> None:
    """Its first example ends with the message that the page is called after."""
    shown = COMMAND.search(explain(name))
    assert shown
    assert shown[1] == name


@pytest.mark.parametrize(
    "written",
    [
        "error[too-deep]: more than 150 things stand inside each other here",
        "Too deep",
        "too_deep",
        "[too-deep]",
    ],
)
def test_a_message_is_explained_however_it_is_named(written: str) -> None:
    """By its name, or pasted as it was printed."""
    assert explain(written) == explain("too-deep")


@pytest.mark.parametrize("name", ABOUT_WORLDS)
def test_every_message_shows_the_way_out(name: str) -> None:
    """Every message says what to do, and none blames anybody or speaks of the program's inside."""
    for diagnostic in diagnose(worlds(explain(name))[0]):
        assert diagnostic.hints
        said = " ".join((diagnostic.headline, *diagnostic.notes, *diagnostic.hints)).lower()
        assert not re.search(r"\b(illegal|invalid|token|literal|fatal|failed|please|oops|nonetype)\b", said)
        assert not diagnostic.headline.endswith(".")
        assert diagnostic.headline[0].islower() or not diagnostic.headline[0].isalpha()


def test_unknown_page() -> None:
    """Whoever asks for a page that there is not is told which there are."""
    with pytest.raises(Mistakes) as refused:
        explain("unknown-nam")
    assert refused.value.diagnostics[0].hints == ("did you mean `unknown-name`?",)
