"""`fabula explore`, `sweep` and `stories` keep spaces in a file and ask it."""

import json

import pytest

from tests.cli.command import Desk

NONE = "property none() : number; none() = 0"


def test_a_space_is_kept_and_asked(desk: Desk) -> None:
    """What one command keeps the next one finds."""
    ended = desk.run("explore", "pie.fab", "--store", "pie.db")
    assert (ended.code, ended.out[:22]) == (0, "all 6 states looked at")
    ended = desk.run("stories", "pie.db", "ends: fed(Ben)")
    assert (ended.code, ended.out) == (0, "2 acts:\n  walk(Ben, Cellar)\n  eat(Ben)\n")
    assert json.loads(desk.run("stories", "pie.db", "hoped", "--json").out)[0]["acts"] == [
        "eat(Ada)",
        "walk(Ben, Cellar)",
    ]
    ended = desk.run("stories", "pie.db", "length: 9")
    assert (ended.code, ended.out) == (10, "no such story\n")
    ended = desk.run("stories", "pie.db", "--sql", "SELECT count(*) AS n FROM met")
    assert (ended.code, ended.out) == (0, "n\n6\n")


def test_a_budget_is_an_exit_code(desk: Desk) -> None:
    """A run that a budget has ended says so, and a file that is not whole proves nothing."""
    ended = desk.run("explore", "pie.fab", "--store", "part.db", "--nodes", "1", "--json")
    assert (ended.code, json.loads(ended.out)["stopped"]) == (20, "nodes")
    ended = desk.run("stories", "part.db", "length: 9")
    assert (ended.code, ended.out) == (11, "no such story so far: not everything was looked at\n")


def test_contracts_can_be_told_later(desk: Desk) -> None:
    """A contract given beforehand is one that stories can be asked about."""
    demand = "never believes(Ben, fed(Ada))"
    assert desk.run("explore", "pie.fab", "--store", "told.db", "--contract", demand).code == 0
    ended = desk.run("stories", "told.db", f"breaks: {demand}")
    assert (ended.code, ended.out) == (0, "2 acts:\n  walk(Ben, Cellar)\n  eat(Ada)\n")


def test_a_sweep_lists_its_worlds(desk: Desk) -> None:
    """Each world of a sweep is listed with how it ends; with a query, those that have such a story."""
    ended = desk.run("sweep", "pie.fab", "--store", "s.db", "--vary", "pie() = Cellar | Garden | Attic")
    assert (ended.code, ended.out) == (0, "3 worlds looked at, 1 of them with mistakes\n")
    listed = desk.run("stories", "s.db").out
    assert (
        "0. pie() = Cellar\n  6 states, 3 endings, 1 as the author hopes (the nearest after 2 acts)\n"
        in listed
    )
    assert "2. pie() = Attic\n  has a mistake: there is no entity called `Attic`\n" in listed
    assert desk.run("stories", "s.db", "hoped").out == "0. pie() = Cellar\n  eat(Ada)\n  walk(Ben, Cellar)\n"
    assert desk.run("stories", "s.db", "--world", "1", "hoped").code == 10


def test_somebody_may_be_there_in_some_worlds_only(desk: Desk) -> None:
    """A query about somebody finds the worlds in which she is; it is wrong only if there is none."""
    cast = "entity Cy : character; at(Cy) = Garden; utility(Cy): fed(Cy); |"
    assert desk.run("sweep", "pie.fab", "--store", "c.db", "--vary", cast).code == 0
    ended = desk.run("stories", "c.db", "with: Cy")
    assert (ended.code, ended.out.startswith(f"0. {cast.removesuffix(' |')}\n"), "1. " in ended.out) == (
        0,
        True,
        False,
    )
    assert desk.run("stories", "c.db", "with: Dora").code == 31


def test_a_contract_that_divides_by_zero_is_to_blame_itself(desk: Desk) -> None:
    """What is wrong with a contract is not said of the world."""
    ended = desk.run(
        "explore", "pie.fab", "--store", "zero.db", "--contract", "never 1 / none() == 1", "--change", NONE
    )
    assert (ended.code, ended.err.splitlines()[0]) == (
        31,
        "error[division-by-zero]: what is asked divides by zero",
    )


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("stories", "none.db"), "no-such-store"),
        (("stories", "pie.fab"), "not-a-store"),
        (("explore", "pie.fab", "--store", "nowhere/pie.db"), "cannot-store"),
        (("explore", "pie.fab", "--store", "x.db", "--cluster", "127.0.0.1:1"), "no-cluster"),
        (("sweep", "pie.fab", "--store", "x.db"), "usage"),
        (("sweep", "pie.fab", "--store", "x.db", "--vary", "fed(Ada)"), "unknown-choice"),
        (("sweep", "pie.fab", "--store", "x.db", "--change-file", "none"), "cannot-read"),
    ],
)
def test_wrong_usage_is_said_so(desk: Desk, command: tuple[str, ...], name: str) -> None:
    """Whatever is wrong with a file or an option ends with one message, the way out, and the exit code of wrong usage."""
    ended = desk.run(*command)
    assert (ended.code, ended.err.startswith(f"error[{name}]: "), "hint: " in ended.err) == (31, True, True)
