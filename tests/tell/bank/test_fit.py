"""A bank is held against its world."""

from fabula.tell.bank.fit import misfits
from fabula.tell.bank.read import read_bank

WORLD = ({"give": 3, "take": 2}, ["Ann", "Bob", "Ring"], ["at", "alive"])


def headlines(text: str) -> list[str]:
    """The warnings in words."""
    return [d.headline for d in misfits(read_bank(text), *WORLD)]


def test_a_bank_that_fits_has_no_warnings() -> None:
    """Roles, names and facts that the world has."""
    assert (
        headlines(
            "name Ann\naction give(a, b, c)\nscene\n- (a is Ann; at(b) = Ann; Bob believes alive(c)) {a} [gave].\n"
        )
        == []
    )


def test_what_the_world_does_not_have_is_told() -> None:
    """Actions, numbers of roles, people, facts."""
    assert headlines("action giev(a, b, c)\nscene\n- x.\n") == ["this world has no action called `giev`"]
    assert headlines("action give(a, b)\nscene\n- x.\n") == ["`give` has 3 roles, not 2"]
    assert headlines("name Tom\n") == ["this world has nothing called `Tom`"]
    assert headlines("action take(a, b)\nscene\n- (at(Rnig) = a) x.\n") == [
        "a condition of `take` speaks of `Rnig`, which this world does not have"
    ]
