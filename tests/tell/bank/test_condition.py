"""Conditions of a variant are tested against an event as somebody sees it."""

import pytest

from fabula.tell.bank.condition import holds, read_condition
from fabula.tell.discourse.view import Knowledge, View
from tests.tell.stories import tragedy

STORY = tragedy()
KNOWLEDGE = Knowledge(STORY)


def view(index: int, viewpoint: str = "Kyoko") -> View:
    """The event of that index, its arguments as roles a, b, c."""
    event = STORY.events[index]
    return View(KNOWLEDGE, event, viewpoint, dict(zip("abc", event.arguments, strict=False)))


@pytest.mark.parametrize(
    ("condition", "index", "expected"),
    [
        ("first time", 2, True),
        ("second time", 2, False),
        ("second time", 4, True),
        ("again", 4, True),
        ("last time", 4, True),
        ("last time", 2, False),
        ("viewpoint b", 2, True),
        ("viewpoint Sayaka", 2, False),
        ("viewpoint outside", 2, False),
        ("viewpoint outside", 6, True),
        ("a is Sayaka", 2, True),
        ("a is not Sayaka", 2, False),
        ("a is a character", 2, True),
        ("bond(Kyoko, Sayaka) >= 1", 2, False),
        ("bond(Kyoko, Sayaka) >= 1", 4, True),
        ("afterwards bond(b, a) = 1", 2, True),
        ("at(Kyoko) = Church", 1, True),
        ("afterwards at(Kyoko) = Alley", 1, True),
        ("weak(Sayaka)", 1, False),
        ("Kyoko believes weak(Sayaka)", 1, True),
        ("Kyoko believes not weak(Sayaka)", 4, True),
        ("not Kyoko believes weak(Sayaka)", 4, True),
        ("not hears(Octavia)", 9, True),
        ("Kyoko believes hears(Octavia)", 9, True),
        ("Madoka believes hears(Octavia)", 9, False),
    ],
)
def test_a_condition_holds_or_does_not(condition: str, index: int, expected: bool) -> None:
    """Times, viewpoints, roles, facts before and after, beliefs true and false."""
    read = read_condition(condition)
    assert read is not None
    assert holds(read, view(index)) is expected


def test_nonsense_is_no_condition() -> None:
    """What cannot be read is not guessed at."""
    assert read_condition("on a rainy day") is None
    assert read_condition("bond(Kyoko") is None
    assert read_condition("{Kyoko} is Sayaka") is None
    assert read_condition("Kyoko feels {hope}") is None
