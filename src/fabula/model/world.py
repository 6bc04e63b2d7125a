"""A world: what an author wrote, with every name resolved and every kind checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from fabula.diagnostics.span import Span
from fabula.frozen import dataclass
from fabula.model.expression import Constant, Entity, Expression, Property, Term, Variable


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What stands before the story. Every field may be empty."""

    title: str = ""
    author: str = ""
    note: str = ""
    credits: str = ""
    disclaimer: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done. Missing parts have the defaults of the language.

    `observing` is None where everybody observes. `reveals` is the episode that the act gives away (0:
    nothing), `tags` are content tags such as `death`.
    """

    name: str
    signature: tuple[Term, ...]
    precondition: Expression
    effect: Expression | None
    consenting: tuple[Term, ...]
    observing: tuple[Variable, Expression] | None
    reveals: int = 0
    tags: tuple[str, ...] = ()
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something that happens by itself as soon as its precondition holds."""

    name: str
    signature: tuple[Term, ...]
    precondition: Expression
    effect: Expression | None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Beat:
    """A condition that the story must pass through; beats are met in the order of the file."""

    name: str
    condition: Expression
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact that gives away episode `reveals` (0: none) or carries the content tags `tags`."""

    condition: Expression
    reveals: int = 0
    tags: tuple[str, ...] = ()
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Deed:
    """Acts that a contract is about: those of the name, with these arguments (None: any)."""

    action: str
    arguments: tuple[Constant | None, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """What the author demands of every story of the world; `demand` as in the tree, `span` is the whole contract's."""

    name: str
    demand: str
    first: Expression | Deed
    second: Expression | Deed | None
    label: str = ""
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class World:
    """The whole world, ready to be grounded.

    `supertypes` maps every type to itself and all types above it. `entities` stand in canonical
    order: the first `character_count` are the characters. `utilities` is keyed by character name, the
    author's by None; a missing one is 0. `statements` are the initial-state statements in order.
    """

    title_page: TitlePage
    supertypes: Mapping[str, frozenset[str]]
    entities: tuple[Entity, ...]
    character_count: int
    properties: tuple[Property, ...]
    actions: tuple[Action, ...]
    triggers: tuple[Trigger, ...]
    utilities: Mapping[str | None, Expression]
    statements: tuple[Expression, ...]
    beats: tuple[Beat, ...] = ()
    marks: tuple[Mark, ...] = ()
    contracts: tuple[Contract, ...] = ()
