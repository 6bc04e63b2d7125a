"""The initial state: defaults, then one statement after the other."""

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.problem import Problem
from tests.ground.worlds import CAST, grounded


def start(statements: str) -> dict[str, str]:
    """Return what differs from the defaults: `open()` or `Ann: open()` to the written value."""
    problem = grounded(CAST + statements)
    found = {
        str(fluent): value(problem, i, problem.initial[i])
        for i, fluent in enumerate(problem.fluents)
        if problem.initial[i] != (None if fluent.kind == "entity" else 0.0)
    }
    for belief in problem.beliefs:
        path = "".join(f"{problem.entities[c]}: " for c in belief.path)
        found[f"{path}{problem.fluents[belief.fluent]}"] = value(problem, belief.fluent, belief.value)
    return found


def value(problem: Problem, fluent: int, number: float | None) -> str:
    """Write a value of a fluent."""
    if number is None:
        return "?"
    kind = problem.fluents[fluent].kind
    return problem.entities[int(number)] if kind == "entity" else f"{number:g}"


STATEMENTS = {
    "without statements all is False, 0 or unknown": ("", {}),
    "a boolean property alone is true": ("open()", {"open()": "1"}),
    "a later statement wins": ("n() = 1; n() = 2", {"n()": "2"}),
    "each reads the values so far": ("n() = 1; m() = n() + 1; n() = 5", {"n()": "5", "m()": "2"}),
    "`forall` speaks of every instance": (
        "forall(c : character) at(c) = Hall",
        {"at(Ann)": "Hall", "at(Bob)": "Hall"},
    ),
    "`forall` goes one instance after the other": ("forall(c : character) n() = n() + 1", {"n()": "2"}),
    "`if` takes the branch that holds": (
        "open(); if(open()) n() = 1 else n() = 2",
        {"open()": "1", "n()": "1"},
    ),
    "`if` without `else` may do nothing": ("if(open()) n() = 1", {}),
    "an explicit belief survives later changes of the world": (
        "believes(Ann, n() = 1); n() = 2",
        {"Ann: n()": "1", "n()": "2"},
    ),
    "`believes(A, x = e)` reads e in A's mind": (
        "m() = 5; believes(Ann, m() = 7); believes(Ann, n() = m())",
        {"m()": "5", "Ann: m()": "7", "Ann: n()": "7"},
    ),
    "`believes(A, x) = e` reads e in the world": (
        "m() = 5; believes(Ann, m() = 7); believes(Ann, n()) = m()",
        {"m()": "5", "Ann: m()": "7", "Ann: n()": "5"},
    ),
    "a mind without an entry reads the one that holds it": (
        "believes(Ann, m() = 7); believes(Ann, believes(Bob, n() = m()))",
        {"Ann: m()": "7", "Ann: Bob: n()": "7"},
    ),
    "a mind does not read past its last character": (
        "m() = 1; believes(Bob, m() = 7); believes(Ann, believes(Bob, n() = m()))",
        {"m()": "1", "Bob: m()": "7", "Ann: Bob: n()": "1"},
    ),
    "an `if` inside `believes` is judged in that mind": (
        "believes(Ann, open()); believes(Ann, if(open()) n() = 1)",
        {"Ann: open()": "1", "Ann: n()": "1"},
    ),
    "what equals the truth can be an explicit belief": ("believes(Ann, !open())", {"Ann: open()": "0"}),
    "arithmetic with the unknown is unknown": ("m() = ?; n() = m() + 1", {"m()": "?", "n()": "?"}),
}


@pytest.mark.parametrize(("statements", "expected"), STATEMENTS.values(), ids=STATEMENTS.keys())
def test_statement(statements: str, expected: dict[str, str]) -> None:
    """The identifier of each case is the sentence."""
    assert start(statements) == expected


def test_dividing_by_zero_is_a_mistake() -> None:
    """A statement that divides by zero is refused."""
    with pytest.raises(Mistakes, match="divides by zero"):
        start("n() = 1 / m()")
