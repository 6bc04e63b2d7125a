"""Shapes of fortune: every ideal is itself, a flat life is none of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.tell.choose.shape import SHAPES, Shape, arc, fit, fortune, ideal, nearest, turns
from tests.tell.stories import Act, build

CURVES = st.lists(st.floats(-10, 10), min_size=1, max_size=20)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_ideal_is_its_own_nearest_shape(shape: Shape) -> None:
    """And fits wholly."""
    found, how_well = nearest(ideal(shape, 24))
    assert found == shape
    assert how_well == pytest.approx(1)


@given(CURVES, st.sampled_from(SHAPES))
def test_a_fit_lies_between_0_and_1(values: list[float], shape: Shape) -> None:
    """Whatever the curve."""
    assert 0 <= fit(values, shape) <= 1


@given(st.floats(-5, 5), st.integers(1, 9))
def test_a_life_without_change_has_no_shape(value: float, length: int) -> None:
    """It fits nothing."""
    assert all(fit([value] * length, shape) == 0 for shape in SHAPES)


@given(CURVES, st.sampled_from(SHAPES))
def test_who_begins_higher_has_the_same_shape(values: list[float], shape: Shape) -> None:
    """Only the rises and falls count, not where one stands."""
    assert fit([value + 3 for value in values], shape) == pytest.approx(fit(values, shape), abs=1e-6)


def test_a_turn_is_as_deep_as_its_smaller_side() -> None:
    """A plateau is no turn; the end is none."""
    assert turns([0, 2, 2, 1, 5]) == (1, 1)
    assert turns([0, 1, 2]) == ()
    assert turns([3]) == ()


def test_death_is_the_bottom_of_a_fortune() -> None:
    """Whatever it was died for; in her own eyes it may be worth it."""
    acts = [
        Act("win(Ann)", ["Ann"], utility={"Ann": 2.0}),
        Act("lose(Ann)", [], utility={"Ann": 1.0}),
        Act("die(Ann)", ["Ann"], utility={"Ann": 3.0}, then={"alive(Ann)": False}),
        Act("mourn(Bob)", ["Bob"]),
    ]
    story = build("w", ["Ann", "Bob"], {}, {"alive(Ann)": True}, {}, acts)
    assert fortune(story, "Ann") == (0, 2, 1, 0, 0)
    assert arc(story, "Ann") == (0, 2, 1, 3, 3)


def test_the_shape_is_that_of_the_truth() -> None:
    """Who only believes that she rises, does not."""
    story = build("w", ["Ann"], {}, {}, {}, [Act("dream(Ann)", ["Ann"], utility={"Ann": 2.0})])
    first, last = story.moments
    deceived = replace(story, moments=(first, replace(last, true_utility={"Ann": -1.0})))
    assert nearest(fortune(deceived, "Ann"))[0] == "tragedy"
    assert nearest(arc(deceived, "Ann"))[0] == "rise"
