"""What closes an act to somebody: in her own eyes, at one moment."""

import pytest

from fabula.ask.inquiry import Lore
from fabula.ask.moment.closed import Closed, closed, text
from fabula.ask.moment.here import Here
from fabula.ground.expression import EntityId
from fabula.ground.problem import ActionId
from tests.ask.small import LIMITS, problem

ERRAND = """
entity Ada : character; entity Ben : character;
property asked() : boolean; property here() : boolean; property fed() : boolean; property paid() : boolean;
action ask() { precondition: !asked(); effect: asked(); consenting: Ada; };
action fetch() { precondition: asked() & !here(); effect: here(); consenting: Ben; };
action eat() { precondition: here(); effect: fed(); consenting: Ada; };
action dance() { precondition: !paid(); effect: paid(); consenting: Ada, Ben; };
utility(Ada): if(fed()) 2 elseif(paid()) 1 else 0;
"""


def answer(name: str, more: str = "") -> Closed:
    """Ask what closes an act to Ada at the start."""
    stage = problem(ERRAND + more)
    lore = Lore(stage, LIMITS)
    act = next(ActionId(i) for i, action in enumerate(stage.actions) if action.name == name)
    return closed(Here(lore, (), lore.first()), EntityId(0), act)


def test_another_will_not_consent_to_a_later_act() -> None:
    """Ada would ask Ben to fetch what she needs; he will not, for it gains him nothing; so she does not ask."""
    found = answer("ask")
    assert (found.kind, found.refused, found.refusing) == ("refused", ("Ben",), "fetch()")
    assert found.plan == ("ask()", "fetch()", "eat()")
    assert text(found) == "Ada would (ask(), then fetch(), then eat()), but Ben will not fetch()"


def test_another_will_not_consent_to_the_act_itself() -> None:
    """Ada would dance with Ben, and he would not."""
    found = answer("dance")
    assert (found.kind, found.refused, found.refusing) == ("refused", ("Ben",), "dance()")
    assert text(found) == "Ada would, but Ben will not"


def test_who_is_willing_closes_nothing() -> None:
    """Once Ben likes to be of use, the plan is open."""
    assert answer("ask", "utility(Ben): here();").kind == "open"


@pytest.mark.parametrize("want", ["utility(Ada): 0;", "utility(Ada): asked() ;utility(Ada): !asked();"])
def test_who_gains_nothing_by_anything_has_no_reason(want: str) -> None:
    """Where no plan that begins with the act would improve her lot, were everybody willing, it simply brings no gain."""
    assert answer("ask", want).kind == "no gain"


def test_a_reason_in_a_notebook() -> None:
    """The act and what speaks against it are a table."""
    assert "<td>ask()</td>" in answer("ask")._repr_html_()
