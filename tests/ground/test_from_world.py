"""A world becomes a problem: nothing but numbers, and names for printing."""

import copy
import pickle
from collections.abc import Callable

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.expression import TRUE
from fabula.ground.problem import Problem
from tests.ground.worlds import CAST, act, free, grounded, shown


def test_characters_have_the_first_ids() -> None:
    """Characters first, then the others, in order of definition; with all types, nearest first."""
    problem = grounded("type place; type knight : character; entity Hall : place; entity Sir : knight")
    assert problem.entities == ("Sir", "Hall")
    assert problem.character_count == 1
    assert problem.types == (("knight", "character", "entity"), ("place", "entity"))


def test_every_property_has_a_fluent_for_every_choice_of_arguments() -> None:
    """In the order of the file, the last argument turning fastest; domains are the instances of the type."""
    problem = grounded(CAST)
    assert list(map(str, problem.fluents)) == [
        *("at(Ann)", "at(Bob)", "open()", "lit()", "n()", "m()", "friend(Ann)", "friend(Bob)")
    ]
    assert [fluent.kind for fluent in problem.fluents[1:5]] == ["entity", "boolean", "boolean", "number"]
    assert problem.fluents[0].domain == (2.0, 3.0)
    assert problem.fluents[4].domain is None


def test_everybody_observes_unless_it_is_said_who() -> None:
    """Without `observing` everybody sees an act; with it, each under a condition of their own."""
    problem = grounded(
        free(
            "action loud() { precondition: open(); };"
            "action soft() { precondition: open(); observing(c : character): at(c) == Hall; }"
        )
    )
    assert [shown(problem, c) for c in act(problem, "loud()").observing] == ["True", "True"]
    assert [shown(problem, c) for c in act(problem, "soft()").observing] == [
        "at(Ann) == Hall",
        "at(Bob) == Hall",
    ]


def test_what_an_act_gives_away_goes_with_it() -> None:
    """Episode, tags and place in the text are those of the action."""
    problem = grounded(CAST + "action end() { effect: open(); reveals: 9; tags: death, despair; }")
    end = act(problem, "end()")
    assert (end.reveals, end.tags) == (9, ("death", "despair"))
    assert end.span is not None


def test_dividing_by_nought_is_a_mistake() -> None:
    """What divides by zero whatever happens is refused, and the message says where."""
    for text, where in (
        ("action it() { effect: n() = 1 / 0; }", r"`it\(\)` divides by zero"),
        ("utility(): 1 / m()", "the author's utility divides by zero"),
        ("utility(Ann): n() / 0", "the utility of `Ann` divides by zero"),
    ):
        with pytest.raises(Mistakes, match=where):
            grounded(CAST + text)


def test_a_division_that_is_never_made_is_none() -> None:
    """A branch that is never taken may hold anything."""
    grounded(CAST + "utility(): if(m() != 0) 1 / m() else 0")


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda problem: pickle.loads(pickle.dumps(problem))])
def test_copies_know_what_always_holds(copied: Callable[[Problem], Problem]) -> None:
    """Workers get copies of a problem, and `is TRUE` tells there, too."""
    problem = grounded(CAST + "action go() { effect: lit(); }")
    again = copied(problem)
    assert again == problem
    assert again.actions[0].precondition is TRUE
    assert again.actions[0].effects[0].condition is TRUE
