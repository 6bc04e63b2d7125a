"""The page of each mistake: why it is one, an example, what fabula says of it, and the way out.

The pages lie in `pages/`, one file per name, so that they are installed with the program; they are tests and
documentation at the same time (`tests/mistakes` is a link to them).
"""

from __future__ import annotations

import difflib
from importlib import resources

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes

_PAGES = resources.files(__package__) / "pages"


def names() -> tuple[str, ...]:
    """The names of all mistakes and warnings that have a page, in order of the alphabet."""
    return tuple(sorted(p.name.removesuffix(".md") for p in _PAGES.iterdir() if p.name.endswith(".md")))


def explain(name: str) -> str:
    """The page of a mistake as Markdown. Raises `Mistakes` if there is none of this name."""
    known = names()
    if name not in known:
        alike = difflib.get_close_matches(name, known, n=1)
        hints = tuple(f"did you mean `{word}`?" for word in alike) or (f"there are: {', '.join(known)}",)
        headline = f"there is no mistake called `{name}`"
        raise Mistakes(Diagnostic("error", "unknown-mistake", headline, (), (), hints))
    return (_PAGES / f"{name}.md").read_text("utf-8")
