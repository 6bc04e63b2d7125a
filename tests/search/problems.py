"""Small problems written by hand, for tests of the search that need no language."""

from __future__ import annotations

from fabula.ground.expression import (
    TRUE,
    Choice,
    Compare,
    Condition,
    Const,
    EntityId,
    FluentId,
    Read,
    Value,
    ValueExpression,
)
from fabula.ground.problem import Action, Assignment, Belief, Fluent, Path, Problem, Trigger

ANN, BOB, CY = EntityId(0), EntityId(1), EntityId(2)


def yes(fluent: int) -> Condition:
    """Return the condition that a boolean fluent is true."""
    return Compare("==", Read(FluentId(fluent)), Const(1.0))


def no(fluent: int) -> Condition:
    """Return the condition that a boolean fluent is false."""
    return Compare("==", Read(FluentId(fluent)), Const(0.0))


def put(fluent: int, value: Value = 1.0, path: Path = (), when: Condition = TRUE) -> Assignment:
    """Return an unconditional assignment of a fixed value."""
    return Assignment(path, FluentId(fluent), when, Const(value))


def worth(condition: Condition) -> ValueExpression:
    """Return 1 where the condition holds, else 0."""
    return Choice(((condition, Const(1.0)),), Const(0.0))


def act(
    name: str,
    when: Condition,
    *effects: Assignment,
    by: tuple[EntityId, ...] = (),
    seen: tuple[Condition, ...] = (TRUE, TRUE, TRUE),
) -> Action:
    """Return an act without arguments that everybody sees unless said otherwise."""
    return Action(name, (), when, effects, by, seen)


def trigger(name: str, when: Condition, *effects: Assignment) -> Trigger:
    """Return a trigger without arguments."""
    return Trigger(name, (), when, effects)


def problem(
    fluents: str,
    actions: tuple[Action, ...] = (),
    triggers: tuple[Trigger, ...] = (),
    beliefs: tuple[tuple[Path, int, Value], ...] = (),
    goal: Condition = TRUE,
    wants: tuple[Condition, ...] = (TRUE, TRUE, TRUE),
) -> Problem:
    """Return a problem of three characters and boolean fluents, named by words, that are false at first."""
    names = fluents.split()
    return Problem(
        entities=("Ann", "Bob", "Cy"),
        character_count=3,
        fluents=tuple(Fluent(name, (), "boolean", (0.0, 1.0)) for name in names),
        actions=actions,
        triggers=triggers,
        initial=(0.0,) * len(names),
        beliefs=tuple(Belief(path, FluentId(f), value) for path, f, value in beliefs),
        utility=worth(goal),
        utilities=tuple(worth(want) for want in wants),
    )
