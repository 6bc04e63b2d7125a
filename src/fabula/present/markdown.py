"""A telling as Markdown: headings, emphasis for thoughts, and nothing in the prose that Markdown could mistake."""

from __future__ import annotations

import re

from fabula.diagnostics.visible import visible
from fabula.tell.telling import Front, Piece, Telling


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|~]|&(?=#?\w+;))", r"\\\1", visible(text))


def _piece(piece: Piece) -> str:
    """A thought in italics; emphasis inside speech (`*word*`) stays emphasis."""
    if piece.mode == "thought":
        return f"*{_escape(piece.text)}*"
    parts = re.split(r"\*([^*]+)\*", piece.text)
    return "".join(f"*{_escape(p)}*" if i % 2 else _escape(p) for i, p in enumerate(parts))


def _front(front: Front) -> str:
    lines = []
    for key, text in front.lines:
        if key == "title":
            lines.append(f"# {_escape(text)}")
        elif key in {"warnings", "gate"}:
            lines.append(f"**{_escape(text)}**")
        elif key == "author":
            lines.append(_escape(text))
        else:
            lines.append(f"*{_escape(text)}*")
    return "\n\n".join(lines)


def markdown(telling: Telling) -> str:
    """A telling as Markdown (CommonMark)."""
    paragraphs = [" ".join("".join(map(_piece, s.pieces)) for s in p.sentences) for p in telling.paragraphs]
    safe = [re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+])", r"\\\1", p)) for p in paragraphs]
    return "\n\n".join([_front(telling.front), "---", *safe]) + "\n"
