"""Changes to how a world begins, and to what can be done in it: which there are, and what they make of a problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fabula.ask.finite import Looks, looks_of
from fabula.ask.words.write import Written
from fabula.frozen import dataclass
from fabula.ground.expression import Condition, EntityId, FluentId, Value
from fabula.ground.problem import Belief, Path, Problem
from fabula.search.outcome import Start


@dataclass(frozen=True, slots=True)
class Setting:
    """At the start, `fluent` has `value`: in the world (path ()), or as somebody believes."""

    path: Path
    fluent: FluentId
    value: Value


@dataclass(frozen=True, slots=True)
class Withheld:
    """Nobody can do the act of this name, nor think of it."""

    action: str


Change = Setting | Withheld


def begun(problem: Problem, changes: Iterable[Setting]) -> Start:
    """Return where the problem begins with the changes made: a question may begin there (see `Session`)."""
    initial, beliefs = list(problem.initial), {(b.path, b.fluent): b for b in problem.beliefs}
    for path, fluent, value in ((change.path, change.fluent, change.value) for change in changes):
        if path:
            beliefs.pop((path, fluent), None)  # the last for one belief counts, and stands last
            beliefs[path, fluent] = Belief(path, fluent, value)
        else:
            initial[fluent] = value
    return Start(tuple(initial), tuple(beliefs.values()))


def without(problem: Problem, changes: Iterable[Withheld]) -> Problem:
    """Return the problem without the acts that are withheld."""
    names = {change.action for change in changes}
    return (
        replace(problem, actions=tuple(a for a in problem.actions if a.name not in names))
        if names
        else problem
    )


def said(problem: Problem, change: Change) -> str:
    """Write a change as the command line takes it: a statement, or `without action NAME`."""
    if isinstance(change, Withheld):
        return f"without action {change.action}"
    return Written(problem).fact(change.fluent, change.value, change.path)


def candidates(problem: Problem, asked: Sequence[Condition]) -> tuple[Change, ...]:
    """Return every single change that could make a difference to whether the conditions come about.

    What no condition, effect or wish ever looks at is left out. So are all but one of the values that are never told apart.
    """
    looks = looks_of(problem, asked)
    settings = (
        Setting(path, fluent, value)
        for path in _paths(problem)
        for fluent in looks.fluents()
        for value in _values(problem, fluent, looks)
        if value != _at_start(problem, path, fluent)
    )
    names = dict.fromkeys(action.name for action in problem.actions)
    return (*settings, *map(Withheld, names))


def _paths(problem: Problem) -> Iterator[Path]:
    yield ()
    yield from ((EntityId(c),) for c in range(problem.character_count))


def _at_start(problem: Problem, path: Path, fluent: FluentId) -> Value:
    stated = (b.value for b in problem.beliefs if (b.path, b.fluent) == (path, fluent))
    return next(stated, problem.initial[fluent])


def _values(problem: Problem, fluent: FluentId, looks: Looks) -> Iterator[Value]:
    """Give the values of a fluent that some condition may tell apart."""
    kind, named = problem.fluents[fluent].kind, looks.constants.get(fluent, {})
    if kind == "boolean":
        yield from (1.0, 0.0)
    elif kind == "number":
        yield from dict.fromkeys((0.0, *(number for number in named if number is not None)))
    else:
        every: tuple[Value, ...] = (None, *(problem.fluents[fluent].domain or ()))
        if fluent in looks.otherwise:
            yield from every
            return
        start = problem.initial[fluent]
        yield from (value for value in every if value in named)
        others = [value for value in every if value not in named]
        yield from others[:1] if start not in others else [start]
