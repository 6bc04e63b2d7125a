"""Answers out of flat arrays."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Sequence
from itertools import islice

from fabula.ground.expression import EntityId, FluentId, Value
from fabula.ground.problem import ActionId
from fabula.search.leaving import Leaving, Left, Met
from fabula.search.outcome import (
    Barred,
    Examined,
    Explanation,
    Flaw,
    Outcome,
    Plan,
    Statistics,
    Status,
    Step,
    Willing,
)
from fabula.search.tables import Place, Spread, Turn

_STATUS = (Status.SOLVED, Status.IMPOSSIBLE, Status.LIMITS, Status.STOPPED)
_REASONS = ("", "time", "nodes", "memory", "interrupt", "nodes")
_FLAWS: tuple[Flaw, ...] = ("", "empty", "too long", "impossible", "unwilling", "goal", "beats", "needless")


def unflatten(words: Sequence[int], numbers: Sequence[float]) -> tuple[Outcome, bool]:
    """Read an answer, and whether the goal is known to be within reach where only limits hide it.

    The words begin with the version and a mistake, which is the caller's.
    """
    status, stop, in_reach, visited, generated, bodies, peak, count = words[5:13]
    left, values = iter(words[13:]), iter(numbers)
    statistics = Statistics(visited, generated, next(values), bodies, peak)
    plans = tuple(_plan(left, values) for _ in range(count))
    return Outcome(_STATUS[status], plans, statistics, _REASONS[stop]), bool(in_reach)


def unflatten_plan(words: Sequence[int], numbers: Sequence[float]) -> Plan:
    """Read a story by itself, as it is told."""
    return _plan(iter(words), iter(numbers))


def unflatten_examined(words: Sequence[int], numbers: Sequence[float]) -> Examined:
    """Read what is to be said of a plan. The words begin with the version and a mistake, which is the caller's."""
    left, values = iter(words[5:]), iter(numbers)
    stop, flaw, at, cut = islice(left, 4)
    seconds, before, after, goal = next(values), *(_worth(values) for _ in range(3))
    whose = tuple(map(EntityId, islice(left, next(left))))
    part = tuple(map(ActionId, islice(left, next(left))))
    plan = _plan(left, values)
    return Examined(
        _FLAWS[flaw],
        at,
        whose,
        bool(cut),
        part,
        before,
        after,
        goal,
        plan if plan.steps else None,
        _REASONS[stop],
        seconds,
    )


def unflatten_willing(words: Sequence[int], numbers: Sequence[float]) -> tuple[tuple[Willing, ...], ...]:
    """Read who would do what. The words begin with the version and a mistake, which is the caller's."""
    left, values = iter(words[7:]), iter(numbers)
    return tuple(tuple(_willing(left, values) for _ in range(next(left))) for _ in range(words[6]))


def _willing(words: Iterator[int], numbers: Iterator[float]) -> Willing:
    character, short, has_reason = EntityId(next(words)), bool(next(words)), next(words)
    before, after = _worth(numbers), _worth(numbers)
    if has_reason:
        return Willing(character, _explanation(words, numbers), before, after, short)
    plan = tuple(map(ActionId, islice(words, next(words))))
    act, by = ActionId(next(words)), tuple(map(EntityId, islice(words, next(words))))
    return Willing(character, None, before, after, short, Barred(plan, act, by) if plan else None)


def unflatten_spread(words: Sequence[int], numbers: Sequence[float]) -> Spread:
    """Read a look around. The words begin with the version and a mistake, which is the caller's."""
    cut, short, stop, found, count = words[5:10]
    left, values = iter(words[10:]), iter(numbers)
    seconds, goal = next(values), next(values)
    places = tuple(_place(number, left, values) for number in range(count))
    return Spread(places, goal, bool(cut), bool(short), "found" if found else _REASONS[stop], seconds)


def _place(number: int, words: Iterator[int], numbers: Iterator[float]) -> Place:
    depth, before, act, is_open, count = islice(words, 5)
    turns = tuple(Turn(ActionId(next(words)), next(words)) for _ in range(count))
    refused = tuple(map(ActionId, islice(words, next(words))))
    holds = frozenset(islice(words, next(words)))
    came = None if before < 0 else (before, ActionId(act))
    return Place(number, depth, came, turns, refused, bool(is_open), holds, _worth(numbers))


def unflatten_leaving(words: Sequence[int], numbers: Sequence[float], characters: int) -> Leaving:
    """Read what can happen at places. The words begin with the version and a mistake, which is the caller's."""
    left, values = iter(words[6:]), iter(numbers)
    places = tuple(_left(left) for _ in range(next(left)))
    met = tuple(_met(left, values, characters) for _ in range(next(left)))
    return Leaving(places, met, _REASONS[words[5]])


def _left(words: Iterator[int]) -> Left:
    short, count = bool(next(words)), next(words)
    turns = tuple((ActionId(next(words)), next(words)) for _ in range(count))
    return Left(turns, tuple(map(ActionId, islice(words, next(words)))), short)


def _met(words: Iterator[int], numbers: Iterator[float], characters: int) -> Met:
    digest = struct.pack("<qq", next(words), next(words))
    worth, *worths = (_worth(numbers) for _ in range(characters + 1))
    facts = tuple((FluentId(f), _worth(numbers)) for f in islice(words, next(words)))
    return Met(digest, worth, tuple(worths), facts, tuple(islice(words, next(words))))


def _plan(words: Iterator[int], numbers: Iterator[float]) -> Plan:
    worth = _worth(numbers)
    return Plan(_steps(words, numbers), worth)


def _steps(words: Iterator[int], numbers: Iterator[float]) -> tuple[Step, ...]:
    return tuple(_step(words, numbers) for _ in range(next(words)))


def _step(words: Iterator[int], numbers: Iterator[float]) -> Step:
    action = ActionId(next(words))
    return Step(action, tuple(_explanation(words, numbers) for _ in range(next(words))))


def _explanation(words: Iterator[int], numbers: Iterator[float]) -> Explanation:
    character = EntityId(next(words))
    before, after = _worth(numbers), _worth(numbers)
    return Explanation(character, _steps(words, numbers), before, after)


def _worth(numbers: Iterator[float]) -> Value:
    value = next(numbers)
    return None if math.isnan(value) else value
