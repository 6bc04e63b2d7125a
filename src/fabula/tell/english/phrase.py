"""Acts in words, from nothing but their names and those who take part: the half of the fallback that makes verb phrases.

An action's name is cut into words; the first is its verb, what follows a particle, a preposition or an object. A table of frames
(`frames.txt`) knows the commonest; for the rest, the types of the participants decide on prepositions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from fabula.frozen import dataclass
from fabula.tell.bank.clause import Line, Part, Ref, read_clause
from fabula.tell.discourse.view import Knowledge
from fabula.tell.english.names import PLACE_TYPES, Naming
from fabula.tell.english.verbs import Verb, base_of, gerund, word_table
from fabula.tell.english.words import split_name, word_lists

PARTICLES = frozenset(("up", "down", "off", "away", "out", "back", "open", "apart"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """An act as `subject` `verb` `tail`, so that it can be bent: *he walks home*, *to walk home*, *walking home*."""

    subject: str
    verb: Verb
    tail: Line
    goes_to: str = ""
    happening: bool = False
    """Whether the name of the act is a noun: *had a wedding*."""

    @property
    def clause(self) -> Line:
        """The act as a finite clause with its subject."""
        return (Ref(self.subject, "subject"), " ", self.verb, *self.tail)

    @property
    def predicate(self) -> Line:
        """The same without its subject, to be joined to another."""
        return (self.verb, *self.tail)

    @property
    def infinitive(self) -> Line:
        """*to walk home*."""
        return ("to " + self._with_rest(self.verb.base), *_bare(self.tail))

    @property
    def bare(self) -> Line:
        """*walk home*, after *would*."""
        return (self._with_rest(self.verb.base), *_bare(self.tail))

    @property
    def gerund(self) -> Line:
        """*walking home*."""
        return (self._with_rest(gerund(self.verb.base)), *self.tail)

    @property
    def endured(self) -> Phrase:
        """The act of somebody who did not choose it: *she had to leave*, *she broke it without meaning to*."""
        lists = word_lists("lexicon.txt")
        if self.verb.base in lists["befall"] or (self.verb.base == "have" and self.happening):
            return self
        if any(isinstance(p, Ref) and p.case == "object" for p in self.tail):
            return replace(self, tail=(*self.tail, " without meaning to"))
        return replace(
            self, verb=Verb("have"), tail=(f" to {self._with_rest(self.verb.base)}", *_bare(self.tail))
        )

    def _with_rest(self, verb: str) -> str:
        return f"{verb} {self.verb.rest}".strip()


def _bare(line: Line) -> Line:
    """A second verb in a phrase loses its ending when the first does: *to examine her and settle on it*."""
    return tuple(p.base if isinstance(p, Verb) else p for p in line)


@cache
def _frames() -> dict[tuple[str, str], tuple[Line, ...]]:
    found = {}
    for row in files("fabula.tell.english").joinpath("frames.txt").read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            head, _, body = row.partition(":")
            words, _, kinds = head.strip().rpartition(" ")
            clauses = [read_clause(w.strip(), "12345")[0][0] for w in body.split(" | ")]
            found[words, kinds] = tuple(clauses)
    return found


def is_verb(word: str) -> bool:
    """Whether the fallback knows a word as the base form of a verb."""
    lists = word_lists("lexicon.txt")
    return word in word_table() or any(
        word in lists[k] for k in ("verbs", "~go", "~kill", "~hit", "make", "to")
    )


class Phraser:
    """Words acts of a story; asks the state where people are to tell the place of an act from one it goes to."""

    def __init__(self, knowledge: Knowledge, naming: Naming, chance: random.Random) -> None:
        self.knowledge, self.naming, self.chance = knowledge, naming, chance
        self.here = ""
        self.roles = {e.action: e.roles for e in knowledge.story.events if e.roles}
        self.role: dict[str, str] = {}
        self.places = {
            v
            for m in knowledge.story.moments[:1]
            for facts in m.facts.values()
            for f, v in facts.items()
            if isinstance(v, str)
            and f.name in word_lists("lexicon.txt")["where"]
            and f.arguments
            and self.person(f.arguments[0])
            if not self.person(v)
        }

    def person(self, entity: str) -> bool:
        """Whether an entity is a character."""
        return "character" in self.knowledge.types.get(entity, ())

    def kind(self, entity: str) -> str:
        """`p` for a person, `l` for a place, `t` for anything else."""
        types = self.knowledge.types.get(entity, ())
        if "character" in types:
            return "p"
        if "item" in types or {"status", "state"} & set(types):
            return "t"
        return "l" if entity in self.places or PLACE_TYPES & set(types) else "t"

    def act(self, action: str, arguments: Sequence[str], by: Sequence[str], moment: int) -> Phrase:
        """Put an act into words. `moment` is the one before it; `by` chose it."""
        words = [w.lower() for w in split_name(action)]
        self.role = dict(zip(arguments, self.roles.get(action, ()), strict=False))
        people = [a for a in arguments if self.person(a)]
        actor = next((b for b in by if b in arguments), by[0] if by else people[0] if people else "")
        if words[0] in word_lists("lexicon.txt")["get"] and people:
            actor = people[0]
        others = [a for a in dict.fromkeys(arguments) if a != actor]
        self.here = here = self.knowledge.place(actor, moment) if actor else ""
        others, target = self._without_setting(others, here)
        if not actor:
            actor, others = (others[0], others[1:]) if others else ("", [])
        framed = self._framed(words, actor, others, target)
        if framed is None and target and words[0] not in word_lists("lexicon.txt")["~go"]:
            others = (
                [a for a in others if self.kind(a) != "l" or self._object(a)]
                if words[0] != "search"
                else others
            )
            framed = self._framed(words, actor, others, "")
        return framed or self._free(words, actor, others, target)

    def _without_setting(self, others: list[str], here: str) -> tuple[list[str], str]:
        """Drop the place where it happens; keep it as the origin if the act names a second place."""
        places = [a for a in others if self.kind(a) == "l"]
        role = self.role.get(here, "")
        if (
            len(places) == 1
            and places[0] == here
            and (not role or role in word_lists("lexicon.txt")["role-at"])
        ):
            return [a for a in others if a != here], ""
        return others, places[-1] if places else ""

    def _framed(self, words: list[str], actor: str, others: list[str], target: str) -> Phrase | None:
        lists = word_lists("lexicon.txt")
        kinds = "p" + "".join(self.kind(a) for a in others)
        finer = "p" + "".join(self._finer(a) for a in others)
        keys = [(" ".join(words), k) for k in dict.fromkeys((finer, kinds))]
        keys += [
            (group, kinds)
            for group in ("~go", "~kill", "~hit")
            if words[0] in lists[group] and len(words) == 1
        ]
        for key in keys:
            if key in _frames():
                line = self.chance.choice(_frames()[key])
                line = self._fill(line, [actor, *others], words[0])
                goes = target if key[0] == "~go" else ""
                if isinstance(line[0], Ref) and isinstance(line[2], Verb):
                    return Phrase(actor, line[2], line[3:], goes)
        return None

    def _tool(self, entity: str) -> bool:
        """Whether a thing is of a type that one does something with, or its author says so."""
        lists = word_lists("lexicon.txt")
        named = self.role.get(entity, "") in lists["role-with"]
        return named or bool(set(lists["tools"]) & set(self.knowledge.types.get(entity, ())))

    def _finer(self, entity: str) -> str:
        """The kind of an entity, with `w` for what one does something with and `a` for the word of a state."""
        return "w" if self._tool(entity) else "a" if self._state(entity) else self.kind(entity)

    def _object(self, entity: str) -> bool:
        """Whether its author calls a place something that something is done to, not where it is done."""
        lists = word_lists("lexicon.txt")
        role = self.role.get(entity, "")
        return bool(role) and role not in (*lists["role-at"], *lists["role-to"], *lists["role-from"])

    def _state(self, entity: str) -> bool:
        """Whether an entity is the word for a state: *healthy*."""
        words = " ".join(split_name(entity)).lower()
        return not self.person(entity) and words in word_lists("lexicon.txt")["adjectives"]

    def _fill(self, line: Line, people: list[str], verb: str) -> Line:
        filled: list[Part] = []
        for part in line:
            if isinstance(part, Ref):
                case = "object" if part.name != "1" and part.case == "subject" else part.case
                filled.append(Ref(people[int(part.name) - 1], case))
            elif isinstance(part, Verb) and part.base == "~":
                filled.append(Verb(verb))
            else:
                filled.append(part)
        return tuple(filled)

    def _free(self, words: list[str], actor: str, others: list[str], target: str) -> Phrase:
        """Build a phrase from the words of the name: verb, then what the rest of them ask for."""
        lists = word_lists("lexicon.txt")
        verb, rest, left = words[0], words[1:], list(others)
        strange = not is_verb(verb) and not is_verb(base_of(verb)) and actor and not self.person(actor)
        if _happening(words) or (strange and len(words) == 1):
            article = "an" if verb[0] in "aeiou" else "a"
            kind = Verb("have" if self.person(actor) else "see")
            return Phrase(
                actor,
                kind,
                (f" {article} {' '.join(words)}", *self._with(left, {"noun"}, link=" with ")),
                "",
                True,
            )
        base = verb if is_verb(verb) else base_of(verb)
        tail: list[Part] = []
        if (
            base in lists["make"]
            and rest
            and rest[0] != "own"
            and is_verb(rest[0])
            and left
            and self.person(left[0])
        ):
            tail += [" ", Ref(left.pop(0), "object"), f" to {rest[0]}"]
            rest = rest[1:]
        elif base in lists["to"] and rest and (is_verb(rest[0]) or rest[0] == "to"):
            rest = rest if rest[0] == "to" else ["to", *rest]
            tail, rest = [f" {' '.join(rest)}"], []
        noun = False
        link = (
            " from "
            if base in lists["get"]
            else " before "
            if (rest and rest[-1] in PARTICLES) or base in lists["alone"]
            else " to "
        )
        if (
            base in lists["alone"]
            and "p" in map(self.kind, left)
            and not (rest and rest[-1] in lists["prepositions"])
        ):
            tail, rest, noun = [f" {' '.join(rest)}"] if rest else [], [], True
        if (
            rest
            and rest[0] in lists["prepositions"]
            and rest[0] not in PARTICLES
            and len(left) > 1
            and self.person(left[0])
            and base not in lists["alone"]
        ):
            tail += [" ", Ref(left.pop(0), "object")]
        for i, word in enumerate(rest):
            nextword = rest[i + 1] if i + 1 < len(rest) else ""
            if self._names_type(word, left):
                tail += [" ", Ref(left.pop(self._names_type(word, left) - 1), "name")]
            elif word in lists["prepositions"] and not nextword and left and word not in PARTICLES:
                tail += [f" {word} ", Ref(left.pop(0), "name")]
                noun, link = True, " with "
            else:
                new = not noun and word not in lists["prepositions"] and word not in PARTICLES
                noun = noun or new
                tail += self._noun(word, actor) if new else [f" {word}"]
        if not noun and base not in (*lists["get"], *lists["alone"]):
            goes = base in lists["giving"]
            comes = base in lists["taking"]
            tail += self._with(left, set(), rest, " to " if goes else " from " if comes else " with ")
        else:
            tail += self._with(left, {"noun"}, rest, link)
        return Phrase(actor, Verb(base), tuple(tail), target if base in lists["~go"] else "")

    def _noun(self, word: str, actor: str) -> list[Part]:
        """The first word of an object, with the article it needs."""
        lists = word_lists("lexicon.txt")
        if word == "own":
            return [" ", Ref(actor, "possessive"), " own"]
        bare = (
            word in {*lists["bare"], *lists["adjectives"]}
            or word.endswith(("s", "ing"))
            or word in {"the", "a", "all", "no"}
        )
        return [f" {word}" if bare else f" the {word}"]

    def _names_type(self, word: str, left: Sequence[str]) -> int:
        """One more than the index of the participant whose type a word of the name is; 0 if there is none."""
        return next((i + 1 for i, a in enumerate(left) if word in self.knowledge.types.get(a, ())), 0)

    def _with(
        self, left: Sequence[str], has: set[str], words: Sequence[str] = (), link: str = " to "
    ) -> list[Part]:
        """Attach the participants that no word of the name asked for."""
        tail: list[Part] = []
        lists = word_lists("lexicon.txt")
        direct = "noun" not in has
        for entity in left:
            kind = self.kind(entity)
            tool = self._tool(entity) and len(left) > 1
            word = self._preposition(entity)
            if word and not (direct and len(left) == 1):
                tail += [word, Ref(entity, "object" if kind == "p" else "name")]
            elif kind == "l" and direct and self._object(entity):
                tail += [" ", Ref(entity, "name")]
                direct = False
            elif kind == "l":
                tail += [" from " if entity == self.here else " to ", Ref(entity, "name")]
            elif direct and not (tool and kind == "t"):
                particle = bool(words) and (words[-1] in lists["prepositions"] or words[-1] in PARTICLES)
                tail += [" ", Ref(entity, "name" if particle else "object")]
                direct = False
            elif kind == "p":
                joined = any(w in lists["with"] for w in words)
                tail += [" with " if joined else link, Ref(entity, "object")]
            else:
                tail += [" with " if tool or "noun" not in has else " about ", Ref(entity, "name")]
        return tail

    def _preposition(self, entity: str) -> str:
        """The preposition that somebody's role asks for, "" if it asks for none."""
        lists = word_lists("lexicon.txt")
        role = self.role.get(entity, "")
        words = {"because": "because of"}
        found = (w for w in ("from", "to", "with", "for", "about", "because") if role in lists[f"role-{w}"])
        return next((f" {words.get(w, w)} " for w in found), "")


def _happening(words: Sequence[str]) -> bool:
    """Whether the name of an act is a noun for what happens: *wedding*, *coronation*."""
    last = words[-1]
    noun = last in word_lists("lexicon.txt")["events"] or last.endswith(
        ("tion", "sion", "ment", "ness", "ity")
    )
    return noun and not is_verb(words[0])
