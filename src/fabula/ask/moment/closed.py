"""Why somebody would not do an act at some moment: what stands in the way, in her own eyes."""

from __future__ import annotations

from typing import Literal

from fabula.ask.moment.here import Here
from fabula.ask.words.show import missing, table
from fabula.ask.words.write import Written, listed, unmet
from fabula.frozen import dataclass
from fabula.ground.expression import EntityId, Value
from fabula.ground.problem import ActionId
from fabula.search.minds.evaluate import test
from fabula.search.outcome import Willing

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


def closed(here: Here, who: EntityId, action: ActionId) -> Closed:
    """Find out why a character would not do an act at a moment, whether or not it is possible then."""
    problem, state = here.lore.problem, here.state
    written = Written(problem)
    name, act, mind = problem.entities[who], str(problem.actions[action]), state.believed[who]
    lacking = list(unmet(problem.actions[action].precondition, mind))
    if lacking:
        wrong = tuple(written.condition(part) for part in lacking if test(part)(state))
        parts = tuple(written.condition(part) for part in lacking)
        return Closed(name, act, "believed impossible", parts, wrong)
    willing = here.willing(who, action)
    if willing.explanation is None:
        return _without_reason(here, willing, action)
    before, after = willing.before, willing.after
    others = tuple(
        problem.entities[other]
        for other in problem.actions[action].consenting
        if other != who and here.willing(other, action).explanation is None
    )
    plan = written.acts(step.action for step in willing.explanation.steps)
    kind: Kind = "refused" if others else "open"
    return Closed(name, act, kind, (), (), before, after, others, act if others else "", plan)


def _without_reason(here: Here, willing: Willing, action: ActionId) -> Closed:
    """Say why she has no reason: others bar the plan that would be one, or there is no such plan."""
    problem, who = here.lore.problem, willing.character
    found = willing.barred
    name, act = problem.entities[who], str(problem.actions[action])
    before, after = willing.before, willing.after
    if found is None:
        return Closed(name, act, "no gain", before=before, after=after, short=willing.short)
    others = tuple(problem.entities[other] for other in found.by)
    plan = Written(problem).acts(found.plan)
    refusing = str(problem.actions[found.act])
    return Closed(name, act, "refused", (), (), before, after, others, refusing, plan)


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
