"""Effects become assignments: whose mind, which fluent, when, and what."""

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from tests.ground.worlds import effects, free, grounded

EFFECTS = {
    "a boolean property alone is made true": ("open()", ["open() = True"]),
    "`!` makes it false": ("!open()", ["open() = False"]),
    "values are read in the old state": ("n() = m() + 1 & m() = n()", ["n() = (m() + 1)", "m() = n()"]),
    "the unknown can be assigned": ("at(Ann) = ?", ["at(Ann) = ?"]),
    "`forall` is written out": ("forall(c : character) at(c) = Hall", ["at(Ann) = Hall", "at(Bob) = Hall"]),
    "a branch happens if its condition holds": ("if(open()) lit()", ["lit() = True if open() == True"]),
    "`else` happens if no condition holds": (
        "if(open()) lit() elseif(n() == 1) n() = 2 else n() = 3",
        [
            "lit() = True if open() == True",
            "n() = 2 if (open() == False & n() == 1)",
            "n() = 3 if (open() == False & n() != 1)",
        ],
    ),
    "`else` happens to the unknown too": (
        "if(n() > 0) open() else lit()",
        ["open() = True if n() > 0", "lit() = True if (n() <= 0 | n() == ?)"],
    ),
    "a branch ends at `&`": ("if(open()) lit() & n() = 1", ["lit() = True if open() == True", "n() = 1"]),
    "a value inside `believes` is that mind's": (
        "believes(Bob, n() = m())",
        ["Bob: n() = believes(Bob, m())"],
    ),
    "a value outside `believes` is the world's": ("believes(Bob, n()) = m()", ["Bob: n() = m()"]),
    "a condition inside `believes` is that mind's": (
        "believes(Bob, if(open()) lit())",
        ["Bob: lit() = True if believes(Bob, open() == True)"],
    ),
    "a condition outside `believes` is the world's": (
        "if(open()) believes(Bob, lit())",
        ["Bob: lit() = True if open() == True"],
    ),
    "minds nest": (
        "believes(Ann, believes(Bob, n() = m()))",
        ["Ann: Bob: n() = believes(Ann, believes(Bob, m()))"],
    ),
    "a mind can be a target within a mind": (
        "believes(Ann, believes(Bob, n()) = m())",
        ["Ann: Bob: n() = believes(Ann, m())"],
    ),
    "a truth value can be copied": ("open() = lit()", ["open() = lit()"]),
    "a condition can be a value": ("open() = (n() > 1)", ["open() = if(n() > 1) True else False"]),
    "what never happens is left out": ("if(False) open() & lit()", ["lit() = True"]),
}


@pytest.mark.parametrize(("written", "expected"), EFFECTS.values(), ids=EFFECTS.keys())
def test_effect(written: str, expected: list[str]) -> None:
    """The identifier of each case is the sentence."""
    assert effects(grounded(free(f"action it() {{ effect: {written}; }}")), "it()") == expected


def test_an_effect_that_contradicts_itself_is_a_mistake() -> None:
    """Two values for one property, always: the message names the act with its arguments, the property, the values."""
    with pytest.raises(Mistakes, match=r"`it\(Ann, Ann\)` gives `at\(Ann\)` two values") as caught:
        grounded(free("action it(c : character, d : character) { effect: at(c) = Hall & at(d) = Yard; }"))
    assert len(caught.value.diagnostics) == 1
    assert caught.value.diagnostics[0].name == "contradictory-effect"
    assert caught.value.diagnostics[0].labels


def test_a_contradiction_that_the_precondition_rules_out_is_none() -> None:
    """Where the two could only meet in a case that never happens, all is well."""
    parameters = "c : character, d : character"
    grounded(
        free(f"action it({parameters}) {{ precondition: c != d; effect: at(c) = Hall & at(d) = Yard; }}")
    )
    swap = "precondition: at(c) == Hall & at(d) == Yard; effect: at(c) = Yard & at(d) = Hall"
    grounded(free(f"action it({parameters}) {{ {swap}; }}"))


def test_contradictions_that_depend_on_the_state_are_left_to_the_search() -> None:
    """Two values that may agree, or of which one is conditional, are found when they meet."""
    grounded(free("action it() { effect: n() = m() & n() = 1; }"))
    grounded(free("action it() { effect: n() = 2 & if(open()) n() = 1; }"))


def test_different_minds_do_not_contradict_each_other() -> None:
    """An act may make something so and somebody believe the opposite."""
    grounded(free("action it() { effect: open() & believes(Bob, !open()); }"))
