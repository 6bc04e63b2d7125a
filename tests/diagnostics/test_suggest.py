"""A name is suggested where it was probably meant, and only there."""

import pytest

from fabula.diagnostics.suggest import alike


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Markt", ("Market",)),
        ("market", ("Market",)),
        ("preconditon", ("precondition",)),
        ("Sayka", ("Sayaka",)),
        ("hsa", ("has",)),
        ("foo", ()),
        ("Tom", ()),
        ("at", ()),
        ("Homura", ()),
    ],
)
def test_alike(word: str, meant: tuple[str, ...]) -> None:
    """A letter more, less or other, or two in the wrong order, is a slip; what shares a few letters with a name is another word."""
    assert alike(word, ["Market", "precondition", "Sayaka", "has", "hope", "Oktavia"]) == meant
