"""A telling as one HTML file without script: readable by eye, by keyboard and by ear, every sentence with its origin.

Narration is plain, thoughts are `<em>`, speech is `<q>` in class and quotation marks in text; memories are sections with a label. Behind the story
stands a closed table: sentence by sentence, the events it tells of, whose voice it is, and what it claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from itertools import groupby

from fabula.tell.telling import Front, Paragraph, Piece, Sentence, Telling


def _piece(piece: Piece) -> str:
    parts = re.split(r"\*([^*]+)\*", piece.text)
    text = "".join(
        f"<em>{escape(p, quote=False)}</em>" if i % 2 else escape(p, quote=False) for i, p in enumerate(parts)
    )
    if piece.mode == "thought":
        return f'<em class="thought">{text}</em>'
    return f'<span class="speech">{text}</span>' if piece.mode == "speech" else text


def _origin(sentence: Sentence) -> str:
    """Where a sentence comes from, in a few words."""
    voice = f"{sentence.mode} ({sentence.speaker})" if sentence.speaker else sentence.mode
    events = ", ".join(f"event {e + 1}" for e in sentence.events)
    claims = "; ".join(f"{a.fact} = {'?' if a.value is None else a.value}" for a in sentence.asserts)
    return " · ".join(part for part in (voice, events, claims) if part)


def _sentence(sentence: Sentence, number: int) -> str:
    body = "".join(_piece(p) for p in sentence.pieces)
    return f'<span class="s" id="s{number}" title="{escape(_origin(sentence))}">{body}</span>'


def _front(front: Front) -> Iterator[str]:
    yield "<header>"
    for key, text in front.lines:
        tag = "h1" if key == "title" else "p"
        yield f'<{tag} class="{key}">{escape(text, quote=False)}</{tag}>'
    yield "</header>"


def story(telling: Telling) -> Iterator[str]:
    """The story as paragraphs, memories in sections; empty strings where there is nothing to open or close."""
    number = 0

    def anchor(paragraph: Paragraph) -> int | None:
        unit = telling.units[paragraph.unit] if paragraph.unit < len(telling.units) else None
        return unit.anchor if unit and paragraph.sentences[0].events != (unit.anchor,) else None

    for called_by, group in groupby(telling.paragraphs, anchor):
        yield '<section class="memory" aria-label="memory">' if called_by is not None else ""
        for paragraph in group:
            sentences = []
            for sentence in paragraph.sentences:
                number += 1
                sentences.append(_sentence(sentence, number))
            yield f"<p>{' '.join(sentences)}</p>"
        yield "</section>" if called_by is not None else ""


def _table(telling: Telling) -> Iterator[str]:
    yield "<details><summary>Where every sentence comes from</summary><table>"
    yield '<thead><tr><th scope="col">Sentence</th><th scope="col">Origin</th><th scope="col">Clause</th></tr></thead><tbody>'
    for number, sentence in enumerate(telling.sentences, 1):
        words = sentence.text.split()
        start = escape(" ".join(words[:6]) + (" …" if len(words) > 6 else ""), quote=False)
        yield (
            f'<tr><td><a href="#s{number}">{start}</a></td>'
            f"<td>{escape(_origin(sentence), quote=False)}</td><td>{escape(sentence.variant, quote=False)}</td></tr>"
        )
    yield "</tbody></table></details>"
    left = [u for u in telling.units if u.kind == "ellipsis"]
    if left:
        items = "".join(f"<li>event {u.events[0] + 1}: {escape(u.reason, quote=False)}</li>" for u in left)
        yield f"<details><summary>What is left out, and why</summary><ul>{items}</ul></details>"


def html(telling: Telling) -> str:
    """A telling as one HTML file: style inside, no script, nothing fetched."""
    title = next((text for key, text in telling.front.lines if key == "title"), telling.world)
    style = files("fabula.present").joinpath("page.css").read_text(encoding="utf-8")
    parts = [
        "<!doctype html>",
        f'<html lang="{escape(telling.language)}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title, quote=False)}</title>",
        f"<style>\n{style}</style></head>",
        "<body>",
        *_front(telling.front),
        "<main>",
        *story(telling),
        "</main>",
        "<footer>",
        *_table(telling),
        "</footer>",
        "</body></html>",
    ]
    return "\n".join(p for p in parts if p) + "\n"
