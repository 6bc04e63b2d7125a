"""Herring Pie: everybody is wrong about something, and one right belief too many would have spoilt it."""

from __future__ import annotations

from functools import cache

import pytest

from fabula.ground import ground
from fabula.pipeline.read import read
from fabula.pipeline.solve import recount, solve
from fabula.pipeline.tell import tell
from fabula.search.outcome import Outcome, Status
from fabula.story.story import Event, Fact, Mistaken, Story

GOAL = 3.0


@cache
def asked(*changes: str, goal: float = GOAL) -> Outcome:
    """Ask the world for a story after changes to it."""
    reading = read("herring-pie", changes)
    return solve(ground(reading.world), reading.limits, goal)


@cache
def told(*changes: str, goal: float = GOAL) -> Story:
    """Recount the story that the world has after changes to it."""
    reading = read("herring-pie", changes)
    return recount(reading, ground(reading.world), asked(*changes, goal=goal).plans[0])


def acts(story: Story) -> list[str]:
    """List the names of the acts of a story."""
    return [event.action for event in story.events]


def event(name: str) -> Event:
    """Return the last event of that name in the unchanged story."""
    return [e for e in told().events if e.action == name][-1]


def fact(text: str) -> Fact:
    """Return the fact that is written so."""
    return next(f for f in told().moments[0].facts[()] if str(f) == text)


def wrong(text: str, *mind: str) -> set[int]:
    """Return the moments of the unchanged story in which somebody has a fact wrong."""
    one = fact(text)
    return {i for i, m in enumerate(told().moments) if m.facts[mind][one] != m.facts[()][one]}


def test_the_comedy_comes_out_of_the_rules() -> None:
    """Herrings, an arrangement, notice, the last pie, the truth, toast: in this order, and nobody scripts it."""
    chain = (
        "buy", "serve", "slip", "praise", "buy", "offer", "ask_best_man", "give_notice", "serve_farewell",
        "force_down", "admit", "wish_joy", "deny", "stay", "share_supper",
    )  # fmt: skip
    rest = iter(acts(told()))
    assert all(act in rest for act in chain)
    assert acts(told()).index("wish_joy") < acts(told()).index("refuse") < acts(told()).index("take_in")


def test_nobody_is_moved_by_anything_but_a_reason() -> None:
    """Every act is chosen, and pays in the head of everybody who chooses it."""
    for happened in told().events:
        assert happened.consenting
        for motive in happened.motives:
            assert motive.hoped is not None
            assert motive.before is not None
            assert motive.hoped > motive.before


@pytest.mark.parametrize(
    ("text", "who", "begins", "ends"),
    [
        ("likes(Wilfred)", "Dora", "start", "force_down"),
        ("proud(Dora)", "Wilfred", "start", "admit"),
        ("fond(Dora, Tench)", "Tench", "buy", "refuse"),
        ("engaged(Dora)", "Tench", "offer", "refuse"),
        ("engaged(Dora)", "Wilfred", "ask_best_man", "deny"),
    ],
)
def test_five_wrong_beliefs_hold_as_long_as_the_comedy_needs_them(
    text: str, who: str, begins: str, ends: str
) -> None:
    """Each wrong belief comes with one act, goes with another, and is there all the time between."""
    first = 0 if begins == "start" else event(begins).index + 1
    assert wrong(text, who) == set(range(first, event(ends).index + 1))


def test_tench_is_wrong_about_what_dora_believes() -> None:
    """A belief about a belief: he thinks that she thinks that they are engaged; she thinks of herrings."""
    offer = event("offer")
    engaged, order = fact("engaged(Dora)"), fact("standing_order()")
    after = told().moments[offer.index + 1].facts
    assert after[("Tench", "Dora")][engaged] is True
    assert after[("Dora",)][engaged] is False
    assert after[("Dora", "Tench")][engaged] is False, "nor has she any idea that he thinks so"
    assert after[("Dora",)][order] is True
    hoped = {motive.character: motive for motive in offer.motives}
    assert set(hoped) == {"Tench", "Dora"}, "one act, agreed to by both, for a reason each"
    assert Mistaken(fact("fond(Dora, Tench)"), believed=True, true=False) in hoped["Tench"].mistaken


def test_no_pie_is_ever_eaten_with_pleasure() -> None:
    """What Dora plans every Thursday has not happened once."""
    assert "relish" not in acts(told())
    assert "relish(Wilfred)" in [str(step) for step in event("serve_farewell").motives[0].plan]


def test_she_learns_it_from_his_face() -> None:
    """Nobody tells Dora: she sees him eat, and is put right by what she sees."""
    likes = fact("likes(Wilfred)")
    assert any(c.mind == ("Dora",) and c.fact == likes for c in event("force_down").changes)


def test_there_are_other_endings() -> None:
    """The same people may end at an altar, one of them far away."""
    (wedding,) = (told("utility(): engaged(Dora)", goal=1),)
    assert {"leave", "accept"} < set(acts(wedding))
    assert acts(wedding)[-1] == "accept"
    toast = told("utility(): shared(Dora, Wilfred)", goal=1)
    assert acts(toast)[-1] == "share_supper"
    assert "take_in" not in acts(toast)
    jilted = told("utility(): keeps(Tench) == Commodore", goal=1)
    assert "name_the_day" in acts(jilted)
    assert "give_notice" not in acts(jilted), "Tench has told her first, and Wilfred never hears of it"


def test_if_the_mustard_had_been_forgotten_it_would_be_over_in_one_evening() -> None:
    """What if not `mustard()`: she comes back with it, and sees who eats the pie."""
    assert acts(told("mustard() = False", goal=2)) == ["buy", "serve", "slip", "admit", "share_supper"]


def test_if_he_had_known_that_she_is_not_proud_of_it_he_would_have_told_her() -> None:
    """What if Wilfred believes `!proud(Dora)`: he says it over the first pie."""
    honest = told("believes(Wilfred, !proud(Dora))", goal=2)
    assert acts(honest) == ["buy", "serve", "confess", "share_supper"]


def test_if_she_had_known_what_he_likes_there_would_be_no_pie() -> None:
    """What if Dora believes `!likes(Wilfred)`: two acts, and toast."""
    assert acts(told("believes(Dora, !likes(Wilfred))", goal=2)) == ["admit", "share_supper"]


def test_if_tench_were_modest_nobody_would_be_engaged() -> None:
    """What if not `vain(Tench)`: herrings are herrings, and everything stays as it was."""
    assert asked("vain(Tench) = False", goal=1).status is not Status.SOLVED


def test_if_he_liked_it_there_would_be_no_story() -> None:
    """What if `likes(Wilfred)`: she bakes, he eats."""
    likes = "likes(Wilfred) = True"
    assert asked(likes, goal=1).status is not Status.SOLVED
    assert acts(told(likes, "utility(): enjoyed(Wilfred)", goal=1)) == ["buy", "serve", "relish"]


def test_if_she_were_fond_of_tench_the_arrangement_would_be_one() -> None:
    """What if `fond(Dora, Tench)`: what he means is so, and she knows it."""
    happy = told("fond(Dora, Tench)", goal=1)
    assert acts(happy)[-1] == "offer"
    assert happy.moments[-1].facts[("Dora",)][fact("engaged(Dora)")] is True


def test_without_the_best_man_nobody_gives_notice() -> None:
    """What if Tench asked nobody to hold the ring: Wilfred would not know, and stay, and go on."""
    assert (
        asked("without action ask_best_man", "utility(): leaving(Wilfred)", goal=1).status
        is not Status.SOLVED
    )


@pytest.mark.parametrize("spin", ["", "lodger", "commodore"])
def test_every_act_is_told_in_the_words_beside_the_world(spin: str) -> None:
    """No way of telling it that lies beside the world falls back on plain words."""
    telling = tell(read("herring-pie"), told(), spin)
    assert not [s.text for s in telling.sentences if s.variant.startswith("plain/")]
    assert telling.front.words >= (600 if not spin else 300)


def test_what_a_head_does_not_know_is_not_told_from_it() -> None:
    """From the head of the lodger nothing is told of herrings bought; from Dora's, nothing of what is under the table."""
    lodger = tell(read("herring-pie"), told(), "lodger")
    assert event("buy").index not in {e for s in lodger.sentences for e in s.events}
    dora = tell(read("herring-pie"), told(), viewpoint="Dora")
    slipped = [s.text for s in dora.sentences if event("slip").index in s.events]
    assert not any("cat" in text or "Commodore" in text for text in slipped)
