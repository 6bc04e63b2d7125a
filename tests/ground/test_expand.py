"""Conditions and values lose their variables; what is decided is decided."""

import pytest

from tests.ground.worlds import free, grounded, precondition, shown

CONDITIONS = {
    "a boolean property alone is `== True`": ("open()", "open() == True"),
    "`!p()` is `== False`": ("!open()", "open() == False"),
    "`!` goes inward through `&`": ("!(open() & n() == 1)", "(open() == False | n() != 1)"),
    "`!` goes inward through `|`": ("!(open() | n() == 1)", "(open() == False & n() != 1)"),
    "`!(x > 0)` is `x <= 0`": ("!(n() > 0)", "n() <= 0"),
    "`!believes(c, e)` is what c thinks is not so": (
        "!believes(Ann, open())",
        "believes(Ann, open() == False)",
    ),
    "two `!` are none": ("!!open()", "open() == True"),
    "a fluent stands on the left": ("0 < n()", "n() > 0"),
    "a fluent stands left of arithmetic": ("m() + 1 >= n()", "n() <= (m() + 1)"),
    "of two fluents the author's first stands on the left": ("n() > m()", "n() > m()"),
    "a variable's value stands on the right": (
        "exists(p : place) p == at(Ann)",
        "(at(Ann) == Hall | at(Ann) == Yard)",
    ),
    "`forall` is written out": (
        "forall(c : character) friend(c) == c",
        "(friend(Ann) == Ann & friend(Bob) == Bob)",
    ),
    "an empty `exists` never holds": ("exists(p : nowhere) open()", "False"),
    "equal truth values are both true or both false": (
        "open() == lit()",
        "((open() == True & lit() == True) | (open() == False & lit() == False))",
    ),
    "unequal truth values differ": (
        "open() != lit()",
        "((open() == False | lit() == False) & (open() == True | lit() == True))",
    ),
    "a comparison with True is the condition itself": ("open() == True", "open() == True"),
    "a comparison with False is its negation": ("(n() > 0) == False", "n() <= 0"),
    "a truth value is never unknown": ("open() == ?", "False"),
    "things of different kinds are unequal": ("at(Ann) == n()", "False"),
    "things of different kinds are unequal, also with `!=`": ("n() != at(Ann) & open()", "open() == True"),
    "a fluent equals itself": ("at(Ann) == at(Ann) & open()", "open() == True"),
    "`>= ?` asks whether a number is unknown": ("n() >= ?", "n() == ?"),
    "`> ?` never holds": ("n() > ?", "False"),
    "`if` without `else` is an implication": ("if(open()) lit()", "(open() == False | lit() == True)"),
    "`if` with `else` is two": (
        "if(open()) lit() else n() == 1",
        "((open() == False | lit() == True) & (open() == True | n() == 1))",
    ),
    "an unknown number fails the condition of an `if`": (
        "if(n() > 0) open()",
        "(n() <= 0 | n() == ? | open() == True)",
    ),
    "a type test is a choice of values": ("at(Ann) : place", "(at(Ann) == Hall | at(Ann) == Yard)"),
    "a failed type test excludes every value": ("!(at(Ann) : place)", "(at(Ann) != Hall & at(Ann) != Yard)"),
    "a believed value compared with a fixed one is a thought": (
        "believes(Ann, at(Bob)) == Hall",
        "believes(Ann, at(Bob) == Hall)",
    ),
    "minds nest": ("believes(Ann, believes(Bob, open()))", "believes(Ann, believes(Bob, open() == True))"),
    "two believed values stay values": (
        "believes(Ann, n()) != believes(Bob, n())",
        "believes(Ann, n()) != believes(Bob, n())",
    ),
    "two values in one mind are one thought": (
        "believes(Ann, n()) > believes(Ann, m())",
        "believes(Ann, n() > m())",
    ),
    "wishes that no state can join are false": ("n() == 1 & n() == 2", "False"),
    "a wish and its exclusion are false": ("at(Ann) == Hall & at(Ann) != Hall", "False"),
    "the same part counts once": ("open() & open()", "open() == True"),
    "arithmetic on fixed numbers is done": ("n() == 2 * 3", "n() == 6"),
    "sums are written out": ("n() == (sum(c : character) 1)", "n() == 2"),
    "products are written out": ("n() == (product(c : character) m())", "n() == (m() * m())"),
    "an order of things that are no numbers never holds": ("1 > 2 & open()", "False"),
}


@pytest.mark.parametrize(("written", "expected"), CONDITIONS.values(), ids=CONDITIONS.keys())
def test_condition(written: str, expected: str) -> None:
    """The identifier of each case is the sentence."""
    if "nowhere" in written:
        problem = grounded(f"type nowhere; {free(f'action it() {{ precondition: {written}; }}')}")
        assert "it()" not in map(str, problem.actions)
        return
    assert precondition(written) == expected


def test_a_condition_used_as_a_value_counts_one_or_nought() -> None:
    """A boolean utility is a choice of 1 and 0; one that is missing is 0."""
    problem = grounded(free("utility(): open(); utility(Ann): open() & at(Ann) == Hall"))
    assert shown(problem, problem.utility) == "if(open() == True) 1 else 0"
    assert shown(problem, problem.utilities[0]) == "if((open() == True & at(Ann) == Hall)) 1 else 0"
    assert shown(problem, problem.utilities[1]) == "0"


def test_a_choice_loses_branches_that_are_never_taken() -> None:
    """Branches whose condition is decided are decided."""
    problem = grounded(free("utility(): if(False) 1 elseif(open()) 2 elseif(True) 3 else 4"))
    assert shown(problem, problem.utility) == "if(open() == True) 2 else 3"


def test_comparing_two_entity_properties_is_marked() -> None:
    """Surprise corrects both sides of `x() == y()` over entities, and only there."""
    problem = grounded(
        free("action it() { precondition: at(Ann) == at(Bob); }; action no() { precondition: n() == m(); }")
    )
    marks = {a.name: getattr(a.precondition, "entities", None) for a in problem.actions}
    assert marks["it"] is True
    assert marks["no"] is False


FIXED = {
    "the value of what nothing sets stands for it": ("n() > k()", "n() > 3", "n() > k()"),
    "what nothing sets is not doubted for what something sets": ("k() < n()", "n() > 3", "n() > k()"),
    "nor for what is computed from it": ("k() < n() + 1", "(n() + 1) > 3", "(n() + 1) > k()"),
    "of two that nothing sets, the first is doubted": ("k() != wrong()", "k() != wrong()", "k() != wrong()"),
    "so it is if somebody thinks otherwise of it": ("wrong() != k()", "wrong() != 3", "wrong() != k()"),
    "a choice that is decided corrects no more than it did before": (
        "(if(k() > 2) n() else m()) > 4",
        "if(k() > 2) n() else m() > 4",
        "if(k() > 2) n() else m() > 4",
    ),
    "what is believed of it is asked": (
        "believes(Bob, k()) == 3",
        "believes(Bob, k() == 3)",
        "believes(Bob, k() == 3)",
    ),
    "it may be doubted for what is believed of another": (
        "k() != believes(Bob, wrong())",
        "k() != believes(Bob, wrong())",
        "k() != believes(Bob, wrong())",
    ),
}


@pytest.mark.parametrize(("written", "stated", "anything"), FIXED.values(), ids=FIXED.keys())
def test_what_nothing_sets(written: str, stated: str, anything: str) -> None:
    """Each comparison with a fixed number, as the start has it and for any start: the same stands on the left, where surprise corrects."""
    fixed = (
        "property k() : number; property wrong() : number; k() = 3; wrong() = 2; believes(Ann, wrong() = 3)"
    )
    assert precondition(written, fixed) == stated
    assert precondition(written, fixed, any_start=True) == anything
