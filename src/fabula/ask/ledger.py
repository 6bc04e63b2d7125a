"""The ledger of knowledge: who learns what at which event and how, who is wrong, and who thinks that others are.

It is read off a `Story` alone: what changes in whose mind, who was there to see it, and how things really are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from fabula.story.story import Change, Event, Fact, Mind, Moment, Story, Word

How = Literal["saw", "was led to believe", "missed"]
"""She noticed the event; her belief was changed by an event that she did not notice; the world changed behind her back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """At an event, `mind` (whose last but one character's idea of the last it may be) comes to hold `fact` to be `value`.

    For `missed`, `value` is what she goes on believing. `true` is how things are (for a mind in a mind: what that other
    really believes), `right` whether the two agree.
    """

    event: int
    mind: Mind
    fact: Fact
    value: Word
    true: Word
    how: How

    @property
    def right(self) -> bool:
        """Whether what is believed is so."""
        return self.value == self.true


@dataclass(frozen=True, slots=True)
class Flag:
    """Somebody acts upon something that an earlier event taught her though she did not notice that event."""

    event: int
    character: str
    source: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries in the order of events, the wrong beliefs that stand before each event (and at the end), and the flags."""

    story: Story
    entries: tuple[Entry, ...]
    standing: tuple[Mapping[str, tuple[Fact, ...]], ...]
    flags: tuple[Flag, ...]

    def __str__(self) -> str:
        """Write the ledger as a table."""
        return text(self)

    def _repr_html_(self) -> str:
        """Show the ledger as a table in a notebook."""
        rows = "".join(
            f"<tr><td>{e.event + 1}. {self.story.events[e.event]}</td><td>{' → '.join(e.mind)}</td>"
            f"<td>{e.how}</td><td>{e.fact} = {word(e.value)}{'' if e.right else ' ✗'}</td></tr>"
            for e in self.entries
        )
        return f"<table>{rows}</table>"


def ledger(story: Story) -> Ledger:
    """Keep the ledger of a story."""
    people = [entity.name for entity in story.entities if "character" in entity.types]
    entries = [entry for event in story.events for entry in _entries(story, event, people)]
    standing = tuple({who: _wrong(moment, who) for who in people} for moment in story.moments)
    flags = tuple(flag for event in story.events for flag in _flags(story, event))
    return Ledger(story, tuple(entries), standing, flags)


def _entries(story: Story, event: Event, people: list[str]) -> Iterator[Entry]:
    after = story.moments[event.index + 1]
    for change in event.changes:
        if change.mind:
            how: How = "saw" if change.mind[0] in event.observers else "was led to believe"
            true = after.facts[change.mind[1:]][change.fact]
            yield Entry(event.index, change.mind, change.fact, change.after, true, how)
        else:
            yield from _missed(event, change, after, people)


def _missed(event: Event, change: Change, after: Moment, people: list[str]) -> Iterator[Entry]:
    """Give those who do not notice that a fact is no longer what they hold it to be."""
    for who in people:
        believed = after.facts[(who,)][change.fact]
        if believed == change.before != change.after:
            yield Entry(event.index, (who,), change.fact, believed, change.after, "missed")


def _wrong(moment: Moment, who: str) -> tuple[Fact, ...]:
    return tuple(fact for fact, value in moment.facts[(who,)].items() if value != moment.facts[()][fact])


def _flags(story: Story, event: Event) -> Iterator[Flag]:
    for who in event.consenting:
        for source in event.causes:
            cause = story.events[source]
            if who not in cause.observers and any(change.mind == (who,) for change in cause.changes):
                yield Flag(event.index, who, source)


def text(answer: Ledger) -> str:
    """Write the ledger: event by event, who learns what; what is wrong is marked."""
    lines = []
    for event in answer.story.events:
        lines.append(f"{event.index + 1}. {event}")
        here = [entry for entry in answer.entries if entry.event == event.index]
        lines += [f"  {line}" for line in _grouped(here)]
        lines += [_flagged(answer, flag) for flag in answer.flags if flag.event == event.index]
    return "".join(f"{line}\n" for line in lines)


def _grouped(entries: list[Entry]) -> Iterator[str]:
    """Put on one line what the same people learn in the same way."""
    who: dict[tuple[str, str], list[str]] = {}
    for entry in sorted(entries, key=lambda e: len(e.mind)):
        if len(entry.mind) == 1 or not entry.right:  # that others know what they do know is no news
            who.setdefault((_verb(entry), _learned(entry)), []).append(entry.mind[0])
    what: dict[tuple[str, str], list[str]] = {}
    for (verb, learned), names in who.items():
        what.setdefault((verb, ", ".join(dict.fromkeys(names))), []).append(learned)
    for (verb, names_), facts in what.items():
        yield f"{verb} ({names_}): {'; '.join(facts)}"


def _verb(entry: Entry) -> str:
    if len(entry.mind) > 1:
        return f"wrong about what {entry.mind[-1]} believes"
    if entry.how == "saw":
        return "sees" if entry.right else "wrongly concludes"
    return "led to believe" if entry.how == "was led to believe" else "misses, and still believes"


def _learned(entry: Entry) -> str:
    return f"{entry.fact} = {word(entry.value)}" + ("" if entry.right else f" (is {word(entry.true)})")


def _flagged(answer: Ledger, flag: Flag) -> str:
    source = answer.story.events[flag.source]
    return f"  ! {flag.character} acts upon {flag.source + 1}. {source}, which they did not notice"


def word(value: Word) -> str:
    """Write a value."""
    if value is None:
        return "?"
    return f"{value:g}" if isinstance(value, float) else str(value)


def data(answer: Ledger) -> list[dict[str, object]]:
    """Write the entries as data."""
    return [
        {
            "event": e.event + 1,
            "text": str(answer.story.events[e.event]),
            "mind": list(e.mind),
            "fact": str(e.fact),
            "value": e.value,
            "true": e.true,
            "right": e.right,
            "how": e.how,
        }
        for e in answer.entries
    ]
