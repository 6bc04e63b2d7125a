"""The smallest change that makes an ending possible or impossible."""

from typing import Any

import pytest

from fabula.ask.change.smallest import Answer, data, smallest, text
from fabula.ask.inquiry import Inquiry
from fabula.ground import ground
from fabula.pipeline.read import read
from fabula.search.engine import Session
from fabula.search.outcome import Budget, Limits
from tests.ask.small import LIMITS, PIE, world


def ask(
    ending: str, pairs: bool | None = False, wish: str = "possible", seconds: float | None = None
) -> Answer:
    """Ask it of the world of the pie."""
    problem = ground(world(f"{PIE}; contract: possible {ending}"), any_start=True)
    condition = problem.contracts[0].first
    budget = Budget(seconds=seconds)
    if wish == "possible":
        return smallest(Inquiry(problem, LIMITS), condition, pairs=pairs, budget=budget)  # type: ignore[arg-type]
    return smallest(Inquiry(problem, LIMITS), condition, "impossible", pairs=pairs, budget=budget)  # type: ignore[arg-type]


def test_a_second_pie_would_do() -> None:
    """For both to be fed there must be another pie; nothing else, and no belief, will do."""
    answer = ask("(fed(Ada) & fed(Ben))")
    assert [way.said for way in answer.ways] == [("pie(Cellar)",)]
    assert set(answer.ways[0].acts) == {"eat(Ada, Kitchen)", "eat(Ben, Cellar)"}


def test_what_is_so_already_needs_no_change() -> None:
    """Ben may be fed as things stand."""
    answer = ask("fed(Ben)")
    assert (answer.already, answer.ways) == (True, ())
    assert "as things stand" in text(answer)


def test_a_change_that_only_says_what_is_asked_for_does_not_count() -> None:
    """That Ada has eaten before the story begins is no answer to how she might be fed."""
    hungry = ask("(fed(Ada) & pie(Kitchen))")
    assert all("fed(Ada)" not in way.said[0] for way in hungry.ways)


def test_what_would_prevent_it() -> None:
    """Nobody eats where there is no pie, where nobody can eat, or where they think there is none."""
    ways = {way.said for way in ask("(fed(Ada) | fed(Ben))", wish="impossible").ways}
    assert {("!pie(Kitchen)",), ("without action eat",)} <= ways
    assert ("believes(Ben, !pie(Kitchen))",) not in ways, "Ada would eat it all the same"


def test_pairs_where_no_single_change_will_do() -> None:
    """If both must believe that there is no pie, it takes two changes."""
    ways = {way.said for way in ask("(fed(Ada) | fed(Ben))", wish="impossible", pairs=True).ways}
    assert ("believes(Ada, !pie(Kitchen))", "believes(Ben, !pie(Kitchen))") in ways


def test_a_fact_parts_later_than_another() -> None:
    """The ways are ranked: single changes first, then those whose story is the same for longest."""
    ways = ask("(fed(Ada) & fed(Ben))", pairs=True).ways
    assert [len(way.changes) for way in ways] == sorted(len(way.changes) for way in ways)
    singles = [way.shared for way in ways if len(way.changes) == 1]
    assert singles == sorted(singles, reverse=True)


def test_what_was_not_decided_is_counted() -> None:
    """When time is up, the answer says so, and how many changes were not tried; it does not say that none would do."""
    answer = ask("(fed(Ada) & fed(Ben))", seconds=0.0001)
    assert (answer.given_up > 0, answer.stopped) == (True, "time")
    assert text(answer).startswith("stopped (time): so far 0 of")


def test_whether_it_is_so_already_may_stay_open() -> None:
    """Where even the unchanged world has too many states, nothing is claimed about it."""
    problem = ground(world(f"{PIE}; contract: possible (fed(Ada) & fed(Ben))"), any_start=True)
    asked = problem.contracts[0].first
    answer = smallest(Inquiry(problem, LIMITS), asked, "impossible", pairs=False, budget=Budget(nodes=1))  # type: ignore[arg-type]
    assert answer.already is None
    assert "could not be decided" in text(answer)


def test_a_change_may_make_no_world() -> None:
    """With as many guests as none, the cake cannot be divided: such a change is counted, and is no answer."""
    cake = """entity Ada : character; property guests() : number; guests() = 2; property cut() : boolean;
        action cut_up(who : character) { effect: cut(); consenting: who; };
        utility(Ada): (4 / guests()) + (if(guests() == 0) 1 else 0); contract: possible cut()"""
    problem = ground(world(cake), any_start=True)
    answer = smallest(Inquiry(problem, LIMITS), problem.contracts[0].first, pairs=False)  # type: ignore[arg-type]
    assert answer.broken >= 1
    assert "make no world" in text(answer)


def test_an_interruption_keeps_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the question with the ways that were found by then."""
    tried: list[int] = []
    decide = Session.spread

    def interrupted(session: Session, *options: Any, **named: Any) -> object:  # noqa: ANN401 - whatever they are
        tried.append(1)
        if len(tried) > 10:
            raise KeyboardInterrupt
        return decide(session, *options, **named)

    monkeypatch.setattr(Session, "spread", interrupted)
    answer = ask("(fed(Ada) & fed(Ben))")
    assert answer.stopped == "interrupt"
    assert 0 < answer.tried < 20


def test_as_data_and_in_a_notebook() -> None:
    """Data has no more ways than asked for and says how many there are; a notebook shows a table."""
    answer = ask("(fed(Ada) | fed(Ben))", wish="impossible")
    brief = data(answer, 1)
    assert (len(brief["ways"]), brief["found"]) == (1, len(answer.ways))  # type: ignore[arg-type]
    assert answer._repr_html_().count("<tr>") == 1 + len(answer.ways)


def test_what_would_have_restored_sayaka() -> None:
    """On the flagship: no belief and no act withheld brings her back from what she has become; only if she could hear."""
    reading = read("never-alone", ["contract: possible restored(Sayaka)"])
    problem = ground(reading.world, any_start=True)
    condition = problem.contracts[0].first
    answer = smallest(Inquiry(problem, reading.limits, reading.goal), condition)  # type: ignore[arg-type]
    assert [way.said for way in answer.ways] == [("hears(Octavia)",)]
    assert answer.ways[0].acts[answer.ways[0].shared - 1] == "call(Madoka, Octavia)"


@pytest.mark.long
def test_what_would_have_saved_sayaka() -> None:
    """On the flagship: had Kyubey kept silent, or had he thought she knew, she would not have fallen."""
    reading = read("never-alone", ["contract: possible (alive(Sayaka) & gem(Sayaka) != Seed)"])
    problem = ground(reading.world, any_start=True)
    condition = problem.contracts[0].first
    limits = Limits(reading.limits.author, reading.limits.character, reading.limits.epistemic)
    answer = smallest(Inquiry(problem, limits, reading.goal), condition, pairs=False)  # type: ignore[arg-type]
    ways = {way.said[0] for way in answer.ways}
    assert {"!candid(Kyubey)", "believes(Kyubey, knows_truth(Sayaka))", "hears(Octavia)"} <= ways
