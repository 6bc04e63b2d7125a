"""English verbs: from the past tense, in which authors write, to any tense a frame asks for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from fabula.frozen import dataclass
from fabula.tell.english.words import word_lists

Person = Literal["I", "it", "they"]
"""Which form agrees with the subject: `I`, third person singular, or everybody else (you, we, they)."""

VOWELS = "aeiou"
MODALS = {"could": "can", "would": "will", "should": "should", "might": "may", "must": "must"}


@dataclass(frozen=True, slots=True)
class Verb:
    """A finite verb as an author wrote it in the past tense: `struck`, `was not`, `did not move`, `could see`."""

    base: str
    negative: bool = False
    modal: str = ""
    plural: bool = False
    """Whether the author wrote *were*: the subject is plural even if no mark says so."""
    written: str = ""
    rest: str = ""
    """Words of the mark behind the verb, left as they are."""


@cache
def _table() -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    text = files("fabula.tell.english").joinpath("irregular.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {r[0]: (r[1], r[2]) for r in rows}, {r[1]: r[0] for r in rows}


def word_table() -> Mapping[str, tuple[str, str]]:
    """Past and participle of every irregular verb, by its base form."""
    return _table()[0]


def _doubles(base: str) -> bool:
    if len(base) < 3 or base[-1] in "wxy" + VOWELS or base[-2] not in VOWELS or base[-3] in VOWELS:
        return base in {"equip", "acquit", "quit", "quiz"}
    syllables = sum(1 for i, c in enumerate(base) if c in VOWELS and (i == 0 or base[i - 1] not in VOWELS))
    return syllables == 1 or base in word_lists("spelling.txt")["late-stress"]


def _with_ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ied"
    if base.endswith("c"):
        return base + "ked"
    return base + (base[-1] if _doubles(base) else "") + "ed"


def past(base: str) -> str:
    """The past tense of a base form: `strike` gives `struck`; `be` gives `was`."""
    irregular = _table()[0].get(base)
    return irregular[0] if irregular else _with_ed(base)


def participle(base: str) -> str:
    """The past participle: `strike` gives `struck`, `fall` gives `fallen`."""
    irregular = _table()[0].get(base)
    return irregular[1] if irregular else _with_ed(base)


def third(base: str) -> str:
    """The third person singular of the present tense."""
    if base in {"be", "have"}:
        return {"be": "is", "have": "has"}[base]
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + ("zes" if base.endswith("iz") else "es")
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def gerund(base: str) -> str:
    """The -ing form."""
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    if base.endswith("c"):
        return base + "king"
    return base + (base[-1] if _doubles(base) else "") + "ing"


def base_of(word: str) -> str:
    """The base form behind a past tense; a word that is not one is taken for a base form already.

    Regular verbs are ambiguous in spelling (*hoped*, *hopped*); the candidates are tried by `past`, then by the
    ending of the stem. An author who meets an exception writes both forms, `[singe/singed]`.
    """
    bases, pasts = _table()
    if word in pasts:
        return pasts[word]
    if word == "were":
        return "be"
    if word in bases or not word.endswith("ed") or len(word) < 4:
        return word
    stem = word[:-2]
    if stem.endswith("i"):
        return stem + "e" if len(stem) < 3 else stem[:-1] + "y"
    if stem.endswith("ck") and stem[:-1] in {"panic", "mimic", "picnic", "frolic", "traffic"}:
        return stem[:-1]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem not in word_lists("spelling.txt")["double-by-nature"]:
        single = stem[:-1]
        return (
            single
            if single in word_lists("spelling.txt")["late-stress"]
            or (stem[-1] not in "lsfz" and _with_ed(single) == word)
            else stem
        )
    if stem.endswith("e") or _with_ed(stem) != word or stem in word_lists("spelling.txt")["mute"]:
        return stem + "e"
    return (
        stem + "e"
        if stem.endswith(word_lists("spelling.txt")["mute-endings"])
        and stem not in word_lists("spelling.txt")["plain"]
        else stem
    )


def read_verb(mark: str) -> Verb:
    """Read what stands between square brackets: `struck`, `was not`, `did not move`, `could see`, `singe/singed`."""
    head, *rest = mark.split()
    if head in MODALS:
        negative = bool(rest) and rest[0] == "not"
        rest = rest[1:] if negative else rest
        return Verb(rest[0] if rest else "", negative, head, written=mark, rest=" ".join(rest[1:]))
    if head == "did" and rest and rest[0] == "not" and len(rest) > 1:
        return Verb(rest[1], negative=True, written=mark, rest=" ".join(rest[2:]))
    negative = bool(rest) and rest[0] == "not"
    base = head.split("/")[0] if "/" in head else base_of(head)
    return Verb(base, negative, "", head == "were", mark, " ".join(rest[1:] if negative else rest))


def _be(tense: Literal["past", "present"], person: Person) -> str:
    if tense == "past":
        return "were" if person == "they" else "was"
    return {"I": "am", "it": "is", "they": "are"}[person]


def _simple(verb: Verb, tense: Literal["past", "present"], person: Person) -> str:
    if verb.base == "be":
        return _be(tense, person) + (" not" if verb.negative else "")
    if verb.negative and verb.base == "have" and not verb.modal and verb.written.startswith("had not"):
        return ("had" if tense == "past" else "has" if person == "it" else "have") + " not"
    if verb.negative:
        return ("did" if tense == "past" else "does" if person == "it" else "do") + f" not {verb.base}"
    if tense == "past":
        return past(verb.base) if "/" not in verb.written else verb.written.split()[0].split("/")[1]
    return third(verb.base) if person == "it" else verb.base


def _modal(verb: Verb, frame: str) -> str:
    no = " not" if verb.negative else ""
    if frame == "pluperfect":
        return f"{verb.modal}{no} have {participle(verb.base)}" if verb.base else f"{verb.modal}{no} have"
    word = MODALS[verb.modal] if frame in {"present", "perfect"} else verb.modal
    return f"{'cannot' if word + no == 'can not' else word + no} {verb.base}".strip()


def _is_perfect(verb: Verb) -> bool:
    """Whether an author wrote a past within the past: `had set`, `had never seen`, and not `had time`."""
    words = [
        w for w in verb.rest.split() if w not in {"never", "always", "just", "already", "only", "ever", "not"}
    ]
    if verb.base != "have" or not words:
        return False
    return words[0].endswith("ed") or words[0] in _participles()


@cache
def _participles() -> frozenset[str]:
    return frozenset(third for _, third in _table()[0].values())


def inflect(verb: Verb, frame: str, person: Person = "it", bare: bool = False) -> str:
    """Put a verb into `past`, `pluperfect`, `present` or `perfect`.

    `bare` drops the auxiliary of a perfect whose auxiliary was just said: *had turned and [had] run*.
    """
    person = "they" if verb.plural and person == "it" else person
    if frame == "pluperfect" and _is_perfect(verb):
        frame = "past"  # there is nothing further back
    if verb.modal:
        text = _modal(verb, frame)
    elif frame in {"past", "present"}:
        text = _simple(verb, "past" if frame == "past" else "present", person)
    else:
        have = "had" if frame == "pluperfect" else "has" if person == "it" else "have"
        no = " not" if verb.negative else ""
        text = participle(verb.base) if bare and not no else f"{have}{no} {participle(verb.base)}"
    return f"{text} {verb.rest}".strip()
