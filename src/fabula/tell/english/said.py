"""Sentences of the fallback before they are words, and how two of them are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fabula.frozen import dataclass
from fabula.tell.bank.clause import Line, Part, Ref, count_words
from fabula.tell.english.phrase import Phrase
from fabula.tell.english.verbs import Verb
from fabula.tell.telling import Assertion

LONGEST = 28
"""Words in a sentence that nobody wrote."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence not yet in words: its parts, its events, what it asserts, and by which rule it was made."""

    line: Line
    events: tuple[int, ...] = ()
    asserts: tuple[Assertion, ...] = ()
    rule: str = "act"
    phrase: Phrase | None = None
    breaks: bool = False
    """Whether a new paragraph begins here."""


def joined(names: Sequence[str]) -> Line:
    """`a`, `a and b`, `a, b and c` as subjects."""
    line: list[Part] = []
    for i, name in enumerate(names):
        if i:
            line.append(" and " if i == len(names) - 1 else ", ")
        line.append(Ref(name, "subject" if len(names) == 1 else "name"))
    return tuple(line)


def named(line: Line, but: str = "") -> Line:
    """Names instead of pronouns, for all `but` one, where pronouns would be unclear inside another clause."""
    changed: list[Part] = []
    for part in line:
        if isinstance(part, Ref) and part.name != but and part.case in {"subject", "object"}:
            changed.append(Ref(part.name, "named" if part.case == "subject" else "name"))
        else:
            changed.append(part)
    return tuple(changed)


def without(tail: Line, people: Sequence[str]) -> Line:
    """A tail without some people and the prepositions before them."""
    kept: list[Part] = []
    for part in tail:
        if isinstance(part, Ref) and part.name in people:
            while (
                kept
                and isinstance(kept[-1], str)
                and kept[-1].strip() in {"", "with", "to", "before", "from"}
            ):
                kept.pop()
        else:
            kept.append(part)
    return tuple(kept)


def came_to(act: Said, consequences: Sequence[Said]) -> list[Said]:
    """Join an act and what it made of the one who acts: *the surface erupted and was dangerous now*."""
    if (
        len(consequences) != 1
        or consequences[0].rule != "change"
        or act.phrase is None
        or act.rule == "first"
    ):
        return [act, *consequences]
    (one,) = consequences
    subject, verb = one.line[0], next((p for p in one.line if isinstance(p, Verb)), None)
    same = isinstance(subject, Ref) and subject.case == "subject" and subject.name == act.phrase.subject
    if (
        not same
        or verb is None
        or _verbs(act) > 1
        or count_words(act.line) + count_words(one.line) > LONGEST - 6
    ):
        return [act, *consequences]
    after = one.line[2:-1] if one.line[1] == " " else (one.line[1], *one.line[2:-1])
    if verb.base == "be" and not verb.negative and after[-1] == " now" and not act.phrase.goes_to:
        after = tuple(Verb("become") if p is verb else p for p in after[:-1])
    return [replace(act, line=(*act.line, " and ", *after), asserts=one.asserts, rule="led")]


def merged(first: Said, second: Said) -> Said | None:
    """Join plain acts of one person, if the sentence stays short: *went to the forest and shot the stag*.

    Where the second differs only in its object, the objects are joined: *picked up the gun and the shells*; where both go somewhere, the
    way goes on: *to the yard and then to the lobby*.
    """
    if first.rule not in {"act", "first"} or second.rule != "act" or not first.phrase or not second.phrase:
        return None
    if first.phrase.subject != second.phrase.subject or len(first.events) > 2:
        return None
    one, other = first.phrase.predicate, second.phrase.predicate
    if first.phrase.goes_to and second.phrase.goes_to and one[0] == other[0]:
        line: Line = (
            *first.line,
            " and then to " if len(first.events) == 1 else ", then to ",
            Ref(second.phrase.goes_to, "name"),
        )
    elif one[:-1] == other[:-1] and isinstance(one[-1], Ref) and first.line[-1] == one[-1]:
        line = (*_by_name(first.line), " and ", *_by_name(other[-1:]))
    elif (
        len(first.events) > 1
        or first.phrase.verb == second.phrase.verb
        or _verbs(first) > 1
        or _verbs(second, other) > 1
    ):
        return None
    else:
        line = (*_before_and(first.line, other), " and ", *other)
    if count_words(line) > LONGEST - 6:
        return None
    return replace(first, line=line, events=first.events + second.events, phrase=second.phrase)


def _verbs(said: Said, line: Line | None = None) -> int:
    return sum(isinstance(p, Verb) for p in line or said.line)


def _by_name(line: Line) -> Line:
    return tuple(Ref(p.name, "name") if isinstance(p, Ref) and p.case == "object" else p for p in line)


def _before_and(line: Line, other: Line) -> Line:
    """*found* before *and picked up the gun*: what both do something to is named once."""
    same = isinstance(line[-1], Ref) and isinstance(other[-1], Ref) and line[-1].name == other[-1].name
    alone = sum(isinstance(part, Ref) for part in other) == 1  # else it is not what the second act is done to
    return line[:-2] if same and alone and line[-2] == " " and len(line) > 4 else line
