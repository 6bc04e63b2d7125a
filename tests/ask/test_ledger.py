"""The ledger of knowledge, and the last resort: what people know and could do at a moment of a story."""

from functools import cache

import pytest

from fabula.ask.lastresort import last_resort
from fabula.ask.lastresort import text as last_text
from fabula.ask.ledger import Ledger, data, ledger, text
from fabula.ground import ground
from fabula.pipeline.read import read
from fabula.search.engine import search
from fabula.search.outcome import Limits, Plan
from fabula.story.from_plan import recount
from tests.ask.small import LIMITS, PIE, problem

WANTS_BOTH = "; utility(): fed(Ada) & at(Ben) == Kitchen & believes(Ben, pie(Cellar))"


@cache
def told(more: str = WANTS_BOTH) -> Ledger:
    """Keep the ledger of a story of the pie: a secret grows stale, and somebody is led to believe something."""
    rumour = (
        """; action rumour() { effect: believes(Ben, pie(Cellar)); observing(c : character): c == Ada; }"""
    )
    stage = problem(PIE + rumour + more)
    found = search(stage, Limits(5, 4, 2), mode="optimal").plans[0]
    return ledger(recount(stage, found))


def rows(who: str, how: str) -> set[tuple[str, object, bool]]:
    """Return what somebody came to believe in a way, and whether it was so."""
    return {(str(e.fact), e.value, e.right) for e in told().entries if e.mind == (who,) and e.how == how}


def test_what_somebody_sees() -> None:
    """Ada sees herself eat."""
    assert ("fed(Ada)", True, True) in rows("Ada", "saw")


def test_what_somebody_is_led_to_believe() -> None:
    """Ben did not notice the rumour, and believes it: wrongly."""
    assert rows("Ben", "was led to believe") == {("pie(Cellar)", True, False)}


def test_what_somebody_misses() -> None:
    """When Ada eats, Ben in the cellar goes on believing that the pie is there."""
    assert ("fed(Ada)", False, False) in rows("Ben", "missed")


def test_what_is_wrong_stands_before_every_event() -> None:
    """Nobody is wrong at the start; Ben is at the end."""
    assert not any(told().standing[0].values())
    assert "pie(Cellar)" in map(str, told().standing[-1]["Ben"])


def test_a_ledger_as_text_and_as_rows() -> None:
    """Every event is listed; what is wrong says what is right."""
    assert all(str(event) in text(told()) for event in told().story.events)
    assert "pie(Cellar) = True (is False)" in text(told())
    assert len(data(told())) == len(told().entries)
    assert "<table>" in told()._repr_html_()


def test_who_acts_on_what_they_did_not_notice() -> None:
    """Ben comes because of a rumour that nobody told him to his face: that is marked."""
    lure = """; action lure() { effect: believes(Ben, !pie(Cellar)) & believes(Ben, pie(Kitchen));
        observing(c : character): c == Ada; };
        believes(Ben, !pie(Kitchen)); utility(): fed(Ben)"""
    stage = problem(PIE + lure)
    found = search(stage, LIMITS, mode="optimal").plans[0]
    told_ = recount(stage, found)
    flags = ledger(told_).flags
    acts = [(flag.character, str(told_.events[flag.event]), str(told_.events[flag.source])) for flag in flags]
    assert acts == [("Ben", "eat(Ben, Kitchen)", "lure()")]


@cache
def flagship() -> tuple[object, ...]:
    """Return problem, limits and story of Never Alone."""
    reading = read("never-alone")
    stage = ground(reading.world)
    return stage, reading.limits, search(stage, reading.limits, reading.goal).plans[0]


def test_the_sacrifice_is_a_last_resort() -> None:
    """S10: when Kyoko frees her gem, the rescue has been tried and has failed, and nothing else is open to her."""
    stage, limits, plan = flagship()
    assert isinstance(plan, Plan)
    index = next(i for i, s in enumerate(plan.steps) if stage.actions[s.action].name == "free_gem")  # type: ignore[attr-defined]
    found = last_resort(stage, limits, plan, index, "Kyoko")  # type: ignore[arg-type]
    failed = [tried.plan[-1] for tried in found.tried if tried.came == "failed"]
    assert failed == ["warn(Kyoko, Sayaka)", "call(Madoka, Octavia)"]
    assert [option.act for option in found.options if option.kind == "open"] == ["free_gem(Kyoko)"]
    fight = next(option for option in found.options if option.act.startswith("fight_witch"))
    assert fight.kind == "no gain"
    assert "free_gem(Kyoko)" in last_text(found)


def test_who_has_no_mind_has_no_resort() -> None:
    """A place cannot be asked what else it could have done."""
    stage = problem(PIE)
    with pytest.raises(ValueError, match="Kitchen"):
        last_resort(stage, LIMITS, search(stage, LIMITS).plans[0], 0, "Kitchen")
