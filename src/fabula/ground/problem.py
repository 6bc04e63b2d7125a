"""A problem: a world with no variables left, ready to be searched."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import field
from functools import cached_property
from importlib import import_module
from itertools import accumulate, chain
from math import nan
from typing import Any, Literal, NewType

from fabula.diagnostics.span import Span
from fabula.frozen import dataclass
from fabula.ground.expression import Condition, EntityId, FluentId, Value, ValueExpression

ActionId = NewType("ActionId", int)
"""Index into `Problem.actions`."""

Path = tuple[EntityId, ...]
"""Whose belief: () is the world, (A,) "A believes", (A, B) "A believes that B believes"."""

Kind = Literal["boolean", "number", "entity"]


@dataclass(frozen=True, slots=True)
class Fluent:
    """What can change: a property with its arguments, written `name(Argument, …)`.

    `domain` holds the values that a boolean or entity fluent may take besides `?`; None for numbers.
    """

    name: str
    arguments: tuple[str, ...]
    kind: Kind
    domain: tuple[float, ...] | None

    def __str__(self) -> str:
        """Write the fluent as an author would."""
        return f"{self.name}({', '.join(self.arguments)})"


@dataclass(frozen=True, slots=True)
class Assignment:
    """In the belief state at `path`, `fluent` takes `value` if `condition`.

    Both are read in the old state of the world, not in that of the path: what the author wrote inside
    `believes` is wrapped in `Believed` and `Thinks`.
    """

    path: Path
    fluent: FluentId
    condition: Condition
    value: ValueExpression


@dataclass(frozen=True, slots=True)
class Action:
    """An act with its arguments filled in, written `name(Argument, …)`.

    `observing[c]` is the condition under which character c sees it. `consenting` holds the characters
    without repetition, in the order of the file.
    """

    name: str
    arguments: tuple[str, ...]
    precondition: Condition
    effects: tuple[Assignment, ...]
    consenting: tuple[EntityId, ...]
    observing: tuple[Condition, ...]
    reveals: int = 0
    tags: tuple[str, ...] = ()
    span: Span | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Write the act as it stands in plans."""
        return f"{self.name}({', '.join(self.arguments)})"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger with its arguments filled in; order in `Problem.triggers` is the order of firing."""

    name: str
    arguments: tuple[str, ...]
    precondition: Condition
    effects: tuple[Assignment, ...]
    span: Span | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Write the trigger with its arguments."""
        return f"{self.name}({', '.join(self.arguments)})"


@dataclass(frozen=True, slots=True)
class Beat:
    """A condition that some state of the story meets, at or after the state that met the beat before."""

    name: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact that gives away an episode (0: none) or carries content tags wherever it is true."""

    condition: Condition
    reveals: int = 0
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """That one of these acts is done; of no act if none of them can ever happen."""

    acts: frozenset[ActionId]


@dataclass(frozen=True, slots=True)
class Contract:
    """What every story must keep; `label` and `name` are how an author calls it, in a word and in a sentence.

    `demand` is `possible`, `impossible`, `always` or `never`, with ` finally` behind it where only endings count, or `only after`,
    `before` (the first, the second) or `someone knows` (the first, whenever the second).
    """

    name: str
    demand: str
    first: Condition | Deed
    second: Condition | Deed | None
    label: str = ""
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Belief:
    """An explicit belief at the start: at `path` (never empty), `fluent` has `value`."""

    path: Path
    fluent: FluentId
    value: Value


Table = Any
"""A `numpy.ndarray` that nobody can write into."""


def table(code: str, numbers: Iterable[float], shape: tuple[int, ...] = (-1,)) -> Table:
    """Show numbers, written down once as an `array` of the code, as a table. A shape is as for `numpy.reshape`."""
    numpy = import_module(
        "numpy"
    )  # it takes longer to load than most searches: whoever looks at no table need not wait
    held = array(code, numbers)
    return numpy.frombuffer(memoryview(held).toreadonly(), code).reshape(shape)


@dataclass(frozen=True)  # no slots: its tables are kept with it
class Problem:
    """Everything the search needs, as numbers; names only for printing.

    `initial[f]` is the value of fluent f before any trigger has run; `beliefs` are the explicit entries,
    the last for a (path, fluent) wins. `utility` is the author's, `utilities[c]` character c's; all have the value of
    a number. Actions stand in file order, then canonical parameter order.
    """

    entities: tuple[str, ...]
    character_count: int
    fluents: tuple[Fluent, ...]
    actions: tuple[Action, ...]
    triggers: tuple[Trigger, ...]
    initial: tuple[Value, ...]
    beliefs: tuple[Belief, ...]
    utility: ValueExpression
    utilities: tuple[ValueExpression, ...]
    beats: tuple[Beat, ...] = ()
    marks: tuple[Mark, ...] = ()
    types: tuple[tuple[str, ...], ...] = ()
    """For every entity, all its types, nearest first (for prose)."""
    contracts: tuple[Contract, ...] = ()

    @cached_property
    def tables(self) -> ProblemTables:
        """The same as tables of numbers, each filled in when it is first looked at."""
        return ProblemTables(self)


class ProblemTables:
    """What there is and who acts, as tables; `search.tables` shows states, whose columns are these fluents and characters.

    A list of lists is two tables, here and there: `x_of` says by owner where its part of `x_…` begins, and at the end where the
    last one ends.
    """

    def __init__(self, problem: Problem) -> None:
        """Show the numbers of this problem."""
        self._problem = problem

    @cached_property
    def initial(self) -> Table:
        """By fluent: its value at the start, before triggers have run; NaN is `?`. Shape (fluents,), float64."""
        return table("d", (nan if value is None else value for value in self._problem.initial))

    @cached_property
    def kind(self) -> Table:
        """By fluent: 0 for a boolean, 1 for a number, 2 for an entity. Shape (fluents,), uint8."""
        return table("B", (_KINDS.index(fluent.kind) for fluent in self._problem.fluents))

    @cached_property
    def domain_of(self) -> Table:
        """By fluent: its first value in `domain_value`. Shape (fluents + 1,), int64."""
        return table("q", accumulate((len(f.domain or ()) for f in self._problem.fluents), initial=0))

    @cached_property
    def domain_value(self) -> Table:
        """The values that fluents may take besides `?`; none for numbers. Shape (values,), float64."""
        return table("d", chain.from_iterable(fluent.domain or () for fluent in self._problem.fluents))

    @cached_property
    def consenting_of(self) -> Table:
        """By act: the first who must consent to it, in `consenting_character`. Shape (acts + 1,), int64."""
        return table("q", accumulate((len(act.consenting) for act in self._problem.actions), initial=0))

    @cached_property
    def consenting_character(self) -> Table:
        """Those who must consent to acts. Shape (consents,), int32."""
        return table("i", chain.from_iterable(act.consenting for act in self._problem.actions))


_KINDS: tuple[Kind, ...] = ("boolean", "number", "entity")
