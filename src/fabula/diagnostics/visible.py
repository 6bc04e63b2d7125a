"""Control characters as signs that can be seen: what an author typed never steers a terminal and never spoils a page."""

from __future__ import annotations

_SIGNS = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: 0x2421,
    **dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], 0xFFFD),
}
"""Those of ASCII have signs of their own in Unicode; the others, and what is no character in XML, become a question mark in a box."""


def visible(text: str) -> str:
    """Text of the same length in which all but tabs and ends of lines can be seen."""
    return text.translate(_SIGNS)
