"""Why somebody would not do an act at some moment: what stands in the way, in her own eyes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fabula.ask.moment.conceive import barred
from fabula.ask.words.show import missing, table
from fabula.ask.words.write import Written, listed, unmet
from fabula.ground.expression import EntityId, Value
from fabula.ground.problem import ActionId
from fabula.search.minds.evaluate import test
from fabula.search.minds.state import State
from fabula.search.outcome import Explanation, Limits
from fabula.search.reasons import Reasons

Kind = Literal["believed impossible", "no gain", "refused", "open"]


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a character would not do an act, or that she would (`open`).

    `unmet` is what she believes to be missing, `mistaken` the part of it that is there all the same. `before` and `after` are
    her utility, in her own eyes, without the act and right after it. `plan` is the plan for whose sake she would do it; `refused`
    names who would not do `refusing`, an act of it (the act itself, or a later one). `short`: were she to think further ahead, there
    might be one.
    """

    character: str
    act: str
    kind: Kind
    unmet: tuple[str, ...] = ()
    mistaken: tuple[str, ...] = ()
    before: Value = None
    after: Value = None
    refused: tuple[str, ...] = ()
    refusing: str = ""
    plan: tuple[str, ...] = ()
    short: bool = False

    def __str__(self) -> str:
        """Say it in a sentence."""
        return text(self)

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        return table(("act", "why not"), [(self.act, text(self))])


def closed(reasons: Reasons, limits: Limits, who: EntityId, action: ActionId, state: State) -> Closed:
    """Find out why a character would not do an act in a real state, whether or not it is possible there."""
    problem, nature = reasons.nature.problem, reasons.nature
    written = Written(problem)
    name, act, mind = problem.entities[who], str(problem.actions[action]), state.believed[who]
    lacking = list(unmet(problem.actions[action].precondition, mind))
    if lacking:
        wrong = tuple(written.condition(part) for part in lacking if test(part)(state))
        parts = tuple(written.condition(part) for part in lacking)
        return Closed(name, act, "believed impossible", parts, wrong)
    before, after = reasons.worth(who, mind), reasons.worth(who, nature.after(mind, action))
    reason = reasons.reason(who, action, mind, _ahead(limits), 1)
    if reason.explanation is None:
        return _without_reason(reasons, limits, who, action, mind, reason.cut)
    others = tuple(
        problem.entities[other]
        for other in problem.actions[action].consenting
        if other != who and _unwilling(reasons, limits, other, action, state)
    )
    plan = steps(reasons, reason.explanation)
    kind: Kind = "refused" if others else "open"
    return Closed(name, act, kind, (), (), before, after, others, act if others else "", plan)


def _without_reason(
    reasons: Reasons, limits: Limits, who: EntityId, action: ActionId, mind: State, short: bool
) -> Closed:
    """Say why she has no reason: others bar the plan that would be one, or there is no such plan."""
    problem = reasons.nature.problem
    name, act = problem.entities[who], str(problem.actions[action])
    before, after = reasons.worth(who, mind), reasons.worth(who, reasons.nature.after(mind, action))
    found = barred(reasons, who, action, mind, _ahead(limits))
    if found is None:
        return Closed(name, act, "no gain", before=before, after=after, short=short)
    others = tuple(problem.entities[other] for other in found.by)
    plan = Written(problem).acts(found.plan)
    refusing = str(problem.actions[found.act])
    return Closed(name, act, "refused", (), (), before, after, others, refusing, plan)


_AHEAD = 5
"""Where people think ahead without limit, it is looked so many acts deep why they have no reason."""


def _ahead(limits: Limits) -> int:
    return _AHEAD if limits.character < 0 else max(limits.character, 1)


def steps(reasons: Reasons, explanation: Explanation) -> tuple[str, ...]:
    """Write the plan of an explanation."""
    return Written(reasons.nature.problem).acts(step.action for step in explanation.steps)


def _unwilling(reasons: Reasons, limits: Limits, who: EntityId, action: ActionId, state: State) -> bool:
    return reasons.reason(who, action, state.believed[who], _ahead(limits), 1).explanation is None


def text(answer: Closed) -> str:
    """Say in a sentence why the act is closed to her."""
    match answer.kind:
        case "believed impossible":
            wrong = f"; she is wrong about {listed(answer.mistaken)}" if answer.mistaken else ""
            return f"{answer.character} believes it impossible: {missing(answer.unmet)}{wrong}"
        case "refused":
            plan = f" ({', then '.join(answer.plan)})" if len(answer.plan) > 1 else ""
            rest = "" if answer.refusing == answer.act else f" {answer.refusing}"
            return f"{answer.character} would{plan}, but {listed(answer.refused)} will not{rest}"
        case "open":
            return f"{answer.character} would: {', then '.join(answer.plan)}"
    return f"{answer.character} has no reason: {_gain(answer)}{_further(answer)}"


def _gain(answer: Closed) -> str:
    if answer.before is None or answer.after is None:
        return "who can tell what it would bring"
    if answer.after > answer.before:
        return f"it would bring {answer.after:g} instead of {answer.before:g}, but so would less"
    worth = (
        f"still {answer.after:g}"
        if answer.after == answer.before
        else f"{answer.after:g} instead of {answer.before:g}"
    )
    return f"it brings no gain ({worth}), nor does any plan that begins with it"


def _further(answer: Closed) -> str:
    return ", as far as anybody thinks ahead" if answer.short else ""
