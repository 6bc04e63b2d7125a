"""Which known name somebody probably meant: silence beats a wild guess."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_CLOSE = 0.7
"""From this likeness on (`difflib` ratio, 1 for the same) two names are more likely one name than two."""


def alike(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The one known name that has the letters of `word`, large or small, or is most like it; none if all are far from it."""
    names = tuple(known)
    same = [name for name in names if name.casefold() == word.casefold()]
    near = same or difflib.get_close_matches(word, names, n=1, cutoff=_CLOSE)
    return tuple(near[:1] or [name for name in names if sorted(name) == sorted(word)][:1])
