"""Contracts: each kind of demand, and what counts as an answer."""

from xml.etree import ElementTree as ET

import pytest

from fabula.ask.contracts import Verdict, Verdicts, data, decide, junit, text, tried
from fabula.ask.inquiry import Inquiry
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.search.outcome import Budget, Limits
from tests.ask.small import LIMITS, PIE, problem


def verdict(demand: str, limits: Limits = LIMITS, budget: Budget | None = None) -> Verdict:
    """Decide one contract of the world of the pie."""
    return decide(Inquiry(problem(f'{PIE}; contract "It.": {demand}'), limits), budget=budget)[0]


@pytest.mark.parametrize(
    ("demand", "status", "acts"),
    [
        ("possible fed(Ben)", "holds", ("walk(Ben, Kitchen)", "eat(Ben, Kitchen)")),
        ("possible (fed(Ada) & fed(Ben))", "broken", None),
        ("possible at(Ada) == Cellar", "broken", None),
        ("impossible (fed(Ada) & fed(Ben))", "holds", None),
        ("never fed(Ada)", "broken", ("eat(Ada, Kitchen)",)),
        ("never eat(Ada, ?)", "broken", ("eat(Ada, Kitchen)",)),
        ("never walk(Ada, Cellar)", "holds", None),
        ("always pie(Kitchen)", "broken", ("eat(Ada, Kitchen)",)),
        ("always (fed(Ada) | pie(Kitchen) | fed(Ben))", "holds", None),
        ("always finally (fed(Ada) | fed(Ben))", "holds", None),
        ("always finally fed(Ada)", "broken", ("walk(Ben, Kitchen)", "eat(Ben, Kitchen)")),
        ("always finally eat(?, Kitchen)", "holds", None),
        ("never finally pie(Kitchen)", "holds", None),
        ("fed(Ben) only after walk(Ben, Kitchen)", "holds", None),
        ("eat(Ada, ?) only after walk(Ben, ?)", "broken", ("eat(Ada, Kitchen)",)),
        ("walk(Ben, Kitchen) before eat(?, ?)", "broken", ("eat(Ada, Kitchen)", "walk(Ben, Kitchen)")),
        ("eat(Ben, ?) before fed(Ada)", "holds", None),
        ("someone knows fed(Ada) when fed(Ada)", "holds", None),
        ("never (fed(Ada) & believes(Ben, pie(Kitchen)))", "broken", ("eat(Ada, Kitchen)",)),
        ("never believes(Ben, believes(Ada, !pie(Kitchen))) & at(Ben) == Cellar", "holds", None),
    ],
)
def test_each_demand_is_decided(demand: str, status: str, acts: tuple[str, ...] | None) -> None:
    """A contract holds over all states, or is broken by a shortest course; `possible` is the other way round."""
    found = verdict(demand)
    assert (found.status, found.acts) == (status, acts)


def test_nobody_knows() -> None:
    """That someone knows is that it is so, and somebody believes it."""
    secret = PIE + "; believes(Ada, !pie(Cellar)); believes(Ben, !pie(Cellar)); pie(Cellar); "
    demand = "contract: someone knows pie(Cellar) when at(Ben) == Cellar"
    assert decide(Inquiry(problem(secret + demand), LIMITS))[0].acts == ()


def test_what_a_limit_hides_is_not_called_proved() -> None:
    """A contract that no short story breaks holds up to the limits; one that a short story breaks is broken."""
    within = Limits(1, 4, 2)
    assert verdict("never fed(Ben)", within).status == "limits"
    assert verdict("never fed(Ada)", within).status == "broken"
    assert "at most 1 act," in text(verdict("never fed(Ben)", within))


def test_a_search_that_was_stopped_decides_nothing() -> None:
    """What has not been looked at is not decided, unless what breaks it was seen already."""
    assert verdict("never fed(Ben)", budget=Budget(nodes=1)).status == "stopped"


def test_a_counter_that_nobody_reads_does_not_make_a_world_endless() -> None:
    """People may walk to and fro for ever, and yet a proof is a proof."""
    restless = (
        PIE + "; utility(Ben): if(at(Ben) == Cellar & steps(Ben) < 5) 1 else if(at(Ben) == Kitchen) 2 else 0"
    )
    assert decide(Inquiry(problem(restless + "; contract: never fed(Ben)"), LIMITS))[0].status == "holds"


def test_verdicts_as_data_and_as_a_report_for_machines() -> None:
    """JSON has the status and the acts; JUnit counts a broken contract as a failure."""
    verdicts = [verdict("never fed(Ada)"), verdict("possible fed(Ada)")]
    assert data(verdicts[0])["acts"] == ["eat(Ada, Kitchen)"]
    suite = ET.fromstring(junit(verdicts, "a <pie>"))
    assert (suite.get("tests"), suite.get("failures"), suite.get("name")) == ("2", "1", "a <pie>")
    assert len(suite.findall("testcase/failure")) == 1


def test_a_contract_is_listed_by_name_and_sentence() -> None:
    """Without a sentence, its demand is what it says; the name comes first, in text, data and reports."""
    named = (
        PIE
        + '; contract feast "All eat.": possible fed(Ben); contract early: never fed(Ada); contract: never fed(Ben)'
    )
    verdicts = decide(Inquiry(problem(named), LIMITS))
    heads = [text(verdict).split(" — ")[0] for verdict in verdicts]
    assert heads == ["feast: All eat.", "early: never fed(Ada)", "never fed(Ben)"]
    assert [data(verdict)["name"] for verdict in verdicts] == ["feast", "early", ""]
    assert 'name="feast: All eat."' in junit(verdicts, "pie")


def test_a_report_without_contracts_and_one_of_mistakes() -> None:
    """A world of which nothing is demanded has an empty suite; one with mistakes has an error for each."""
    assert ET.fromstring(junit([], "pie")).get("tests") == "0"
    suite = ET.fromstring(junit([], "pie", [Diagnostic("error", "unknown-name", "there is no `<Ada>`")]))
    assert (suite.get("tests"), suite.get("errors")) == ("1", "1")


def test_a_demand_that_divides_by_zero_is_a_mistake_at_its_place() -> None:
    """The message names the contract and after which acts it divides by zero, and does not blame the world."""
    stage = problem(f"{PIE}; contract: never 1 / (1 - steps(Ben)) == 2")
    with pytest.raises(Mistakes, match="what is asked divides") as caught:
        decide(Inquiry(stage, LIMITS))
    (mistake,) = caught.value.diagnostics
    assert mistake.labels[0].span == stage.contracts[0].span
    assert mistake.notes == ("it does so after walk(Ben, Kitchen)",)


def test_a_world_of_which_nothing_is_demanded_is_tried_out() -> None:
    """Triggers that never rest once somebody has eaten are found without any contract."""
    tried(Inquiry(problem(PIE), LIMITS))
    restless = (
        PIE + "; trigger t() { precondition: fed(Ada); effect: pie(Cellar) = pie(Kitchen) "
        "& pie(Kitchen) = if(pie(Kitchen)) False else True; }"
    )
    with pytest.raises(Mistakes, match="never come to rest"):
        tried(Inquiry(problem(restless), LIMITS))


def test_verdicts_show_themselves() -> None:
    """All verdicts print one below the other, and are a table in a notebook."""
    both = problem(f'{PIE}; contract "A & B.": never fed(Ada); contract: possible fed(Ben)')
    verdicts = decide(Inquiry(both, LIMITS))
    assert isinstance(verdicts, Verdicts)
    assert str(verdicts).count("—") == 2
    assert "A &amp; B." in verdicts._repr_html_()
    assert "eat(Ada, Kitchen)" in verdicts[0]._repr_html_()
