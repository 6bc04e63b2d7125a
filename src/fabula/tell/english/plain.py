"""The fallback: any world told in plain English, from the names of its acts and facts and the reasons of those who act.

Not style, but manners: it says who wanted what, joins short acts of one person, gives the place when it changes, and
tells a mistaken belief as one. Sentences have at most 28 words.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fabula.story.story import Change, Event, Fact, Intended, Motive, Word
from fabula.tell.bank.bank import Bank
from fabula.tell.bank.clause import Line, Part, Ref, count_words
from fabula.tell.discourse.view import Knowledge
from fabula.tell.english.facts import Facts, place_word
from fabula.tell.english.names import Naming
from fabula.tell.english.phrase import Phrase, Phraser
from fabula.tell.english.verbs import Verb
from fabula.tell.english.words import split_name, word_lists
from fabula.tell.telling import Assertion

LONGEST = 28
BE, WANT, BELIEVE, KNOW_NOT, HAVE = (
    Verb("be"),
    Verb("want"),
    Verb("believe"),
    Verb("know", negative=True),
    Verb("have"),
)


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


class Plain:
    """Tells events in a row; remembers where the reader is and what everybody is known to want. One per telling."""

    def __init__(
        self, bank: Bank, knowledge: Knowledge, naming: Naming, chance: random.Random, viewpoint: str = ""
    ) -> None:
        self.knowledge, self.naming, self.chance, self.viewpoint = knowledge, naming, chance, viewpoint
        self.phraser = Phraser(knowledge, naming, chance)
        self.facts = Facts(bank, naming, self.phraser)
        self.goals: dict[str, str] = {}
        self.where = ""
        self.actor = ""
        self.at = 0

    # --- before and after ---------------------------------------------------------------------

    def opening(self, events: Sequence[int], at: int = 0) -> list[Said]:
        """Who and what is where when it begins, as far as it matters to what is told."""
        self.at = at
        involved = [a for e in events for a in self._arguments(self.knowledge.story.events[e])]
        groups: dict[str, list[str]] = {}
        first = self.knowledge.story.events[events[0]]
        self.actor = next(iter(first.consenting or first.arguments), "")
        self.where = self.knowledge.place(self.actor, at)
        held: dict[str, list[str]] = {}
        lists = word_lists("lexicon.txt")
        for fact, value in self._table().items():
            name = split_name(fact.name)[0].lower()
            if not isinstance(value, str) or len(fact.arguments) != 1 or fact.arguments[0] not in involved:
                continue
            if name in {*lists["where"], *lists["has"]} and self.phraser.person(value):
                held.setdefault(value, []).append(fact.arguments[0])
            elif name in lists["where"] and self.phraser.kind(value) == "l":
                groups.setdefault(value, []).append(fact.arguments[0])
        said = [self._group(place, things, held) for place, things in groups.items()]
        said += [
            self._holding(who, things)
            for who, things in held.items()
            if not any(who in g for g in groups.values())
        ]
        return self._paired(said) + self._beliefs(involved)

    def _table(self) -> dict[Fact, Word]:
        """What is so at the opening, as the viewpoint sees it."""
        facts = self.knowledge.story.moments[self.at].facts
        return dict(facts.get((self.viewpoint,) if self.viewpoint else (), facts.get((), {})))

    def _group(self, place: str, things: list[str], held: dict[str, list[str]]) -> Said:
        """*Tom and Ann were at home, and …*."""
        things = sorted(things, key=lambda t: not self.phraser.person(t))
        word = place_word(self.naming, place)
        where: Line = (f" {word} " if word else " ", Ref(place, "name"))
        carried = held.get(things[0], []) if len(things) == 1 else []
        extra: Line = (", with ", *_joined(carried)) if carried else ()
        line: Line = (*_joined(things), " ", Verb("be", plural=len(things) > 1), *where, *extra)
        facts = tuple(
            Assertion(f, place) for f, v in self._table().items() if v == place and f.arguments[0] in things
        )
        return Said(line, (), facts, "place")

    def _holding(self, who: str, things: list[str]) -> Said:
        facts = tuple(
            Assertion(f, who)
            for f, v in self._table().items()
            if v == who and f.arguments and f.arguments[0] in things
        )
        return Said((Ref(who, "name"), " ", HAVE, " ", *_joined(things)), (), facts, "has")

    def _paired(self, said: list[Said]) -> list[Said]:
        """Join two short statements: *…, and …*."""
        joined: list[Said] = []
        for one in said:
            if (
                joined
                and joined[-1].rule != "pair"
                and count_words(joined[-1].line) + count_words(one.line) < 22
            ):
                last = joined.pop()
                joined.append(Said((*last.line, ", and ", *one.line), (), last.asserts + one.asserts, "pair"))
            else:
                joined.append(one)
        return [replace(s, line=(*s.line, ".")) for s in joined]

    def _beliefs(self, involved: Sequence[str]) -> list[Said]:
        """What somebody wrongly believes at the beginning, or does not know: at most two sentences."""
        moment = self.knowledge.story.moments[self.at]
        said: list[Said] = []
        for mind, facts in moment.facts.items():
            if len(mind) != 1 or mind[0] not in involved or self.viewpoint not in {"", mind[0]}:
                continue
            for fact, value in facts.items():
                true = moment.facts[()].get(fact)
                matters = all(a in involved for a in fact.arguments) and fact.kind != "number"
                if (
                    value != true
                    and matters
                    and len(said) < 2
                    and (line := self._belief(mind[0], fact, value))
                ):
                    said.append(Said((*line, "."), (), (), "belief"))
        return said

    def _belief(self, who: str, fact: Fact, value: Word) -> Line | None:
        if value is None:
            unknown = self.facts.unknown(fact)
            return (Ref(who, "subject"), " ", KNOW_NOT, " ", *unknown) if unknown else None
        line = self.facts.say(fact, value)
        return (Ref(who, "subject"), " ", BELIEVE, " that ", *_named(line)) if line else None

    def ending(self) -> list[Said]:
        """What became of the plans that came to nothing."""
        said: list[Said] = []
        seen: set[tuple[str, str | None]] = set()
        for event in self.knowledge.story.events:
            for motive in event.motives:
                goal = self._goal(motive)
                mine = self.viewpoint in {"", motive.character}
                key = (motive.character, self.goals.get(motive.character))
                if goal and mine and motive.came == "failed" and key not in seen and str(goal) == key[1]:
                    seen.add(key)
                    phrase = self.phraser.act(goal.action, goal.arguments, goal.by, event.index)
                    line: Line = (
                        Ref(motive.character, "name"), " ", HAVE, " meant ", *_named(phrase.infinitive), ", but nothing ", Verb("come"), " of it.",
                    )  # fmt: skip
                    said.append(Said(line, (event.index,), (), "failed"))
        return said

    # --- events -------------------------------------------------------------------------------

    def run(self, events: Sequence[int]) -> list[Said]:
        """Tell events one after the other."""
        said: list[Said] = []
        for index in events:
            for one in self._event(self.knowledge.story.events[index]):
                merged = _merge(said[-1], one) if said and not one.breaks else None
                if merged:
                    said[-1] = merged
                else:
                    said.append(one)
        return [replace(s, line=s.line if str(s.line[-1]).endswith(".") else (*s.line, ".")) for s in said]

    def one(self, index: int) -> Said:
        """Tell an event in one sentence, for a summary or a memory."""
        event = self.knowledge.story.events[index]
        phrase = self.phraser.act(event.action, self._arguments(event), event.consenting, index)
        return Said((*phrase.clause, "."), (index,), (), "act", phrase)

    def _arguments(self, event: Event) -> tuple[str, ...]:
        """Those who take part; where the act names nobody, those whom it changes."""
        if event.arguments:
            return event.arguments
        moved = [
            c.fact.arguments[0]
            for c in event.changes
            if not c.mind and c.fact.arguments and c.fact.kind == "entity"
        ]
        told = [c.mind[0] for c in event.changes if len(c.mind) == 1]
        to = [
            c.after
            for c in event.changes
            if not c.mind and c.fact.arguments and c.fact.arguments[0] in event.consenting
        ]
        places = [t for t in to if isinstance(t, str) and self.phraser.kind(t) == "l"]
        others = [a for a in (*(moved or told), *places) if a not in event.consenting]
        return tuple(dict.fromkeys((*event.consenting[:1], *others)))

    def _event(self, event: Event) -> list[Said]:
        phrase = self.phraser.act(event.action, self._arguments(event), event.consenting, event.index)
        motive = next((m for m in event.motives if m.character == phrase.subject), None)
        before, after, lead = self._reasons(event, phrase, motive)
        clause = self._clause(event, phrase, lead)
        moved = bool(before) or self.knowledge.place(phrase.subject, event.index) != self.where
        breaks = phrase.subject != self.actor and moved and event.index > 0
        act = Said(
            clause, (event.index,), (), "act" if clause == phrase.clause and not after else "led", phrase
        )
        if after and count_words(clause) + count_words(after) <= LONGEST - 6:
            act = replace(act, line=(*clause, *after))
        self.actor = phrase.subject
        self.where = phrase.goes_to or self.knowledge.place(phrase.subject, event.index + 1) or self.where
        said = [*before, act, *self._consequences(event, phrase)]
        return [replace(said[0], breaks=breaks), *said[1:]]

    def _clause(self, event: Event, phrase: Phrase, lead: str) -> Line:
        """The act with those who do it together, its place if that is new, and a word that leads on to it."""
        together = (
            [c for c in event.consenting if c not in self._arguments(event)]
            if phrase.verb.base != "tell"
            else []
        )
        clause: Line = phrase.clause
        if together:
            clause = (
                *_joined([phrase.subject, *together]),
                " ",
                replace(phrase.verb, plural=True),
                *phrase.tail,
            )
        place = self.knowledge.place(phrase.subject, event.index)
        named = any(isinstance(p, Ref) and p.name == place for p in clause)
        if place and place != self.where and not named and not phrase.goes_to:
            word = place_word(self.naming, place)
            clause = (*clause, f" {word} " if word else " ", Ref(place, "name"))
        return (lead, *clause) if lead else clause

    def _goal(self, motive: Motive | None) -> Intended | None:
        """The last thing that somebody means to do herself; None if it is the very act."""
        if motive is None:
            return None
        own = [s for s in motive.plan[1:] if motive.character in s.by]
        return own[-1] if own else None

    def _reasons(self, event: Event, phrase: Phrase, motive: Motive | None) -> tuple[list[Said], Line, str]:
        """What the actor wants: said before the act, after it, or not at all; and the word that leads on to the act."""
        goal = self._goal(motive)
        last = event.index == len(self.knowledge.story.events) - 1
        if motive is None:
            return [], (), self._fate(event)
        hidden = self.viewpoint not in {"", motive.character}
        if goal is None or hidden or str(goal) == self.goals.get(motive.character):
            kept = not hidden and goal is None and str(event) == self.goals.get(motive.character)
            lead = "In the end " if last and event.index > 2 else self._then(phrase)
            return [], self._as_meant(phrase) if kept and motive.came == "fulfilled" else (), lead
        self.goals[motive.character] = str(goal)
        return self._want(event, phrase, motive, goal)

    def _fate(self, event: Event) -> str:
        """How to lead on to what nobody chose."""
        if event.consenting:
            return ""
        return "One day " if event.index == 0 else self.chance.choice(["Then ", "And then "])

    def _then(self, phrase: Phrase) -> str:
        return self.chance.choice(["Then ", "", "After that, "]) if phrase.subject == self.actor else ""

    def _as_meant(self, phrase: Phrase) -> Line:
        name = self.naming.name(phrase.subject)
        return (
            (", as ", Ref(phrase.subject, "subject"), " had meant to")
            if name.pronoun and self.chance.random() < 0.5
            else ()
        )

    def _want(
        self, event: Event, phrase: Phrase, motive: Motive, goal: Intended
    ) -> tuple[list[Said], Line, str]:
        aim = self.phraser.act(goal.action, goal.arguments, goal.by, event.index)
        mistaken = self._mistaken(motive, event.index)
        if aim.subject != motive.character:
            return mistaken, (), ""
        infinitive = _named(aim.infinitive, motive.character)
        wanted = Said(
            (Ref(motive.character, "subject"), " ", WANT, " ", *infinitive, "."), (event.index,), (), "want"
        )
        if (
            mistaken
            or count_words(infinitive) + count_words(phrase.clause) > LONGEST - 8
            or self.chance.random() < 0.5
        ):
            return [wanted, *mistaken], (), "So " if not mistaken and self.chance.random() < 0.4 else ""
        return (
            [],
            (
                self.chance.choice([", meaning ", ", hoping ", ", for now all that mattered was "][:2]),
                *infinitive,
            ),
            "",
        )

    def _mistaken(self, motive: Motive, index: int) -> list[Said]:
        """The wrong beliefs that a plan rests on; a narrator who knows everything says that they are wrong."""
        said = []
        for wrong in motive.mistaken[:1]:
            line = self._belief(motive.character, wrong.fact, wrong.believed)
            truth = (
                self.facts.say(wrong.fact, wrong.true)
                if wrong.true is not None and not self.viewpoint
                else None
            )
            if line is None:
                continue
            if self.viewpoint:
                tail: Line = (".",)
            elif truth and count_words(line) + count_words(truth) < LONGEST and wrong.fact.kind != "boolean":
                tail = (", but ", *_named(truth), ".")
            else:
                tail = (
                    (". This ", BE, " not so.")
                    if not self.viewpoint and wrong.believed is not None
                    else (".",)
                )
            said.append(Said((*line, *tail), (index,), (), "mistaken"))
        return said

    # --- what follows from it -----------------------------------------------------------------

    def _consequences(self, event: Event, phrase: Phrase) -> list[Said]:
        """What an act changed beyond what its words say: deaths always, at most one other thing."""
        said: list[Said] = []
        dead = [c for c in event.changes if not c.mind and _death(c) and self._may_tell(c, event)]
        stems = {w[:4].lower() for w in split_name(event.action)}
        killing = any(w in word_lists("lexicon.txt")["~kill"] for w in split_name(event.action))
        for change in dead:
            if not (killing and change.fact.arguments[0] in event.arguments):
                line: Line = (Ref(change.fact.arguments[0], "subject"), " ", Verb("die"), ".")
                said.append(Said(line, (event.index,), (_assert(change),), "death"))
        for change in event.changes:
            telling = (
                not change.mind and change not in dead and not said and self._tells(change, stems, event)
            )
            clause = self.facts.say(change.fact, change.after) if telling else None
            if clause:
                said.append(Said((*_now(clause), "."), (event.index,), (_assert(change),), "change"))
        return said

    def _may_tell(self, change: Change, event: Event) -> bool:
        mind = (self.viewpoint,) if self.viewpoint else ()
        fact = change.fact
        return self.knowledge.value(mind, fact.name, fact.arguments, event.index + 1) == change.after

    def _tells(self, change: Change, stems: set[str], event: Event) -> bool:
        """Whether a change is worth a sentence: no number, no place or possession, not what the act's own words say."""
        lists = word_lists("lexicon.txt")
        name = [w.lower() for w in split_name(change.fact.name)]
        if (
            change.fact.kind == "number"
            or change.after is None
            or change.after is False
            or name[0] in lists["where"]
        ):
            return False
        if name[0] in lists["has"] or any(w[:4] in stems for w in name) or not self._may_tell(change, event):
            return False
        return change.fact.kind == "entity" or len(change.fact.arguments) <= 2


def _assert(change: Change) -> Assertion:
    return Assertion(change.fact, change.after)


def _death(change: Change) -> bool:
    name = split_name(change.fact.name)[0].lower()
    return len(change.fact.arguments) == 1 and (
        (name == "alive" and change.after is False)
        or change.after in {"Dead", "dead"}
        or (name == "dead" and change.after is True)
    )


def _without(tail: Line, people: Sequence[str]) -> Line:
    """A tail without some people and the prepositions before them."""
    kept: list[Part] = []
    for part in tail:
        if isinstance(part, Ref) and part.name in people:
            while kept and isinstance(kept[-1], str) and kept[-1].strip() in {"", "with", "to"}:
                kept.pop()
        else:
            kept.append(part)
    return tuple(kept)


def _joined(names: Sequence[str]) -> Line:
    line: list[Part] = []
    for i, name in enumerate(names):
        if i:
            line.append(" and " if i == len(names) - 1 else ", ")
        line.append(Ref(name, "subject" if len(names) == 1 else "name"))
    return tuple(line)


def _named(line: Line, but: str = "") -> Line:
    """Names instead of pronouns, for what would be unclear inside another clause."""
    return tuple(
        Ref(p.name, "name") if isinstance(p, Ref) and p.case in {"subject", "object"} and p.name != but else p
        for p in line
    )


def _now(clause: Line) -> Line:
    """Put *now* behind the verb: *was now*, *now loved*."""
    at = next((i for i, p in enumerate(clause) if isinstance(p, Verb)), None)
    if at is None:
        return clause
    verb = clause[at]
    assert isinstance(verb, Verb)
    return (
        (*clause[: at + 1], " now", *clause[at + 1 :])
        if verb.base == "be"
        else (*clause[:at], "now ", *clause[at:])
    )


def _merge(first: Said, second: Said) -> Said | None:
    """Join plain acts of one person into one sentence, if it stays short: *went to the forest and shot …*.

    Where the second differs only in its object, the objects are joined: *picked up the gun and the shells*.
    """
    if first.rule not in {"act", "acts"} or second.rule != "act" or not first.phrase or not second.phrase:
        return None
    if first.phrase.subject != second.phrase.subject or len(first.events) > 1:
        return None
    one, other = first.phrase.predicate, second.phrase.predicate
    same = (
        one[:-1] == other[:-1]
        and isinstance(one[-1], Ref)
        and isinstance(other[-1], Ref)
        and first.line[-len(one) :] == one
    )
    line: Line = (*first.line, " and ", *(other[-1:] if same else other))
    if count_words(line) > LONGEST - 6:
        return None
    return replace(
        first, line=_plain_objects(line) if same else line, events=first.events + second.events, rule="acts"
    )


def _plain_objects(line: Line) -> Line:
    return tuple(Ref(p.name, "name") if isinstance(p, Ref) and p.case == "object" else p for p in line)
