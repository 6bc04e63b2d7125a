"""Reads a clause bank from a plain text file and words every mistake in it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from fabula.diagnostics.diagnostic import Diagnostic, Label, Mistakes
from fabula.diagnostics.span import Span
from fabula.diagnostics.suggest import alike
from fabula.tell.bank.bank import SECTIONS, ActionProse, Bank, Epithet, Name, Section, Variant, Wording
from fabula.tell.bank.clause import Clause, ClauseMistake, count_words, read_clause
from fabula.tell.bank.condition import Condition, Pattern, read_condition, read_pattern

LIMIT = 20
NAME = r"[^\W\d][\w-]*"
HEADING = re.compile(r"(?P<word>action|name|fact|anywhere|front)\b(?P<rest>[^\n]*)$")
KEY = re.compile(r"(?P<key>[a-z][a-z ]*?)\s*(?:\((?P<when>.*)\)\s*)?:\s*(?P<value>.+)$")
SIGNATURE = re.compile(rf"\s*(?P<name>{NAME})\s*\((?P<args>[^()]*)\)\s*")
KEYS = {"action": ("motifs", "weight"), "name": ("pronoun", "epithet"), "anywhere": (), "fact": ()}


class _Entry:
    """A heading with its lines, offsets kept; only while a bank is being read."""

    def __init__(self, word: str, rest: str, start: int, end: int) -> None:
        self.word, self.rest, self.start, self.end = word, rest, start, end
        self.keys: list[tuple[int, str]] = []
        self.items: list[tuple[str, int, int]] = []


class _Reader:
    """Goes over the file twice: first the headings and names, then the clauses that use them."""

    def __init__(self, text: str, source: str) -> None:
        self.lines = text.replace("\r\n", "\n")
        self.text = re.sub(r"(^|\n)[ \t]*#[^\n]*", lambda m: " " * len(m.group()), self.lines)
        self.source = source
        self.found: list[Diagnostic] = []
        self.language = "en"
        self.entries: list[_Entry] = []

    def mistake(self, name: str, headline: str, start: int, end: int, hint: str = "") -> None:
        line = self.lines.count("\n", 0, start) + 1
        column = start - (self.lines.rfind("\n", 0, start) + 1) + 1
        span = Span(self.source, start, end, line, column)
        self.found.append(Diagnostic("error", name, headline, (Label(span),), (), (hint,) if hint else ()))

    def scan(self) -> None:
        """Cut the file into headings, keys and items."""
        section, entry, offset = "", None, 0
        for raw in self.text.split("\n"):
            start, offset = offset, offset + len(raw) + 1
            line, end = raw.strip(), start + len(raw.rstrip())
            if not line or (entry and entry.items and raw[0] in " \t" and not line.startswith("- ")):
                if line and entry:
                    entry.items[-1] = (*entry.items[-1][:2], end)
                continue
            at = start + len(raw) - len(raw.lstrip())
            if raw[0] not in " \t-" and (heading := HEADING.match(line)):
                entry, section = _Entry(heading["word"], heading["rest"], at, end), ""
                self.entries.append(entry)
            elif line.startswith("-"):
                self._item(entry, section, at, end)
            elif (
                (word := line.removesuffix(":").strip()) in SECTIONS
                and entry
                and entry.word in {"action", "anywhere"}
            ):
                section = word
            elif entry is None and line.startswith("language:"):
                self.language = line.partition(":")[2].strip()
            elif entry and entry.word != "fact" and KEY.match(line):
                entry.keys.append((at, line))
            else:
                section = self._lost(line, at, end) or section

    def _item(self, entry: _Entry | None, section: str, at: int, end: int) -> None:
        if entry is None or not section:
            if entry:
                entry.items.append(("scene", at + 1, end))
            self.mistake(
                "bank-homeless", "this variant stands under no section", at, end,
                "write `scene`, `summary`, `memory`, `indirect`, `thought` or `speech` on a line of its own above it",
            )  # fmt: skip
        else:
            entry.items.append((section, at + 1, end))

    def _lost(self, line: str, at: int, end: int) -> str:
        """Report a line that is no heading, key or variant; give the section that was probably meant."""
        near = alike(line.split(maxsplit=1)[0].rstrip(":"), (*SECTIONS, *KEYS, "front"))
        hint = (
            f"did you mean `{near[0]}`?"
            if near
            else "indent it by two spaces to go on with the variant above"
        )
        self.mistake("bank-lost-line", "this line belongs to nothing", at, end, hint)
        return near[0] if near and near[0] in SECTIONS else ""

    def bank(self) -> Bank:
        """Read everything; raises `Mistakes` with all that was found."""
        self.scan()
        known = {"viewpoint"} | {e.rest.partition(":")[0].strip() for e in self.entries if e.word == "name"}
        names, actions, places, facts, front = {}, {}, {}, [], {}
        anywhere = ActionProse("", (), ())
        for entry in self.entries:
            if entry.word == "name":
                name = self._name(entry)
                names[name.entity] = name
            elif entry.word == "fact":
                facts += self._fact(entry, known)
            elif entry.word == "front":
                front.update({k["key"]: k["value"] for _, line in entry.keys if (k := KEY.match(line))})
            elif entry.word == "anywhere":
                prose = self._prose(entry, "", (), known)
                anywhere = replace(prose, variants=anywhere.variants + prose.variants)
            elif signature := SIGNATURE.fullmatch(entry.rest):
                roles = tuple(a.strip() for a in signature["args"].split(",") if a.strip())
                if signature["name"] in actions:
                    self.mistake(
                        "bank-twice",
                        f"`{signature['name']}` has been written above already",
                        entry.start,
                        entry.end,
                        "put all its variants under one heading",
                    )
                actions[signature["name"]] = self._prose(entry, signature["name"], roles, known)
                places[signature["name"]] = Span(
                    self.source, entry.start, entry.end, self.lines.count("\n", 0, entry.start) + 1, 1
                )
            else:
                self.mistake(
                    "bank-heading", "an action's heading has its name and its roles in brackets", entry.start, entry.end,
                    "for example `action give(giver, gift, receiver)`",
                )  # fmt: skip
        if self.found:
            raise Mistakes(*self.found[:LIMIT])
        return Bank(self.language, names, tuple(facts), actions, anywhere, front, places)

    def _keys(self, entry: _Entry) -> list[tuple[int, re.Match[str]]]:
        pairs = []
        for at, line in entry.keys:
            match = KEY.match(line)
            assert match is not None
            if match["key"] in KEYS[entry.word]:
                pairs.append((at, match))
            else:
                near = alike(match["key"], (*KEYS[entry.word], *SECTIONS))
                hint = (
                    f"did you mean `{near[0]}`?" if near else f"here may stand: {', '.join(KEYS[entry.word])}"
                )
                self.mistake("bank-key", f"`{match['key']}` says nothing here", at, at + len(line), hint)
        return pairs

    def _name(self, entry: _Entry) -> Name:
        entity, _, text = (part.strip() for part in entry.rest.partition(":"))
        name = Name(entity, text or entity)
        for at, match in self._keys(entry):
            if match["key"] == "pronoun":
                name = replace(name, pronoun=match["value"].strip())
                if name.pronoun not in {"he", "she", "it", "they", "none"}:
                    self.mistake(
                        "bank-pronoun",
                        f"`{name.pronoun}` is no pronoun",
                        at,
                        at + len(match[0]),
                        "he, she, it, they or none",
                    )
            else:
                conditions, _, _, _ = self._conditions(match["when"] or "", at)
                name = replace(name, epithets=(*name.epithets, Epithet(match["value"].strip(), conditions)))
        return replace(name, pronoun="" if name.pronoun == "none" else name.pronoun)

    def _fact(self, entry: _Entry, known: set[str]) -> list[Wording]:
        head, colon, text = entry.rest.partition(":")
        match = re.fullmatch(rf"\s*(?P<not>not )?{SIGNATURE.pattern}(?:=\s*(?P<value>{NAME}))?\s*", head)
        if not match or not colon:
            self.mistake(
                "bank-heading", "a fact's heading has the fact, a colon and its words", entry.start, entry.end,
                "for example `fact at(x) = y: {x} [was] in {y}`",
            )  # fmt: skip
            return []
        roles = tuple(a.strip() for a in match["args"].split(",") if a.strip())
        offset = self.text.index(text, entry.start)
        clause = self._clause(text.strip(), known | {*roles, match["value"] or ""}, offset)
        return (
            [Wording(match["name"], roles, not match["not"], match["value"] or "", clause[0][0])]
            if clause
            else []
        )

    def _prose(self, entry: _Entry, name: str, roles: tuple[str, ...], known: set[str]) -> ActionProse:
        motifs: frozenset[str] = frozenset()
        weight = 1.0
        for at, match in self._keys(entry):
            if match["key"] == "motifs":
                motifs = _words(match["value"])
            elif re.fullmatch(r"\d+(\.\d+)?", match["value"].strip()):
                weight = float(match["value"])
            else:
                self.mistake(
                    "bank-key", "a weight is a number, 1 for an act like any other", at, at + len(match[0])
                )
        counts: dict[str, int] = {}
        variants = []
        for section, start, end in entry.items:
            counts[section] = counts.get(section, 0) + 1
            variant = self._variant(
                f"{name or 'anywhere'}/{section}/{counts[section]}", section, start, end, known | {*roles}
            )
            variants += [variant] if variant else []
        return ActionProse(name, roles, tuple(variants), motifs, weight)

    def _variant(self, name: str, section: str, start: int, end: int, known: set[str]) -> Variant | None:
        kind: Section = section  # type: ignore[assignment] # `scan` lets only sections through
        while start < end and self.text[start].isspace():
            start += 1
        when, speaker = "", ""
        if self.text[start : start + 1] == "(":
            close = _closing(self.text, start, end)
            if close < 0:
                self.mistake(
                    "bank-open-mark", "the bracket of these conditions is never closed", start, end,
                    "close it before the first word of the sentence",
                )  # fmt: skip
                return None
            when, begin, start = self.text[start + 1 : close], start + 1, close + 1
        conditions, motifs, says, once = self._conditions(when, begin if when else start)
        if kind == "speech" and (tag := re.match(rf"\s*({NAME})\s*:\s*", self.text[start:end])):
            speaker, start = tag[1], start + tag.end()
            if speaker not in known:
                self.mistake(
                    "bank-unknown-name", f"nobody here is called `{speaker}`", start - tag.end(), start
                )
        clause = self._clause(self.text[start:end], known, start)
        if not clause:
            return None
        return Variant(name, kind, clause, count_words(clause), conditions, motifs, says, once, speaker)

    def _clause(self, text: str, known: set[str], start: int) -> Clause:
        try:
            return read_clause(text, known, start)
        except ClauseMistake as m:
            self.mistake(m.name, m.headline, m.start, m.end, m.hint)
            return ()

    def _conditions(
        self, text: str, at: int
    ) -> tuple[tuple[Condition, ...], frozenset[str], tuple[Pattern, ...], bool]:
        conditions, says = [], []
        motifs: frozenset[str] = frozenset()
        once = False
        for raw in text.split(";"):
            word = " ".join(raw.split())
            if word == "once":
                once = True
            elif re.match(r"motifs? ", word):
                motifs |= _words(word.partition(" ")[2])
            elif word.startswith("says "):
                says += self._says(word.removeprefix("says "), at, at + len(raw))
            elif word and (condition := read_condition(word)):
                conditions.append(condition)
            elif word:
                self.mistake(
                    "bank-condition", f"`{word}` is no condition", at, at + len(raw),
                    "for example `first time`, `viewpoint giver`, `giver is Ann`, `Ann feels hope`, `at(Ann) = Home`, `Ann believes at(Bob) = ?`",
                )  # fmt: skip
            at += len(raw) + 1
        return tuple(conditions), motifs, tuple(says), once

    def _says(self, text: str, start: int, end: int) -> list[Pattern]:
        found = []
        for part in re.split(r",(?![^()]*\))", text):
            pattern = read_pattern(part.strip())
            if pattern is None or pattern.operator != "==":
                self.mistake(
                    "bank-condition",
                    f"`{part.strip()}` is no fact with one value",
                    start,
                    end,
                    "for example `says at(Ann) = Home`",
                )
            else:
                found.append(pattern)
        return found


def _words(text: str) -> frozenset[str]:
    return frozenset(" ".join(w.split()) for w in text.split(",") if w.strip())


def _closing(text: str, start: int, end: int) -> int:
    depth = 0
    for i in range(start, end):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if depth == 0:
            return i
    return -1


@lru_cache(maxsize=8)
def read_bank(text: str, source: str = "prose.en.txt") -> Bank:
    """Read a bank from the text of its file; `source` is the name shown in messages.

    A bank cannot change, so the same text gives the same bank. Raises `Mistakes` with every mistake found (at most 20).
    """
    return _Reader(text, source).bank()
