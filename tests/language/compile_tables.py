"""Computes the parser's tables from `grammar.lark`, ahead of time: what `tables.json` holds.

lark checks that the grammar is deterministic and does the LALR construction (DeRemer & Pennello 1982). It is needed for
this alone, and not where fabula is installed. After a change of the grammar,
`RENEW=1 pytest tests/language/test_tables.py` writes the new tables.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

from lark import Lark
from lark.grammar import Rule, Symbol, Terminal
from lark.lexer import Lexer, Token
from lark.parsers.lalr_analysis import Reduce

START = "definition"


class _NoLexer(Lexer):
    """Takes the place of lark's lexer, since `words` does the cutting."""

    def __init__(self, conf: object) -> None:
        """Need nothing."""

    def lex(self, *_: object) -> Iterator[Token]:
        """Give nothing, for it is never asked."""
        return iter(())


def compute() -> str:
    """The tables as JSON, the same for the same grammar: states in the order of a walk from the start.

    `states` is a list of {word or rule: number}: n ≥ 0 goes to state n, n < 0 applies rule -n - 1. `rules` is a list
    of [name of what is recognised, words and rules on its right side, method of `Build` or "", shape]: the
    shape lists the children to give to the method, 2i for child i, 2i + 1 for all of child i, -1 for None; a single
    child of a rule without a method stands for the whole.
    """
    grammar = (resources.files("fabula.language") / "grammar.lark").read_text("utf-8")
    lark = Lark(grammar, parser="lalr", lexer=_NoLexer, start=START)
    table: Any = lark.parser.parser._parse_table  # lark offers no other way to them
    numbers = {rule: index for index, rule in enumerate(lark.rules)}
    states, order = _walk(table.states, table.start_states[START], numbers)
    tables = {
        "end": order[table.end_states[START]],
        "rules": [
            [str(rule.origin.name), len(rule.expansion), _method(rule), _shape(rule)] for rule in lark.rules
        ],
        "states": states,
    }
    lines = (f'"{key}": {_lines(value)}' for key, value in tables.items())
    return "{" + ",\n".join(lines) + "}\n"


def _walk(
    states: Mapping[int, Mapping[str, Any]], start: int, numbers: Mapping[Rule, int]
) -> tuple[list[dict[str, int]], dict[int, int]]:
    """All states, renumbered in the order in which a walk from the start meets them."""
    order, waiting, result = {start: 0}, deque([start]), []
    while waiting:
        row: dict[str, int] = {}
        for name, (action, argument) in sorted(states[waiting.popleft()].items()):
            if action is Reduce:
                row[name] = -numbers[argument] - 1
                continue
            if argument not in order:
                order[argument] = len(order)
                waiting.append(argument)
            row[name] = order[argument]
        result.append(row)
    return result, order


def _method(rule: Rule) -> str:
    """The method of `Build` that makes what the rule recognises; "" if it only passes on its children."""
    name = rule.alias or rule.options.template_source or rule.origin.name
    passes_on = rule.origin.name.startswith("_") or (rule.options.expand1 and not rule.alias)
    return "" if passes_on else str(name)


def _shape(rule: Rule) -> list[int]:
    """Which children the rule keeps."""
    gaps = rule.options.empty_indices or [False] * len(rule.expansion)
    shape: list[int] = []
    symbols = iter(enumerate(rule.expansion))
    for is_gap in gaps:
        if is_gap:
            shape.append(-1)
            continue
        index, symbol = next(symbols)
        if not _dropped(symbol):
            shape.append(2 * index + (not symbol.is_term and symbol.name.startswith("_")))
    return shape


def _dropped(symbol: Symbol) -> bool:
    """Whether a word says nothing beyond which rule it is."""
    return isinstance(symbol, Terminal) and symbol.filter_out


def _lines(value: object) -> str:
    """A list with one entry a line, so that changes can be read."""
    if not isinstance(value, list):
        return json.dumps(value)
    return "[\n" + ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in value) + "\n]"
