"""What is added to a clause where it meets another: who speaks, and a word that leads on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fabula.tell.bank.bank import Variant
from fabula.tell.bank.clause import SHORTENED, Line, Ref, Voice
from fabula.tell.english.verbs import Verb

STOP = re.compile(r"([.!?…]) (?=\S)")


def linked(variant: Variant, word: str) -> Variant:
    """Begin a clause with a connective, if it begins with its subject."""
    first, *rest = variant.clause[0]
    if not isinstance(first[0], Ref):
        return variant
    return replace(variant, clause=(((word, *first), *rest), *variant.clause[1:]))


def tagged(voice: Voice, speaker: str) -> Line:
    """Add *she said*, after the first sentence of a speech: *“Go,” she said. “Now.”*."""
    tag: Line = (" ", Ref(speaker, "subject"), " ", Verb("say"), ".")
    head = voice.parts[0] if voice.parts else ""
    stops = STOP.finditer(head) if isinstance(head, str) else ()
    for stop in (s for s in stops if not SHORTENED.search(s.string[: s.end() - 1])):
        first = stop.string[: stop.start()] + ("," if stop[1] == "." else stop[1])
        rest = replace(voice, parts=(stop.string[stop.end() :], *voice.parts[1:]))
        return (replace(voice, parts=(first,)), *tag, " ", rest)
    last = voice.parts[-1]
    if isinstance(last, str) and last.endswith(".") and not last.endswith(".."):
        return (replace(voice, parts=(*voice.parts[:-1], last[:-1] + ",")), *tag)
    return (voice, *tag)


def weighty(text: str) -> frozenset[str]:
    """The words of a text that say something: those of four letters and more."""
    return frozenset(re.findall(r"\w{4,}", text.lower()))


def plain_text(parts: Sequence[object]) -> str:
    """The words of a clause that its author wrote out, without marks."""
    inner = (p.parts if isinstance(p, Voice) else p for p in parts)
    return " ".join(p if isinstance(p, str) else plain_text(p) for p in inner if isinstance(p, str | tuple))
