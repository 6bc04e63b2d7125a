"""What an author wrote, as frozen data: strings and places, no meanings.

| here        | in the world (`fabula.model`)                 |
|-------------|-----------------------------------------------|
| `Name`      | `Entity` or `Variable`, once looked up        |
| `Literal`   | `Constant`                                    |
| `Call`      | `Fluent` of one of the overloaded properties  |
| `Chain`     | nested `Arithmetic`                           |

Trees compare by what is said, not by where it stands. Brackets are not kept: they only say which tree it is.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal as OneOf

from fabula.diagnostics.diagnostic import Diagnostic
from fabula.diagnostics.span import Span
from fabula.frozen import dataclass

NOWHERE = Span("", 0, 0, 1, 1)
"""The place of what nobody wrote: trees that are built, not read."""


@dataclass(frozen=True, slots=True)
class Node:
    """Anything an author wrote, and where."""

    span: Span = field(default=NOWHERE, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name as written; as an expression, a variable or an entity."""

    text: str


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """`True`, `False`, a number, or None for `?`."""

    value: bool | float | None


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`property(argument, …)`."""

    property: Name
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Believes(Node):
    """`believes(character, body)`."""

    character: Name
    body: Expression


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`! body`."""

    body: Expression


@dataclass(frozen=True, slots=True)
class And(Node):
    """`a & b & …`."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """`a | b | …`."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if(c) e elseif(c) e else e` as (condition, body) pairs and what stands after `else`."""

    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`forall`, `exists`, `sum` or `product` `(variable : type) body`."""

    word: OneOf["forall", "exists", "sum", "product"]
    variable: Name
    type: Name
    body: Expression


@dataclass(frozen=True, slots=True)
class Assign(Node):
    """`target = value`."""

    target: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`left operator right`."""

    operator: OneOf["==", "!=", ">=", "<=", ">", "<"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class IsA(Node):
    """`subject : type`."""

    subject: Expression
    type: Name


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """`a + b - c`: operators stand between the operands and group from the left."""

    operators: tuple[OneOf["*", "/", "+", "-"], ...]
    operands: tuple[Expression, ...]


Expression = (
    Name | Literal | Call | Believes | Not | And | Or | If | Quantified | Assign | Compare | IsA | Chain
)


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """`name : type`."""

    name: Name
    type: Name


@dataclass(frozen=True, slots=True)
class Signature(Node):
    """`name(parameters)`; a parameter without a type is a constant."""

    name: Name
    parameters: tuple[Parameter | Name | Literal, ...]


@dataclass(frozen=True, slots=True)
class Precondition(Node):
    """`precondition: body`."""

    body: Expression


@dataclass(frozen=True, slots=True)
class Effect(Node):
    """`effect: body`."""

    body: Expression


@dataclass(frozen=True, slots=True)
class Consenting(Node):
    """`consenting: names`."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Observing(Node):
    """`observing(variable : type): body`."""

    variable: Name
    type: Name
    body: Expression


@dataclass(frozen=True, slots=True)
class Reveals(Node):
    """`reveals: episode`."""

    episode: Literal


@dataclass(frozen=True, slots=True)
class Tags(Node):
    """`tags: names`."""

    names: tuple[Name, ...]


Part = Precondition | Effect | Consenting | Observing | Reveals | Tags


@dataclass(frozen=True, slots=True)
class TypeDefinition(Node):
    """`type name : parents`."""

    name: Name
    parents: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class EntityDefinition(Node):
    """`entity name : types`."""

    name: Name
    types: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class PropertyDefinition(Node):
    """`property signature : type`."""

    signature: Signature
    type: Name


@dataclass(frozen=True, slots=True)
class ActionDefinition(Node):
    """`action signature { parts }`; parts stand as written, repeated ones too."""

    signature: Signature
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class TriggerDefinition(Node):
    """`trigger signature { parts }`."""

    signature: Signature
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class UtilityDefinition(Node):
    """`utility(character): body`; without a character it is the author's."""

    character: Name | None
    body: Expression


@dataclass(frozen=True, slots=True)
class Statement(Node):
    """A statement about how things stand at the start."""

    body: Expression


@dataclass(frozen=True, slots=True)
class Heading(Node):
    """A line of the title page: `name: "text"`."""

    name: Name
    text: str


@dataclass(frozen=True, slots=True)
class Import(Node):
    """`import "path"`, relative to the importing file."""

    path: str


@dataclass(frozen=True, slots=True)
class BeatDefinition(Node):
    """`beat "name": condition`; the name may be empty."""

    name: str
    condition: Expression


@dataclass(frozen=True, slots=True)
class RevealDefinition(Node):
    """`reveals(episode): condition`."""

    episode: Literal
    condition: Expression


@dataclass(frozen=True, slots=True)
class TagDefinition(Node):
    """`tag(names): condition`."""

    names: tuple[Name, ...]
    condition: Expression


@dataclass(frozen=True, slots=True)
class ContractDefinition(Node):
    """`contract LABEL "name": demand`; what the demand is about is one expression, or two.

    `demand` is `possible`, `impossible`, `always` or `never`, with ` finally` behind it if only endings count, or it is `only
    after`, `before` or `someone knows`.
    """

    name: str
    demand: str
    first: Expression
    second: Expression | None
    label: str = ""


Definition = (
    TypeDefinition
    | EntityDefinition
    | PropertyDefinition
    | ActionDefinition
    | TriggerDefinition
    | UtilityDefinition
    | Statement
    | Heading
    | Import
    | BeatDefinition
    | RevealDefinition
    | TagDefinition
    | ContractDefinition
)


@dataclass(frozen=True, slots=True)
class Tree:
    """One file: its definitions in order, and what was odd about it but no mistake."""

    definitions: tuple[Definition, ...]
    source: str = field(default="", compare=False)
    warnings: tuple[Diagnostic, ...] = field(default=(), compare=False)
