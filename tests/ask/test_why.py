"""Why: the beliefs that a plan rests on."""

from fabula.ask.inquiry import Inquiry
from fabula.ask.why import Rests, text, why
from fabula.search.engine import search
from tests.ask.small import LIMITS, PIE, problem

MISTAKEN = problem(PIE + "; utility(): fed(Ada) & at(Ben) == Kitchen")
PLAN = search(MISTAKEN, LIMITS, mode="optimal").plans[0]
ACTS = [str(MISTAKEN.actions[step.action]) for step in PLAN.steps]


def test_a_reason_names_plan_hope_and_beliefs() -> None:
    """Ben comes, hoping to eat; his plan looks at where he is and at the pie, but not at what it brings about itself."""
    found = why(Inquiry(MISTAKEN, LIMITS), PLAN, ACTS.index("walk(Ben, Kitchen)"))
    (reason,) = found.reasons
    assert (reason.character, reason.before, reason.hoped) == ("Ben", 0, 1)
    assert reason.plan == ("walk(Ben, Kitchen)", "eat(Ben, Kitchen)")
    assert {rests.belief for rests in reason.rests_on} == {"at(Ben) = Cellar", "pie(Kitchen)", "!fed(Ben)"}


def test_what_is_believed_wrongly_says_what_is_so() -> None:
    """If the pie is eaten by then, the belief that it is there is marked."""
    eaten = ACTS.index("eat(Ada, Kitchen)") < ACTS.index("walk(Ben, Kitchen)")
    found = why(Inquiry(MISTAKEN, LIMITS), PLAN, ACTS.index("walk(Ben, Kitchen)"))
    assert (Rests("pie(Kitchen)", "!pie(Kitchen)") in found.reasons[0].rests_on) == eaten
    assert ("wrongly believing pie(Kitchen)" in text(found)) == eaten


def test_since_when_she_has_believed_it() -> None:
    """What he has believed from the start has no source; what an event taught him names it."""
    found = why(Inquiry(MISTAKEN, LIMITS), PLAN, ACTS.index("walk(Ben, Kitchen)"))
    assert {rests.since for rests in found.reasons[0].rests_on} == {""}
    fed = problem(PIE + "; utility(): fed(Ben)")
    plan = search(fed, LIMITS, mode="optimal").plans[0]
    eaten = why(Inquiry(fed, LIMITS), plan, len(plan.steps) - 1)
    assert "1. walk(Ben, Kitchen)" in {rests.since for rests in eaten.reasons[0].rests_on}


def test_a_reason_in_a_notebook() -> None:
    """Who hoped for what by which plan, believing what, is a row."""
    assert (
        "<td>Ben</td>" in why(Inquiry(MISTAKEN, LIMITS), PLAN, ACTS.index("walk(Ben, Kitchen)"))._repr_html_()
    )
