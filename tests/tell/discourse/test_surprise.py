"""Surprise and suspense: what is held back, what is never, and where a telling opens."""

from functools import cache

import pytest

from fabula.ground import ground
from fabula.pipeline.prose import bank
from fabula.pipeline.read import bundled, read
from fabula.pipeline.solve import recount, solve
from fabula.story.story import Story
from fabula.tell import Bank, Spin, tell
from fabula.tell.checks import faults
from fabula.tell.discourse.plan import opening
from fabula.tell.discourse.suspense import climax, latest, peak, tension
from fabula.tell.discourse.view import Knowledge
from fabula.tell.discourse.withhold import MOST, SHARE, withheld
from fabula.tell.telling import Telling
from tests.tell.stories import Act, build, tragedy


def heist() -> Story:
    """A box is full; Ann shows it, and later it is empty: unseen by Bob she has taken what was in it."""
    seen = ["Ann", "Bob"]
    acts = [
        Act("show(Ann, Box)", ["Ann"], seen, {"shown()": True}),
        Act("lift(Ann, Box)", ["Ann"], ["Ann"], {"empty()": True}, causes=[0]),
        Act("boast(Bob)", ["Bob"], seen),
        Act("sing(Bob)", ["Bob"], seen, {"sung()": True}),
        Act("open(Bob, Box)", ["Bob"], seen, {"lost()": True}, causes=[1], utility={"Bob": -3.0}, minds={"Bob": {"empty()": True}}),
    ]  # fmt: skip
    start = {"shown()": False, "empty()": False, "sung()": False, "lost()": False}
    return build("heist", ["Ann", "Bob"], {"Box": "item"}, start, {}, acts)


@cache
def bundled_story(world: str) -> tuple[Story, Bank]:
    """The story of a bundled world, and its prose."""
    reading = read(world)
    problem = ground(reading.world)
    outcome = solve(problem, reading.limits, reading.goal)
    return recount(reading, problem, outcome.plans[0]), bank(reading)


def order_of(telling: Telling) -> list[int]:
    """The events in the order in which they are told."""
    return [unit.events[0] for unit in telling.units if unit.kind in {"scene", "summary", "flashback"}]


def test_the_cause_is_told_after_its_outcome() -> None:
    """The box is found empty, and then comes how it became so, as a memory."""
    telling = tell(heist(), Bank(), Spin(order="surprise"))
    assert order_of(telling) == [0, 2, 3, 4, 1]
    (memory,) = (unit for unit in telling.units if unit.kind == "flashback")
    assert (memory.events, memory.anchor) == ((1,), 4)
    assert faults(heist(), telling) == ()


def test_something_of_what_is_held_back_was_seen_before() -> None:
    """The box has been shown: it is no cheat. Had it not been, nothing would be held back."""
    held = withheld(Knowledge(heist()), "", range(5))
    assert held is not None
    assert set(held.shown) == {"Ann", "Box"}
    assert withheld(Knowledge(heist()), "", [1, 2, 3, 4]) is None


def test_nobody_holds_back_what_she_does_herself() -> None:
    """From Ann's head the reader is beside her as she lifts it; told by Bob, who cannot know, it is left out."""
    assert withheld(Knowledge(heist()), "Ann", range(5)) is None
    assert order_of(tell(heist(), Bank(), Spin(order="surprise", viewpoint="Ann"))) == [0, 1, 2, 3, 4]


def test_a_story_with_nothing_to_hold_back_is_told_as_it_happened() -> None:
    """No outcome, no surprise."""
    acts = [Act(f"walk(Ann, {place})", ["Ann"]) for place in ("Inn", "Mill", "Inn", "Mill")]
    story = build("walk", ["Ann"], {"Inn": "place", "Mill": "place"}, {}, {}, acts)
    assert order_of(tell(story, Bank(), Spin(order="surprise"))) == [0, 1, 2, 3]


@pytest.mark.parametrize("world", bundled())
def test_every_bundled_world_can_surprise(world: str) -> None:
    """From every head: what is held back is separable, within bounds, told after its outcome, and no rule is broken."""
    story, prose = bundled_story(world)
    knowledge = Knowledge(story)
    for who in ("", *knowledge.feelings.people):
        told = [e.index for e in story.events if knowledge.learned(e.index, who) is not None]
        held = withheld(knowledge, who, told)
        telling = tell(story, prose, Spin(order="surprise", viewpoint=who))
        assert faults(story, telling) == (), who
        if held is None:
            continue
        assert 0 < len(held.causes) <= min(MOST, len(told) // SHARE)
        for event in story.events[: held.outcome]:
            assert event.index in held.causes or not set(held.causes) & {*event.causes, *event.moved_by}
        if who == "":
            places = order_of(telling)
            assert all(places.index(e) > places.index(held.outcome) for e in held.causes)


def test_the_heist_holds_back_the_theft() -> None:
    """The hare stands on the bench before anybody has gone in for it."""
    story, prose = bundled_story("brass-hare")
    told = [story.events[e].action for e in order_of(tell(story, prose, Spin(order="surprise")))]
    assert told.index("bring") < told.index("enter") < told.index("take")


def test_there_is_suspense_where_she_hopes_and_fears() -> None:
    """As long as her plan is under way, and more if another's is, too, that will take from her."""
    plan, threat = ["go(Ann)", "wait(Ann)", "win(Ann)"], ["lurk(Bob)", "rob(Bob)"]
    hoping = [Act(plan[0], ["Ann"], plans={"Ann": plan}), Act(plan[1], ["Ann"], plans={"Ann": plan[1:]})]
    alone = build("w", ["Ann", "Bob"], {}, {}, {}, [*hoping, Act(plan[2], ["Ann"], plans={"Ann": plan[2:]})])
    robbed = Act("rob(Bob)", ["Bob"], plans={"Bob": threat[1:]}, utility={"Ann": -1.0, "Bob": 1.0})
    threatened = build(
        "w", ["Ann", "Bob"], {}, {}, {}, [Act(threat[0], ["Bob"], plans={"Bob": threat}), *hoping, robbed]
    )
    assert tension(Knowledge(alone), "Ann", 0) == 0
    assert 0 < tension(Knowledge(alone), "Ann", 1) < tension(Knowledge(threatened), "Ann", 2)
    assert tension(Knowledge(threatened), "", 2) >= tension(Knowledge(threatened), "Ann", 2)


def test_a_telling_opens_as_late_as_its_suspense_allows() -> None:
    """From the opening on it peaks as high as from any event that could have opened it; without suspense there is nothing to lose."""
    knowledge = Knowledge(tragedy())
    chosen = latest(knowledge, "Kyoko", range(6, 14))
    assert chosen is not None
    assert peak(knowledge, "Kyoko", chosen) == max(peak(knowledge, "Kyoko", e) for e in range(6, 14))
    assert all(peak(knowledge, "Kyoko", e) < peak(knowledge, "Kyoko", chosen) for e in range(chosen + 1, 14))
    assert latest(knowledge, "Homura", range(6, 14)) is None


def test_who_opens_late_opens_before_the_climax() -> None:
    """What matters most to her is told, not remembered."""
    story = tragedy()
    first = opening(story, Spin(order="in-medias-res", viewpoint="Kyoko"))
    assert 0 < first <= climax(Knowledge(story), "Kyoko")
    assert opening(story, Spin(order="in-medias-res", viewpoint="Kyoko", opens_at="entrust")) == 13
