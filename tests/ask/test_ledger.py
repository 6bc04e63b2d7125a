"""The ledger of knowledge, and the last resort: what people know and could do at a moment of a story."""

from functools import cache

import pytest

from fabula.ask.inquiry import Inquiry
from fabula.ask.lastresort import last_resort
from fabula.ask.lastresort import text as last_text
from fabula.ask.ledger import Ledger, data, known, known_data, known_text, ledger, text
from fabula.ground import ground
from fabula.pipeline.read import read
from fabula.search.engine import search
from fabula.search.outcome import Limits, Plan
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
    return ledger(Inquiry(stage, LIMITS), found)


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
    assert len(data(told())["entries"]) == len(told().entries)  # type: ignore[arg-type]
    assert "<td>missed</td>" in told()._repr_html_()


LURE = """; action lure() { effect: believes(Ben, !pie(Cellar)) & believes(Ben, pie(Kitchen));
    observing(c : character): c == Ada; };
    believes(Ben, !pie(Kitchen)); utility(): fed(Ben)"""


def lured(more: str = "") -> Ledger:
    """Keep the ledger of a story in which Ben comes because of a rumour that nobody told him to his face."""
    stage = problem(PIE + LURE + more)
    return ledger(Inquiry(stage, LIMITS), search(stage, LIMITS, mode="optimal").plans[0])


def flags(found: Ledger) -> list[tuple[str, str, str, str]]:
    """Return who acts upon what that came unseen, by which act and from which."""
    events = found.story.events
    return [(f.character, str(events[f.event]), f.belief, str(events[f.source])) for f in found.flags]


def test_who_acts_on_what_they_cannot_know() -> None:
    """Both his coming and his eating rest on a belief that came unseen: each is marked, with the belief."""
    found = lured()
    assert flags(found) == [
        ("Ben", "walk(Ben, Kitchen)", "pie(Kitchen)", "lure()"),
        ("Ben", "eat(Ben, Kitchen)", "pie(Kitchen)", "lure()"),
    ]
    assert "! Ben acts upon pie(Kitchen), and cannot know it: that came with 1. lure(), unseen" in text(found)
    assert data(found)["flags"][0]["belief"] == "pie(Kitchen)"  # type: ignore[index]


def test_a_later_step_of_a_plan_is_an_act_on_knowledge_too() -> None:
    """He walks for the sake of what he will eat: not only what the act itself needs is looked at."""
    assert flags(lured())[0][1] == "walk(Ben, Kitchen)"


def test_who_has_seen_it_since_may_act_upon_it() -> None:
    """If he sees the pie being set on the kitchen table before he comes, the rumour is no reason any more."""
    serve = """; property laid() : boolean; action lay() { precondition: pie(Kitchen) & !laid() & believes(Ben, pie(Kitchen));
        effect: laid(); }; utility(): fed(Ben) & laid()"""
    found = lured(serve)
    acts = [str(event) for event in found.story.events]
    later = [flag for flag in flags(found) if acts.index(flag[1]) > acts.index("lay()")]
    assert later == []


def test_what_one_character_holds_true() -> None:
    """Before an event: every fact, right or wrong, since when and how; and where she thinks that others believe otherwise."""
    found = lured()
    (pie,) = [k for k in known(found, "Ben", 1) if str(k.fact) == "pie(Kitchen)" and k.mind == ("Ben",)]
    assert (pie.value, pie.true, pie.since, pie.how) == (True, True, 0, "was led to believe")
    (before,) = [k for k in known(found, "Ben", 0) if str(k.fact) == "pie(Kitchen)" and k.mind == ("Ben",)]
    assert (before.value, before.true, before.since) == (False, True, None)
    assert "pie(Kitchen) = False (is True), from the start" in known_text(found, "Ben", 0)
    assert "at the end" in known_text(found, "Ben", len(found.story.events))
    assert known_data(found, "Ben", 1)[0]["mind"] == ["Ben"]
    with pytest.raises(ValueError, match="Kitchen"):
        known(found, "Kitchen", 0)


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
    found = last_resort(Inquiry(stage, limits), plan, index, "Kyoko")  # type: ignore[arg-type]
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
        last_resort(Inquiry(stage, LIMITS), search(stage, LIMITS).plans[0], 0, "Kitchen")
