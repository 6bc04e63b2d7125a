"""The opening of the fallback: who and what is where when it begins, and who is wrong about something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fabula.story.story import Fact, Word
from fabula.tell.bank.clause import Line, Ref, count_words
from fabula.tell.discourse.view import Knowledge
from fabula.tell.english.facts import Facts, place_word
from fabula.tell.english.said import LONGEST, Said, joined, named
from fabula.tell.english.verbs import Verb
from fabula.tell.english.words import split_name, word_lists
from fabula.tell.telling import Assertion

MOST = 2
"""Sentences on beliefs."""


class Setting:
    """Says how things stand at a moment, as far as it matters to those `involved`. One per telling."""

    def __init__(
        self, knowledge: Knowledge, facts: Facts, viewpoint: str, at: int, involved: Sequence[str]
    ) -> None:
        self.knowledge, self.facts, self.viewpoint, self.at, self.involved = (
            knowledge,
            facts,
            viewpoint,
            at,
            involved,
        )
        self.phraser = facts.phraser

    def opening(self) -> list[Said]:
        """The sentences of the opening: places first, then what is held, then beliefs."""
        groups: dict[str, list[str]] = {}
        held: dict[str, list[str]] = {}
        lists = word_lists("lexicon.txt")
        for fact, value in self._table().items():
            name = split_name(fact.name)[0].lower()
            if (
                not isinstance(value, str)
                or len(fact.arguments) != 1
                or fact.arguments[0] not in self.involved
            ):
                continue
            if name in {*lists["where"], *lists["has"]} and self.phraser.person(value):
                held.setdefault(value, []).append(fact.arguments[0])
            elif name in lists["where"] and self.phraser.kind(value) == "l":
                groups.setdefault(value, []).append(fact.arguments[0])
        said = [self._group(place, things, held) for place, things in groups.items()]
        alone = {g[0] for g in groups.values() if len(g) == 1}
        said += [self._holding(who, things) for who, things in held.items() if who not in alone]
        return self._paired(said) + self._beliefs()

    def _table(self) -> dict[Fact, Word]:
        facts = self.knowledge.story.moments[self.at].facts
        return dict(facts.get((self.viewpoint,) if self.viewpoint else (), facts.get((), {})))

    def _group(self, place: str, things: list[str], held: dict[str, list[str]]) -> Said:
        """*Tom and Ann were at home*; one person alone also with what she has."""
        things = sorted(things, key=lambda t: not self.phraser.person(t))
        word = place_word(self.facts.naming, place)
        where: Line = (f" {word} " if word else " ", Ref(place, "name"))
        carried = held.get(things[0], []) if len(things) == 1 else []
        extra: Line = (" with ", *joined(carried)) if carried else ()
        extra = named(extra) if extra else ()
        line: Line = (*named(joined(things)), " ", Verb("be", plural=len(things) > 1), *where, *extra)
        facts = tuple(
            Assertion(f, v)
            for f, v in self._table().items()
            if v == place and f.arguments[:1] and f.arguments[0] in things
        )
        return Said(line, (), facts, "place")

    def _holding(self, who: str, things: list[str]) -> Said:
        facts = tuple(
            Assertion(f, v) for f, v in self._table().items() if v == who and {*f.arguments} & {*things}
        )
        return Said((Ref(who, "named"), " ", Verb("have"), " ", *named(joined(things))), (), facts, "has")

    def _paired(self, said: list[Said]) -> list[Said]:
        """Join two short statements: *…, and …*."""
        pairs: list[Said] = []
        for one in said:
            if (
                pairs
                and pairs[-1].rule != "pair"
                and count_words(pairs[-1].line) + count_words(one.line) < 22
            ):
                last = pairs.pop()
                pairs.append(Said((*last.line, ", and ", *one.line), (), last.asserts + one.asserts, "pair"))
            else:
                pairs.append(one)
        return [replace(s, line=(*s.line, ".")) for s in pairs]

    def _beliefs(self) -> list[Said]:
        """What one of those who act wrongly believes or does not know; what a plan rests on is told with that plan."""
        story = self.knowledge.story
        acting = {c for e in story.events for c in e.consenting}
        later = {(m.character, w.fact) for e in story.events for m in e.motives for w in m.mistaken}
        said: list[Said] = []
        last, known_not = "", None
        facts = story.moments[self.at].facts
        for mind, believed in facts.items():
            if len(mind) != 1 or mind[0] not in acting or self.viewpoint not in {"", mind[0]}:
                continue
            for fact, value in believed.items():
                known = all(a in self.involved for a in fact.arguments) and fact.kind != "number"
                matters = known and value != facts[()].get(fact) and (mind[0], fact) not in later
                if not matters or len(said) >= MOST or not (line := self.facts.belief(mind[0], fact, value)):
                    continue
                if value is None and said and known_not == fact:
                    said[-1] = Said(
                        (*said[-1].line[:-1], ", and nor did ", Ref(mind[0], "named"), "."), (), (), "belief"
                    )
                elif last == mind[0] and value is not None and count_words((*said[-1].line, *line)) < LONGEST:
                    said[-1] = Said((*said[-1].line[:-1], " and", *line[3:], "."), (), (), "belief")
                else:
                    said.append(Said((*line, "."), (), (), "belief"))
                last, known_not = (mind[0], None) if value is not None else ("", fact)
        return said
