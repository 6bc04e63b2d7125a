"""Recognises one definition after the other with `tables.json`, which is computed ahead of time from the grammar."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pkgutil import get_data
from typing import Any

from fabula.language.words import Word


class Stopped(Exception):  # noqa: N818 - says where reading stopped, nobody sees it
    """Word number `index` cannot stand there; words of the types `wanted` could."""

    def __init__(self, index: int, wanted: set[str]) -> None:
        """Remember both."""
        super().__init__(index)
        self.index, self.wanted = index, wanted


class Reader:
    """An LALR parser, one per text; what it recognises, it hands to the method of `build` with the rule's name."""

    def __init__(self, build: object) -> None:
        """Be ready to read."""
        data = _tables()
        self._states: list[dict[str, int]] = data["states"]
        self._rules: list[tuple[str, int, str, Sequence[int]]] = data["rules"]
        self._end: int = data["end"]
        self._make = [_maker(rule, size, method, build) for rule, size, method, _ in self._rules]

    def read(self, words: Sequence[Word]) -> Any:  # noqa: ANN401 - whatever `build` makes of it
        """One definition. Raises `Stopped` at the word that cannot stand where it stands."""
        states, rules, end = self._states, self._rules, self._end
        stack, values = [0], list[Any]()
        for index, word in enumerate((*words, Word("$END", "", words[-1].span))):
            while (action := states[stack[-1]].get(word.type)) is not None and action < 0:
                origin, size, _, shape = rules[-action - 1]
                make = self._make[-action - 1]
                if make:  # most rules only say that one thing is another
                    first = len(values) - size
                    values[first:] = [make(_chosen(values[first:], shape))]
                del stack[len(stack) - size :]
                stack.append(states[stack[-1]][origin])
                if stack[-1] == end and word.type == "$END":
                    return values[-1]
            if action is None:
                raise Stopped(index, self._wanted(words[:index]))
            stack.append(action)
            values.append(word)
        raise AssertionError("the end of the words is either wanted or not")

    def _wanted(self, words: Sequence[Word]) -> set[str]:
        """The types of all words that could stand behind these; tried out, as the tables promise a little too much."""
        stack = [0]
        for word in words:
            self._goes_on(stack, word.type)
        kinds = (kind for kind in self._states[stack[-1]] if kind.strip("_$").isupper())
        return {kind for kind in kinds if self._goes_on(list(stack), kind)}

    def _goes_on(self, states: list[int], word: str) -> bool:
        """Take one more word, and say whether it could stand there."""
        while (action := self._states[states[-1]].get(word)) is not None and action < 0:
            origin, size, _, _ = self._rules[-action - 1]
            del states[len(states) - size :]
            states.append(self._states[states[-1]][origin])
            if states[-1] == self._end:
                return word == "$END"
        if action is not None:
            states.append(action)
        return action is not None


def _maker(rule: str, size: int, method: str, build: object) -> Any:  # noqa: ANN401 - a function, or None
    """What makes something of the children of a rule: nothing if its only child stands for it."""
    if method:
        return getattr(build, method)
    return list if rule.startswith("_") or size != 1 else None


def _chosen(children: list[Any], shape: Sequence[int]) -> list[Any]:
    """The children that a rule keeps."""
    chosen: list[Any] = []
    for place in shape:
        if place < 0:
            chosen.append(None)
        elif place % 2:
            chosen += children[place // 2]
        else:
            chosen.append(children[place // 2])
    return chosen


@cache
def _tables() -> Any:  # noqa: ANN401 - JSON
    """The tables of this language, loaded when they are first needed, and never changed."""
    text = get_data(__package__, "tables.json")  # importlib.resources would load more than the whole language
    assert text is not None, "the tables lie beside this module"
    return json.loads(text)
