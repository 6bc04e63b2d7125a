"""Ground conditions and values: no variables left, negation pushed inward, every fluent a number.

A value is a float or None: truth values are 1.0 and 0.0, entities are their ids as floats, None is
the unknown value `?`. That is unambiguous since comparisons between different kinds are decided
when grounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NewType

from fabula.diagnostics.span import Span
from fabula.frozen import dataclass
from fabula.model import expression as lifted

EntityId = NewType("EntityId", int)
"""Index into `Problem.entities`; below `Problem.character_count` it is a character's."""

FluentId = NewType("FluentId", int)
"""Index into `Problem.fluents`."""

Value = float | None

Comparator = Literal["==", "!=", ">=", "<=", ">", "<"]
Operator = Literal["*", "/", "+", "-"]


@dataclass(frozen=True, slots=True)
class Const:
    """A fixed value."""

    value: Value


@dataclass(frozen=True, slots=True)
class Read:
    """The value of a fluent here."""

    fluent: FluentId


@dataclass(frozen=True, slots=True)
class Believed:
    """A value as a character sees it, here."""

    character: EntityId
    value: ValueExpression


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`left op right`; with `?` it is `?`; division by zero is a mistake of the world."""

    operator: Operator
    left: ValueExpression
    right: ValueExpression


@dataclass(frozen=True, slots=True)
class Choice:
    """The first branch whose condition holds, else `otherwise`. A condition as a value is a choice of 1 or 0."""

    branches: tuple[tuple[Condition, ValueExpression], ...]
    otherwise: ValueExpression


ValueExpression = Const | Read | Believed | Arithmetic | Choice


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition that is always or never true: there is one object for each, `TRUE` and `FALSE`, in copies of others too."""

    holds: bool

    def __reduce__(self) -> str:
        """Be copied and pickled as what it is called."""
        return "TRUE" if self.holds else "FALSE"


@dataclass(frozen=True, slots=True)
class Compare:
    """`left op right`.

    Surprise corrects the fluent (or one inside `Believed`) that stands on the left, if one does. `entities` says that
    two entity fluents are compared: surprise then corrects both sides of an `==`.
    """

    operator: Comparator
    left: ValueExpression
    right: ValueExpression
    entities: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Thinks:
    """The condition holds in the character's belief state."""

    character: EntityId
    condition: Condition


Condition = Truth | Compare | AllOf | AnyOf | Thinks

TRUE = Truth(True)
FALSE = Truth(False)


_LEAVES = (lifted.Variable, lifted.Constant, lifted.Property, Span)


def walk(node: object) -> Iterator[object]:
    """Yield every node of an expression, or of several, itself first; also of those that authors write."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, list | tuple):
            waiting += node
        elif not isinstance(node, _LEAVES):
            waiting += [getattr(node, part) for part in getattr(node, "__match_args__", ())]
