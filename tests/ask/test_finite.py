"""Counters that need not be counted for ever."""

import pytest

from fabula.ask.finite import finite
from fabula.ask.inquiry import Inquiry
from fabula.ask.space import explore
from fabula.diagnostics.diagnostic import Mistakes
from fabula.search import spread
from fabula.search.outcome import Budget, Limits
from tests.ask.small import problem

COUNTED = """
entity Ada : character;
property rung() : number; property tired() : boolean;
action ring(Ada) { effect: rung() = rung() + 1; consenting: Ada; };
action rest(Ada) { precondition: rung() >= 3; effect: tired(); consenting: Ada; };
utility(Ada): if(rung() == 1) 1 elseif(rung() >= 2) 2 else 0 + if(tired()) 1 else 0;
"""


def test_a_counter_rises_as_far_as_anybody_looks() -> None:
    """Rung three times is as good as rung thirty times, if nobody asks for more than three."""
    found = explore(Inquiry(problem(COUNTED), Limits(-1, 3, 1)), budget=Budget(nodes=500))
    assert found.whole
    assert max(found.state(place.number).values[0] or 0 for place in found.places) <= 3


def test_the_same_courses_within_any_length() -> None:
    """Up to four acts, the bounded world has the courses that the unbounded one has, where they change anything."""
    limits = Limits(4, 3, 1)
    full, bounded = (spread.spread(p, limits) for p in (problem(COUNTED), finite(problem(COUNTED))))
    assert {(p.depth, p.worth) for p in bounded.places} <= {(p.depth, p.worth) for p in full.places}


def test_a_number_that_is_used_as_a_number_is_left_alone() -> None:
    """What a wish adds up matters however high it is."""
    summed = problem(COUNTED + "utility(Ada): rung();")
    assert finite(summed) == summed


def test_a_trigger_that_only_raises_is_found_to_have_no_rest() -> None:
    """A trigger that raises a number for ever is a mistake also where nobody looks at the number."""
    endless = COUNTED + "trigger age() { precondition: tired(); effect: rung() = rung() + 1; };"
    with pytest.raises(Mistakes, match="never come to rest"):
        explore(Inquiry(problem(endless), Limits(-1, 3, 1)), budget=Budget(nodes=500))


def test_a_trigger_that_ends_what_it_waits_for_is_bounded() -> None:
    """A trigger that counts each rest once makes no world endless."""
    counting = """property night() : number; property now() : boolean;
        action lie() { precondition: !now(); effect: now(); consenting: Ada; };
        trigger count() { precondition: now(); effect: night() = night() + 1 & !now() & !tired(); };
        utility(Ada): if(now()) 9 else if(tired()) 1 else 0;"""
    found = explore(Inquiry(problem(COUNTED + counting), Limits(-1, 3, 1)), budget=Budget(nodes=500))
    assert found.whole
