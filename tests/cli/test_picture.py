"""`fabula picture`."""

import pytest

from fabula.cli import formats
from fabula.cli.commands import telling
from fabula.cli.formats import PICTURES
from tests.cli.command import Desk


@pytest.mark.parametrize("kind", PICTURES)
def test_every_picture(desk: Desk, kind: str) -> None:
    """A picture is printed as SVG, or written to a file of that kind, or to a page that has it as a table, too."""
    printed = desk.run("picture", "pie.fab", kind)
    assert (printed.code, printed.err, printed.out[:5]) == (0, "", "<svg ")
    assert desk.run("picture", "pie.fab", kind, "-o", "pie.svg").out == ""
    assert (desk.folder / "pie.svg").read_text() == printed.out
    assert desk.run("picture", "pie.fab", kind, "-o", "pie.html").code == 0
    page = (desk.folder / "pie.html").read_text()
    assert printed.out in page
    assert "<table>" in page


def test_the_command_offers_every_picture() -> None:
    """The pictures that can be asked for are those that can be drawn."""
    assert set(telling.Kind.__args__) == set(PICTURES)  # type: ignore[attr-defined]


def test_a_png(desk: Desk) -> None:
    """With the extra `fabula[png]` a picture is painted."""
    pytest.importorskip("vl_convert")
    assert desk.run("picture", "pie.fab", "arcs", "-o", "pie.png").code == 0
    assert (desk.folder / "pie.png").read_bytes()[:4] == b"\x89PNG"


def test_a_png_without_the_extra(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it one sentence names it."""
    monkeypatch.setattr(formats, "find_spec", lambda _: None)
    ended = desk.run("picture", "pie.fab", "arcs", "-o", "pie.png")
    assert (ended.code, "`fabula[png]`" in ended.err) == (31, True)
    assert not (desk.folder / "pie.png").exists()


def test_a_file_of_another_kind(desk: Desk) -> None:
    """The kinds of file that there are, are listed."""
    ended = desk.run("picture", "pie.fab", "arcs", "-o", "pie.jpg")
    assert ended.code == 31
    assert "`.svg`, `.html`, `.png`" in ended.err
    assert desk.run("picture", "pie.fab", "circles").code == 31
