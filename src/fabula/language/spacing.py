"""Words ready to be laid out: each with its comments, and with the space that belongs between two of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from fabula.diagnostics.span import Span
from fabula.frozen import dataclass
from fabula.language.words import Word, cut, in_position, slices

OPENING = {"LEFT", "LEFT_BRACE", "LEFT_SQUARE"}
CLOSING = {"RIGHT", "RIGHT_BRACE", "RIGHT_SQUARE"}
SEPARATING = {"_AND", "_OR", "_COMMA", "_SEMICOLON", "OPERATOR", "MINUS", "_EQUALS", "COMPARE", "LABEL"}
"""Words that end a line, so that comments go behind them, not before."""

_LABELLED = {"UTILITY", "HEADING", "BEAT", "REVEAL", "TAG", "CONTRACT"} | {
    "PRECONDITION",
    "EFFECT",
    "CONSENTING",
    "OBSERVING",
    "REVEALS",
    "TAGS",
}
_OPERANDS = {"NAME", "NUMBER", "TRUE", "FALSE", "UNKNOWN", "RIGHT"}
_HEADS = {"IF", "ELSEIF", "FORALL", "EXISTS", "SUM", "PRODUCT"}
_CALLS = {"NAME", "BELIEVES", "UTILITY", "REVEAL", "TAG", "OBSERVING"} | _HEADS
_NO_SPACE_BEFORE = {"RIGHT", "RIGHT_SQUARE", "_COMMA", "_SEMICOLON", "LABEL"}
_NO_SPACE_AFTER = {"LEFT", "LEFT_SQUARE", "NOT", "SIGN"}


@dataclass(slots=True)
class Item:
    """A word, the comments on lines of their own above it, and those beside it."""

    word: Word
    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    gap: bool = False
    """Whether the author left a blank line before it and its comments; "" among those is another one."""


def hang(text: str, source: str) -> list[list[Item]]:
    """The definitions of a text that `parse` accepts, each ended by a `;`, and in the last list the end of the text."""
    words = list(cut(text, source))
    plain = [word for word in words if word.type != "COMMENT"]
    definitions = [[Item(w) for w in _completed(piece.words)] for piece in slices(plain) if piece.words]
    end = Item(Word("$END", "", Span(source, len(text), len(text), 1, 1)))
    items = [item for definition in definitions for item in definition] + [end]
    _hang_comments(text, items, [word for word in words if word.type == "COMMENT"])
    for definition in definitions:
        for item in definition[1:]:
            item.above = [comment for comment in item.above if comment]
    _comments_behind_separators(items)
    return [*definitions, [end]]


def _completed(words: Sequence[Word]) -> Iterator[Word]:
    """The words of one definition with every `;` there can be, labels and signs told apart from `:` and `-`."""
    before, labelled = "", False
    opened: list[str] = []
    for word in in_position(words):
        kind = word.type
        labelled = labelled or kind in _LABELLED
        if kind in {"LEFT", "LEFT_SQUARE"}:
            opened.append(before)
        elif kind == "_COLON" and labelled and not opened:
            kind, labelled = "LABEL", False
        elif kind == "MINUS" and before not in _OPERANDS:
            kind = "SIGN"
        elif kind == "RIGHT_BRACE" and word is words[-1] and before not in {"LEFT_BRACE", "_SEMICOLON"}:
            yield Word("_SEMICOLON", ";", word.span)
        if not (kind == before == "_SEMICOLON"):
            yield word._replace(type=kind)
        headed = kind in {"RIGHT", "RIGHT_SQUARE"} and opened.pop() in _HEADS
        before = "" if headed else kind
    yield Word("_SEMICOLON", ";", words[-1].span)


def _hang_comments(text: str, items: Sequence[Item], comments: Iterable[Word]) -> None:
    """Give each comment to the word below or beside which it stands; note where blank lines were."""
    waiting = deque(comments)
    end = 0
    for index, item in enumerate(items):
        while waiting and waiting[0].span.start < item.word.span.start:
            comment = waiting.popleft()
            start = comment.span.start
            alone = not text[text.rfind("\n", 0, start) + 1 : start].strip()
            beside = items[index - 1].beside if index else []
            if alone or item.above or not index or any(map(_ends_line, beside)):
                _stack(item, text[end:start], _stripped(comment.text))
            else:
                beside.append(_stripped(comment.text))
            end = comment.span.end
        _stack(item, text[end : item.word.span.start])
        end = max(end, item.word.span.end)


def _stack(item: Item, space: str, *comment: str) -> None:
    """Put a comment above an item, and before it the blank line that the author left there, if there is one."""
    if space.count("\n") > 1:
        if item.above:
            item.above.append("")
        else:
            item.gap = True
    item.above += comment


def _stripped(comment: str) -> str:
    """A comment without white space at the ends of its lines."""
    return "\n".join(line.rstrip() for line in comment.split("\n"))


def _comments_behind_separators(items: Sequence[Item]) -> None:
    """Move comments that stand before an operator, comma or `;` behind it, where the line will end."""
    for item, following, then in zip(items, items[1:], items[2:], strict=False):
        if following.word.type in SEPARATING and (item.beside or following.above):
            then.above[:0] = [*following.above, *following.beside]
            following.above, following.beside, item.beside = [], item.beside, []


def flat(items: Sequence[Item]) -> str | None:
    """The words on one line; None if a comment inside forbids it. Comments around the whole are left out."""
    line = ""
    for index, item in enumerate(items):
        if index:
            before = items[index - 1]
            if item.above or any(_ends_line(comment) for comment in before.beside):
                return None
            line += "".join(f" {comment}" for comment in before.beside)
            line += " " if before.beside or spaced(before.word, item.word) else ""
        line += item.word.text
    return line


def _ends_line(comment: str) -> bool:
    """Whether nothing can stand behind this comment on its line."""
    return comment.startswith("//") or "\n" in comment


def spaced(before: Word, word: Word) -> bool:
    """Whether a space stands between two words."""
    if word.type in _NO_SPACE_BEFORE or before.type in _NO_SPACE_AFTER:
        return False
    if word.type == "LEFT":
        return before.type not in _CALLS
    return not (before.type == "LEFT_BRACE" and word.type == "RIGHT_BRACE")
