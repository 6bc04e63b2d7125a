"""`fabula tell`, `why`, `check`, `format`, `worlds` and `explain`."""

import json
import zipfile

import pytest

from fabula.cli.commands import telling
from fabula.cli.formats import FORMS
from tests.cli.command import PIE, Desk


def test_a_world_without_prose_is_told_in_plain_words(desk: Desk) -> None:
    """Any world can be told."""
    ended = desk.run("tell", "pie.fab")
    assert ended.code == 0
    assert "Ada" in ended.out


@pytest.mark.parametrize("form", [form for form in FORMS if form != "epub"])
def test_every_form(desk: Desk, form: str) -> None:
    """A telling can be printed in every form that is text, or written to a file."""
    printed = desk.run("tell", "pie.fab", "--format", form)
    assert (printed.code, printed.err) == (0, "")
    assert desk.run("tell", "pie.fab", "--format", form, "-o", "out").out == ""
    assert (desk.folder / "out").read_text() == printed.out


def test_a_book_needs_a_file(desk: Desk) -> None:
    """An EPUB is no text to be printed."""
    refused = desk.run("tell", "pie.fab", "--format", "epub")
    assert (refused.code, refused.out) == (31, "")
    assert "needs -o FILE" in refused.err
    written = desk.run("tell", "pie.fab", "--format", "epub", "-o", "pie.epub")
    assert (written.code, written.out, written.err) == (0, "", "")
    with zipfile.ZipFile(desk.folder / "pie.epub") as book:
        assert "Ada" in book.read("OEBPS/story.xhtml").decode()


def test_the_command_offers_every_form() -> None:
    """The forms that can be asked for are those that can be written."""
    assert set(telling.Format.__args__) == set(FORMS)  # type: ignore[attr-defined]


def test_a_file_that_cannot_be_written_is_told(desk: Desk) -> None:
    """One sentence."""
    ended = desk.run("tell", "pie.fab", "-o", "no/such/folder/out.txt")
    assert (ended.code, "Traceback" in ended.err) == (31, False)


def test_spoilers_stop_the_telling(desk: Desk) -> None:
    """A telling that gives away more than the reader has seen is not printed: exit code 33."""
    desk.write("pie.fab", PIE + "reveals(9): fed(Ada);")
    stopped = desk.run("tell", "pie.fab", "--seen", "8")
    assert (stopped.code, stopped.out) == (33, "")
    assert "gives away episode 9" in stopped.err
    assert desk.run("tell", "pie.fab", "--seen", "9").code == 0
    assert desk.run("tell", "pie.fab").code == 0


def test_the_viewpoint_may_be_written_in_any_case(desk: Desk) -> None:
    """And a name that nobody has gets a suggestion."""
    assert desk.run("tell", "pie.fab", "--viewpoint", "ada").code == 0
    wrong = desk.run("tell", "pie.fab", "--viewpoint", "Adda")
    assert "did you mean `Ada`?" in wrong.err


def test_ways_of_telling_lie_beside_the_world(desk: Desk) -> None:
    """`--spin NAME` is `spins/NAME.toml`; `spin.toml` is taken without it."""
    desk.write("spins/ben.toml", 'viewpoint = "Ben"')
    told = json.loads(desk.run("tell", "pie.fab", "--spin", "ben", "--format", "json").out)
    assert "Ben" in json.dumps(told)
    assert desk.run("tell", "pie.fab", "--spin", "bin").code == 31


def test_why(desk: Desk) -> None:
    """An event is named by its number, its act, or the act with its arguments."""
    for name in ("2", "walk", "walk(Ben,Cellar)", "walk(Ben, Cellar)"):
        ended = desk.run("why", "pie.fab", name)
        assert ended.code == 0
        assert ended.out.startswith("2. walk(Ben, Cellar)\n  Ben hoped for 1 instead of 0, and it failed\n")
        assert "wrongly believing pie() = Cellar (it was ?)" in ended.out


def test_why_as_data(desk: Desk) -> None:
    """The same for other programs."""
    found = json.loads(desk.run("why", "pie.fab", "2", "--json").out)
    assert found[0]["motives"][0]["mistaken"] == [{"fact": "pie()", "believed": "Cellar", "true": None}]


def test_why_something_that_does_not_happen(desk: Desk) -> None:
    """The events that do happen are listed."""
    ended = desk.run("why", "pie.fab", "bake")
    assert ended.code == 31
    assert "1. eat(Ada)" in ended.err


def test_check(desk: Desk) -> None:
    """A good world is told so; warnings do not make it a bad one; mistakes are listed, for programs too."""
    good = desk.run("check", "pie.fab")
    assert (good.code, good.out.startswith("no mistakes")) == (0, True)
    desk.write("odd.fab", PIE + "type a : unheard;")
    odd = desk.run("check", "odd.fab")
    assert (odd.code, "warning[unknown-parent]" in odd.err) == (0, True)
    desk.write("bad.fab", PIE + "at(Cat) = Cellar; at(Dog) = Cellar;")
    assert desk.run("check", "bad.fab").err.count("error[unknown-name]") == 2
    found = json.loads(desk.run("check", "bad.fab", "--json").out)
    assert [d["name"] for d in found] == ["unknown-name", "unknown-name"]


def test_format(desk: Desk) -> None:
    """Formatting prints the world in its usual form, and formatting that changes nothing."""
    once = desk.run("format", "pie.fab").out
    desk.write("tidy.fab", once)
    assert desk.run("format", "tidy.fab").out == once
    assert desk.run("format", "pie.fab", "--write").out == ""
    assert (desk.folder / "pie.fab").read_text() == once


def test_worlds(desk: Desk) -> None:
    """Every bundled world is listed; the flagship is one."""
    assert "never-alone" in desk.run("worlds").out.splitlines()


def test_bundled_worlds_are_known_by_either_spelling(desk: Desk) -> None:
    """With `-` or with `_`."""
    assert desk.run("check", "never-alone").code == desk.run("check", "never_alone").code == 0


def test_explain(desk: Desk) -> None:
    """The page of a message is printed."""
    assert desk.run("explain", "unknown-name").out.startswith("# unknown-name\n")


def test_version(desk: Desk) -> None:
    """The version is printed alone."""
    assert desk.run("--version").out.startswith("fabula ")


def test_the_name_of_the_file_chooses_the_form(desk: Desk) -> None:
    """`-o story.html` writes a page; `--format` goes before it; other names get plain text."""
    desk.write("pie.fab", PIE)
    for name, start in {"s.html": "<!doctype html>", "s.md": "*", "s.json": "{", "s.txt": "36 words"}.items():
        assert desk.run("tell", "pie.fab", "-o", name).code == 0
        assert (desk.folder / name).read_text(encoding="utf-8").startswith(start)
    desk.run("tell", "pie.fab", "-o", "s.md", "--format", "text")
    assert (desk.folder / "s.md").read_text(encoding="utf-8").startswith("36 words")
