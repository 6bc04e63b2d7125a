"""Why: who chose an act, believing what, hoping for what, in which plan, and whether it came true.

The plan and what became of it are the story's; what is added here is on which beliefs the plan rests, right and wrong ones:
what its acts look at in her mind, as far as the plan does not bring it about itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fabula.ask.words.write import Written, listed
from fabula.ground.expression import EntityId, FluentId, Value
from fabula.ground.problem import Path, Problem
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import Explanation, Plan
from fabula.story.from_plan import recount
from fabula.story.support import act_support


@dataclass(frozen=True, slots=True)
class Rests:
    """A belief that a plan rests on, as a statement; `true` is how things are, "" if she is right."""

    belief: str
    true: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one character consented. `before`, `hoped` and `came` are those of the story's `Motive`."""

    character: str
    plan: tuple[str, ...]
    before: Value
    hoped: Value
    came: str
    rests_on: tuple[Rests, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why an event (counted from 0) happened: everybody's reason, and the events that had made it possible."""

    event: int
    act: str
    reasons: tuple[Reason, ...]
    causes: tuple[str, ...]

    def __str__(self) -> str:
        """Write it as a paragraph."""
        return text(self)


def why(problem: Problem, plan: Plan, event: int) -> Why:
    """Say why an event (counted from 0) of the story that a plan is happened."""
    nature = Nature(problem)
    state = nature.start()
    for step in plan.steps[:event]:
        state = nature.after(state, step.action)
    told = recount(problem, plan).events
    happened, step = told[event], plan.steps[event]
    reasons = tuple(
        Reason(
            motive.character,
            tuple(map(str, motive.plan)),
            motive.before,
            motive.hoped,
            motive.came,
            tuple(_rests_on(nature, explanation, state)),
        )
        for motive, explanation in zip(happened.motives, step.explanations, strict=True)
    )
    return Why(event, str(happened), reasons, tuple(str(told[cause]) for cause in happened.causes))


def _rests_on(nature: Nature, explanation: Explanation, state: State) -> Iterator[Rests]:
    written, who = Written(nature.problem), explanation.character
    mind = state.believed[who]
    for path, fluent in _looked_at(nature, explanation, mind):
        held, real = (_at(view, path).values[fluent] for view in (mind, state))
        true = "" if held == real else written.fact(fluent, real, path)
        yield Rests(written.fact(fluent, held, path), true)


def _looked_at(nature: Nature, explanation: Explanation, mind: State) -> list[tuple[Path, FluentId]]:
    """Return what the acts of a plan look at in a mind and do not bring about themselves, in the plan's order."""
    found: dict[tuple[Path, FluentId], None] = {}
    imagined = mind
    for step in explanation.steps:
        for path, fluent in act_support(nature.problem.actions[step.action], imagined):
            if _at(imagined, path).values[fluent] == _at(mind, path).values[fluent]:
                found[path, fluent] = None
        imagined = nature.after(imagined, step.action)
    return list(found)


def _at(state: State, path: tuple[EntityId, ...]) -> State:
    for character in path:
        state = state.believed[character]
    return state


def text(answer: Why) -> str:
    """Write an answer as a paragraph."""
    lines = [f"{answer.event + 1}. {answer.act}"]
    if not answer.reasons:
        lines.append("  nobody chose it")
    for reason in answer.reasons:
        lines += _lines(reason)
    if answer.causes:
        lines.append(f"  possible because of {listed(answer.causes)}")
    return "".join(f"{line}\n" for line in lines)


def _lines(reason: Reason) -> Iterator[str]:
    worth = f"{_number(reason.hoped)} instead of {_number(reason.before)}"
    yield f"  {reason.character} hoped for {worth} ({reason.came}), by {', then '.join(reason.plan)}"
    if right := [rests.belief for rests in reason.rests_on if not rests.true]:
        yield f"    knowing {', '.join(right)}"
    if wrong := [f"{rests.belief} (it was {rests.true})" for rests in reason.rests_on if rests.true]:
        yield f"    wrongly believing {', '.join(wrong)}"


def _number(value: Value) -> str:
    return "?" if value is None else f"{value:g}"
