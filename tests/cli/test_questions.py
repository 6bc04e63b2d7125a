"""The commands that ask a world about all its stories."""

import json

import pytest

from tests.cli.command import PIE, Desk

WHERE = "pie.fab"


@pytest.fixture
def pie(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with the world of the pie on it."""
    monkeypatch.chdir(desk.folder)
    desk.write(WHERE, PIE)
    return desk


def test_a_broken_contract_has_an_exit_code_of_its_own(pie: Desk) -> None:
    """32 is for CI: broken; 0: all hold. Both kinds of report can be had."""
    kept = pie.run("check", WHERE, "--contract", "never (fed(Ada) & fed(Ben))")
    broken = pie.run("check", WHERE, "--contract", "never fed(Ada)", "--junit", "report.xml")
    assert (kept.code, broken.code) == (0, 32)
    assert "holds, proved over all" in kept.out
    assert "eat(Ada)" in broken.out
    assert 'failures="1"' in (pie.folder / "report.xml").read_text()


def test_contracts_as_data(pie: Desk) -> None:
    """With contracts, `check --json` has them beside the diagnostics."""
    ended = pie.run("check", WHERE, "--contract", "never fed(Ada)", "--json")
    found = json.loads(ended.out)
    assert (ended.code, found["diagnostics"], found["contracts"][0]["acts"]) == (32, [], ["eat(Ada)"])


def test_what_breaks_a_contract_can_be_told(pie: Desk) -> None:
    """`--told` tells the story that breaks a contract as prose."""
    ended = pie.run("check", WHERE, "--contract", "never fed(Ada)", "--told")
    assert "Ada was in the cellar" in ended.out


def test_a_contract_that_cannot_be_read_is_wrong_usage(pie: Desk) -> None:
    """A contract on the command line is read like the rest of the world; the slip is one of the command line."""
    ended = pie.run("check", WHERE, "--contract", "never fed(Adda)")
    assert ended.code == 31
    assert "`Adda`" in ended.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("whynot", WHERE, "fed(Ada) & fed(Ben)"), "never comes about"),
        (("whynot", WHERE, "walk(Ada, ?)"), "Ada has no reason"),
        (("whynot", WHERE, "eat(Ben)", "--at", "1"), "is not possible at the start"),
        (("diff", WHERE, "--change", "believes(Ben, pie()) = ?"), "- walk(Ben, Cellar)"),
        (("save", WHERE, "fed(Ada) & fed(Ben)", "--single"), "would make it possible"),
        (("lastresort", WHERE, "walk", "Ben"), "walk(Ben, Garden): Ben believes it impossible"),
        (("ledger", WHERE), "misses, and still believes (Ben)"),
        (("endings", WHERE), "as the author hopes"),
        (("endings", WHERE, "--format", "dot"), "digraph"),
        (("endings", WHERE, "--told"), "Ada was in the cellar"),
        (("why", WHERE, "walk", "--beliefs"), "wrongly believing pie() = Cellar (it was pie() = ?)"),
    ],
    ids=str,
)
def test_every_question_is_answered_in_words(pie: Desk, arguments: tuple[str, ...], said: str) -> None:
    """Each question of `ask` has a command, which prints its answer and ends with 0."""
    ended = pie.run(*arguments)
    assert (ended.code, ended.err) == (0, "")
    assert said in ended.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("whynot", WHERE, "fed(Ada) & fed(Ben)", "--json"),
        ("diff", WHERE, "--change", "pie() = Garden", "--json"),
        ("save", WHERE, "fed(Ada) & fed(Ben)", "--json"),
        ("lastresort", WHERE, "walk", "Ben", "--json"),
        ("ledger", WHERE, "--json"),
        ("endings", WHERE, "--format", "json"),
    ],
    ids=str,
)
def test_every_answer_can_be_had_as_data(pie: Desk, arguments: tuple[str, ...]) -> None:
    """Programs get the same answers as JSON."""
    assert json.loads(pie.run(*arguments).out)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("whynot", WHERE, "fed(Nobody)"), 31, "`Nobody`"),
        (("whynot", WHERE, "eat(Ada)", "--at", "dance"), 31, "`dance`"),
        (("lastresort", WHERE, "walk", "Bean"), 31, "there are: Ada, Ben"),
        (("save", WHERE, "fed(Ada"), 31, "("),
        (("endings", WHERE, "--nodes", "1"), 20, "stopped"),
        (("diff", WHERE, "nowhere.fab"), 31, "nowhere.fab"),
    ],
    ids=str,
)
def test_a_question_that_makes_no_sense_is_told_so(
    pie: Desk, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """Bad questions get one clear message and the right exit code."""
    ended = pie.run(*arguments)
    assert ended.code == code
    assert said in ended.err
