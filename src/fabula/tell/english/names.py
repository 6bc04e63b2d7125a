"""What people and things are called: by their author if a bank says so, else by a guess at their names."""

from __future__ import annotations

from collections.abc import Mapping

from fabula.tell.bank.bank import Bank, Name
from fabula.tell.bank.condition import Situation, holds
from fabula.tell.english.words import split_name, word_lists

PLACE_TYPES = frozenset(
    "place location room city town country area region site spot building landform planet".split()
)


def _is_noun(words: list[str], kind: str) -> bool:
    lists = word_lists("names.txt")
    return words[-1].lower().rstrip("s") in lists[kind] or words[-1].lower() in lists[kind]


def _lower(words: list[str]) -> str:
    """Words in small letters, but for those that are all capitals, single letters, or have capitals inside."""
    return " ".join(w if w.isupper() or any(c.isupper() for c in w[1:]) else w.lower() for w in words)


def _person(words: list[str], types: tuple[str, ...]) -> tuple[str, str]:
    lists = word_lists("names.txt")
    first = words[0].lower()
    plural = words[-1].lower() in lists["several"]
    if plural and words[-1][0].isupper() and not _is_noun(words, "people"):
        return "the " + " ".join(words), "they"
    if plural or _is_noun(words, "people") or (len(words) == 1 and first in types):
        return "the " + _lower(words), "they" if plural else _gender(words[-1].lower())
    pronoun = "he" if first in lists["he"] else "she" if first in lists["she"] else ""
    return " ".join(words), pronoun


def _gender(noun: str) -> str:
    """The pronoun of a noun for somebody, "" where it may be anybody's."""
    lists = word_lists("names.txt")
    return next((p for p in ("he", "she", "it") if noun in lists[f"{p}-nouns"]), "")


def _place(words: list[str]) -> str:
    lists = word_lists("names.txt")
    if words[-1].lower() in lists["home"] and len(words) == 1:
        return words[0].lower()
    letters = len(words) > 1 and len(words[-1]) == 1
    if words[0].lower() == "home" and letters:
        return _lower(words)
    if letters and _is_noun(words[:-1], "places"):
        return _lower(words)
    if _is_noun(words, "places"):
        return "the " + _lower(words)
    return ("the " if words[0].isupper() and len(words[0]) > 1 else "") + " ".join(words)


def guess_name(entity: str, types: tuple[str, ...]) -> Name:
    """Guess how an entity is called from its identifier and types: *Tom*, *the merchant*, *patient room A*."""
    words = split_name(entity)
    if "character" in types:
        text, pronoun = _person(words, types)
        return Name(entity, text, pronoun)
    thing = "item" in types or not PLACE_TYPES & set(types)
    if not thing or (_is_noun(words, "places") and "item" not in types):
        return Name(entity, _place(words), "it")
    if len(words) > 1 and len(words[-1]) == 1:
        return Name(entity, _lower(words), "it")
    if _lower(words) in word_lists("lexicon.txt")["adjectives"]:
        return Name(entity, _lower(words), "")
    plural = words[-1].endswith("s") and not words[-1].lower().endswith(("ss", "us", "is", "os", "as"))
    return Name(entity, "the " + _lower(words), "they" if plural else "it")


class Naming:
    """Knows the name of everything in a story. Used by reference and by the fallback; the bank's words go first."""

    def __init__(self, bank: Bank, types: Mapping[str, tuple[str, ...]]) -> None:
        self.bank = bank
        self.types = types

    def name(self, entity: str) -> Name:
        """The name of an entity."""
        return self.bank.names.get(entity) or guess_name(entity, self.types.get(entity, ()))

    def epithet(self, entity: str, situation: Situation | None) -> str:
        """What the viewpoint calls somebody instead of her name, or ""; the most special that holds, the last of equals."""
        found = [
            e
            for e in self.name(entity).epithets
            if situation is None or all(holds(c, situation) for c in e.conditions)
            if situation is not None or not e.conditions
        ]
        return max(reversed(found), key=lambda e: len(e.conditions)).text if found else ""
