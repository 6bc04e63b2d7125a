"""A clause as an author writes it, in marks for people and verbs, read into parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Literal

from fabula.diagnostics.suggest import alike
from fabula.frozen import dataclass
from fabula.tell.english.verbs import Verb, read_verb

Case = Literal["subject", "named", "object", "possessive", "absolute", "reflexive", "name"]
"""`named` is a subject that is not replaced by a pronoun; authors have `name` for both."""

CASES: dict[str, Case] = {
    **dict.fromkeys(("he", "she", "they", "subject"), "subject"),
    **dict.fromkeys(("him", "her", "them", "object"), "object"),
    **dict.fromkeys(("his", "their", "possessive"), "possessive"),
    **dict.fromkeys(("hers", "theirs"), "absolute"),
    **dict.fromkeys(("himself", "herself", "themself", "itself", "themselves", "reflexive"), "reflexive"),
    "name": "name",
}
"""What may stand behind the colon of a mark. It shows the case, never the gender."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A person or thing: a role of the action, a name of the bank, or `viewpoint`."""

    name: str
    case: Case


@dataclass(frozen=True, slots=True)
class Choice:
    """Wordings of which the seed picks one."""

    options: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Words said aloud or thought. `speaker` is a role or name; "" leaves it to the sentence around it."""

    mode: Literal["speech", "thought"]
    speaker: str
    parts: tuple[Part, ...]


Part = str | Ref | Verb | Choice | Voice
Line = tuple[Part, ...]
"""One sentence."""
Clause = tuple[tuple[Line, ...], ...]
"""Paragraphs of sentences."""


class ClauseMistake(Exception):  # noqa: N818 - an author makes mistakes, not errors
    """Something is wrong between `start` and `end` of the text given to `read_clause`."""

    def __init__(self, name: str, headline: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(headline)
        self.name, self.headline, self.start, self.end, self.hint = name, headline, start, end, hint


PAIRS = {'"': '"', "“": "”", "*": "*"}
_OUTSIDE = re.compile(r"[{[\]}<" + re.escape("".join(PAIRS)) + "]")
_INSIDE = {closer: re.compile(r"[{[\]}<" + re.escape(closer) + "]") for closer in PAIRS.values()}
"""What ends plain words, outside of speech and thought and inside."""
_TURNS = re.compile("[.!?…" + re.escape("".join((*PAIRS, *PAIRS.values()))) + "]")
"""Where a sentence, or speech or thought, may end or begin."""
CLOSE = "marks come in pairs: {who}, [went], *a thought*, words in quotation marks"
TAG = re.compile(
    r"\s*\{[^{}|]*\} \[(said|asked|told|called|cried|whispered|answered|shouted|muttered|began|went on)\b"
)


SHORTENED = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|Prof|Capt|Rev|No)\.$")
"""Before a full stop that ends no sentence."""


class _Reader:
    """Walks over one sentence and collects its parts; used by `read_clause` only."""

    def __init__(self, text: str, known: Collection[str], offset: int) -> None:
        self.text, self.known, self.offset, self.at = text, known, offset, 0

    def fail(self, name: str, headline: str, start: int, hint: str = "") -> ClauseMistake:
        return ClauseMistake(name, headline, self.offset + start, self.offset + max(self.at, start + 1), hint)

    def parts(self, closer: str = "") -> Line:
        """Read up to `closer` (or the end, if that is empty)."""
        found: list[Part] = []
        start = self.at
        while self.at < len(self.text):
            char = self.text[self.at]
            if closer and char == closer and not (closer == "*" and not found and self.at == start):
                self.at += 1
                return tuple(found)
            found.append(self._part(char, closer))
        if closer:
            raise self.fail(
                "bank-open-mark", f"the `{closer}` that should close this is missing", start - 1, CLOSE
            )
        return tuple(found)

    def _part(self, char: str, closer: str) -> Part:
        if char == "{":
            return self._brace()
        if char == "[":
            return read_verb(self._until("]"))
        if char == "<":
            return self._voice(self._tag())
        if char in PAIRS and not closer:
            return self._voice("")
        return self._plain(closer)

    def _plain(self, closer: str) -> str:
        start = self.at
        stop = (_INSIDE[closer] if closer else _OUTSIDE).search(self.text, start + 1)
        self.at = stop.start() if stop else len(self.text)
        if self.text[start] in "]}":
            raise self.fail("bank-open-mark", f"this `{self.text[start]}` closes nothing", start, CLOSE)
        return re.sub(r"\s+", " ", self.text[start : self.at])

    def _until(self, closer: str) -> str:
        start = self.at
        end = self.text.find(closer, start)
        if end < 0 or end == start + 1:
            self.at = len(self.text) if end < 0 else end + 1
            why = "is never closed" if end < 0 else "is empty"
            raise self.fail("bank-open-mark", f"this `{self.text[start]}` {why}", start, CLOSE)
        self.at = end + 1
        return " ".join(self.text[start + 1 : end].split())

    def _tag(self) -> str:
        start = self.at
        name = self._until(">")
        self._check(name, start)
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        if self.text[self.at : self.at + 1] not in PAIRS:
            headline = f"`<{name}>` says who speaks, and no words in quotation marks follow"
            raise self.fail("bank-speaker", headline, start, f'for example `<{name}> "Good night."`')
        return name

    def _voice(self, speaker: str) -> Voice:
        opener = self.text[self.at]
        self.at += 1
        parts = self.parts(PAIRS[opener])
        return Voice("thought" if opener == "*" else "speech", speaker, parts)

    def _brace(self) -> Part:
        start = self.at
        inner = self._until("}")
        if "|" in inner:
            options = inner.split("|")
            return Choice(tuple(_Reader(o, self.known, self.offset + start).parts() for o in options))
        name, _, case = (part.strip() for part in inner.partition(":"))
        if not case and name.endswith(("'s", "’s")):
            name, case = name[:-2], "possessive"
        self._check(name, start)
        if case and case not in CASES:
            raise self.fail(
                "bank-case",
                f"`{case}` is no case",
                start,
                "write him, his, himself or name: it shows the case, never the gender",
            )
        return Ref(name, CASES[case] if case else "subject")

    def _check(self, name: str, start: int) -> None:
        if name in self.known:
            return
        near = alike(name, self.known)
        hint = (
            f"did you mean `{near[0]}`?"
            if near
            else "roles stand in the heading of the action, names under `name`"
        )
        raise self.fail("bank-unknown-name", f"nobody here is called `{name}`", start, hint)


def _sentences(text: str) -> list[tuple[int, str]]:
    """Cut a paragraph after full stops that stand outside of speech and thought; keep offsets."""
    found, start, closer = [], 0, ""
    for mark in _TURNS.finditer(text):
        i, char = mark.start(), mark.group()
        if closer:
            closer = "" if char == closer else closer
        elif char in PAIRS:
            closer = PAIRS[char]
        stop = char in ".!?…" or (char in '"”*' and text[i - 1] in ".!?…")
        if stop and not closer and not SHORTENED.search(text[start : i + 1]):
            rest = text[i + 1 :]
            if re.match(r"\s+[^\sa-z]", rest) and not (char in '"”' and TAG.match(rest)):
                found.append((start, text[start : i + 1]))
                start = i + 1 + len(rest) - len(rest.lstrip())
    return [*found, (start, text[start:])]


def read_clause(text: str, known: Collection[str], offset: int = 0) -> Clause:
    """Read a clause; `known` are the roles and names it may mention, `offset` is where it stands in its file.

    Raises `ClauseMistake` at the first thing that cannot be read.
    """
    paragraphs = []
    for match in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", text):
        body = match.group()
        lead = len(body) - len(body.lstrip())
        if body.strip():
            at = offset + match.start() + lead
            lines = [_Reader(s, known, at + start).parts() for start, s in _sentences(body.strip())]
            paragraphs.append(tuple(lines))
    return tuple(paragraphs)


def count_words(line: Sequence[Part] | Sequence[Sequence[Line]] | Sequence[Line]) -> int:
    """About how many words a clause will have once it is told."""
    total = 0
    for part in line:
        if isinstance(part, str):
            total += len(re.findall(r"[\w’'-]+", part))
        elif isinstance(part, Voice):
            total += count_words(part.parts)
        elif isinstance(part, Choice):
            total += count_words(part.options[0])
        elif isinstance(part, tuple):
            total += count_words(part)
        else:
            total += 1
    return total


def refs(line: Sequence[Part] | Sequence[Sequence[Line]] | Sequence[Line]) -> tuple[Ref, ...]:
    """Every person and thing that a clause mentions, in order."""
    found: list[Ref] = []
    for part in line:
        if isinstance(part, Ref):
            found.append(part)
        elif isinstance(part, Voice):
            found += refs(part.parts)
        elif isinstance(part, Choice):
            found += [r for option in part.options for r in refs(option)]
        elif isinstance(part, tuple):
            found += refs(part)
    return tuple(found)
