"""text --parse--> Tree: reads one file, definition by definition, and words every mistake it finds.

`words` cuts, `tables` recognises (LALR, from `grammar.lark`), `build` makes the nodes. Deliberately no general
lexer: telling `type` the word from `type` the property needs a look ahead.
"""

from __future__ import annotations

import difflib
from collections import deque
from collections.abc import Sequence

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.language import mistakes
from fabula.language.build import Build
from fabula.language.tables import Reader, Stopped
from fabula.language.tree import Definition, Tree
from fabula.language.words import (
    DEFINITIONS,
    PARTS,
    RESERVED,
    Slice,
    Word,
    cut,
    in_position,
    slices,
    unbalanced,
)

ENOUGH = 1_000
"""Stop reading after so many mistakes."""

_STARTS = {"NAME", "BELIEVES", "FORALL", "IF", "NOT"}
""""The types of words that may begin a definition."""


def parse(text: str, source: str) -> Tree:
    """Read the text of one world file; `source` is the name that messages show.

    Returns the tree with its warnings. Raises `Mistakes` with every mistake found: after one, reading goes on
    at the next definition.
    """
    words = [word for word in cut(text, source) if word.type != "COMMENT"]
    definitions: list[Definition] = []
    found: list[Diagnostic] = []
    build = Build()
    reader = Reader(build)
    pieces = deque(slices(words))
    while pieces and len(found) < ENOUGH:
        piece = pieces.popleft()
        if not piece.words:
            continue
        try:
            definitions.append(_definition(reader, piece, pieces))
        except Mistakes as mistake:
            found.extend(mistake.diagnostics)
    if found:
        raise Mistakes(*found)
    return Tree(tuple(definitions), source, tuple(build.warnings))


def _definition(reader: Reader, piece: Slice, rest: deque[Slice]) -> Definition:
    """The definition that these words are. Raises `Mistakes`, having put back what follows a forgotten `;`."""
    problem = next((mistakes.strange_sign(w.span, w.text) for w in piece.words if w.type == "STRANGE"), None)
    problem = problem or unbalanced(piece.words)
    if problem:
        raise Mistakes(problem)
    words = in_position(piece.words)
    try:
        definition: Definition = reader.read(words)
    except Stopped as stop:
        if stop.index < len(words) and "$END" in stop.wanted and _fresh_line(words, stop.index):
            rest.appendleft(Slice(piece.words[stop.index :], piece.closed))
        raise Mistakes(_explain(words, stop)) from None
    if not piece.closed and any(following.words for following in rest):
        following = next(slice_.words[0] for slice_ in rest if slice_.words)
        raise Mistakes(mistakes.missing_semicolon(words[-1].span, following.text))
    return definition


def _fresh_line(words: Sequence[Word], index: int) -> bool:
    """Whether the word begins a line, or a definition on the same line."""
    word = words[index]
    return word.span.line != words[index - 1].span.line or word.text in DEFINITIONS


def _explain(words: Sequence[Word], stop: Stopped) -> Diagnostic:
    """The message for a word that cannot stand where it stands."""
    if stop.index == len(words):
        return mistakes.breaks_off(words[-1].span, stop.wanted)
    word = words[stop.index]
    if word.type in set(PARTS.values()) | {"OBSERVING"} and "_SEMICOLON" in stop.wanted:
        return mistakes.missing_semicolon(words[stop.index - 1].span, word.text)
    if "$END" in stop.wanted and word.type in _STARTS and _fresh_line(words, stop.index):
        return mistakes.missing_semicolon(words[stop.index - 1].span, word.text)
    if "PRECONDITION" in stop.wanted and word.type == "NAME":
        if word.text in {*PARTS, "observing"} and stop.index + 1 < len(words):
            following = words[stop.index + 1]
            return mistakes.unexpected(following.span, following.text, {"_COLON"})
        near = difflib.get_close_matches(word.text, [*PARTS, "observing"], n=1)
        return mistakes.unknown_part(word.span, word.text, words[0].text, near)
    if word.text in RESERVED and "NAME" in stop.wanted and "BELIEVES" not in stop.wanted:
        return mistakes.reserved_word(word.span, word.text)
    return mistakes.unexpected(word.span, word.text, stop.wanted)
