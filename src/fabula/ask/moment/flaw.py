"""What is wrong with a plan, in words: which act fails, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.ask.inquiry import Lore
from fabula.ask.moment import closed
from fabula.ask.moment.here import Here
from fabula.ask.words.write import Written, listed, unmet
from fabula.ground.expression import Value
from fabula.ground.problem import ActionId, Problem
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import Ambition, Examined, Limits


def text(
    problem: Problem,
    acts: Sequence[ActionId],
    limits: Limits,
    found: Examined,
    ambition: Ambition = "improve",
) -> str:
    """Say in a paragraph why acts are no story, as the examination has `found`; empty if they are one."""
    return "\n".join(_lines(problem, acts, limits, found, ambition))


def _lines(
    problem: Problem, acts: Sequence[ActionId], limits: Limits, found: Examined, ambition: Ambition
) -> Iterator[str]:
    named = [f"act {i}, {act}" for i, act in enumerate(Written(problem).acts(acts), 1)]
    match found.flaw:
        case "empty":
            yield "no story: it has no acts"
        case "too long":
            yield f"no story within the limits: it has {len(acts)} acts, and {found.at} are allowed"
        case "impossible":
            missing = unmet(problem.actions[acts[found.at]].precondition, _state(problem, acts[: found.at]))
            parts = listed(tuple(map(Written(problem).condition, missing)))
            yield f"no story: {named[found.at]}, is not possible where it stands: {parts} is missing"
        case "unwilling":
            yield f"no story: {named[found.at]}, is possible where it stands, but"
            done = tuple(acts[: found.at])
            here = Here(Lore(problem, limits, ambition), done, _state(problem, done))
            for who in found.unwilling:
                yield f"  {closed.text(closed.closed(here, who, acts[found.at]))}"
        case "goal":
            ends = f"it ends at {_number(found.after)}, as it began"
            if found.after != found.before:
                ends = f"it begins at {_number(found.before)} and ends at {_number(found.after)}"
            yield f"no story: for the author {ends}; the goal is {_number(found.goal)}"
        case "beats":
            yield f"no story: it never comes to the beat `{problem.beats[found.at].name}`"
        case "needless":
            yield f"no story: without {listed(_left_out(named, acts, found.part))} it comes to the same"


def _left_out(named: Sequence[str], acts: Sequence[ActionId], part: Sequence[ActionId]) -> tuple[str, ...]:
    """Return what is in the plan and not in the part of it that would do."""
    left, out = list(part), []
    for words, act in zip(named, acts, strict=True):
        if left and left[0] == act:
            left.pop(0)
        else:
            out.append(words)
    return tuple(out)


def _state(problem: Problem, acts: Sequence[ActionId]) -> State:
    nature = Nature(problem)
    state = nature.start()
    for act in acts:
        state = nature.after(state, act)
    return state


def _number(value: Value) -> str:
    return "?" if value is None else f"{value:g}"
