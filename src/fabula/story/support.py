"""What a condition or value looks at: the fluents, and whose view of them, on which it rests."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.ground.expression import (
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
    Compare,
    Condition,
    Const,
    FluentId,
    Read,
    Thinks,
    Truth,
    ValueExpression,
)
from fabula.ground.problem import Action, Path
from fabula.search.minds.evaluate import Sight, test

Place = tuple[Path, FluentId]
"""A fluent as somebody sees it; () is the world itself."""


def act_support(action: Action, state: Sight) -> Iterator[Place]:
    """Give what an act rests on in a state: its precondition and the conditions of effects that come about."""
    yield from support(action.precondition, state)
    for effect in action.effects:
        if test(effect.condition)(state):
            yield from support(effect.condition, state)


def support(condition: Condition, state: Sight) -> Iterator[Place]:
    """Give what makes a condition true in a state; of alternatives, those that are true there."""
    match condition:
        case Truth():
            return
        case Compare(_, left, right):
            yield from reads(left)
            yield from reads(right)
        case AllOf(parts):
            for part in parts:
                yield from support(part, state)
        case AnyOf(parts):
            for part in parts:
                if test(part)(state):
                    yield from support(part, state)
        case Thinks(character, inner):
            for path, fluent in support(inner, state.believed[character]):
                yield (character, *path), fluent


def reads(value: ValueExpression) -> Iterator[Place]:
    """Give every fluent that a value may depend on."""
    match value:
        case Const():
            return
        case Read(fluent):
            yield (), fluent
        case Believed(character, inner):
            for path, fluent in reads(inner):
                yield (character, *path), fluent
        case Arithmetic(_, left, right):
            yield from reads(left)
            yield from reads(right)
        case Choice(branches, otherwise):
            for condition, chosen in branches:
                yield from _mentions(condition)
                yield from reads(chosen)
            yield from reads(otherwise)


def _mentions(condition: Condition) -> Iterator[Place]:
    match condition:
        case Truth():
            return
        case Compare(_, left, right):
            yield from reads(left)
            yield from reads(right)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _mentions(part)
        case Thinks(character, inner):
            for path, fluent in _mentions(inner):
                yield (character, *path), fluent
