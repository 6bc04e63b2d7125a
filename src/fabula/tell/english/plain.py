"""The fallback: any world told in plain English, from the names of its acts and facts and the reasons of those who act.

Not style, but manners: it says who wanted what, joins short acts of one person, gives the place when it changes, and
tells a mistaken belief as one. Sentences have at most 28 words.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from fabula.story.story import Change, Event
from fabula.tell.bank.bank import Bank
from fabula.tell.bank.clause import Line, Ref, count_words
from fabula.tell.discourse.view import Knowledge
from fabula.tell.english.aims import Aims, Reasons
from fabula.tell.english.facts import Facts, place_word
from fabula.tell.english.names import Naming
from fabula.tell.english.phrase import Phrase, Phraser
from fabula.tell.english.said import LONGEST, Said, came_to, joined, merged, without
from fabula.tell.english.setting import Setting
from fabula.tell.english.verbs import Verb
from fabula.tell.english.words import split_name, word_lists
from fabula.tell.telling import Assertion

LEADS = ("Then ", "", "After that, ")
PARAGRAPH = 12
"""Words that a paragraph has before another begins."""
ENDS = ("In the end ", "At last ", "In the end ")


class Plain:
    """Tells events in a row; remembers where the reader is and whom the last sentence was about. One per telling."""

    def __init__(
        self, bank: Bank, knowledge: Knowledge, naming: Naming, chance: random.Random, viewpoint: str = ""
    ) -> None:
        self.knowledge, self.naming, self.chance, self.viewpoint = knowledge, naming, chance, viewpoint
        self.phraser = Phraser(knowledge, naming, chance)
        self.facts = Facts(bank, naming, self.phraser)
        self.aims = Aims(self.facts, chance, viewpoint)
        self.lead = self.where = self.actor = ""
        self.dead: set[str] = set()
        self.begun = False

    def opening(self, events: Sequence[int], at: int = 0) -> list[Said]:
        """Who and what is where at a moment, as far as it matters to what is told."""
        told = [self.knowledge.story.events[e] for e in events]
        involved = [a for e in told for a in (*self._arguments(e), *e.consenting)]
        self.actor = next(iter(told[0].consenting or told[0].arguments), "")
        self.where = self.knowledge.place(self.actor, at)
        return Setting(self.knowledge, self.facts, self.viewpoint, at, involved).opening()

    def ending(self) -> list[Said]:
        """What became of the plans that came to nothing."""
        return self.aims.failed(self.knowledge.story, self.dead)

    def run(self, events: Sequence[int]) -> list[Said]:
        """Tell events one after the other."""
        said: list[Said] = []
        for index in events:
            for new in self._event(self.knowledge.story.events[index]):
                one = replace(new, breaks=new.breaks and self._full(said))
                both = merged(said[-1], one) if said and not one.breaks else None
                said[-1:] = [both] if both else [*said[-1:], one]
        return [replace(s, line=s.line if str(s.line[-1]).endswith(".") else (*s.line, ".")) for s in said]

    def _full(self, said: Sequence[Said]) -> bool:
        """Whether the paragraph that is being written is long enough to be left."""
        begun = next((i for i in range(len(said) - 1, -1, -1) if said[i].breaks), 0)
        return sum(count_words(s.line) for s in said[begun:]) >= PARAGRAPH

    def one(self, index: int) -> Said:
        """Tell an event in one sentence, for a summary or a memory."""
        event = self.knowledge.story.events[index]
        phrase = self._phrase(event)
        return Said((*self._together(event, phrase), "."), (index,), (), "act", phrase)

    def _phrase(self, event: Event) -> Phrase:
        phrase = self.phraser.act(event.action, self._arguments(event), event.consenting, event.index)
        return phrase if event.consenting or not self.phraser.person(phrase.subject) else phrase.endured

    def _arguments(self, event: Event) -> tuple[str, ...]:
        """Those who take part; where the act names nobody, those whom it changes."""
        if event.arguments:
            return event.arguments
        world = [c for c in event.changes if not c.mind and c.fact.arguments and c.fact.kind == "entity"]
        moved = [c.fact.arguments[0] for c in world]
        told = [c.mind[0] for c in event.changes if len(c.mind) == 1]
        places = [
            str(c.after)
            for c in world
            if c.fact.arguments[0] in event.consenting and self.phraser.kind(str(c.after)) == "l"
        ]
        others = [a for a in (*(moved or told), *places) if a not in event.consenting]
        return tuple(dict.fromkeys((*event.consenting[:1], *others)))

    def _event(self, event: Event) -> list[Said]:
        phrase = self._phrase(event)
        reasons = self.aims.of(event, phrase)
        lead = self._lead(event, phrase, reasons)
        clause = self._clause(event, phrase, lead)
        plain = clause == ((lead, *phrase.clause) if lead else phrase.clause)
        before, after = (reasons.before, reasons.after) if reasons else ((), ())
        if (
            reasons
            and reasons.kept
            and self.naming.name(phrase.subject).pronoun
            and self.chance.random() < 0.5
        ):
            after = (", as ", Ref(phrase.subject, "subject"), " had meant to")
        if count_words(clause) + count_words(after) > LONGEST - 4:
            after = ()
            self.aims.forget(phrase.subject)
        rule = (
            "led"
            if after or not plain or not event.consenting
            else "first"
            if before or lead not in LEADS
            else "act"
        )
        breaks = (
            phrase.subject != self.actor
            and event.index > 0
            and (bool(before) or self._elsewhere(event, phrase))
        )
        self.actor = phrase.subject
        self.where = phrase.goes_to or self.knowledge.place(phrase.subject, event.index + 1) or self.where
        act = Said((*clause, *after), (event.index,), (), rule, phrase)
        said = [*before, *came_to(act, self._consequences(event))]
        said += self.aims.dashed(event, self.knowledge.story, self.dead)
        return [replace(said[0], breaks=breaks), *said[1:]]

    def _elsewhere(self, event: Event, phrase: Phrase) -> bool:
        return self.knowledge.place(phrase.subject, event.index) != self.where

    def _lead(self, event: Event, phrase: Phrase, reasons: Reasons | None) -> str:
        """A word that leads on from what came before; of those between acts of one person, never the same twice."""
        if reasons and (reasons.before or reasons.after):
            return reasons.lead
        if not event.consenting:
            words = [w for w in ("Then ", "And then ") if w != self.lead]
            self.lead = "One day " if event.index == 0 else self.chance.choice(words)
            return self.lead
        if event.index == len(self.knowledge.story.events) - 1 and event.index > 2:
            return self.chance.choice(ENDS)
        if phrase.subject != self.actor or not self.begun:
            self.begun = True
            return ""
        words = [w for w in LEADS if w != self.lead]
        self.lead = self.chance.choices(words, [1 if w.startswith("After") else 4 for w in words])[0]
        return self.lead

    def _together(self, event: Event, phrase: Phrase) -> Line:
        """The act with all who do it: those who chose it and stand in no role, and with *go*, *dance* … any who chose it."""
        others = [c for c in event.consenting if c != phrase.subject]
        if phrase.verb.base not in word_lists("lexicon.txt")["alone"]:
            others = (
                [c for c in others if c not in self._arguments(event)] if phrase.verb.base != "tell" else []
            )
        if not others:
            return phrase.clause
        verb = replace(phrase.verb, plural=True)
        return (*joined([phrase.subject, *others]), " ", verb, *without(phrase.tail, others))

    def _clause(self, event: Event, phrase: Phrase, lead: str) -> Line:
        """The act, its place if that is new, and the word that leads on to it."""
        clause = self._together(event, phrase)
        place = self.knowledge.place(phrase.subject, event.index)
        said = any(isinstance(p, Ref) and p.name == place for p in clause)
        if place and place != self.where and not said and not phrase.goes_to:
            word = place_word(self.naming, place)
            clause = (*clause, f" {word} " if word else " ", Ref(place, "name"))
        return (lead, *clause) if lead else clause

    def _consequences(self, event: Event) -> list[Said]:
        """What an act changed beyond what its words say: deaths always, at most one other thing."""
        known = [c for c in event.changes if not c.mind and self._known(c, event)]
        stems = {w[:4].lower() for w in split_name(event.action)}
        stems |= {"spou", "husb", "wife"} if "marr" in stems else set()
        killing = any(w in word_lists("lexicon.txt")["~kill"] for w in split_name(event.action))
        said: list[Said] = []
        for change in known:
            if _death(change) and not (killing and change.fact.arguments[0] in event.arguments):
                self.dead.add(change.fact.arguments[0])
                lead = ("But ",) if self._dashed(event, change.fact.arguments[0]) else ()
                line: Line = (*lead, Ref(change.fact.arguments[0], "subject"), " ", Verb("die"), ".")
                said.append(Said(line, (event.index,), (Assertion(change.fact, change.after),), "death"))
        for change in known:
            if said or _death(change) or not _worth_telling(change, stems):
                continue
            if clause := self.facts.say(change.fact, change.after):
                line = (*self._now(clause), ".")
                said.append(Said(line, (event.index,), (Assertion(change.fact, change.after),), "change"))
        return said

    def _dashed(self, event: Event, who: str) -> bool:
        """Whether somebody hoped to gain by this very act: what comes of it instead is a *but*."""
        return any(
            m.character == who and m.came == "failed" and (m.hoped or 0) > (m.before or 0)
            for m in event.motives
        )

    def _known(self, change: Change, event: Event) -> bool:
        mind = (self.viewpoint,) if self.viewpoint else ()
        fact = change.fact
        return self.knowledge.value(mind, fact.name, fact.arguments, event.index + 1) == change.after

    def _now(self, clause: Line) -> Line:
        """Say that something is so from now on: *was dangerous now*, *now loved*; what has been done is so in any case: *was forgiven*."""
        verb = next((p for p in clause if isinstance(p, Verb)), None)
        if str(clause[-1]).split()[-1:] and str(clause[-1]).endswith(("ed", "en")):
            return clause
        if verb is None or verb.base == "be" or self.chance.random() < 0.5:
            return (*clause, " now")
        at = clause.index(verb)
        return (*clause[:at], "now ", *clause[at:])


def _worth_telling(change: Change, stems: set[str]) -> bool:
    """Whether a change is worth a sentence: no number, no place or possession, not what the act's own words say."""
    lists = word_lists("lexicon.txt")
    name = [w.lower() for w in split_name(change.fact.name)]
    if change.fact.kind == "number" or change.after in {None, False} or len(change.fact.arguments) > 2:
        return False
    return name[0] not in {*lists["where"], *lists["has"]} and not any(w[:4] in stems for w in name)


def _death(change: Change) -> bool:
    name = split_name(change.fact.name)[0].lower()
    died = (name, change.after) in {("alive", False), ("dead", True)} or change.after in {"Dead", "dead"}
    return len(change.fact.arguments) == 1 and died
