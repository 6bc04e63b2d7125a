"""The words of a sentence that carry what it claims, in their order: what a polished sentence must have, no more and no less.

No sentence is parsed. A word is held if a story word, a name, a pronoun, a number, a verb, a negation, a preposition or another
word that changes a claim. A word that comes back elsewhere in the telling must stay, too, because what comes back is meant to; but it may stand
elsewhere in its sentence. The rest, mostly nouns and adjectives that stand once, is free, within limits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from fabula.frozen import dataclass
from fabula.tell.english.phrase import is_verb
from fabula.tell.english.verbs import word_table
from fabula.tell.english.words import split_name, word_lists

WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
CONTRACTED = re.compile(r"(.+?)(n[’']t|[’'](?:s|d|ll|ve|re|m|em))$", re.IGNORECASE)
SHORT = {"ca": "can", "wo": "will", "sha": "shall", "cannot": "can"}
ECHO = 4
"""Letters from which on a word that comes back must stay."""
ARTICLES = frozenset(("the", "a", "an"))


def tokens(text: str) -> list[str]:
    """The words of a sentence as written, contractions taken apart: *didn’t* is *did* and *not*."""
    found: list[str] = []
    for written in WORD.findall(text):
        parts = CONTRACTED.fullmatch(written)
        head, tail = (parts[1], parts[2].replace("'", "’")) if parts else (written, "")
        found.append(
            SHORT.get(head.lower(), head) if tail.startswith("n") or head.lower() == "cannot" else head
        )
        if tail or head.lower() == "cannot":
            found.append("not" if tail.startswith("n") or not tail else tail)
    return found


def _forms() -> frozenset[str]:
    """Every form of an irregular verb that is not its base form."""
    return frozenset(form for pair in word_table().values() for form in pair)


def verbal(word: str) -> bool:
    """Whether a word looks like a form of a verb; nouns that could be one count as verbs."""
    if word in _FORMS or is_verb(word):
        return True
    if word.endswith("s") and any(is_verb(word[:-n]) for n in (1, 2)):
        return True
    return (word.endswith("ed") and len(word) > 3) or (word.endswith("ing") and len(word) > 4)


_FORMS = _forms()


_CLOSED = frozenset(w for words in word_lists("held.txt").values() for w in words) | {
    *word_lists("names.txt")["people"]
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Says which words are held; made once for a telling. `story` are words of the story, `known` in how many paragraphs each word stands."""

    story: frozenset[str]
    known: Counter[str]

    @classmethod
    def of(cls, names: Iterable[str], paragraphs: Iterable[str]) -> Holder:
        """Hold the words of these names of people, things, acts and facts, and what comes back in these paragraphs."""
        story = {w.lower() for name in names for part in name.split() for w in split_name(part) if len(w) > 1}
        return cls(
            frozenset(story - ARTICLES),
            Counter(w for p in paragraphs for w in {t.lower() for t in tokens(p)}),
        )

    def holds(self, word: str, first: bool) -> bool:
        """Whether a word, the `first` of its sentence or not, keeps its place."""
        low = word.lower()
        named = word != low and not first
        return named or low in self.story or low in _CLOSED or not low.isalpha() or verbal(low)

    def held(self, text: str) -> list[str]:
        """The words that keep their place, in their order."""
        return [w.lower() for i, w in enumerate(tokens(text)) if self.holds(w, i == 0)]

    def loose(self, text: str) -> Counter[str]:
        """The other words, without articles."""
        words = (w.lower() for i, w in enumerate(tokens(text)) if not self.holds(w, i == 0))
        return Counter(w for w in words if w not in ARTICLES)

    def comes_back(self, word: str) -> bool:
        """Whether a loose word must stay, and must not be added, because it is told in more than one paragraph."""
        return self.known[word] > 1 and len(word) >= ECHO and not word.endswith("ly")
