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
        (("save", WHERE, "fed(Ada) & fed(Ben)", "--most", "1", "--told"), "Found and told by fabula"),
        (("lastresort", WHERE, "walk", "Ben"), "walk(Ben, Garden): Ben believes it impossible"),
        (("ledger", WHERE), "misses, and still believes (Ben)"),
        (("endings", WHERE), "as the author hopes"),
        (("endings", WHERE, "--format", "dot"), "digraph"),
        (("endings", WHERE, "--told"), "Ada was in the cellar"),
        (("endings", WHERE, "--at", "walk", "--depth", "1"), "after eat(Ada)"),
        (("endings", WHERE, "--where", "fed(Ben)", "--by", "at"), "at(Ada) = Cellar"),
        (("endings", WHERE, "--most", "1"), "and 2 other things that endings mean"),
        (("endings", WHERE, "--format", "graphml", "--depth", "1"), '<data key="role">open</data>'),
        (("whynot", WHERE, "walk"), "walk(Ben, Cellar) does come about"),
        (("whynot", WHERE, "fed(Ben)", "--at", "walk"), "fed(Ben) is not so after eat(Ada)"),
        (("diff", WHERE, "--change", "utility(Ben): 0"), "+++ pie.fab; utility(Ben): 0: all"),
        (("ledger", WHERE, "--who", "Ben"), "Ben, at the end"),
        (("ledger", WHERE, "--who", "Ben", "--at", "walk"), "pie() = Cellar (is ?), from the start"),
        (("ledger", WHERE, "--picture", "lanes.svg"), ""),
        (("ledger", WHERE, "--table"), "| 1. eat(Ada) | Ben | missed | pie() = Cellar | is ? |"),
        (("check", WHERE), "no mistakes: 2 characters"),
        (("why", WHERE, "walk", "--beliefs"), "wrongly believing pie() = Cellar (it was pie() = ?)"),
    ],
    ids=str,
)
def test_every_question_is_answered_in_words(pie: Desk, arguments: tuple[str, ...], said: str) -> None:
    """Each question of `ask` has a command, which prints its answer and ends with 0."""
    ended = pie.run(*arguments)
    assert (ended.code, ended.err) == (0, "")
    assert said in ended.out


def test_who_asks_about_a_counter_looks_as_far_as_that(pie: Desk) -> None:
    """A number that nothing in the world looks at is counted all the same where somebody asks for it."""
    counted = PIE.replace("utility(Ada)", "property meals() : number;\nutility(Ada)", 1)
    counted = counted.replace("effect: fed(c)", "effect: meals() = meals() + 1 & fed(c)", 1)
    assert counted.count("meals") == 3
    pie.write(WHERE, counted)
    assert "does come about" in pie.run("whynot", WHERE, "meals() >= 1").out
    assert "never comes about" in pie.run("whynot", WHERE, "meals() >= 2").out
    assert "meals() = 1" in pie.run("endings", WHERE, "--where", "meals() >= 1").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("whynot", WHERE, "fed(Ada) & fed(Ben)", "--json"),
        ("diff", WHERE, "--change", "pie() = Garden", "--json"),
        ("save", WHERE, "fed(Ada) & fed(Ben)", "--json"),
        ("why", WHERE, "walk", "--beliefs", "--json"),
        ("ledger", WHERE, "--who", "Ben", "--json"),
        ("check", WHERE, "--contract", "never fed(Ada)", "--told", "--json"),
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
        (("whynot", WHERE, "1 / 0 == 1"), 31, "what is asked divides by zero"),
        (("save", WHERE, "1 / 0 == 1"), 31, "asked:1:1"),
        (("endings", WHERE, "--where", "1 / 0 == 1"), 31, "what is asked divides by zero"),
        (("check", WHERE, "--contract", "never 1 / 0 == 1"), 31, "1 | never 1 / 0 == 1"),
        (("endings", WHERE, "--by", "att"), 31, "did you mean `at`?"),
        (("ledger", WHERE, "--at", "walk"), 31, "--who"),
        (("ledger", WHERE, "--who", "Bean"), 31, "there are: Ada, Ben"),
        (("ledger", WHERE, "--picture", "lanes.doc"), 31, "lanes.doc"),
        (("save", WHERE, "eat(Ben)"), 31, "not about an act"),
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


def test_what_was_asked_is_shown_as_it_was_typed(pie: Desk) -> None:
    """A mistake in a question points into the question, not into what the program made of it."""
    ended = pie.run("whynot", WHERE, "fed(Nobody)")
    assert "asked:1:5" in ended.err
    assert "1 | fed(Nobody)" in ended.err
    ended = pie.run("check", WHERE, "--contract", 'never fed(Ada) & "')
    assert "1 | never fed(Ada) &" in ended.err


def test_an_answer_that_was_cut_short_has_an_exit_code(pie: Desk) -> None:
    """A question about changes whose time is up does not say that none would do, and ends with 20."""
    ended = pie.run("save", WHERE, "fed(Ada) & fed(Ben)", "--time", "0.0001")
    assert ended.code == 20
    assert ended.out.startswith("stopped (time): so far 0 of")


def test_no_more_ways_than_asked_for(pie: Desk) -> None:
    """`--most` bounds the data, too, which says how many there are in all."""
    found = json.loads(pie.run("save", WHERE, "fed(Ben)", "--prevent", "--most", "1", "--json").out)
    assert len(found["ways"]) == 1 < found["found"]


def test_there_is_always_a_report(pie: Desk) -> None:
    """Without contracts the suite is empty; a world with mistakes has an error in it."""
    assert pie.run("check", WHERE, "--junit", "report.xml").code == 0
    assert 'tests="0"' in (pie.folder / "report.xml").read_text()
    assert pie.run("check", WHERE, "--change", "fed(Nobody)", "--junit", "report.xml").code != 0
    assert 'errors="1"' in (pie.folder / "report.xml").read_text()


def test_one_contract_alone(pie: Desk) -> None:
    """`--only` decides the contract of a name or a sentence, and says so if there is none."""
    change = ("--change", "contract feast: never fed(Ada)", "--change", 'contract "No.": possible fed(Ada)')
    assert pie.run("check", WHERE, *change, "--only", "No.").code == 0
    assert pie.run("check", WHERE, *change, "--only", "feast").code == 32
    assert pie.run("check", WHERE, *change, "--only", "No.", "--contract", "never fed(Ada)").code == 32
    missing = pie.run("check", WHERE, "--only", "feist")
    assert (missing.code, "no-such-contract" in missing.err) == (31, True)


def test_a_world_without_contracts_is_tried_out(pie: Desk) -> None:
    """A trigger that never rests once somebody has eaten is found by `check` alone, and not hidden from any question."""
    endless = "trigger age() { precondition: fed(Ada); effect: n() = n() + 1; }"
    change = ("--change", "property n() : number", "--change", endless)
    for question in (("check", WHERE), ("endings", WHERE), ("whynot", WHERE, "eat(Ada)")):
        ended = pie.run(*question, *change)
        assert "never come to rest" in ended.err


def test_a_map_of_what_was_seen(pie: Desk) -> None:
    """A map whose search was stopped shows what was seen, says so, and ends with 20."""
    ended = pie.run("endings", WHERE, "--nodes", "3")
    assert ended.code == 20
    assert "in the first" in ended.out
