"""The page of each message: why it is given, an example, what fabula says of it, and the way out.

The pages lie in `pages/`, one file per name, so that they are installed with the program; they are tests and
documentation at the same time (`tests/mistakes` is a link to them).
"""

from __future__ import annotations

import re
from importlib import resources

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.suggest import alike

_PAGES = resources.files(__package__) / "pages"
_PASTED = re.compile(r"(?:\b(?:error|warning))?\[([\w-]+)\]?")


def names() -> tuple[str, ...]:
    """The names of all messages that have a page, in order of the alphabet."""
    return tuple(sorted(p.name.removesuffix(".md") for p in _PAGES.iterdir() if p.name.endswith(".md")))


def explain(name: str) -> str:
    """The page of a message as Markdown; `error[name]: …` as it was printed will do. Raises `Mistakes` if there is none."""
    pasted = _PASTED.search(name)
    wanted = pasted[1] if pasted else re.sub(r"[\s_]+", "-", name.strip().lower())
    known = names()
    if wanted not in known:
        near = alike(wanted, known)
        hints = tuple(f"did you mean `{word}`?" for word in near) or (f"there are: {', '.join(known)}",)
        headline = f"there is no message called `{wanted}`"
        raise Mistakes(Diagnostic("error", "unknown-message", headline, (), (), hints))
    return (_PAGES / f"{wanted}.md").read_text("utf-8")
