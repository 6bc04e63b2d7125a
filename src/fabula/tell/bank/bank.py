"""A clause bank: everything that the author of a world wrote to be said, as frozen nouns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field
from types import MappingProxyType
from typing import Literal

from fabula.diagnostics.span import Span
from fabula.frozen import dataclass
from fabula.tell.bank.clause import Clause, Line
from fabula.tell.bank.condition import Condition, Pattern

Section = Literal["scene", "summary", "memory", "indirect", "thought", "speech", "recall", "return", "noise"]
SECTIONS: tuple[Section, ...] = (
    "scene", "summary", "memory", "indirect", "thought", "speech", "recall", "return", "noise",
)  # fmt: skip
WANTED: Mapping[Section, int] = MappingProxyType({"scene": 4, "summary": 4, "memory": 4, "indirect": 4})
"""How many variants of each section a full bank has per action. Speech and thought are extras: an act in silence wants none."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to tell one thing. `id` is `action/section/number`; `speaker` is the role that says a `speech`."""

    id: str
    section: Section
    clause: Clause
    words: int
    conditions: tuple[Condition, ...] = ()
    motifs: frozenset[str] = frozenset()
    says: tuple[Pattern, ...] = ()
    once: bool = False
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class ActionProse:
    """All that is written for one action. `weight` (0 to 5, usually 1) is how much room it deserves."""

    name: str
    roles: tuple[str, ...]
    variants: tuple[Variant, ...]
    motifs: frozenset[str] = frozenset()
    weight: float = 1.0

    def of(self, section: Section) -> tuple[Variant, ...]:
        """The variants of one section in the order of the file."""
        return tuple(v for v in self.variants if v.section == section)


@dataclass(frozen=True, slots=True)
class Epithet:
    """What somebody is called instead of her name, where the conditions hold."""

    text: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """How an entity is called. `pronoun` is `he`, `she`, `it` or `they`, "" where none is to be used."""

    entity: str
    text: str
    pronoun: str = ""
    epithets: tuple[Epithet, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """How a fact is said: `fact at(x) = y: {x} [was] in {y}`. `value` is the name of the value, if it has one."""

    fact: str
    parameters: tuple[str, ...]
    holds: bool
    value: str
    line: Line


ANYWHERE = ActionProse("", (), ())


@dataclass(frozen=True, slots=True)
class Bank:
    """The prose of a world in one language; an empty one is a bank too: then everything is told by the fallback.

    `anywhere` holds lines that belong to no action; `front` the words of the title page by their key.
    """

    language: str = "en"
    names: Mapping[str, Name] = field(default_factory=dict)
    facts: tuple[Wording, ...] = ()
    actions: Mapping[str, ActionProse] = field(default_factory=dict)
    anywhere: ActionProse = ANYWHERE
    front: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict, compare=False)
    """Where the heading of each action stands, for messages."""


def most_special(variants: Sequence[Variant], motifs: AbstractSet[str] = frozenset()) -> list[Variant]:
    """What is written for the case goes before what is written for any: those with most conditions and motifs in common."""
    ranks = [len(v.conditions) + len(v.motifs & motifs) for v in variants]
    return [v for v, rank in zip(variants, ranks, strict=True) if rank == max(ranks)]


@dataclass(frozen=True, slots=True)
class Missing:
    """A section of an action has `have` variants where a full bank has `want`; 0 of a scene means the fallback tells it."""

    action: str
    section: Section
    have: int
    want: int


def missing(bank: Bank, actions: Iterable[str]) -> tuple[Missing, ...]:
    """What a writer has still to write for the named actions of a world, or of a story."""
    found = []
    for action in dict.fromkeys(actions):
        prose = bank.actions.get(action, ANYWHERE)
        for section, want in WANTED.items():
            have = len(prose.of(section))
            if have < want:
                found.append(Missing(action, section, have, want))
    return tuple(found)
