"""Worlds for the tests of grounding, written as an author writes them."""

from __future__ import annotations

import pytest

from fabula.ground import from_world, ground
from fabula.ground.expression import (
    TRUE,
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
    Compare,
    Condition,
    Const,
    Read,
    Thinks,
    Truth,
    ValueExpression,
)
from fabula.ground.problem import Action, Kind, Problem
from fabula.language.parse import parse
from fabula.language.tree import Tree
from fabula.model.from_tree import resolve

CAST = """
type place; entity Hall : place; entity Yard : place; entity Ann : character; entity Bob : character;
property at(c : character) : place; property open() : boolean; property lit() : boolean;
property n() : number; property m() : number; property friend(c : character) : character;
"""
"""Ann, Bob, two places and a few properties of every kind."""


def load(path: str, source: str) -> Tree:
    """Refuse imports."""
    raise FileNotFoundError(path, source)


def grounded(text: str, any_start: bool = False) -> Problem:
    """Ground a world given as text."""
    return ground(resolve(parse(text, "world.fab"), load)[0], any_start)


def in_full(text: str) -> Problem:
    """Ground a world with nothing left out and nothing folded that facts decide."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(from_world, "_pruned", lambda problem, *_: problem)
        patch.setattr(from_world, "_facts", lambda *_: None)
        return grounded(text)


def free(text: str) -> str:
    """Add acts to a world that let every property of the cast take every value, so that nothing folds."""
    return f"""{CAST}{text};
        action stir(c : character, d : character, p : place) {{ effect: at(c) = p & friend(c) = d; }};
        action forget(c : character) {{ effect: at(c) = ? & friend(c) = ?; }};
        action flip() {{ effect: if(open()) !open() else open(); }};
        action switch() {{ effect: if(lit()) !lit() else lit(); }};
        action count() {{ effect: n() = n() + 1 & m() = m() + 2; }};
    """


def act(problem: Problem, name: str) -> Action:
    """Return the act that is written so."""
    return next(action for action in problem.actions if str(action) == name)


def names(problem: Problem) -> list[str]:
    """Write all acts in order."""
    return [str(action) for action in problem.actions]


def shown(problem: Problem, thing: Condition | ValueExpression, kind: Kind = "number") -> str:
    """Write a ground condition or value as an author would, with brackets around every `&` and `|`."""
    match thing:
        case Truth(holds):
            return str(holds)
        case Compare(operator, left, right):
            fixed = _kind(problem, left)
            return f"{shown(problem, left)} {operator} {shown(problem, right, fixed)}"
        case AllOf(parts):
            return "(" + " & ".join(shown(problem, part) for part in parts) + ")"
        case AnyOf(parts):
            return "(" + " | ".join(shown(problem, part) for part in parts) + ")"
        case Thinks(character, condition):
            return f"believes({problem.entities[character]}, {shown(problem, condition)})"
        case Const(value):
            return _value(problem, value, kind)
        case Read(fluent):
            return str(problem.fluents[fluent])
        case Believed(character, value):
            return f"believes({problem.entities[character]}, {shown(problem, value)})"
        case Arithmetic(symbol, left, right):
            return f"({shown(problem, left)} {symbol} {shown(problem, right)})"
        case Choice(branches, otherwise):
            said = (f"if({shown(problem, c)}) {shown(problem, v, kind)} " for c, v in branches)
            return f"{''.join(said)}else {shown(problem, otherwise, kind)}"


def effects(problem: Problem, name: str) -> list[str]:
    """Write the assignments of an act: `[path] fluent = value if condition`."""
    written = []
    for effect in act(problem, name).effects:
        path = "".join(f"{problem.entities[c]}: " for c in effect.path)
        fluent = problem.fluents[effect.fluent]
        when = "" if effect.condition == TRUE else f" if {shown(problem, effect.condition)}"
        written.append(f"{path}{fluent} = {shown(problem, effect.value, fluent.kind)}{when}")
    return written


def precondition(condition: str, more: str = "", any_start: bool = False) -> str:
    """Return the ground form of a condition over the cast, in a world where everything can change but what is added."""
    problem = grounded(free(f"{more}; action it() {{ precondition: {condition}; }}"), any_start)
    found = [action for action in problem.actions if action.name == "it"]
    return shown(problem, found[0].precondition) if found else "False"


def _kind(problem: Problem, value: ValueExpression) -> Kind:
    while isinstance(value, Believed):
        value = value.value
    return problem.fluents[value.fluent].kind if isinstance(value, Read) else "number"


def _value(problem: Problem, value: float | None, kind: Kind) -> str:
    if value is None:
        return "?"
    if kind == "boolean":
        return str(bool(value))
    return f"{value:g}" if kind == "number" else problem.entities[int(value)]
