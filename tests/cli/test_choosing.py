"""`fabula tell --best`, `--shape`, `--any-ending`, and `fabula picture stories`."""

import json

import pytest

from fabula.cli.commands import telling
from fabula.tell.choose import SHAPES, Scores
from tests.cli.command import PIE, Desk

NONE = PIE.replace("utility(): fed(Ada)", "utility(): fed(Ada) & fed(Ben)")


def test_the_best_is_told_with_what_speaks_for_it(desk: Desk) -> None:
    """First what it was chosen from, then its scores, then the story."""
    ended = desk.run("tell", "pie.fab", "--best", "1")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("1 story ends as the author hopes.\nThere are 2 other ways for it to end.\n")
    assert all(f"{name} " in ended.out for name in Scores.__slots__ if name != "fit")
    assert "Ada" in ended.out


def test_fewer_than_were_asked_for(desk: Desk) -> None:
    """Where there are not so many that differ, that is said, and the way out."""
    ended = desk.run("tell", "pie.fab", "--best", "3")
    assert "Apart from the order of acts there is only 1 to tell.\n`--any-ending` chooses" in ended.out
    assert "Story 2 of 2" in desk.run("tell", "pie.fab", "--best", "2", "--any-ending").out


def test_a_shape_that_none_has(desk: Desk) -> None:
    """The nearest is told, and how near it is."""
    ended = desk.run("tell", "pie.fab", "--shape", "tragedy")
    assert ended.code == 0
    assert "None has the shape `tragedy` for Ben: the best fits by 0%." in ended.out


@pytest.mark.parametrize(
    ("option", "value"), [("--best", "0"), ("--best", "-1"), ("--best", "many"), ("--shape", "nonsense")]
)
def test_wishes_that_make_no_sense(desk: Desk, option: str, value: str) -> None:
    """One message, exit code 31, no story."""
    ended = desk.run("tell", "pie.fab", option, value)
    assert (ended.code, ended.out, "Traceback" in ended.err) == (31, "", False)


def test_as_data(desk: Desk) -> None:
    """Every story has its scores, their ranks, and its telling."""
    ended = desk.run("tell", "pie.fab", "--best", "2", "--any-ending", "--shape", "rise", "--format", "json")
    data = json.loads(ended.out)
    assert data["format"] == 1
    for story in data["stories"]:
        assert set(story["scores"]) == set(story["ranks"]) == set(Scores.__slots__)
        assert all(0 <= rank <= 1 for rank in story["ranks"].values())
        assert story["telling"]["world"] == "pie"
        assert len(story["acts"]) == len(story["telling"]["events"])


def test_a_page_for_each_story(desk: Desk) -> None:
    """A page or book holds one story; several are numbered, and what speaks for each is printed."""
    assert desk.run("tell", "pie.fab", "--best", "2", "--format", "html").code == 31
    several = desk.run("tell", "pie.fab", "--best", "2", "--any-ending", "--format", "html", "-o", "pie.html")
    assert (several.code, several.err) == (0, "")
    assert "pie-1.html: Story 1 of 2" in several.out
    assert (desk.folder / "pie-2.html").read_text().startswith("<!doctype html>")
    desk.run("tell", "pie.fab", "--best", "1", "--format", "html", "-o", "pie.html")
    assert (desk.folder / "pie.html").exists()


def test_no_story_to_choose_from(desk: Desk) -> None:
    """The end is that of a search for one story; where things may end otherwise, that is the way out."""
    desk.write("none.fab", NONE)
    ended = desk.run("tell", "none.fab", "--best", "2")
    assert (ended.code, ended.out) == (11, "")
    assert "hint: `--any-ending` chooses from stories that end otherwise" in ended.err
    assert desk.run("tell", "none.fab", "--best", "2", "--any-ending").code == 0
    assert desk.run("picture", "none.fab", "stories").code == 0
    desk.write("empty.fab", "")
    assert desk.run("tell", "empty.fab", "--any-ending").code == 10
    assert desk.run("picture", "empty.fab", "stories").code == 10


def test_what_gives_away_too_much_is_not_told(desk: Desk) -> None:
    """The gate holds for every story that is chosen."""
    desk.write("pie.fab", PIE + "reveals(9): fed(Ada);")
    assert desk.run("tell", "pie.fab", "--best", "1", "--seen", "8").code == 33


def test_the_command_offers_every_shape() -> None:
    """The shapes that can be asked for are those that stories are measured by."""
    assert telling.Shape.__args__ == SHAPES  # type: ignore[attr-defined]


def test_the_same_acts_with_another_ending_are_another_story(desk: Desk) -> None:
    """In which order things happen may decide who sees them: the hoped-for story is not lost among its twins."""
    desk.write("pie.fab", PIE)
    told = desk.run("tell", "pie.fab", "--best", "5", "--any-ending", "--format", "json")
    assert 1 in [story["author"] for story in json.loads(told.out)["stories"]]
