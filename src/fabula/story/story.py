"""A story: what happened, why, and who believed what; in narratology's word, the fabula.

It carries all the words and facts that a telling needs, so that prose can be tested from a literal.
Values are words here: True, False, a number, the name of an entity, or None for unknown.

| in a `Problem` | in a `Story` |
|---|---|
| fluent | fact |
| action, in a plan | event |
| state | moment |
| explanation | motive |
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Literal

from fabula.diagnostics.visible import visible
from fabula.frozen import dataclass

Word = bool | float | str | None

Mind = tuple[str, ...]
"""Whose view: () is how things are, ("Ann",) how Ann sees them, ("Ann", "Bob") how she thinks Bob does."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person or thing; `types` are all its types, nearest first; characters have `character` among them."""

    name: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What can be so or otherwise: a property with its arguments; `str()` gives `name(Argument, …)`."""

    name: str
    arguments: tuple[str, ...]
    kind: Literal["boolean", "number", "entity"]

    def __str__(self) -> str:
        """Write the fact as the author does."""
        return f"{self.name}({', '.join(self.arguments)})"


@dataclass(frozen=True, slots=True)
class Change:
    """In `mind`, `fact` went from `before` to `after`."""

    mind: Mind
    fact: Fact
    before: Word
    after: Word


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A character held `fact` to be `believed` while it was `true`."""

    fact: Fact
    believed: Word
    true: Word


@dataclass(frozen=True, slots=True)
class Intended:
    """One act of somebody's plan. `by` are those who would have to consent to it."""

    action: str
    arguments: tuple[str, ...]
    by: tuple[str, ...]

    def __str__(self) -> str:
        """Write the act as it stands in plans."""
        return f"{self.action}({', '.join(self.arguments)})"


@dataclass(frozen=True, slots=True)
class Motive:
    """Why a character took part in an event: the plan that began with it.

    `before` and `hoped` are her utility, in her own eyes, at the start and at the end of the plan. `came`:
    `fulfilled` (the acts came and, in her eyes and in truth, the gain; or the gain came by other acts), `failed` (the acts came
    and the gain did not, or a wrong belief made the plan impossible), `dropped` (she did other things), `open` (the story ended
    first). `mistaken` are the wrong beliefs that the plan rests on.
    """

    character: str
    plan: tuple[Intended, ...]
    before: float | None
    hoped: float | None
    came: Literal["fulfilled", "failed", "dropped", "open"]
    mistaken: tuple[Mistaken, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One act of the story.

    `index` counts from 0; the moments before and after it are `moments[index]` and `moments[index + 1]`.
    `consenting` are those who chose it (nobody: it befell them); `observers` those who noticed it; `changes`
    holds the world's changes and those of minds up to two deep; `causes` the indices of earlier
    events that made it possible; `moved_by` of those that last changed what the consenting want. `reveals` is the episode that it gives away (0: none).
    `roles` are the names that the world's author gave to the arguments, "" for one that has none; () where nobody knows them.
    """

    index: int
    action: str
    arguments: tuple[str, ...]
    consenting: tuple[str, ...]
    observers: tuple[str, ...]
    changes: tuple[Change, ...]
    causes: tuple[int, ...]
    motives: tuple[Motive, ...]
    reveals: int = 0
    tags: tuple[str, ...] = ()
    moved_by: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write the event as it stands in plans."""
        return f"{self.action}({', '.join(self.arguments)})"


@dataclass(frozen=True, slots=True)
class Moment:
    """How things stand between two events.

    `facts[()]` maps every fact to its true value, `facts[("Ann",)]` to what Ann believes, and so on, two minds
    deep. `utility[c]` is c's utility as c sees it, `true_utility[c]` what it would be if c knew everything; `author` is the author's.
    """

    facts: Mapping[Mind, Mapping[Fact, Word]]
    utility: Mapping[str, float | None]
    true_utility: Mapping[str, float | None]
    author: float | None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before a story. `warnings` and `gate` are computed from the whole story; a telling narrows them to what it tells."""

    title: str = ""
    author: str = ""
    note: str = ""
    credits: str = ""
    disclaimer: str = ""
    language: str = "en"
    warnings: tuple[str, ...] = ()
    gate: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """Events in the order in which they happened, and the moments around them (one more than events).

    `marks[i]` are the episode and the tags that the facts true in `moments[i]` give away beyond those of the event before it.
    """

    world: str
    front: FrontMatter
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    moments: tuple[Moment, ...]
    marks: tuple[tuple[int, tuple[str, ...]], ...] = ()

    def _repr_html_(self) -> str:
        """Show itself in a notebook: what happened, who chose it, and who noticed it."""
        rows = [(str(e), ", ".join(e.consenting), ", ".join(e.observers)) for e in self.events]
        head = "".join(f"<th>{word}</th>" for word in ("", "event", "chosen by", "seen by"))
        body = "\n".join(
            f"<tr><td>{number}</td>" + "".join(f"<td>{escape(visible(cell))}</td>" for cell in row) + "</tr>"
            for number, row in enumerate(rows, 1)
        )
        title = escape(visible(self.front.title or self.world))
        return f"<h3>{title}</h3>\n<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
