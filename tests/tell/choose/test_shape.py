"""Shapes of fortune: every ideal is itself, a flat life is none of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.tell.choose.shape import SHAPES, Shape, fit, ideal, nearest, turns

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
