"""The story as paragraphs of markup, for pages and books: well-formed as HTML and as XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby

from fabula.diagnostics.visible import visible
from fabula.present.origin import called_up
from fabula.tell.telling import Front, Paragraph, Piece, Sentence, Telling, Unit

Note = Callable[[int, Sentence, Unit | None], str]
"""Markup that stands after a sentence, from its number (from 1), the sentence, and its unit."""


def safe(text: str) -> str:
    """Text between tags, free of what XML cannot hold."""
    return escape(visible(text), quote=False)


def tongue(language: str) -> str:
    """A language as pages and books name it; *undetermined* for what cannot be one (RFC 5646)."""
    return language if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language) else "und"


def _piece(piece: Piece) -> str:
    parts = re.split(r"\*([^*]+)\*", piece.text)
    text = "".join(f"<em>{safe(p)}</em>" if i % 2 else safe(p) for i, p in enumerate(parts))
    if piece.mode == "thought":
        return f'<em class="thought">{text}</em>'
    return f'<span class="speech">{text}</span>' if piece.mode == "speech" else text


def _sentence(number: int, sentence: Sentence, unit: Unit | None, note: Note | None) -> str:
    text = "".join(map(_piece, sentence.pieces))
    return f'<span class="s" id="s{number}">{text}{note(number, sentence, unit)}</span>' if note else text


def title_lines(front: Front) -> Iterator[str]:
    """The lines of the title page, the title as a heading."""
    for key, text in front.lines:
        tag = "h1" if key == "title" else "p"
        yield f'<{tag} class="{escape(key)}">{safe(text)}</{tag}>'


def paragraphs(telling: Telling, note: Note | None = None) -> Iterator[str]:
    """The paragraphs of a telling, memories as labelled groups; with a `note`, every sentence has a place of its own."""
    number = 0

    def unit(paragraph: Paragraph) -> Unit | None:
        return telling.units[paragraph.unit] if paragraph.unit < len(telling.units) else None

    def anchor(paragraph: Paragraph) -> int | None:
        return called_up(paragraph.sentences[0], unit(paragraph))

    for called_by, group in groupby(telling.paragraphs, anchor):
        if called_by is not None:
            yield '<div class="memory" role="group" aria-label="a memory">'
        for paragraph in group:
            sentences = []
            for number, sentence in enumerate(paragraph.sentences, number + 1):  # noqa: B020 - it goes on counting
                sentences.append(_sentence(number, sentence, unit(paragraph), note))
            yield f"<p>{' '.join(sentences)}</p>"
        if called_by is not None:
            yield "</div>"
