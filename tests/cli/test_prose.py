"""`fabula prose`, and what `fabula check` says about prose."""

import json

from tests.cli.command import Desk

BANK = "action eat(c)\nscene\n- {c} [ate].\n"
MISFIT = "action eta(c)\nscene\n- {c} [ate].\n"


def test_how_much_is_written(desk: Desk) -> None:
    """A row for each act, a column for each section."""
    desk.write("pie.prose.en.txt", BANK)
    ended = desk.run("prose", "pie.fab")
    assert (ended.code, ended.err) == (0, "")
    assert [row.split()[:3] for row in ended.out.splitlines()[1:]] == [["walk", "0", "0"], ["eat", "1", "0"]]


def test_what_is_missing(desk: Desk) -> None:
    """A line for each act that a full bank would say more of."""
    desk.write("pie.prose.en.txt", BANK)
    ended = desk.run("prose", "pie.fab", "--missing")
    assert "eat: scene 1 of 4, summary 0 of 4" in ended.out
    assert "31 in all" in ended.out


def test_a_world_without_prose(desk: Desk) -> None:
    """Whoever wants to write some learns where."""
    for ended in (desk.run("prose", "pie.fab"), desk.run("prose", "pie.fab", "--missing")):
        assert (ended.code, "`pie.prose.en.txt`" in ended.out) == (0, True)


def test_prose_about_what_is_not_there(desk: Desk) -> None:
    """Warnings, with the place in the prose; a world that was changed for once is left in peace."""
    desk.write("pie.prose.en.txt", MISFIT)
    for command in ("prose", "check"):
        ended = desk.run(command, "pie.fab")
        assert ended.code == 0
        assert "warning[bank-no-such-action]" in ended.err
        assert "did you mean `eat`?" in ended.err
        assert "| action eta(c)" in ended.err
    found = json.loads(desk.run("check", "pie.fab", "--json").out)
    assert [d["name"] for d in found] == ["bank-no-such-action"]
    assert desk.run("check", "pie.fab", "--change", "fed(Ada)").err == ""


def test_prose_that_cannot_be_read(desk: Desk) -> None:
    """Its mistakes are those of the world."""
    desk.write("pie.prose.en.txt", "action eat(c)\nscene\n- {d} [ate].\n")
    for command in ("prose", "check"):
        ended = desk.run(command, "pie.fab")
        assert ended.code == 30
        assert "| - {d} [ate]." in ended.err
