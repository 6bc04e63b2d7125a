"""Where a sentence comes from: its events, who knew of them, whose voice it is, and who believes what it claims.

Found once, so that the page, the data and whatever comes later say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from fabula.frozen import dataclass
from fabula.story.story import Event, Fact, Mistaken, Story, Word
from fabula.tell.bonds import BondMove
from fabula.tell.discourse.view import Knowledge
from fabula.tell.feelings import Feeling
from fabula.tell.telling import Assertion, Sentence, Telling, Unit

VOICES = {
    "narration": "the narrator’s words",
    "free indirect": "as {} sees it",
    "thought": "{} thinks it",
    "speech": "{} says it",
    "front": "the title page",
}


@dataclass(frozen=True, slots=True)
class Knowing:
    """Who knew of an event: those who noticed it, those who learned of it by a later event (its index), and those who never did."""

    seen: tuple[str, ...]
    later: tuple[tuple[str, int], ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence claims: whether it is so after its event, who believes it then, and who does not."""

    fact: Fact
    value: Word
    so: bool
    believers: tuple[str, ...]
    doubters: tuple[str, ...]


def word(value: Word) -> str:
    """A value as it is shown: `?` for unknown, whole numbers without decimals."""
    if value is None or isinstance(value, bool):
        return {None: "?", True: "yes", False: "no"}[value]
    return f"{value:g}" if isinstance(value, int | float) else value


def deed(event: Event) -> str:
    """An event for a reader who knows the world: *strike down (Ann, Bob)*."""
    name = event.action.replace("_", " ")
    return f"{name} ({', '.join(event.arguments)})" if event.arguments else name


def listed(names: tuple[str, ...]) -> str:
    """*Ann*, *Ann and Bob*, *Ann, Bob and Cid*."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def wrongly(mistake: Mistaken) -> str:
    """A belief on which a plan wrongly rests: *wrongly held at(Bob) = Market where it was Inn*."""
    return f"wrongly held {mistake.fact} = {word(mistake.believed)} where it was {word(mistake.true)}"


def called_up(sentence: Sentence, unit: Unit | None) -> int | None:
    """The present event that called a sentence up as a memory; None for what is told in its place."""
    return unit.anchor if unit is not None and sentence.events != (unit.anchor,) else None


class Origins:
    """Answers where things come from; made once for a telling of a story."""

    def __init__(self, story: Story, telling: Telling) -> None:
        self.story, self.telling = story, telling
        self.knowledge = Knowledge(story)
        self.people = tuple(e.name for e in story.entities if "character" in e.types)

    def knowing(self, event: int) -> Knowing:
        """Who knew of an event, and since when."""
        learned = {who: self.knowledge.learned(event, who) for who in self.people}
        return Knowing(
            tuple(who for who, at in learned.items() if at == event),
            tuple((who, at) for who, at in learned.items() if at is not None and at != event),
            tuple(who for who, at in learned.items() if at is None),
        )

    def claim(self, sentence: Sentence, assertion: Assertion) -> Claim:
        """How a claim of a sentence stands to what is so and what is believed, after the last event it tells of."""
        fact, value = assertion.fact, assertion.value
        moment = max(sentence.events) + 1 if sentence.events else 0
        holds = {
            who: self.knowledge.value((who,), fact.name, fact.arguments, moment) == value
            for who in self.people
        }
        return Claim(
            fact,
            value,
            self.knowledge.value((), fact.name, fact.arguments, moment) == value,
            tuple(who for who, believes in holds.items() if believes),
            tuple(who for who, believes in holds.items() if not believes),
        )

    def bonds(self, event: int) -> tuple[BondMove, ...]:
        """The bonds that an event moved."""
        return tuple(move for move in self.knowledge.feelings.bonds() if move.event == event)

    def feelings(self, event: int) -> tuple[Feeling, ...]:
        """What everybody feels because of an event, strongest first."""
        return tuple(sorted(self._felt.get(event, ()), key=lambda f: (-f.strength, f.character, f.name)))

    @cached_property
    def _felt(self) -> dict[int, list[Feeling]]:
        felt: dict[int, list[Feeling]] = {}
        for feeling in self.knowledge.feelings.all:
            felt.setdefault(feeling.event, []).append(feeling)
        return felt

    @cached_property
    def told(self) -> dict[int, tuple[int, ...]]:
        """By event, the numbers (from 1) of the sentences that tell of it."""
        found: dict[int, list[int]] = {}
        for number, sentence in enumerate(self.telling.sentences, 1):
            for event in sentence.events:
                found.setdefault(event, []).append(number)
        return {event: tuple(numbers) for event, numbers in found.items()}

    @cached_property
    def left_out(self) -> dict[int, str]:
        """By event that is not told, why."""
        return {e: u.reason for u in self.telling.units if u.kind == "ellipsis" for e in u.events}

    def note(self, sentence: Sentence, unit: Unit | None = None) -> tuple[str, ...]:
        """All that there is to say of a sentence, in short lines."""
        return tuple(self._lines(sentence, unit))

    def _lines(self, sentence: Sentence, unit: Unit | None) -> Iterator[str]:
        for index in sentence.events:
            yield f"Event {index + 1} of {len(self.story.events)}: {deed(self.story.events[index])}"
        if not sentence.events:
            yield "How things stand"
        yield self._voice(sentence, unit)
        for index in sentence.events:
            yield self.known(index)
            yield from dict.fromkeys(
                f"{motive.character} {wrongly(mistake)}"
                for motive in self.story.events[index].motives
                for mistake in motive.mistaken
            )
        for assertion in sentence.asserts:
            yield self._claimed(self.claim(sentence, assertion))

    def _voice(self, sentence: Sentence, unit: Unit | None) -> str:
        speaker = sentence.speaker or self.telling.spin.viewpoint or "somebody"
        voice = VOICES[sentence.mode].format(speaker)
        called = called_up(sentence, unit)
        memory = "" if called is None else f"; a memory, called up by event {called + 1}"
        return voice[0].upper() + voice[1:] + memory

    def known(self, event: int) -> str:
        """Who knew of an event, in a sentence."""
        knowing = self.knowing(event)
        parts = [f"Seen by {listed(knowing.seen)}" if knowing.seen else "Seen by nobody"]
        for at in dict.fromkeys(at for _, at in knowing.later):
            who = listed(tuple(name for name, when in knowing.later if when == at))
            parts.append(f"{who} learned of it by event {at + 1}")
        parts += [f"{listed(knowing.never)} never knew"] if knowing.never else []
        return "; ".join(parts)

    def _claimed(self, claim: Claim) -> str:
        line = f"{claim.fact} = {word(claim.value)}: {'so' if claim.so else 'not so'}"
        if not claim.doubters:
            return f"{line}; everybody believes it"
        return f"{line}; {listed(claim.believers) or 'nobody'} believed it, {listed(claim.doubters)} did not"
