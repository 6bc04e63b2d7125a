"""Never Alone: the tragedy comes out of the rules, and one changed fact changes it."""

from __future__ import annotations

from functools import cache

import pytest

from fabula.ground import ground
from fabula.pipeline.read import read
from fabula.pipeline.solve import recount, solve
from fabula.search.outcome import Outcome, Status
from fabula.story.story import Event, Fact, Mistaken, Story

EVENTS = (
    ("hearsay(Kyubey, Kyoko, HealedHand)",),
    ("strike_down(Kyoko, Sayaka)", "get_up(Sayaka)", "strike_down(Kyoko, Sayaka)", "get_up(Sayaka)"),
    ("taunt(Kyoko, Sayaka)", "fight_harder(Sayaka, Kyoko)"),
    ("tell_wish(Kyoko, Sayaka, FathersSermon)", "warn(Kyoko, Sayaka)", "go_on(Sayaka)"),
    ("reveal_truth(Kyubey, Sayaka)",),
    ("persuade(Kyoko, Madoka)", "enter_with(Kyoko, Madoka)"),
    ("call(Madoka, Octavia)", "strike(Octavia, Madoka)"),
    ("come(Homura)", "entrust(Kyoko, Homura, Madoka)", "raise_wall(Kyoko)"),
    ("counsel(Kyoko, Homura)", "carry_off(Homura, Madoka)"),
    ("free_gem(Kyoko)", "kneel(Kyoko)"),
    ("confess(Kyoko, Octavia)",),
    ("kiss_gem(Kyoko)", "break_gem(Kyoko)"),
)
"""The twelve events that the story must contain, in the order in which they happen."""


@cache
def asked(*changes: str) -> Outcome:
    """Ask the world for a story after changes to it."""
    reading = read("never-alone", changes)
    return solve(ground(reading.world), reading.limits, reading.goal)


@cache
def told(*changes: str) -> Story:
    """Recount the story that the world has after changes to it."""
    reading = read("never-alone", changes)
    return recount(reading, ground(reading.world), asked(*changes).plans[0])


def acts(story: Story) -> list[str]:
    """List the acts of a story."""
    return [str(event) for event in story.events]


def event(name: str) -> Event:
    """Return the first event of that name in the unchanged story."""
    return next(e for e in told().events if e.action == name)


def fact(text: str) -> Fact:
    """Return the fact that is written so."""
    return next(f for f in told().moments[0].facts[()] if str(f) == text)


def test_the_twelve_events_come_out_of_the_rules_in_order() -> None:
    """Nobody scripts the story, and it contains everything that must happen in it."""
    rest = iter(acts(told()))
    assert all(act in rest for group in EVENTS for act in group)


def test_every_act_is_chosen_by_somebody_and_makes_sense_to_all_who_choose_it() -> None:
    """No act is a fate, and each has a motive for everyone who consents to it."""
    for happened in told().events:
        assert happened.consenting
        assert [motive.character for motive in happened.motives] == list(happened.consenting)
        assert all(
            m.hoped is not None and m.before is not None and m.hoped > m.before for m in happened.motives
        )


def test_the_wish_comes_true_and_the_price_is_not_told() -> None:
    """S2: Sayaka gains what she wished for, and nobody tells her what a soul gem is."""
    contract = event("contract")
    assert told().moments[1].facts[("Sayaka",)][fact("granted(HealedHand)")] is True
    assert told().moments[1].facts[("Sayaka",)][fact("knows_truth(Sayaka)")] is False
    assert contract.consenting == ("Kyubey", "Sayaka")


def test_prejudice_comes_by_hearsay_and_goes_by_what_is_seen() -> None:
    """S6: Kyoko is wrong about Sayaka from the hearsay on, until she sees her get up."""
    steadfast = fact("steadfast(Sayaka)")
    believed = [moment.facts[("Kyoko",)][steadfast] for moment in told().moments]
    heard, rose = event("hearsay").index, event("get_up").index
    assert believed[: heard + 1] == [True] * (heard + 1), "before she has heard of her, she has no opinion"
    assert believed[heard + 1 : rose + 1] == [False] * (rose - heard)
    assert all(believed[rose + 1 :])


def test_the_bond_grows_by_what_is_witnessed() -> None:
    """S7: scorn, respect and, since the wishes are alike, love."""
    bond = fact("bond(Kyoko, Sayaka)")
    grown = [float(moment.facts[("Kyoko",)][bond] or 0) for moment in told().moments]
    assert sorted(set(grown)) == [0.0, 1.0, 3.0]
    assert grown == sorted(grown)


def test_the_fall_needs_a_dark_gem_and_the_truth() -> None:
    """S4: at the moment in which she learns what she is, she becomes the witch."""
    fall = event("reveal_truth").index
    before, after = told().moments[fall], told().moments[fall + 1]
    assert before.facts[()][fact("gem(Sayaka)")] == "Black"
    assert after.facts[()][fact("gem(Sayaka)")] == "Seed"
    assert after.facts[()][fact("alive(Octavia)")] is True


def test_the_rescue_rests_on_a_false_hope_and_fails() -> None:
    """S8: sound in Kyoko's head and in Madoka's, wrong in the world."""
    for motive in event("persuade").motives:
        assert motive.mistaken == (Mistaken(fact("hears(Octavia)"), believed=True, true=False),)
    assert [m.came for m in event("call").motives] == ["failed"]


def test_she_knows_that_she_cannot_be_heard() -> None:
    """S11: the confession changes nothing in Octavia, Kyoko knows it, and has a reason."""
    confess = event("confess")
    before, after = told().moments[confess.index], told().moments[confess.index + 1]
    assert before.facts[("Kyoko",)][fact("hears(Octavia)")] is False
    assert before.facts[("Octavia",)] == after.facts[("Octavia",)]
    assert [motive.came for motive in confess.motives] == ["fulfilled"]


def test_the_sacrifice_is_chosen_only_when_the_hope_is_gone() -> None:
    """S10: as long as Kyoko believes that Sayaka can hear, no plan of hers ends in her own death."""
    hears = fact("hears(Octavia)")
    for happened in told().events:
        for motive in happened.motives:
            if motive.character == "Kyoko" and "break_gem(Kyoko)" in map(str, motive.plan):
                assert told().moments[happened.index].facts[("Kyoko",)][hears] is False


def test_both_are_gone_together() -> None:
    """S13: the gem is broken, and neither is left alone."""
    end = told().moments[-1].facts[()]
    assert (end[fact("gem(Kyoko)")], end[fact("together(Kyoko, Sayaka)")]) == ("Broken", True)
    assert not end[fact("alive(Kyoko)")]
    assert not end[fact("alive(Octavia)")]


def test_title_page_warnings_and_gate_are_computed() -> None:
    """S1: what the story contains and what it gives away follow from its events."""
    assert told().front.gate == 9
    assert {"death", "sacrifice", "despair"} <= set(told().front.warnings)


def test_nothing_restores_sayaka() -> None:
    """What if, nothing changed: that she is restored is proved impossible, by searching every state."""
    outcome = asked("utility(): restored(Sayaka)")
    assert outcome.status is Status.IMPOSSIBLE
    assert outcome.statistics.bodies > 100


def test_if_the_witch_could_hear_the_rescue_would_succeed_and_nobody_die() -> None:
    """What if `hears(Octavia)`."""
    saved = told("hears(Octavia) = True", "utility(): restored(Sayaka)")
    assert acts(saved)[-1] == "call(Madoka, Octavia)"
    people = ("Kyoko", "Sayaka", "Madoka", "Homura")
    assert all(m.facts[()][fact(f"alive({who})")] for m in saved.moments for who in people)


@pytest.mark.parametrize("hope", ["together(Kyoko, Sayaka)", "at(Kyoko) == Labyrinth"])
def test_if_kyoko_never_saw_her_get_up_she_has_no_reason_to_go_in(hope: str) -> None:
    """What if not `attentive(Kyoko)`: the bond stays scorn."""
    assert asked("attentive(Kyoko) = False", f"utility(): {hope}").status is Status.IMPOSSIBLE


def test_if_the_wishes_were_not_alike_she_would_fight_but_not_die_with_her() -> None:
    """What if `motive(HealedHand) = ForHerself`: the bond stops short of love."""
    unlike = "motive(HealedHand) = ForHerself"
    assert asked(unlike).status is not Status.SOLVED
    assert acts(told(unlike, "utility(): laid_to_rest(Octavia)"))[-1] == "fight_witch(Kyoko, Octavia)"


def test_if_homura_did_not_come_no_story_reaches_the_ending() -> None:
    """What if not `watches(Homura)`: Kyoko, burdened with Madoka, cannot fight."""
    assert asked("watches(Homura) = False").status is not Status.SOLVED


def test_if_kyubey_kept_the_truth_to_himself_sayaka_would_not_fall() -> None:
    """What if not `candid(Kyubey)`; and he loses what her fall would have given him."""
    assert asked("candid(Kyubey) = False", "utility(): gem(Sayaka) == Seed").status is Status.IMPOSSIBLE
    (motive,) = event("reveal_truth").motives
    assert (motive.character, motive.before, motive.hoped) == ("Kyubey", 5.0, 8.0)


def test_if_kyoko_knew_that_the_witch_cannot_hear_madoka_would_never_be_brought() -> None:
    """What if Kyoko is right from the start: the ending is reached alone."""
    knows = "believes(Kyoko, !hears(Octavia))"
    assert asked(knows, "utility(): agreed(Madoka) | at(Madoka) == Labyrinth").status is not Status.SOLVED
    assert not any("Madoka" in act for act in acts(told(knows)))
