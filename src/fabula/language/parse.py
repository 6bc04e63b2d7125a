"""text --parse--> Tree: reads one file, definition by definition, and words every mistake it finds.

`words` cuts, `tables` recognises (LALR, from `grammar.lark`), `build` makes the nodes. Deliberately no general
lexer: telling `type` the word from `type` the property needs a look ahead.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.suggest import alike
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
    parts,
    slices,
    unbalanced,
)

ENOUGH = 1_000
"""Stop reading after so many mistakes."""

_STARTS = {"NAME", "BELIEVES", "FORALL", "IF", "NOT"}
""""The types of words that may begin a definition."""
_WITH_PARTS = {"ACTION", "TRIGGER"}


def parse(text: str, source: str) -> Tree:
    """Read the text of one world file; `source` is the name that messages show.

    Returns the tree with its warnings. Raises `Mistakes` with every mistake found: after one, reading goes on
    at the next part of an action, or at the next definition.
    """
    words, found = _words(text, source)
    definitions: list[Definition] = []
    build = Build()
    reader = Reader(build)
    pieces = deque(slices(words))
    if found and pieces and not pieces[-1].closed:  # what cannot be read stands in it
        pieces.pop()
    while pieces and len(found) < ENOUGH:
        piece = pieces.popleft()
        if not piece.words:
            continue
        try:
            definitions.append(_definition(reader, piece, pieces))
        except Mistakes as mistake:
            found.extend(mistake.diagnostics)
    if found:
        raise Mistakes(*sorted(found, key=lambda mistake: mistake.labels[0].span.start))
    return Tree(tuple(definitions), source, tuple(build.warnings))


def _words(text: str, source: str) -> tuple[list[Word], list[Diagnostic]]:
    """The words without comments, as far as they can be cut, and the mistake that ends them."""
    words: list[Word] = []
    try:
        words.extend(word for word in cut(text, source) if word.type != "COMMENT")
    except Mistakes as mistake:
        return words, list(mistake.diagnostics)
    return words, []


def _definition(reader: Reader, piece: Slice, rest: deque[Slice]) -> Definition:
    """The definition that these words are. Raises `Mistakes`, having put back what follows a forgotten `;`."""
    words = in_position(piece.words)
    try:
        _refuse(words)
        definition: Definition = reader.read(words)
    except Stopped as stop:
        if stop.index < len(words) and "$END" in stop.wanted and _fresh_line(words, stop.index):
            rest.appendleft(Slice(piece.words[stop.index :], piece.closed))
        if words[0].type in _WITH_PARTS and all(word.type != "LEFT_BRACE" for word in words):
            _leave_out_parts(rest)
        raise Mistakes(*(_inside(reader, words) or (_explain(words, stop),))) from None
    except Mistakes as mistake:
        raise Mistakes(*(_inside(reader, words) or mistake.diagnostics)) from None
    if not piece.closed and any(following.words for following in rest):
        following = next(slice_.words[0] for slice_ in rest if slice_.words)
        raise Mistakes(mistakes.missing_semicolon(words[-1].span, following.text))
    return definition


def _refuse(words: Sequence[Word]) -> None:
    """Raise `Mistakes` if there is a sign without meaning, or a bracket without its partner."""
    problem = next((mistakes.strange_sign(w.span, w.text) for w in words if w.type == "STRANGE"), None)
    problem = problem or unbalanced(words)
    if problem:
        raise Mistakes(problem)


def _inside(reader: Reader, words: Sequence[Word]) -> list[Diagnostic]:
    """All mistakes in an action or trigger, its head and each part read by itself; none for anything else."""
    brace = next((index for index, word in enumerate(words) if word.type == "LEFT_BRACE"), 0)
    if words[0].type not in _WITH_PARTS or not brace:
        return []
    head = [words[0], *(words[0]._replace(type=kind) for kind in ("NAME", "LEFT", "RIGHT", "LEFT_BRACE"))]
    opened = words[brace]
    found = _alone(reader, (), words[:brace], (opened, opened._replace(type="RIGHT_BRACE")))
    last = opened
    for part, last in parts(words, brace + 1):
        wrong = _alone(reader, head, part, (last._replace(type="RIGHT_BRACE"),))
        if not wrong and last.type not in {"_SEMICOLON", "RIGHT_BRACE"}:
            wrong = [mistakes.missing_semicolon(part[-1].span, last.text)]
        found += wrong
    if last.type != "RIGHT_BRACE":
        found.append(mistakes.open_bracket(opened.span, opened.text))
    return found


def _leave_out_parts(rest: deque[Slice]) -> None:
    """Leave out the parts of an action whose `{` was forgotten, and its `}`."""
    while rest and rest[0].words:
        word = rest[0].words[0]
        if word.type != "RIGHT_BRACE" and word.text not in {*PARTS, "observing"}:
            return
        rest.popleft()


def _alone(
    reader: Reader, before: Sequence[Word], words: Sequence[Word], after: Sequence[Word]
) -> list[Diagnostic]:
    """What is wrong with these words, standing between others that are right."""
    whole = [*before, *words, *after]
    try:
        _refuse(words)
        reader.read(whole)
    except Stopped as stop:
        return [_explain(whole, stop)]
    except Mistakes as mistake:
        return list(mistake.diagnostics)
    return []


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
        near = alike(word.text, (*PARTS, "observing"))
        return mistakes.unknown_part(word.span, word.text, words[0].text, near)
    if word.text in RESERVED and "NAME" in stop.wanted and "BELIEVES" not in stop.wanted:
        return mistakes.reserved_word(word.span, word.text)
    return mistakes.unexpected(word.span, word.text, stop.wanted)
