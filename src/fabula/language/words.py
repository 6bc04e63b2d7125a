"""Cuts a text into words and comments, then into definitions, and tells the words that open something.

A word such as `type` or `effect` is only special where a definition or a part begins, so an author may call a
property `type`. That is decided here, by looking a little ahead, and keeps the grammar deterministic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.span import Span
from fabula.frozen import dataclass
from fabula.language import mistakes

MOST_CHARACTERS = 500_000
"""More than any story needs; reading stays a matter of seconds whatever the text holds."""

DEEPEST = 150
"""How deep brackets, conditions and sums may nest, so that no later stage has to fear a deep tree."""

RESERVED = {
    "if": "IF",
    "elseif": "ELSEIF",
    "else": "ELSE",
    "forall": "FORALL",
    "exists": "EXISTS",
    "sum": "SUM",
    "product": "PRODUCT",
    "believes": "BELIEVES",
    "True": "TRUE",
    "False": "FALSE",
}
"""Words that cannot be names."""

DEFINITIONS = {
    "type": "TYPE",
    "entity": "ENTITY",
    "property": "PROPERTY",
    "action": "ACTION",
    "trigger": "TRIGGER",
}
PARTS = {
    "precondition": "PRECONDITION",
    "effect": "EFFECT",
    "consenting": "CONSENTING",
    "reveals": "REVEALS",
    "tags": "TAGS",
}
DEMANDS = {"possible", "impossible", "always", "never"}
_JOINING = {"only": "ONLY", "after": "AFTER", "before": "BEFORE", "when": "WHEN"}
"""The words between the two halves of a contract."""
_SYMBOLS = {
    "(": "LEFT",
    ")": "RIGHT",
    "{": "LEFT_BRACE",
    "}": "RIGHT_BRACE",
    "[": "LEFT_SQUARE",
    "]": "RIGHT_SQUARE",
    ",": "_COMMA",
    ";": "_SEMICOLON",
    ":": "_COLON",
    "=": "_EQUALS",
    "&": "_AND",
    "|": "_OR",
    "!": "NOT",
    "?": "UNKNOWN",
    "-": "MINUS",
    "*": "OPERATOR",
    "/": "OPERATOR",
    "+": "OPERATOR",
}
_ENDS_AN_OPERAND = {"NAME", "NUMBER", "TRUE", "FALSE", "UNKNOWN", "RIGHT", "RIGHT_SQUARE", "RIGHT_BRACE"}
_BRACKETS = {"LEFT": "RIGHT", "LEFT_BRACE": "RIGHT_BRACE", "LEFT_SQUARE": "RIGHT_SQUARE"}
_CLOSING = frozenset(_BRACKETS.values())
_NESTING = {"NOT", "IF", "FORALL", "EXISTS", "SUM", "PRODUCT", "OPERATOR", "MINUS"}
_SEPARATING = {"_AND", "_OR", "_COMMA", "_SEMICOLON"}

_CUT = re.compile(
    r"""(?P<SPACE>[\s\ufeff]+)
    |(?P<COMMENT>//[^\n]*|/\*(?s:.*?)\*/)
    |(?P<OPEN_COMMENT>/\*)
    |(?P<STRING>"(?:[^"\\]|\\(?s:.))*")
    |(?P<OPEN_STRING>")
    |(?P<NUMBER>[0-9]+\.?[0-9]*|\.[0-9]+)
    |(?P<NAME>[^\W\d_][^\s(){}\[\],;:*/+\-&|!=<>]*)
    |(?P<COMPARE>==|!=|>=|<=|>|<)
    |(?P<SYMBOL>[(){}\[\],;:*/+\-&|!=?])
    |(?P<STRANGE>[^\w\s(){}\[\],;:*/+\-&|!=<>?"]+|.)""",
    re.VERBOSE,
)


class Word(NamedTuple):
    """One word of the text; `type` is its name in the grammar."""

    type: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Slice:
    """The words of one definition, and whether a `;` ended them (it is not among them)."""

    words: tuple[Word, ...]
    closed: bool


def cut(text: str, source: str) -> Iterator[Word]:
    """Yield all words of `text` in order, comments among them as words of the type `COMMENT`.

    Raises `Mistakes` where reading on makes no sense: too large, too deep, an open comment or string.
    """
    if len(text) > MOST_CHARACTERS:
        raise Mistakes(mistakes.too_large(Span(source, 0, 0, 1, 1), MOST_CHARACTERS))
    if "\0" in text or "\ufffd" in text:
        raise Mistakes(mistakes.not_text(Span(source, 0, 0, 1, 1)))
    yield from _words(text, source)


def _words(text: str, source: str) -> Iterator[Word]:
    """Cut one word after the other, counting lines and open brackets."""
    line, line_start, depths = 1, 0, [0]
    for match in _CUT.finditer(text):
        start, end = match.span()
        kind, said = match.lastgroup or "", match.group()
        if kind != "SPACE":
            word = Word(_type(kind, said), said, Span(source, start, end, line, start - line_start + 1))
            _count_depth(depths, word)
            yield word
        if "\n" in said:
            line += said.count("\n")
            line_start = start + said.rindex("\n") + 1


def _count_depth(depths: list[int], word: Word) -> None:
    """Keep, per open bracket, how many things may stand inside each other up to here; refuse too many."""
    if word.type in _BRACKETS:
        depths.append(depths[-1] + 1)
    elif word.type in _CLOSING:
        if len(depths) > 1:
            depths.pop()
    elif word.type in _NESTING:
        depths[-1] += 1
    elif word.type in _SEPARATING:
        depths[-1] = depths[-2] + 1 if len(depths) > 1 else 0
    if depths[-1] > DEEPEST:
        raise Mistakes(mistakes.too_deep(word.span, DEEPEST))
    if word.type == "OPEN_COMMENT":
        raise Mistakes(mistakes.open_comment(word.span))
    if word.type == "OPEN_STRING":
        raise Mistakes(mistakes.open_string(word.span))


def _type(kind: str, said: str) -> str:
    """The grammar's name for what was cut."""
    if kind == "NAME":
        return RESERVED.get(said, "NAME")
    return _SYMBOLS[said] if kind == "SYMBOL" else kind


def slices(words: Sequence[Word]) -> Iterator[Slice]:
    """Cut the words (without comments) into definitions.

    A definition ends at a `;` outside braces, or where a line opens the next one: so a forgotten `;` or bracket
    spoils one definition, not the rest of the file.
    """
    first, braces = 0, 0
    for index, word in enumerate(words):
        if index > first and _opens(words, index):
            yield Slice(tuple(words[first:index]), closed=False)
            first, braces = index, 0
        braces = max(0, braces + (word.type == "LEFT_BRACE") - (word.type == "RIGHT_BRACE"))
        if word.type == "_SEMICOLON" and not braces:
            yield Slice(tuple(words[first:index]), closed=True)
            first = index + 1
    if first < len(words):
        yield Slice(tuple(words[first:]), closed=False)


def _opens(words: Sequence[Word], index: int) -> bool:
    """Whether a definition surely begins at this word: first on its line and followed as only there."""
    word, following = words[index], _at(words, index + 1)
    if word.span.line == words[index - 1].span.line:
        return False
    return (word.text in DEFINITIONS and following == "NAME") or (
        word.text == "utility" and following == "LEFT"
    )


def _at(words: Sequence[Word], index: int) -> str:
    """The type of the word at `index`, or "" after the end."""
    return words[index].type if index < len(words) else ""


def unbalanced(words: Sequence[Word]) -> Diagnostic | None:
    """The first bracket that is never closed, closed by another kind, or never opened."""
    open_: list[Word] = []
    for word in words:
        if word.type in _BRACKETS:
            open_.append(word)
        elif word.type in _CLOSING:
            if not open_:
                return mistakes.stray_bracket(word.span, word.text)
            if _BRACKETS[open_[-1].type] != word.type:
                return mistakes.open_bracket(open_[-1].span, open_[-1].text, word.span, word.text)
            open_.pop()
        elif word.type == "_SEMICOLON" and open_ and open_[-1].type != "LEFT_BRACE":
            return mistakes.open_bracket(open_[-1].span, open_[-1].text, word.span, word.text)
    return mistakes.open_bracket(open_[-1].span, open_[-1].text) if open_ else None


def in_position(words: Sequence[Word]) -> list[Word]:
    """The words of one definition, those that open it or its parts given their types."""
    kind = _definition(words)
    typed = list(words)
    if kind:
        typed[0] = words[0]._replace(type=kind)
    if kind in {"ACTION", "TRIGGER"}:
        for index in range(1, len(words)):
            part = _part(words, index)
            if part:
                typed[index] = words[index]._replace(type=part)
    if kind == "CONTRACT":
        _demand(typed)
    return typed


def parts(words: Sequence[Word], first: int) -> Iterator[tuple[Sequence[Word], Word]]:
    """Cut the body of an action, typed by `in_position`, from word number `first` on: each part and the word that ends it.

    That is a `;`, the closing brace, or, where a `;` was forgotten, what opens the next part. Words after the last
    such are left out.
    """
    braces = 0
    for index in range(first, len(words)):
        kind = words[index].type
        ends = kind in {"_SEMICOLON", "RIGHT_BRACE"}
        if not braces and (ends or (index > first and _opens_part(words, index))):
            yield words[first:index], words[index]
            first = index + ends
            if kind == "RIGHT_BRACE":
                return
        braces = max(0, braces + (kind == "LEFT_BRACE") - (kind == "RIGHT_BRACE"))


def _opens_part(words: Sequence[Word], index: int) -> bool:
    """Whether a part surely opens at this word, or is meant to: first on its line, though without its `:`."""
    word, before = words[index], words[index - 1]
    if word.type in {*PARTS.values(), "OBSERVING"}:
        return True
    named = word.type == "NAME" and word.text in {*PARTS, "observing"}
    return named and before.type in _ENDS_AN_OPERAND and before.span.line != word.span.line


def _demand(words: list[Word]) -> None:
    """Give the words of a contract that say what is demanded their types."""
    colon = next((index for index, word in enumerate(words) if word.type == "_COLON"), len(words))
    for index in range(colon + 1, len(words)):
        word, before = words[index], words[index - 1].type
        if word.type != "NAME":
            continue
        kind = ""
        if before == "_COLON" and index == colon + 1:
            demanded = word.text in DEMANDS
            kind = "DEMAND" if demanded else "SOMEONE" if _pair(words, index) == ("someone", "knows") else ""
        elif before == "SOMEONE":
            kind = "KNOWS"
        elif before == "DEMAND" and word.text == "finally":
            kind = "FINALLY"
        elif before in _ENDS_AN_OPERAND or before == "ONLY":
            kind = _JOINING.get(word.text, "")
        if kind:
            words[index] = word._replace(type=kind)


def _pair(words: Sequence[Word], index: int) -> tuple[str, str]:
    """Two words one after the other."""
    return words[index].text, words[index + 1].text if index + 1 < len(words) else ""


def _definition(words: Sequence[Word]) -> str:
    """What the first word opens, or "" if these words are a plain statement."""
    word, following, then = words[0].text, _at(words, 1), _at(words, 2)
    if words[0].type != "NAME":
        return ""
    if word in DEFINITIONS and (following != "LEFT" or len(words) == 1):
        return DEFINITIONS[word] if following not in {"_EQUALS", "COMPARE"} else ""
    if word == "import" and following == "STRING":
        return "IMPORT"
    if word == "beat" and following in {"STRING", "_COLON"}:
        return "BEAT"
    if word == "contract" and (following == "STRING" or (following == "_COLON" and then != "STRING")):
        return "CONTRACT"
    if word == "contract" and following == "NAME" and then in {"STRING", "_COLON"}:
        return "CONTRACT"
    if following == "_COLON" and then == "STRING":
        return "HEADING"
    return _with_brackets(words)


def _with_brackets(words: Sequence[Word]) -> str:
    """`utility(…)`, `reveals(…):` and `tag(…):`."""
    word = words[0].text
    if word == "utility" and _at(words, 1) == "LEFT":
        return "UTILITY"
    if word not in {"reveals", "tag"} or _at(words, 1) != "LEFT":
        return ""
    closing = next((i for i, other in enumerate(words) if other.type == "RIGHT"), len(words))
    return {"reveals": "REVEAL", "tag": "TAG"}[word] if _at(words, closing + 1) == "_COLON" else ""


def _part(words: Sequence[Word], index: int) -> str:
    """The part of an action or trigger that opens here, or ""."""
    word, before, following = words[index], words[index - 1].type, _at(words, index + 1)
    if word.type != "NAME" or before not in _ENDS_AN_OPERAND | {"LEFT_BRACE", "_SEMICOLON"}:
        return ""
    if following == "_COLON":
        return PARTS.get(word.text, "")
    return "OBSERVING" if word.text == "observing" and following == "LEFT" else ""
