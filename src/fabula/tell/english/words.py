"""Words as data: lists read from text files, identifiers cut into words, and the last touch of type."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """Read a file of lists: a line `name:` begins one, `#` begins a comment, words are divided by white space."""
    found: dict[str, tuple[str, ...]] = {}
    key = ""
    for line in files("fabula.tell.english").joinpath(name).read_text(encoding="utf-8").splitlines():
        if line.endswith(":"):
            key = line[:-1]
        elif line and not line.startswith("#"):
            found[key] = found.get(key, ()) + tuple(line.split())
    return found


def split_name(name: str) -> list[str]:
    """Cut `appear_threatening`, `PatientRoomA` or `USArmy` into words; case is kept, and so is `MacGuffin`."""
    words = []
    for part in re.split(r"[_\-]+", name):
        if re.match(r"(Mac|Mc|O’|O')[A-Z]", part):
            words.append(part)
        else:
            words += re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^\WA-Z\d]+|\d+|[^\w]+", part) or [part]
    return [w for w in words if w]


def typeset(text: str) -> str:
    """Curly quotes and apostrophes, dashes and dots as a printer would set them."""
    text = text.replace("...", "…").replace(" -- ", " – ").replace("--", "—")
    text = re.sub(r"(^|[\s(\[—“])'(?=\w)", r"\1‘", text)
    text = text.replace("'", "’")
    text = re.sub(r'(^|[\s(\[—])"', r"\1“", text)
    return text.replace('"', "”")


def capitalise(text: str) -> str:
    """Make the first letter a capital, whatever quotation marks stand before it."""
    for i, char in enumerate(text):
        if char.isalpha():
            return text[:i] + char.upper() + text[i + 1 :]
        if char.isdigit() or char == "…":
            return text
    return text


def listed(items: list[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}" if items else ""
