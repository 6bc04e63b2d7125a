"""Lays out the text of a world: one manner for all, nothing but white space and missing `;` changed.

It works on words, not on the tree, so whatever an author wrote, comments and brackets above all, is still there
afterwards. A comment on a line of its own stays above the word that follows it; any other stays beside the word
before it. What does not fit on a line is broken at its loosest operators, then inside its brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from fabula.language.parse import parse
from fabula.language.spacing import CLOSING, OPENING, Item, flat, hang, spaced

WIDEST = 110
"""Columns that a line may have; a tab counts four."""

Items = Sequence[Item]
Pieces = list[tuple[int, Items]]
"""What one line is broken into, each with how much farther in it stands."""


def lay_out(text: str, source: str) -> str:
    """The same world in the one manner. Raises `Mistakes` if the text is not a world."""
    parse(text, source)
    *definitions, ending = hang(text, source)
    lines: list[str] = []
    was_block = False
    for definition in definitions:
        laid = list(_definition(definition))
        is_block = len(laid) > 1 + len(definition[0].above)
        if lines and (is_block or was_block or definition[0].gap):
            lines.append("")
        lines += laid
        was_block = is_block
    if lines and ending[0].above and (was_block or ending[0].gap):
        lines.append("")
    lines += ending[0].above
    return "".join(f"{line}\n" for line in lines)


def _definition(items: Items) -> Iterator[str]:
    """The lines of one definition."""
    if items[0].word.type not in {"ACTION", "TRIGGER"}:
        yield from _labelled(items, 0)
        return
    opening = _first(items, "LEFT_BRACE")
    closing = max(i for i, item in enumerate(items) if item.word.type == "RIGHT_BRACE")
    if closing == opening + 1 and not items[opening].beside and not items[closing].above:
        yield from _lines(items, 0)
        return
    yield from _lines(items[: opening + 1], 0)
    for part in _split(items[opening + 1 : closing], {"_SEMICOLON"}):
        yield from _labelled(part, 1)
    yield from (_indented(comment, 1) for comment in items[closing].above)
    yield _indented("};" + _comments(items[closing].beside + items[-1].beside), 0)


def _labelled(items: Items, indent: int) -> Iterator[str]:
    """`label: body`, the body on lines of its own if it does not fit beside the label."""
    colon = _first(items, "LABEL")
    if colon < 0 or _fits(items, indent):
        yield from _lines(items, indent)
    else:
        yield from _lines(items[: colon + 1], indent)
        yield from _lines(items[colon + 1 :], indent + 1)


def _lines(items: Items, indent: int) -> Iterator[str]:
    """Any row of words on as many lines as it needs."""
    if not items:
        return
    yield from (_indented(comment, indent) for comment in items[0].above)
    line = flat(items)
    pieces = None if _fits(items, indent) else _broken(items)
    if pieces:
        for deeper, piece in pieces:
            rest = piece if piece[0] is not items[0] else [_bare(piece[0]), *piece[1:]]
            yield from _lines(rest, indent + deeper)
    elif line is not None:
        yield _indented(line + _comments(items[-1].beside), indent)
    else:
        yield from _ragged(items, indent)


def _ragged(items: Items, indent: int) -> Iterator[str]:
    """Words that cannot be broken well, with comments between them that must end a line."""
    line = ""
    for index, item in enumerate(items):
        if index and item.above:
            yield from (_indented(text, indent) for text in (line, *item.above) if text)
            line = ""
        line += " " if line and spaced(items[index - 1].word, item.word) else ""
        line += item.word.text + _comments(item.beside)
        if item.beside and index + 1 < len(items):
            yield _indented(line, indent)
            line = ""
    yield _indented(line, indent)


def _fits(items: Items, indent: int) -> bool:
    """Whether the words can stand on one line."""
    line = flat(items)
    return line is not None and 4 * indent + max(map(len, line.split("\n"))) <= WIDEST


def _broken(items: Items) -> Pieces | None:
    """The pieces at the loosest place where the row can be broken; None if there is no such place."""
    return next((pieces for rule in _RULES if (pieces := rule(items))), None)


def _at(*kinds: str) -> Callable[[Items], Pieces | None]:
    """The rule that breaks behind every word of some kinds."""

    def rule(items: Items) -> Pieces | None:
        found = _split(items, set(kinds))
        return [(0, piece) for piece in found] if len(found) > 1 else None

    return rule


def _at_assignment(items: Items) -> Pieces | None:
    """`target =`, and the value farther in."""
    found = _split(items, {"_EQUALS"})
    return [(0, found[0]), (1, found[1])] if len(found) == 2 else None


def _at_sum_of_ifs(items: Items) -> Pieces | None:
    """Behind every operator that another `if` follows."""
    if items[0].word.type != "IF":
        return None
    found = [[*items]]
    depths = _depths(items)
    for index in range(len(items) - 2, -1, -1):
        kinds = items[index].word.type, items[index + 1].word.type
        if not depths[index] and kinds in {("OPERATOR", "IF"), ("MINUS", "IF")}:
            found[:1] = [found[0][: index + 1], found[0][index + 1 :]]
    return [(0, piece) for piece in found] if len(found) > 1 else None


def _at_else(items: Items) -> Pieces | None:
    """Before every `elseif` and `else`, or behind the head of a single one."""
    if items[0].word.type not in {"IF", "ELSEIF", "ELSE"}:
        return None
    depths = _depths(items)
    starts = [i for i, item in enumerate(items) if not depths[i] and item.word.type in {"ELSEIF", "ELSE"}]
    cuts = [0, *(i for i in starts if i), len(items)]
    if len(cuts) > 2:
        return [(0, items[a:b]) for a, b in pairwise(cuts)]
    return _behind(items, 0 if items[0].word.type == "ELSE" else _first(items, "RIGHT"))


def _at_quantifier(items: Items) -> Pieces | None:
    """Behind `forall(v : T)` and the like."""
    start = next((i for i, item in enumerate(items) if item.word.type != "NOT"), 0)
    if items[start].word.type not in {"FORALL", "EXISTS", "SUM", "PRODUCT"}:
        return None
    return _behind(items, _first(items, "RIGHT"))


def _in_brackets(items: Items) -> Pieces | None:
    """What the longest brackets hold, farther in."""
    depths = _depths(items)
    best, opening = (0, 0), 0
    for index, item in enumerate(items):
        if depths[index] == 0 and item.word.type in OPENING:
            opening = index
        if depths[index] == 0 and item.word.type in CLOSING and index - opening > best[1] - best[0]:
            best = opening, index
    first, last = best
    if last - first < 2:
        return None
    return [(0, items[: first + 1]), (1, items[first + 1 : last]), (0, items[last:])]


_RULES = (
    _at("_AND"),
    _at("_OR"),
    _at_sum_of_ifs,
    _at_else,
    _at_quantifier,
    _at_assignment,
    _at("_COMMA"),
    _at("OPERATOR", "MINUS"),
    _in_brackets,
)


def _behind(items: Items, index: int) -> Pieces | None:
    """A head up to `index`, and the rest farther in."""
    rest = items[index + 1 :]
    return [(0, items[: index + 1]), (1, rest)] if index >= 0 and rest else None


def _split(items: Items, kinds: set[str]) -> list[Items]:
    """The row cut behind every word of these kinds that stands in no brackets."""
    found: list[Items] = []
    start = 0
    for index, depth in enumerate(_depths(items)):
        if not depth and items[index].word.type in kinds:
            found.append(items[start : index + 1])
            start = index + 1
    return [*found, items[start:]] if start < len(items) else found


def _depths(items: Items) -> list[int]:
    """In how many brackets of this row each word stands; a bracket stands outside itself."""
    result, depth = [], 0
    for item in items:
        depth -= item.word.type in CLOSING
        result.append(depth)
        depth += item.word.type in OPENING
    return result


def _first(items: Items, kind: str) -> int:
    """Where the first word of a kind stands outside brackets, or -1."""
    depths = _depths(items)
    return next((i for i, item in enumerate(items) if not depths[i] and item.word.type == kind), -1)


def _bare(item: Item) -> Item:
    """An item whose comments above have been written."""
    return Item(item.word, [], item.beside)


def _comments(comments: Sequence[str]) -> str:
    """Comments beside the end of a line."""
    return "".join(f" {comment}" for comment in comments)


def _indented(line: str, indent: int) -> str:
    """A line with its tabs."""
    return "\t" * indent + line if line else ""
