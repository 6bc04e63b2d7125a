"""A telling as plain text: the title page, then paragraphs, wrapped to a width."""

from __future__ import annotations

import textwrap

from fabula.diagnostics.visible import visible
from fabula.tell.telling import Front, Telling


def _wrap(text: str, width: int, indent: str = "") -> str:
    return "\n".join(
        textwrap.wrap(
            visible(text),
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def title_page(front: Front, width: int = 80) -> str:
    """The title page as text: title and author on lines of their own, the rest wrapped."""
    lines = []
    for key, text in front.lines:
        if key == "title":
            lines.append(_wrap(text.upper(), width))
        elif key == "author":
            lines.append(_wrap(text, width))
        else:
            lines.append(
                "\n" + _wrap(text, width) if key in {"note", "warnings", "length"} else _wrap(text, width)
            )
    return "\n".join(lines).strip("\n")


def text(telling: Telling, width: int = 80) -> str:
    """A telling as plain text. `width` is in characters; 0 leaves paragraphs on one line. Thoughts stand between asterisks."""
    width = width if width > 0 else 10**6
    rule = "-" * min(width, 40)
    story = "\n\n".join(_wrap(p.text, width) for p in telling.paragraphs)
    return f"{title_page(telling.front, width)}\n\n{rule}\n\n{story}\n"
