"""What an author typed never steers a terminal and never spoils a page."""

import unicodedata

from fabula.diagnostics.visible import visible


def test_control_characters_become_signs() -> None:
    """An escape is seen as one; tabs, ends of lines and all letters stay."""
    assert visible("a\x1b[31mb\x07\tc\n") == "a␛[31mb␇\tc\n"
    assert visible("\x9b\x7f\ufffe\ud800") == "\ufffd␡\ufffd\ufffd"
    assert visible("naïve “Ærø” 物語 👩‍🚀") == "naïve “Ærø” 物語 👩‍🚀"


def test_nothing_else_is_left_of_them() -> None:
    """No control character of Unicode but those two comes through."""
    everything = "".join(map(chr, range(0x11000)))
    left = {c for c in visible(everything) if unicodedata.category(c) in {"Cc", "Cs"}}
    assert left == {"\t", "\n"}
    assert len(visible(everything)) == len(everything)
