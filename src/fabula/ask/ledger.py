"""The ledger of knowledge: who learns what at which event and how, who is wrong, and who thinks that others are.

Entries are read off the story: what changes in whose mind, who was there to see it, and how things really are. Flagged is what
somebody cannot know and acts upon all the same: a belief on which her plan rests and which an event gave her that she did not notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from fabula.ask.inquiry import Inquiry
from fabula.ask.moment.rests import Held, rests_on
from fabula.ask.words.show import table
from fabula.ask.words.write import Written
from fabula.frozen import dataclass
from fabula.ground.expression import Const
from fabula.ground.problem import Action
from fabula.search.minds.evaluate import Sight
from fabula.search.outcome import Plan
from fabula.story.from_plan import Recounting
from fabula.story.story import Change, Event, Fact, Mind, Moment, Story, Word
from fabula.story.support import support

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
    """Somebody acts upon a belief, as a statement, that an earlier event gave her though she did not notice that event."""

    event: int
    character: str
    source: int
    belief: str


@dataclass(frozen=True, slots=True)
class Known:
    """Before an event, `mind` holds `fact` to be `value`, and `true` is how things are; `since` that event, None: from the start.

    `how` is that of the entry with which it came; "" from the start.
    """

    mind: Mind
    fact: Fact
    value: Word
    true: Word
    since: int | None
    how: How | Literal[""]


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
        return table(_HEAD, _rows(self))


_HEAD = ("event", "who", "how", "believes", "wrongly")


def _rows(answer: Ledger) -> Iterator[tuple[str, ...]]:
    """Give the entries as the rows of a table."""
    for e in answer.entries:
        event = f"{e.event + 1}. {answer.story.events[e.event]}"
        wrongly = "" if e.right else f"is {word(e.true)}"
        yield event, " of ".join(reversed(e.mind)), e.how, f"{e.fact} = {word(e.value)}", wrongly


def markdown(answer: Ledger) -> str:
    """Write the ledger as a table in Markdown, one entry a row: *Ben of Ada* is Ada's idea of Ben."""
    rows = (_HEAD, ("---",) * len(_HEAD), *_rows(answer))
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in rows)


def ledger(inquiry: Inquiry, plan: Plan) -> Ledger:
    """Keep the ledger of the story that a plan is."""
    told = inquiry.lore.recounter.recounting(plan)  # looks deeper into minds than any question
    story = told.story()
    people = [entity.name for entity in story.entities if "character" in entity.types]
    entries = [entry for event in story.events for entry in _entries(story, event, people)]
    standing = tuple({who: _wrong(moment, who) for who in people} for moment in story.moments)
    flags = tuple(_flags(told, story))
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


def _flags(told: Recounting, story: Story) -> Iterator[Flag]:
    """Give every belief that a plan rests on and that came unseen, unless she has seen since that it is so."""
    problem, nature, states = told.problem, told.nature, told.states
    written = Written(problem)
    for event, step in zip(story.events, told.plan.steps, strict=True):
        for explanation in step.explanations:
            who = problem.entities[explanation.character]
            for held in rests_on(nature, explanation, states, event.index):
                if held.since is None:
                    continue
                later = range(held.since + 1, event.index)
                seen = (n for n in later if who in story.events[n].observers)
                noticed = who in story.events[held.since].observers
                if not noticed and not any(
                    _shows(problem.actions[told.acts[n]], states[n], held) for n in seen
                ):
                    yield Flag(event.index, who, held.since, written.fact(held.fluent, held.held, held.path))


def _shows(act: Action, state: Sight, held: Held) -> bool:
    """Whether whoever sees an act done in a state sees thereby that a belief is right: the act needs it to be so, or makes it so."""
    made = ((e.path, e.fluent, e.value) for e in act.effects)
    needed = support(act.precondition, state)
    return (held.path, held.fluent, Const(held.held)) in made or (held.path, held.fluent) in needed


def known(answer: Ledger, who: str, event: int) -> tuple[Known, ...]:
    """Return all that somebody holds true before an event (counted from 0), and where she thinks that others believe otherwise.

    Raises ValueError if nobody of that name has a mind.
    """
    moment = answer.story.moments[event]
    if (who,) not in moment.facts:
        raise ValueError(f"there is no character called {who}")
    minds = [mind for mind in moment.facts if mind[:1] == (who,) and len(mind) <= _DEEP]
    last = {(e.mind, e.fact): e for e in answer.entries if e.event < event and e.how != "missed"}
    found = []
    for mind in minds:
        for fact, value in moment.facts[mind].items():
            if len(mind) == 1 or value != moment.facts[mind[:-1]][fact]:
                entry = last.get((mind, fact))
                true, since = moment.facts[mind[1:]][fact], entry.event if entry else None
                found.append(Known(mind, fact, value, true, since, entry.how if entry else ""))
    return tuple(found)


_DEEP = 2
"""A story knows minds in minds as deep as this."""


def known_text(answer: Ledger, who: str, event: int) -> str:
    """Write what somebody holds true before an event, one fact a line: what is wrong, and since when."""
    name = f"{event + 1}. {answer.story.events[event]}" if event < len(answer.story.events) else "the end"
    lines = [f"{who}, before {name}" if event < len(answer.story.events) else f"{who}, at the end"]
    for k in known(answer, who, event):
        believed = f"{k.fact} = {word(k.value)}"
        thought = f"thinks that {k.mind[-1]} believes " if len(k.mind) > 1 else ""
        wrong = (
            ""
            if k.value == k.true
            else f" (is {word(k.true)})"
            if not thought
            else f" (believes {word(k.true)})"
        )
        source = (
            "from the start" if k.since is None else f"{k.how}: {k.since + 1}. {answer.story.events[k.since]}"
        )
        lines.append(f"  {thought}{believed}{wrong}, {source}")
    return "".join(f"{line}\n" for line in lines)


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
    return f"  ! {flag.character} acts upon {flag.belief}, and cannot know it: that came with {flag.source + 1}. {source}, unseen"


def word(value: Word) -> str:
    """Write a value."""
    if value is None:
        return "?"
    return f"{value:g}" if isinstance(value, float) else str(value)


def data(answer: Ledger) -> dict[str, object]:
    """Write entries and flags as data; events count from 1."""
    events = answer.story.events
    return {
        "entries": [
            {
                "event": e.event + 1,
                "text": str(events[e.event]),
                "mind": list(e.mind),
                "fact": str(e.fact),
                "value": e.value,
                "true": e.true,
                "right": e.right,
                "how": e.how,
            }
            for e in answer.entries
        ],
        "flags": [
            {
                "event": flag.event + 1,
                "text": str(events[flag.event]),
                "character": flag.character,
                "belief": flag.belief,
                "source": flag.source + 1,
            }
            for flag in answer.flags
        ],
    }


def known_data(answer: Ledger, who: str, event: int) -> list[dict[str, object]]:
    """Write what somebody holds true before an event as data; events count from 1."""
    return [
        {
            "mind": list(k.mind),
            "fact": str(k.fact),
            "value": k.value,
            "true": k.true,
            "since": None if k.since is None else k.since + 1,
            "how": k.how,
        }
        for k in known(answer, who, event)
    ]
