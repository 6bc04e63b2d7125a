"""Whether a polished paragraph can be trusted: the first doubt, in words, or the paragraph with its sentences aligned.

Each sentence keeps the provenance of the one it stands for; so it must hold all that carries the claims of that one, in the same
order. What these checks cannot see (a nuance, a duller noun) is why a diff is written.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise, zip_longest

from fabula.tell.english.words import typeset
from fabula.tell.polish.held import Holder, tokens
from fabula.tell.telling import Paragraph, Piece, Sentence

LOCKED = frozenset(("speech", "thought"))
MARKS = frozenset(" ,;:.!?…—–-()’‘")
"""What may stand in narration beside letters."""
DOUBLED = re.compile(r"[,;:]\s*[,;:.!?…]| [,;:]|\(\s*\)")
"""Marks that cannot follow each other, or a space."""
FREE, LEAST = 0.25, 1
"""The share of words that may be new or go, and how many may in any sentence."""


class Doubt(Exception):  # noqa: N818 - it is not an error that our own text is kept
    """Why a paragraph is kept as it is."""


def sentences(reply: str, count: int) -> list[str]:
    """Read a reply. Raises Doubt if it is no JSON with so many sentences."""
    text = reply.strip()
    fenced = re.fullmatch(r"```(?:json)?\s*\n(.*)\n```", text, re.DOTALL)
    try:
        data = json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError):
        raise Doubt("the reply is no JSON") from None
    found = data.get("sentences") if isinstance(data, dict) else None
    if not isinstance(found, list) or not all(isinstance(s, str) for s in found):
        raise Doubt("the reply has no list of sentences")
    if len(found) != count:
        raise Doubt(f"{len(found)} sentences came back for {count}")
    return [typeset(" ".join(s.split())) for s in found]


def aligned(paragraph: Paragraph, reply: str, holder: Holder, mark: str) -> Paragraph:
    """The paragraph in the words of a reply; changed sentences get `mark` behind their variant. Raises Doubt."""
    new = sentences(reply, len(paragraph.sentences))
    told = tuple(_sentence(s, text, holder, mark) for s, text in zip(paragraph.sentences, new, strict=True))
    return replace(paragraph, sentences=told)


def _sentence(ours: Sentence, text: str, holder: Holder, mark: str) -> Sentence:
    if text == ours.text:
        return ours
    if len(text) > 2 * len(ours.text) + 20:
        raise Doubt("too much was changed")
    pieces = _pieces(ours, text)
    before, after = _narrated(ours.pieces), _narrated(pieces)
    _signs(before, after)
    _ends(before, after)
    _capitals(before, after, holder)
    _words(before, after, holder)
    return replace(ours, pieces=pieces, variant=f"{ours.variant} {mark}")


def _pieces(ours: Sentence, text: str) -> tuple[Piece, ...]:
    """Cut a new sentence where ours is cut: what is said or thought must stand in it word for word."""
    if any({one.mode, other.mode}.isdisjoint(LOCKED) for one, other in pairwise(ours.pieces)):
        raise Doubt("two voices run into each other there")
    pattern = "".join(
        re.escape(f"*{p.text}*" if p.mode == "thought" else p.text) if p.mode in LOCKED else "(.+?)"
        for p in ours.pieces
    )
    found = re.fullmatch(pattern, text, re.DOTALL)
    if found is None:
        raise Doubt("what somebody says or thinks was changed")
    between = iter(found.groups())
    return tuple(p if p.mode in LOCKED else replace(p, text=next(between)) for p in ours.pieces)


def _narrated(pieces: tuple[Piece, ...]) -> str:
    return " | ".join(p.text for p in pieces if p.mode not in LOCKED)


def _signs(before: str, after: str) -> None:
    strange = next((c for c in after if not _plain(c) and c not in before), None)
    if strange is not None:
        raise Doubt(
            f"`{strange}` does not belong in prose"
            if strange.isprintable()
            else "it holds signs that cannot be seen"
        )
    if doubled := next((found for found in DOUBLED.findall(after) if found not in before), ""):
        raise Doubt(f"`{doubled}` does not belong in prose")


def _plain(char: str) -> bool:
    return (char.isascii() and char.isalnum()) or char in MARKS


def _ends(before: str, after: str) -> None:
    if [c for c in before if c in ".!?…|"] != [c for c in after if c in ".!?…|"]:
        raise Doubt("a sentence ends otherwise, or not where it did")


def _capitals(before: str, after: str, holder: Holder) -> None:
    """A sentence begins as it began, and no name becomes a word or a word a name."""
    ours, theirs = tokens(before), tokens(after)
    written = {*ours, *({w.lower() for w in ours[:1]} - holder.story)}
    again = {w.lower() for w in ours}
    start = {w for w in theirs[:1] if w[0].lower() + w[1:] in written}
    wrong = next((w for w in theirs if w not in written | start and w.lower() in again), "")
    if wrong:
        raise Doubt(f"`{wrong}` is written otherwise")
    if _begins(before) != _begins(after):
        raise Doubt("a sentence begins otherwise")


def _begins(text: str) -> bool:
    """Whether the first letter is a capital."""
    return next((c.isupper() for c in text if c.isalpha()), False)


def _words(before: str, after: str, holder: Holder) -> None:
    for ours, theirs in zip_longest(holder.held(before), holder.held(after)):
        if ours != theirs:
            where = f" where `{ours}` should" if ours else ""
            raise Doubt(f"`{theirs}` stands{where or ', which is new'}" if theirs else f"`{ours}` is missing")
    start = tokens(after)[:1]
    if start and start != tokens(before)[:1] and start[0].lower() not in holder.known:
        raise Doubt(f"`{start[0]}` might be a name")
    gone, new = holder.loose(before) - holder.loose(after), holder.loose(after) - holder.loose(before)
    if moved := next(filter(holder.comes_back, (*gone, *new)), ""):
        raise Doubt(f"`{moved}` comes back in the story and {'is missing' if moved in gone else 'is new'}")
    if turned := next((w for w in new if any(_opposite(w, o) or _opposite(o, w) for o in gone)), ""):
        raise Doubt(f"`{turned}` turns a word into its opposite")
    if max(gone.total(), new.total()) > max(LEAST, int(FREE * len(tokens(before)))):
        raise Doubt("too much was changed")


def _opposite(word: str, other: str) -> bool:
    """Whether a word is another one with something before or behind it that denies it: *unkind*, *moonless*."""
    return (
        re.fullmatch(rf"(un|in|im|il|ir|dis|non){re.escape(other)}|{re.escape(other[:-3])}\w*less", word)
        is not None
    )
