"""Why they do it: the fallback's words for what somebody wants, hopes for, and is mistaken about."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from fabula.frozen import dataclass
from fabula.story.story import Event, Intended, Motive, Story
from fabula.tell.bank.clause import Line, Ref, count_words
from fabula.tell.english.facts import Facts
from fabula.tell.english.phrase import Phrase
from fabula.tell.english.said import LONGEST, Said, named
from fabula.tell.english.verbs import Verb
from fabula.tell.english.words import split_name, word_lists


@dataclass(frozen=True, slots=True)
class Reasons:
    """What is said around an act: sentences `before` it, words `after` it, and a word that leads to it."""

    before: tuple[Said, ...] = ()
    after: Line = ()
    lead: str = ""
    kept: bool = False
    """Whether the act is what had been aimed at all along."""


class Aims:
    """Remembers what the reader knows everybody to want, so that it is said once. One per telling."""

    def __init__(self, facts: Facts, chance: random.Random, viewpoint: str) -> None:
        self.facts, self.chance, self.viewpoint = facts, chance, viewpoint
        self.phraser, self.naming = facts.phraser, facts.naming
        self.known: dict[str, str] = {}
        self.closed: set[str] = set()

    def _key(self, act: Intended | Event) -> str:
        """An aim without its place: the same wherever it is reached."""
        return " ".join([act.action, *sorted(a for a in act.arguments if self.phraser.kind(a) != "l")])

    def of(self, event: Event, phrase: Phrase) -> Reasons | None:
        """The reasons of the one who acts, if they are new; an empty `Reasons` if they are known; None if she has none."""
        motive = next((m for m in event.motives if m.character == phrase.subject), None)
        if motive is None or self.viewpoint not in {"", motive.character}:
            return None
        goal = motive.plan[-1] if len(motive.plan) > 1 else None
        if goal is None or self._key(goal) == self.known.get(motive.character):
            kept = goal is None and self._key(event) == self.known.get(motive.character)
            return Reasons((), self._because(motive), kept=kept and motive.came == "fulfilled")
        self.known[motive.character] = self._key(goal)
        return self._new(event, phrase, motive, goal)

    def _because(self, motive: Motive) -> Line:
        """The wrong belief that an act rests on whose aim is known, if the reader has not heard of it: *because he believed that …*."""
        for wrong in motive.mistaken:
            line = (
                self.facts.belief(motive.character, wrong.fact, wrong.believed)
                if wrong.believed is not None
                else None
            )
            if line:
                return (", because ", *line)
        return ()

    def _new(self, event: Event, phrase: Phrase, motive: Motive, goal: Intended) -> Reasons:
        who = Ref(motive.character, "subject")
        mistaken = self._mistaken(motive, event.index)
        aim = self.phraser.act(goal.action, goal.arguments, goal.by, event.index)
        if motive.character not in goal.by or (aim.subject != motive.character and not self._mutual(goal)):
            hope: Line = (
                who,
                " ",
                Verb("hope"),
                " that ",
                Ref(aim.subject, "named"),
                " would ",
                *self._clear(aim.bare, motive.character),
                ".",
            )
            return Reasons((Said(hope, (event.index,), (), "want"), *mistaken))
        aim = self.phraser.act(goal.action, goal.arguments, (motive.character, *goal.by), event.index)
        infinitive = self._clear(aim.infinitive)
        long = count_words(infinitive) + count_words(phrase.clause) > LONGEST - 8
        if (
            mistaken
            or long
            or self.chance.random() < (0.5 if self.naming.name(motive.character).pronoun else 0.2)
        ):
            wanted = Said((who, " ", Verb("want"), " ", *infinitive, "."), (event.index,), (), "want")
            return Reasons(
                (wanted, *mistaken),
                (),
                "So " if (self.viewpoint or not mistaken) and self.chance.random() < 0.4 else "",
            )
        return Reasons((), (self.chance.choice([", meaning ", ", hoping "]), *infinitive))

    def _mutual(self, act: Intended) -> bool:
        """Whether an act is one that two do with each other."""
        return split_name(act.action)[0].lower() in word_lists("lexicon.txt")["mutual"]

    def _clear(self, line: Line, who: str = "") -> Line:
        """People by name in somebody's aim, but for herself; things as they come."""
        return tuple(
            named((p,), who)[0] if isinstance(p, Ref) and self.phraser.person(p.name) else p for p in line
        )

    def _mistaken(self, motive: Motive, index: int) -> list[Said]:
        """A wrong belief that a plan rests on; a narrator who knows everything says that it is wrong."""
        for wrong in motive.mistaken:
            line = self.facts.belief(motive.character, wrong.fact, wrong.believed)
            if line is None:
                continue
            believed = Said((*line, "."), (index,), (), "mistaken")
            if self.viewpoint or wrong.believed is None:
                return [believed]
            truth = (
                self.facts.say(wrong.fact, wrong.true)
                if wrong.true is not None and wrong.fact.kind != "boolean"
                else None
            )
            if truth and count_words(line) + count_words(truth) < LONGEST:
                return [Said((*line, ", but ", *named(truth), "."), (index,), (), "mistaken")]
            corrected: Line = (Ref(motive.character, "subject"), " ", Verb("be"), " wrong.")
            if count_words(line) < LONGEST - 8 and self.chance.random() < 0.5:
                return [Said((*line, ", but ", *corrected), (index,), (), "mistaken")]
            return [believed, Said(corrected, (index,), (), "mistaken")]
        return []

    def forget(self, who: str) -> None:
        """Somebody's aim was not told after all."""
        self.known.pop(who, None)

    def dashed(self, event: Event, story: Story, dead: AbstractSet[str]) -> list[Said]:
        """Those whose aim this act was, as the reader knows, and who see that they gained nothing by it."""
        said = []
        for motive in self._vain(story, story.events[: event.index + 1], event.index + 1, dead):
            who, goal = motive.character, motive.plan[-1]
            if self._key(goal) == self._key(event) and who in event.consenting:
                said.append(Said(self._failure(who, goal, event.index, True), (event.index,), (), "failed"))
                self.closed.add(who)
        return said

    def failed(self, story: Story, dead: AbstractSet[str]) -> list[Said]:
        """What became of the aims that came to nothing, once each; of the `dead` nothing more need be said."""
        said: dict[str, Said] = {}
        for motive in self._vain(story, story.events, len(story.events), dead):
            who, goal = motive.character, motive.plan[-1]
            index = max(e.index for e in story.events if motive in e.motives)
            done = any(self._key(e) == self._key(goal) for e in story.events[index:])
            if who in goal.by:
                said[who] = Said(self._failure(who, goal, index, done), (index,), (), "failed")
        return list(said.values())

    def _vain(
        self, story: Story, events: Sequence[Event], moment: int, dead: AbstractSet[str]
    ) -> Iterator[Motive]:
        """Motives that the reader knows, that failed, and whose owners live and do not think at a moment that they have what they hoped for."""
        fortune = story.moments[moment].utility
        last = {(m.character, self._key(m.plan[-1])): m.came for e in story.events for m in e.motives}
        for motive in (m for e in events for m in e.motives if m.came == "failed"):
            who = motive.character
            told = self._key(motive.plan[-1]) == self.known.get(who) and self.viewpoint in {"", who}
            content = motive.hoped is not None and (fortune.get(who) or 0) >= motive.hoped
            failed = last[who, self._key(motive.plan[-1])] == "failed"
            if told and failed and not content and who not in {*dead, *self.closed}:
                yield motive

    def _failure(self, who: str, goal: Intended, index: int, done: bool) -> Line:
        """An aim was not reached, or it was and brought nothing."""
        if done:
            return ("It was not what ", Ref(who, "named"), " had hoped for.")
        aim = self.phraser.act(goal.action, goal.arguments, (who, *goal.by), index)
        return (
            Ref(who, "named"),
            " ",
            Verb("have"),
            " meant ",
            *named(aim.infinitive),
            ", but nothing came of it.",
        )
