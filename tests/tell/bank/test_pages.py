"""Every message about prose has a page, and the page is true: its example is refused, or warned of, with just these words."""

import re
from pathlib import Path

import pytest

import fabula
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.explain import explain, names
from fabula.diagnostics.render import render_all
from fabula.tell.bank.fit import misfits
from fabula.tell.bank.read import read_bank

PROSE = re.compile(r"^```prose\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [name for name in names() if name.startswith("bank-")]


def diagnose(text: str) -> tuple[Diagnostic, ...]:
    """Read prose for a world in which Ann and Bob can give a pear and leave."""
    try:
        bank = read_bank(text)
    except Mistakes as mistake:
        return mistake.diagnostics
    return misfits(bank, {"give": 3, "leave": 1}, {"Ann", "Bob", "Pear"}, {"has"})


def test_every_message_about_prose_has_a_page() -> None:
    """No message that `fabula explain` does not know, and no page without a message."""
    source = Path(fabula.__file__).parent / "tell" / "bank"
    given = {
        n for file in source.glob("*.py") for n in re.findall(r'"(bank-[a-z-]+)"', file.read_text("utf-8"))
    }
    assert given == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_the_mistake_and_the_way_out(name: str) -> None:
    """The first prose has the mistake and no other, the second none; every message has a hint."""
    page = explain(name)
    wrong, right = PROSE.findall(page)
    found = diagnose(wrong)
    assert {d.name for d in found} == {name}
    assert all(d.hints for d in found)
    assert f"```text\n{render_all(found, {'prose.en.txt': wrong})}```" in page
    assert diagnose(right) == ()
