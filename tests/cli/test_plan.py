"""`fabula plan` finds the acts of a story and prints everybody's reasons."""

import json
import re
from typing import Any

import pytest

from tests.cli.command import PIE, Desk

STORY = """\
A story in 2 acts; the author's utility becomes 1.
1. eat(Ada)
  Ada expects 1 instead of 0 at once
2. walk(Ben, Cellar)
  Ben expects 1 instead of 0, by
    walk(Ben, Cellar)
    eat(Ben)
"""

RAIN = "property wet() : boolean; action rain() { effect: wet(); }; utility(): wet()"


def data(desk: Desk, *arguments: str) -> dict[str, Any]:
    """Run `plan --json` and read what it prints."""
    found: dict[str, Any] = json.loads(desk.run("plan", "pie.fab", *arguments, "--json").out)
    return found


def test_reasons_hang_below_acts(desk: Desk) -> None:
    """Every act is followed by what everybody in it expects; a later step of the same plan needs no second reason."""
    ended = desk.run("plan", "pie.fab")
    assert ended.code == 0
    assert ended.out.startswith(STORY)
    assert ended.err == ""


def test_data_for_other_programs(desk: Desk) -> None:
    """`--json` has the status, the utility, the acts with their explanations, and what the search has cost."""
    found = data(desk)
    assert found["status"] == "solved"
    assert found["utility"] == 1
    assert [step["text"] for step in found["plan"]] == ["eat(Ada)", "walk(Ben, Cellar)"]
    walk = found["plan"][1]
    assert (walk["action"], walk["arguments"]) == ("walk", ["Ben", "Cellar"])
    reason = walk["explanations"][0]
    assert (reason["character"], reason["before"], reason["after"]) == ("Ben", 0, 1)
    assert [step["text"] for step in reason["plan"]] == ["walk(Ben, Cellar)", "eat(Ben)"]
    assert set(found["statistics"]) == {"visited", "generated", "seconds"}


def test_what_breaks_is_told_beside_a_story_and_in_place_of_none(desk: Desk) -> None:
    """An act that sets off triggers without rest is in no story: a warning where there is one without it, else a mistake."""
    spin = """property on() : boolean; property up() : boolean;
        trigger tick() { precondition: on() & !up(); effect: up(); };
        trigger tock() { precondition: on() & up(); effect: !up(); };
        action start() { precondition: !on(); effect: on() & wet(); }; """
    desk.write("rain.fab", spin + RAIN)
    told = desk.run("plan", "rain.fab", "--all")
    assert (told.code, "1. rain()" in told.out, "start()" in told.out) == (0, True, False)
    assert "warning[endless-triggers]: triggers never come to rest" in told.err
    desk.write("rain.fab", spin + RAIN.replace("action rain() { effect: wet(); };", ""))
    none = desk.run("plan", "rain.fab", "--all")
    assert (none.code, none.out) == (30, "")
    assert "error[endless-triggers]: triggers never come to rest" in none.err


def test_no_story_is_told_apart(desk: Desk) -> None:
    """Proved impossible and none within the limits are different answers with different exit codes."""
    limits = desk.run("plan", "pie.fab", "-atl", "1")
    assert (limits.code, limits.out) == (11, "")
    assert "no story within the limits (at most 1 act" in limits.err
    desk.write("rain.fab", RAIN)
    never = desk.run("plan", "rain.fab", "--goal", "5")
    assert never.code == 10
    assert "no story, and this is proved" in never.err
    assert data(desk, "-atl", "1")["status"] == "limits"


@pytest.mark.parametrize("how", [(), ("--prove",), ("--goal", "5"), ("--nodes", "1")])
def test_what_was_searched_is_counted(desk: Desk, how: tuple[str, ...]) -> None:
    """Without a story it is said how many states were looked at; that is never none."""
    ended = desk.run("plan", "pie.fab", "-atl", "1", *how)
    counted = re.search(r"([\d,]+) states?", ended.err)
    assert counted is not None
    assert counted[1] != "0"


def test_what_nothing_can_bring_about_is_named(desk: Desk) -> None:
    """Where there is provably no story, the fact that stands in the way is named."""
    ended = desk.run("plan", "pie.fab", "--change", "without action eat")
    assert (ended.code, "note: nothing can bring about `fed(Ada)`" in ended.err) == (10, True)


def test_a_world_without_the_authors_wish_is_told_what_to_say(desk: Desk) -> None:
    """Nothing can be better for an author who wants nothing: the answer says so, and what to write; with a wish it says neither."""
    told = ("it has no `utility():`", "hint: add `utility(): EXPRESSION;`")
    desk.write("wish.fab", PIE[: PIE.index("utility():")])
    for command in (("plan", "--prove"), ("plan", "--nodes", "1"), ("tell",), ("tell", "--best", "2")):
        none = desk.run(command[0], "wish.fab", *command[1:])
        assert (none.code, [words in none.err for words in told]) == (10, [True, True]), command
    never = desk.run("plan", "wish.fab", "--change", "utility(): pie() == Garden")
    assert (never.code, [words in never.err for words in told]) == (10, [False, False])
    assert desk.run("plan", "wish.fab", "--change", "utility(): fed(Ada)").err == ""


def test_short_and_long_names_of_limits_are_the_same(desk: Desk) -> None:
    """`-atl`, `-ctl`, `-el` are what users of other planners know."""
    short = desk.run("plan", "pie.fab", "-atl", "1", "-ctl", "2", "-el", "1")
    long = desk.run("plan", "pie.fab", "--author-limit", "1", "--character-limit=2", "--epistemic-limit", "1")
    assert short.err == long.err


def test_all_stories(desk: Desk) -> None:
    """`--all` prints every story within the limits and says how many there are."""
    assert desk.run("plan", "pie.fab", "--all", "-atl", "3").out.count("A story in") == len(
        data(desk, "--all", "-atl", "3")["plans"]
    )


def test_a_change_changes_the_story(desk: Desk) -> None:
    """`--change` adds statements after the world's own; a mistake in one is told like any other."""
    moved = data(desk, "--change", "at(Ada) = Garden", "--optimal")
    assert [step["text"] for step in moved["plan"]] == ["walk(Ada, Cellar)", "eat(Ada)", "walk(Ben, Cellar)"]
    assert data(desk, "--change", "at(Ben) = Cellar", "--change", "pie() = ?")["status"] != "solved"
    wrong = desk.run("plan", "pie.fab", "--change", "at(Ada) = Nowhere")
    assert wrong.code == 31
    assert "change 1:1:11" in wrong.err


@pytest.mark.parametrize("blank", ["", " ", ";", "// at(Ada) = Garden"])
def test_a_change_that_says_nothing_is_a_mistake(desk: Desk, blank: str) -> None:
    """Whoever changes something wants it otherwise: a variable of a shell that was empty is told like any other wrong change."""
    wrong = desk.run("plan", "pie.fab", "--change", "at(Ada) = Garden", "--change", blank)
    assert (wrong.code, wrong.out) == (31, "")
    assert "error[breaks-off]" in wrong.err
    assert "change 2:1:1" in wrong.err
    assert "a statement or a definition was expected here" in wrong.err


def test_an_act_can_be_taken_away(desk: Desk) -> None:
    """`--change "without action NAME"` leaves an act out; there must be one of that name."""
    assert data(desk, "--change", "without action eat")["status"] == "impossible"
    assert desk.run("plan", "pie.fab", "--change", "without action drink").code == 31
    assert "names no action" in desk.run("plan", "pie.fab", "--change", "without action ").err


def test_a_world_says_how_it_is_usually_asked(desk: Desk) -> None:
    """Limits and goal may stand in a file beside the world; options go before."""
    desk.write("pie.toml", "author_limit = 1\n")
    assert desk.run("plan", "pie.fab").code == 11
    assert desk.run("plan", "pie.fab", "-atl", "2").code == 0
    for wrong in (
        "author_limit = 'two'",
        "limit = 3",
        "=",
        "author_limit = 1.5",
        "goal = 'x'",
        "goal = nan",
        "goal = true",
        "author_limit = -2",
    ):
        desk.write("pie.toml", wrong)
        assert desk.run("plan", "pie.fab").code == 30, wrong


def test_an_act_of_fate_is_nobodys_choice(desk: Desk) -> None:
    """An act without consenting characters has no reasons."""
    desk.write("rain.fab", RAIN)
    assert "1. rain()\n  nobody's choice\n" in desk.run("plan", "rain.fab").out


@pytest.mark.parametrize("command", ["plan", "why"])
def test_a_screen_gets_colour(desk: Desk, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """On a terminal trees are drawn; everywhere else they are plain lines."""
    monkeypatch.setattr("fabula.cli.screen.colourful", lambda _: True)
    ended = desk.run(command, "pie.fab", *(["2"] if command == "why" else []))
    assert ended.code == 0
    assert "└── " in ended.out


def test_mistakes_get_colour_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words are the same."""
    desk.write("bad.fab", PIE + "at(Cat) = Cellar;")
    plain = desk.run("check", "bad.fab").err
    monkeypatch.setattr("fabula.cli.screen.colourful", lambda _: True)
    assert desk.run("check", "bad.fab").err.split() == plain.split()


def test_what_plan_prints_can_be_checked(desk: Desk) -> None:
    """A plan that goes through `--check` comes out as it was: it is a story, for the same reasons."""
    printed = desk.run("plan", "pie.fab").out
    desk.write("acts.txt", printed)
    ended = desk.run("plan", "pie.fab", "--check", "acts.txt")
    assert (ended.code, ended.out, ended.err) == (0, STORY, "")


@pytest.mark.parametrize(
    ("acts", "code", "said"),
    [
        (
            "eat(Ben)",
            10,
            "no story: act 1, eat(Ben), is not possible where it stands: at(Ben) == pie() is missing\n",
        ),
        ("walk(Ben, Garden)\nwalk(Ada, Garden)", 10, "no story: act 1, walk(Ben, Garden), is not possible"),
        (
            "walk(Ada, Garden)",
            11,
            "no story: act 1, walk(Ada, Garden), is possible where it stands, but\n  Ada has no reason",
        ),
        (
            "# the pie is gone\neat(Ada)\n",
            10,
            "no story: for the author it ends at 0, as it began; the goal is 1\n",
        ),
        ("", 10, "no story: it has no acts\n"),
    ],
)
def test_a_plan_that_is_no_story_is_told_why(desk: Desk, acts: str, code: int, said: str) -> None:
    """The first thing that is wrong is named, with the act, the character and the cause."""
    desk.write("acts.txt", acts)
    ended = desk.run("plan", "pie.fab", "--check", "acts.txt")
    assert ended.out.startswith(said)
    assert (ended.code, ended.err) == (code, "")


def test_a_check_as_data(desk: Desk) -> None:
    """`--json` says whether it is a story and what is wrong."""
    desk.write("acts.txt", "eat(Ben)")
    found = data(desk, "--check", "acts.txt")
    assert (found["valid"], found["flaw"], found["act"]) == (False, "impossible", 1)


def test_what_is_no_act_is_no_plan(desk: Desk) -> None:
    """An act that the world does not have, and a file that is not there, are wrong usage."""
    desk.write("acts.txt", "eat(Ada)\nwalc(Ben, Cellar)")
    ended = desk.run("plan", "pie.fab", "--check", "acts.txt")
    assert (ended.code, ended.out) == (31, "")
    assert "line 2" in ended.err
    assert "hint: did you mean `walk(Ben, Cellar)`?" in ended.err
    assert desk.run("plan", "pie.fab", "--check", "nothing.txt").code == 31


def test_a_proof_asks_about_any_length(desk: Desk) -> None:
    """`--prove` finds a shortest story if there is one; where there is none, that is proved, and what was searched is counted."""
    desk.write("rain.fab", RAIN)
    assert desk.run("plan", "pie.fab", "--prove").out.startswith("A story in 2 acts")
    never = desk.run("plan", "rain.fab", "--goal", "5", "--prove")
    assert (never.code, never.out) == (10, "")
    assert "no story, and this is proved" in never.err


def test_only_a_best_plan_may_count_as_a_reason(desk: Desk) -> None:
    """Who could have more does not stoop to less."""
    desk.write(
        "fork.fab",
        """
        entity Ada : character; property purse() : number;
        action beg() { precondition: purse() == 0; effect: purse() = 1; consenting: Ada; };
        action sing() { precondition: purse() == 0; effect: purse() = 5; consenting: Ada; };
        utility(Ada): purse(); utility(): if(purse() == 1) 1 else 0;
        """,
    )
    assert desk.run("plan", "fork.fab").code == 0
    assert desk.run("plan", "fork.fab", "--ambition", "best").code in {10, 11}


def test_questions_about_plans_exclude_each_other(desk: Desk) -> None:
    """A shortest story, every story, a proof and a check are different questions."""
    assert desk.run("plan", "pie.fab", "--all", "--prove").code == 31
