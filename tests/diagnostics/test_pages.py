"""Every mistake has a page, and the page is true: its example is refused, or warned of, with just these words.

The pages lie in the package (`tests/mistakes` is a link to them). `RENEW=1 pytest tests/diagnostics` writes what is
said now into them; read the difference before you keep it.
"""

import os
import re
from functools import cache
from pathlib import Path

import pytest

import fabula
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.explain import explain, names
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
NAMED = re.compile(r'Diagnostic\(\s*"(?:error|warning)",\s*"([a-z-]+)"')
ROOMS = ("language", "model", "ground", "search")
"""The rooms whose mistakes are about worlds."""


def worlds(page: str) -> list[str]:
    """Return the examples of a page; one may stand for many copies of itself."""
    return [text * int(times or 1) for times, text in WORLD.findall(page)]


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
    return warnings


@pytest.mark.parametrize("name", names())
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


@pytest.mark.parametrize("name", names())
def test_way_out(name: str) -> None:
    """What a page proposes instead is free of mistakes and warnings."""
    for better in worlds(explain(name))[1:]:
        assert diagnose(better) == ()


def test_every_mistake_has_a_page() -> None:
    """No mistake in a world can be given that `fabula explain` does not know, and no page speaks of another."""
    files = [file for room in ROOMS for file in (SOURCE / room).rglob("*.py")]
    given = {name for file in files for name in NAMED.findall(file.read_text(encoding="utf-8"))}
    assert given == set(names())


@pytest.mark.parametrize("name", names())
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
