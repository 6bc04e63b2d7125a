"""Facts in words, from nothing but the names of properties: the other half of the fallback."""

from __future__ import annotations

from fabula.story.story import Fact, Word
from fabula.tell.bank.bank import Bank, Wording
from fabula.tell.bank.clause import Line, Part, Ref
from fabula.tell.english.names import Naming
from fabula.tell.english.phrase import Phraser, is_verb
from fabula.tell.english.said import named as by_name
from fabula.tell.english.verbs import Verb
from fabula.tell.english.words import split_name, word_lists


def place_word(naming: Naming, place: str) -> str:
    """*at*, *in* or *on*, as the place wants it."""
    text = naming.name(place).text
    lists = word_lists("names.txt")
    head = text.split()[-1].lower()
    head = text.split()[-2].lower() if len(head) == 1 and len(text.split()) > 1 else head
    if head in lists["on"]:
        return "on"
    if head in lists["in"]:
        return "in"
    named = not text.startswith("the ") and text[0].isupper()
    return "in" if named or text.startswith("the U") else "at" if text != "downtown" else ""


def _third_to_base(word: str) -> str:
    """`loves` gives `love`, `has` gives `have`; "" for what is no verb in the third person."""
    if word in {"has", "is"}:
        return {"has": "have", "is": "be"}[word]
    for base in (word[:-1], word[:-2], word[:-3] + "y"):
        if word.endswith("s") and is_verb(base):
            return base
    return ""


class Facts:
    """Says facts and their opposites; the bank's words go first."""

    def __init__(self, bank: Bank, naming: Naming, phraser: Phraser) -> None:
        self.bank, self.naming, self.phraser = bank, naming, phraser
        self.said: set[tuple[str, Fact]] = set()

    def say(self, fact: Fact, value: Word) -> Line | None:
        """A clause that says that a fact has a value; None if there are no decent words for it."""
        authored = self._authored(fact, value)
        if authored is not None:
            return authored
        if fact.kind == "boolean" and fact.arguments:
            return self._boolean(fact, bool(value))
        if fact.kind == "entity" and fact.arguments and isinstance(value, str):
            return self._entity(fact, value)
        return None

    def unknown(self, fact: Fact) -> Line | None:
        """What somebody does not know who knows nothing of a fact: *where Tom was*."""
        lists = word_lists("lexicon.txt")
        if fact.kind != "entity" or not fact.arguments:
            return None
        thing = Ref(fact.arguments[0], "named")
        if split_name(fact.name)[0] in lists["where"]:
            return ("where ", thing, " ", Verb("be"))
        if split_name(fact.name)[0] in lists["has"]:
            return ("who ", Verb("have"), " ", Ref(fact.arguments[0], "name"))
        return None

    def belief(self, who: str, fact: Fact, value: Word) -> Line | None:
        """*Ann believed that …*, *Ann did not know where …*; None if there are no words for it, or it has been said."""
        if (who, fact) in self.said:
            return None
        unknown = self.unknown(fact) if value is None else None
        line = None if value is None else self.say(fact, value)
        self.said.add((who, fact))
        if unknown:
            return (Ref(who, "subject"), " ", Verb("know", negative=True), " ", *unknown)
        return (Ref(who, "subject"), " ", Verb("believe"), " that ", *by_name(line, who)) if line else None

    def _authored(self, fact: Fact, value: Word) -> Line | None:
        for wording in self.bank.facts:
            if (
                wording.fact == fact.name
                and len(wording.parameters) == len(fact.arguments)
                and _fits(wording, value)
            ):
                roles = dict(zip(wording.parameters, fact.arguments, strict=True)) | {
                    wording.value: str(value)
                }
                return tuple(
                    Ref(roles.get(p.name, p.name), p.case) if isinstance(p, Ref) else p for p in wording.line
                )
        return None

    def _boolean(self, fact: Fact, value: bool) -> Line:
        words = [w.lower() for w in split_name(fact.name)]
        who = Ref(fact.arguments[0], "subject")
        rest: list[Part] = []
        for other in fact.arguments[1:]:
            rest += [" and " if rest else " ", Ref(other, "object")]
        if words == ["alive"] and not value:
            return (who, " ", Verb("be"), " dead")
        verb = _third_to_base(words[0])
        if verb and verb != "be":
            return (who, " ", Verb(verb, not value), *_spaced(words[1:]), *rest)
        if words[0] in {"is", "was"}:
            words = words[1:] or ["so"]
        noun = (
            bool(rest)
            and words[-1] not in word_lists("lexicon.txt")["prepositions"]
            and not words[-1].endswith(("ing", "ed"))
        )
        link: list[Part] = [f" the {' '.join(words)} of"] if noun else [f" {' '.join(words)}"]
        if not rest and words[-1] in word_lists("names.txt")["people"]:
            link = [f" {'an' if words[0][0] in 'aeiou' else 'a'} {' '.join(words)}"]
        if words[-1].endswith("ed") and rest:
            link = [f" {' '.join(words)} to"]
        return (who, " ", Verb("be", not value), *link, *rest)

    def _entity(self, fact: Fact, value: str) -> Line:
        lists = word_lists("lexicon.txt")
        words = [w.lower() for w in split_name(fact.name)]
        thing, of = Ref(fact.arguments[0], "subject"), Ref(fact.arguments[0], "possessive")
        adjective = " ".join(split_name(value)).lower()
        if words[0] in lists["state"] or adjective in lists["adjectives"]:
            return (thing, " ", Verb("be"), f" {adjective}")
        if words[0] in {*lists["where"], *lists["has"]} and self.phraser.person(value):
            return (Ref(value, "subject"), " ", Verb("have"), " ", Ref(fact.arguments[0], "object"))
        if words[0] in lists["where"]:
            word = place_word(self.naming, value)
            return (thing, " ", Verb("be"), f" {word} " if word else " ", Ref(value, "name"))
        if words[-1].endswith("ed") and not is_verb(words[-1]):
            return (
                Ref(value, "subject"),
                " ",
                Verb("be"),
                f" {' '.join(words)} to ",
                Ref(fact.arguments[0], "name"),
            )
        if self.phraser.person(value):
            return (Ref(value, "subject"), " ", Verb("be"), " ", of, f" {' '.join(words)}")
        return (of, f" {' '.join(words)} ", Verb("be"), " ", Ref(value, "name"))


def _spaced(words: list[str]) -> list[Part]:
    return [f" {' '.join(words)}"] if words else []


def _fits(wording: Wording, value: Word) -> bool:
    if wording.value:
        return value is not None and not isinstance(value, bool)
    return value is wording.holds
