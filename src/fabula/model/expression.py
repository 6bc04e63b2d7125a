"""Resolved expressions: every name stands for a declared thing, every kind is checked."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from fabula.diagnostics.span import Span
from fabula.frozen import dataclass

Comparator = Literal["==", "!=", ">=", "<=", ">", "<"]
Operator = Literal["*", "/", "+", "-"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A declared thing of the world; `types` are the types it was given, in order of declaration."""

    name: str
    types: tuple[str, ...]
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Variable:
    """A parameter or a quantified name and its declared type."""

    name: str
    type: str
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in the text: a truth value, a number, an entity, or None for `?`."""

    value: bool | float | Entity | None


Term = Variable | Constant
"""What may stand as an argument. In a signature, a `Variable` is a parameter and a `Constant` itself."""


@dataclass(frozen=True, slots=True)
class Property:
    """`property name(parameters) : type`. Overloads are separate properties of one name."""

    name: str
    parameters: tuple[Term, ...]
    type: str
    span: Span | None = field(default=None, compare=False)

    def __hash__(self) -> int:
        """Tell properties apart by name at first: overloads are few."""
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Fluent:
    """A property applied to arguments: what can have a value, and change it."""

    property: Property
    arguments: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Believes:
    """`body` as `character` sees it: a condition, a value, or the target or whole of an assignment."""

    character: Term
    body: Expression


@dataclass(frozen=True, slots=True)
class Not:
    """`! body`."""

    body: Expression


@dataclass(frozen=True, slots=True)
class And:
    """`a & b & …`."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """`a | b | …`."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class If:
    """`if(c) e elseif(c) e else e`; `branches` are (condition, body) pairs, `otherwise` may be missing."""

    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None


@dataclass(frozen=True, slots=True)
class Quantified:
    """`forall`, `exists` (over conditions or effects), `sum`, `product` (over numbers)."""

    word: Literal["forall", "exists", "sum", "product"]
    variable: Variable
    body: Expression


@dataclass(frozen=True, slots=True)
class Compare:
    """`left op right`."""

    operator: Comparator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class IsA:
    """`subject : type`, a type test."""

    subject: Expression
    type: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`left op right` over numbers."""

    operator: Operator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Assign:
    """`target = value`; the target is a `Fluent`, or one wrapped in `Believes`.

    The boolean shorthand is written out: `p()` in an effect is `Assign(p(), True)`, `!p()` is
    `Assign(p(), False)`; in conditions `p()` is `Compare("==", p(), True)`.
    """

    target: Fluent | Believes
    value: Expression


Expression = (
    Variable
    | Constant
    | Fluent
    | Believes
    | Not
    | And
    | Or
    | If
    | Quantified
    | Compare
    | IsA
    | Arithmetic
    | Assign
)
