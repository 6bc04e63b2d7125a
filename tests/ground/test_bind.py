"""Parameters are bound in canonical order, and hopeless combinations are given up early."""

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground import expand
from tests.ground.worlds import CAST, act, free, grounded, names


def test_variables_range_over_their_type_in_canonical_order() -> None:
    """Characters come first, then the others in the order of definition; the last parameter turns fastest."""
    problem = grounded(free("action it(e : entity, p : place) { precondition: open(); }"))
    own = [name for name in names(problem) if name.startswith("it")]
    assert own[:4] == ["it(Ann, Hall)", "it(Ann, Yard)", "it(Bob, Hall)", "it(Bob, Yard)"]
    assert own[4:] == ["it(Hall, Hall)", "it(Hall, Yard)", "it(Yard, Hall)", "it(Yard, Yard)"]


def test_two_variables_may_take_the_same_entity() -> None:
    """Unless a precondition forbids it."""
    free_pair = grounded(CAST + "action it(c : character, d : character) { effect: friend(c) = d; }")
    assert "it(Ann, Ann)" in names(free_pair)
    kept_apart = grounded(
        CAST + "action it(c : character, d : character) { precondition: c != d; effect: friend(c) = d; }"
    )
    assert names(kept_apart) == ["it(Ann, Bob)", "it(Bob, Ann)"]


def test_actions_stand_in_the_order_of_the_file() -> None:
    """Acts of one action stay together."""
    problem = grounded(CAST + "action b(c : character) { effect: open(); }; action a() { effect: lit(); }")
    assert names(problem) == ["b(Ann)", "b(Bob)", "a()"]


def test_constants_stay_in_the_signature() -> None:
    """Constants of every kind are written where they stand."""
    problem = grounded(
        CAST + "action it(Ann, p : place, True, 2.5) { effect: at(Ann) = p; consenting: Ann; }"
    )
    assert names(problem) == ["it(Ann, Hall, True, 2.5)", "it(Ann, Yard, True, 2.5)"]


def test_a_variable_may_range_over_truth_values() -> None:
    """True comes before False."""
    problem = grounded(
        CAST + "action it(b : boolean) { effect: open() = b; }; action shut() { effect: !open(); }"
    )
    assert names(problem)[:2] == ["it(True)", "it(False)"]


def test_a_variable_hides_an_entity_of_its_name() -> None:
    """Inside its action a parameter means itself, and may have the name of a type."""
    problem = grounded(
        CAST + "action it(Ann : place, place : place) { precondition: Ann != place; effect: at(Bob) = Ann; }"
    )
    assert names(problem) == ["it(Hall, Yard)", "it(Yard, Hall)"]


def test_who_consents_stands_once_in_the_order_of_the_file() -> None:
    """One character in two roles consents once."""
    problem = grounded(
        CAST + "action it(c : character, d : character) { effect: friend(c) = d; consenting: d, c; }"
    )
    assert act(problem, "it(Ann, Bob)").consenting == (1, 0)
    assert act(problem, "it(Bob, Bob)").consenting == (1,)


def test_what_never_changes_rules_out_combinations() -> None:
    """A road that is never built or broken decides where one can go."""
    roads = "property road(p : place, q : place) : boolean; road(Hall, Yard);"
    walk = (
        "action walk(p : place, q : place) { precondition: road(p, q) & at(Ann) == p; effect: at(Ann) = q; }"
    )
    problem = grounded(CAST + roads + walk + "; at(Ann) = Hall")
    assert names(problem) == ["walk(Hall, Yard)"]


def test_a_world_with_too_many_cases_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of working for hours, fabula names the act that multiplies."""
    monkeypatch.setattr(expand, "_MOST_STEPS", 20)
    for multiplying in (
        "action it(a : entity, b : entity, c : entity) { effect: open(); }",
        "action it() { precondition: forall(a : entity) exists(b : entity) (a == b); effect: open(); }",
        "action it(a : entity) { effect: forall(b : entity) forall(c : entity) (if(a == b) open()); }",
        "trigger it(a : entity, b : entity) { precondition: !open() & a != b; effect: open(); }",
    ):
        with pytest.raises(Mistakes, match="`it` multiplies into millions of cases"):
            grounded(CAST + multiplying)


def test_a_property_about_too_many_things_is_refused() -> None:
    """Twenty things in five places are more facts than any state could hold."""
    things = "".join(f"entity T{i} : thing; " for i in range(20))
    with pytest.raises(Mistakes, match="`p` multiplies"):
        grounded(f"type thing; {things} property p({', '.join(f'x{i} : thing' for i in range(5))}) : boolean")
