"""An event of a story as somebody sees it: what conditions are tested against, and what may be claimed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property

from fabula.frozen import dataclass
from fabula.story.story import Event, Fact, Mind, Story, Word
from fabula.tell.feelings import Feelings


class Knowledge:
    """Who knows what, and since when. Behaves like a table of the whole story; every room of the telling asks it."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.types = {e.name: e.types for e in story.entities}
        self.feelings = Feelings(story)
        self._tables: dict[tuple[int, Mind], dict[tuple[str, tuple[str, ...]], Word]] = {}
        self._causes: dict[int, Mapping[int, int]] = {}

    def value(self, mind: Mind, name: str, arguments: tuple[str, ...], moment: int) -> Word:
        """The value of a fact in somebody's eyes; the truth where the story does not say what she believes."""
        facts = self.story.moments[moment].facts
        while mind not in facts and mind:
            mind = mind[:-1]
        if (moment, mind) not in self._tables:
            self._tables[moment, mind] = {(f.name, f.arguments): v for f, v in facts.get(mind, {}).items()}
        return self._tables[moment, mind].get((name, arguments))

    def learned(self, event: int, who: str) -> int | None:
        """The event by which `who` knows of an event: itself if she saw it, a later one from which she learned of it, or None.

        To see what an act has changed is not to know of the act. She learns of it if what she comes to know is still this act's doing, and
        either names those who chose it or comes to her through one of them who saw it. The narrator (`who` is "") sees everything.
        """
        told = self.story.events[event]
        if not who or who in told.observers:
            return event
        shown = {(c.fact, c.after) for c in told.changes if not c.mind}
        for later in self.story.events[event:]:
            anew = {c.fact for c in later.changes if not c.mind and later is not told}
            shown = {(fact, value) for fact, value in shown if fact not in anew}
            seen = {(c.fact, c.after) for c in later.changes if c.mind == (who,)} & shown
            firsthand = set(later.consenting) & set(told.observers)
            if seen and (firsthand or any(set(told.consenting) <= {*f.arguments, v} for f, v in seen)):
                return later.index
        return None

    def causes(self, event: int) -> Mapping[int, int]:
        """All earlier events that led to an event, with their distance in steps of cause and effect."""
        if event in self._causes:
            return self._causes[event]
        found: dict[int, int] = {}
        edge, distance = set(self.story.events[event].causes), 1
        while edge:
            found.update((c, distance) for c in edge if c not in found)
            edge = {d for c in edge for d in self.story.events[c].causes} - set(found)
            distance += 1
        self._causes[event] = found
        return found

    def place(self, who: str, moment: int) -> str:
        """Where somebody is, as far as the world has a word like *at* or *in* for it; else ""."""
        for word in ("at", "in", "location", "place", "where", "position"):
            value = self.value((), word, (who,), moment)
            if isinstance(value, str):
                return value
        return ""


@dataclass(frozen=True)
class View:
    """An event seen from a head. Implements `Situation`; made for every event that is told."""

    knowledge: Knowledge
    event: Event
    viewpoint: str
    roles: Mapping[str, str] = field(default_factory=dict)
    opens: bool = False
    closes: bool = False

    def entity(self, name: str) -> str:
        """Who or what a role or name stands for here."""
        return self.viewpoint if name == "viewpoint" else self.roles.get(name, name)

    def types(self, entity: str) -> tuple[str, ...]:
        """All types of an entity."""
        return self.knowledge.types.get(entity, ())

    def value(self, mind: Mind, fact: str, arguments: tuple[str, ...], after: bool) -> Word:
        """The value of a fact in somebody's eyes before or after the event."""
        return self.knowledge.value(mind, fact, arguments, self.event.index + after)

    def feels(self, character: str, feeling: str, toward: str) -> bool:
        """Whether a character feels so, now that the event has happened."""
        return self.knowledge.feelings.feels(character, feeling, toward, self.event.index)

    @property
    def participants(self) -> tuple[str, ...]:
        """Those who take part: the characters among the arguments, and those who chose it."""
        event = self.event
        people = [a for a in event.arguments if "character" in self.types(a)]
        return tuple(dict.fromkeys([*event.consenting, *people]))

    @cached_property
    def _same(self) -> list[int]:
        return [e.index for e in self.knowledge.story.events if e.action == self.event.action]

    @property
    def time(self) -> int:
        """1 for the first event of this action in the story, 2 for the second, and so on."""
        return self._same.index(self.event.index) + 1

    @property
    def times(self) -> int:
        """How often the action happens in the story."""
        return len(self._same)

    def may_claim(self, fact: Fact, value: Word, wrongly: bool) -> bool:
        """Whether the focalizer holds a fact to be so, just before or just after the event.

        `wrongly` allows what she believes and is not so: in free indirect speech and in thought, never in narration.
        """
        mind = (self.viewpoint,) if self.viewpoint else ()
        for after in (False, True):
            believed = self.value(mind, fact.name, fact.arguments, after) == value
            if believed and (wrongly or self.value((), fact.name, fact.arguments, after) == value):
                return True
        return False
