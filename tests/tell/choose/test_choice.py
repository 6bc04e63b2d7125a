"""Choosing: scores in their bounds, the best first, no twins, the same again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.story.story import Story
from fabula.tell.choose import SHAPES, choose, distance, traits, twins, weigh
from fabula.tell.choose.score import ranks
from tests.tell.stories import Act, build

PEOPLE = ("Ann", "Bob")


def made(acts: Sequence[tuple[str, float]]) -> Story:
    """A story of acts that people choose, each with what it does to the fortune of the one who does it."""
    fortune = dict.fromkeys(PEOPLE, 0.0)
    rows = []
    for text, change in acts:
        who = text[text.index("(") + 1 : -1]
        fortune[who] += change
        plans = {who: [text]}
        rows.append(Act(text, [who], utility=dict(fortune), plans=plans, then={f"did({text[:1]})": True}))
    return build("made", PEOPLE, {}, {"did(w)": False, "did(t)": False}, {}, rows)


ACTS = st.tuples(st.sampled_from([f"{a}({p})" for a in ("walk", "talk") for p in PEOPLE]), st.integers(-2, 2))
STORIES = st.lists(st.lists(ACTS, min_size=1, max_size=5).map(made), min_size=1, max_size=5)


@given(STORIES, st.sampled_from([None, *SHAPES]))
def test_scores_lie_in_their_bounds(stories: list[Story], shape: str | None) -> None:
    """No score is below 0; coherence, fit, ranks, worth and difference lie between 0 and 1."""
    for choice in choose(stories, len(stories), shape):  # type: ignore[arg-type]
        assert all(value >= 0 for _, value in choice.scores.items())
        fractions = (choice.scores.coherence, choice.scores.fit or 0, choice.worth, choice.apart)
        assert all(0 <= value <= 1 for value in (*fractions, *choice.ranks.values()))


@given(STORIES, st.integers(1, 5))
def test_no_two_chosen_stories_are_twins(stories: list[Story], best: int) -> None:
    """The same acts in another order are the same story."""
    chosen = [traits(choice.story) for choice in choose(stories, best)]
    assert len(chosen) <= best
    assert not any(twins(one, other) for i, one in enumerate(chosen) for other in chosen[:i])


@given(STORIES)
def test_the_first_is_the_best_of_all(stories: list[Story]) -> None:
    """Nobody is above it in worth, so nobody in every score."""
    (first,) = choose(stories, 1)
    for other in weigh(stories):
        assert other.worth <= first.worth
        assert not all(other.ranks[name] > first.ranks[name] for name in first.ranks)


@given(STORIES)
def test_the_same_stories_give_the_same_choice(stories: list[Story]) -> None:
    """Nothing is left to chance."""
    assert choose(stories, 3) == choose(stories, 3)


@given(STORIES)
def test_a_smaller_choice_is_the_beginning_of_a_larger_one(stories: list[Story]) -> None:
    """Who asks for one more gets one more."""
    assert choose(stories, 4)[:2] == choose(stories, 2)


@given(STORIES)
def test_distance_is_a_distance(stories: list[Story]) -> None:
    """From 0 to 1, the same both ways, 0 to itself."""
    for one in map(traits, stories):
        assert distance(one, one) == 0
        for other in map(traits, stories):
            assert 0 <= distance(one, other) == distance(other, one) <= 1


@given(st.lists(st.integers(0, 4), min_size=1))
def test_ranks_are_shares_of_the_others(values: list[int]) -> None:
    """Their mean is a half, and they are in the order of the values."""
    found = ranks([float(value) for value in values])
    assert sum(found) == pytest.approx(len(values) / 2)
    pairs = sorted(zip(values, found, strict=True))
    assert [rank for _, rank in pairs] == sorted(found)


def test_a_shape_that_some_have_leaves_the_others_out() -> None:
    """Who asks for a fall gets falls, as long as there are any."""
    rise, fall = made([("walk(Ann)", 1), ("talk(Ann)", 1)]), made([("walk(Ann)", -1), ("walk(Ann)", -1)])
    assert [choice.number for choice in choose([rise, fall], 2, "tragedy")] == [1]
    assert [choice.number for choice in choose([rise, fall], 2, "rise")] == [0]
    assert len(choose([rise], 2, "tragedy")) == 1


def test_what_else_might_have_been_counts_and_is_not_chosen() -> None:
    """Others make the first story a surprise; they are never told themselves."""
    good, bad = made([("walk(Ann)", 0), ("talk(Ann)", 1)]), made([("walk(Ann)", 0), ("talk(Bob)", 1)])
    (alone,) = choose([good], 3)
    (chosen,) = choose([good], 3, others=[bad])
    assert chosen.story is good
    assert alone.scores.suspense == alone.scores.surprise == 0 < chosen.scores.suspense
    assert chosen.scores.surprise > 0


def test_a_story_in_which_nothing_happens_can_be_weighed() -> None:
    """It is worth as much as any single story."""
    empty = replace(made([("walk(Ann)", 1)]), events=())
    (choice,) = choose([replace(empty, moments=empty.moments[:1])], 2, "rise")
    assert choice.worth == 0.5
    assert choice.hero == ""


def test_nothing_comes_of_nothing() -> None:
    """No stories, no choice."""
    assert choose([], 3) == ()
