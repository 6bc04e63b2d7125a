"""Suspense and surprise over a set of stories: what may be decided, and what is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.story.story import Story
from fabula.tell.choose.openness import openness
from tests.tell.stories import Act, build


def fated(acts: list[str], fortune: float) -> Story:
    """A story of acts after which Ann fares so in truth."""
    story = build("w", ["Ann"], {}, {}, {}, [Act(f"{act}(Ann)", ["Ann"]) for act in acts])
    *rest, last = story.moments
    return replace(story, moments=(*rest, replace(last, true_utility={"Ann": fortune})))


STORIES = st.lists(
    st.builds(fated, st.lists(st.sampled_from(["go", "stay"]), min_size=1, max_size=4), st.integers(0, 3).map(float)),
    min_size=1,
    max_size=6,
)  # fmt: skip


@given(STORIES)
def test_neither_is_ever_below_nought(stories: list[Story]) -> None:
    """And who ends as all end has neither."""
    for suspense, surprise in openness(stories):
        assert suspense >= 0 <= surprise
    ends = {story.moments[-1].true_utility["Ann"] for story in stories}
    if len(ends) == 1:
        assert set(openness(stories)) == {(0.0, 0.0)}


@given(STORIES)
def test_the_order_in_which_stories_are_given_does_not_matter(stories: list[Story]) -> None:
    """Each has the same suspense and surprise wherever it stands."""
    there, back = openness(stories), openness(stories[::-1])[::-1]
    assert [pair for one in there for pair in one] == pytest.approx([pair for one in back for pair in one])


def test_it_is_decided_where_the_stories_part() -> None:
    """Two stories part at their last act: half is expected until then, and half of all is decided there."""
    good, bad = fated(["go", "stay"], 1.0), fated(["go", "go"], 0.0)
    assert openness([good, bad]) == ((0.5, 0.5), (0.5, 0.5))


def test_the_unlikely_end_surprises_more() -> None:
    """One of three ends badly; there was the same suspense for all."""
    good, also_good, bad = fated(["a"], 1.0), fated(["b"], 1.0), fated(["c"], 0.0)
    first, second, third = openness([good, also_good, bad])
    assert first == second
    assert first[0] == third[0]
    assert third[1] > first[1]


def test_a_long_way_without_a_choice_holds_no_suspense() -> None:
    """Acts that are in all stories decide nothing."""
    short = openness([fated(["go"], 1.0), fated(["stay"], 0.0)])
    long = openness([fated(["a", "b", "c", "go"], 1.0), fated(["a", "b", "c", "stay"], 0.0)])
    assert short == long
