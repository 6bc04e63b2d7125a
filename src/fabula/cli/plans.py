"""Plans and outcomes in words, as trees and as data."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.ask.words.write import Written
from fabula.cli.ending import Ending
from fabula.cli.screen import Branch
from fabula.ground.problem import Problem
from fabula.search.outcome import Explanation, Limits, Outcome, Plan, Statistics, Status, Step
from fabula.search.reach import Reach

_STOPS = {
    "time": (Ending.TIME, "the time is up"),
    "nodes": (Ending.TIME, "as many states as were allowed have been visited"),
    "memory": (Ending.MEMORY, "the memory is used up"),
    "interrupt": (Ending.INTERRUPTED, "interrupted"),
}


Reason = tuple[int, tuple[int, ...]] | None
"""Whose plan, and its acts."""


def number(value: float | None) -> str:
    """Write a utility."""
    return "?" if value is None else f"{value:g}"


def cost(statistics: Statistics) -> str:
    """Say what a search has cost."""
    return (
        f"{_count(statistics.visited, 'state')} visited, {statistics.generated:,} generated, "
        f"{statistics.seconds:.2f} s"
    )


def ending(outcome: Outcome) -> Ending:
    """Return the exit code for an outcome."""
    if outcome.status is Status.STOPPED:
        return stopped(outcome.reason)
    codes = {Status.IMPOSSIBLE: Ending.NO_STORY, Status.LIMITS: Ending.NONE_WITHIN_LIMITS}
    return codes.get(outcome.status, Ending.DONE)


def stopped(why: str) -> Ending:
    """Return the exit code of a search that was stopped, by the name of the reason."""
    return _STOPS.get(why, (Ending.TIME, ""))[0]


def verdict(problem: Problem, outcome: Outcome, limits: Limits) -> str:
    """Say in a sentence or two how a search ended that is not simply solved; empty where it is."""
    searched = _count(outcome.statistics.visited, "state")
    if outcome.status is Status.IMPOSSIBLE:
        proof = f"no story, and this is proved: all that can happen was searched ({searched})"
        return "\n".join((proof, *_beyond(problem)))
    if outcome.status is Status.LIMITS:
        return (
            f"no story within the limits ({_limits(limits)}), all of which was searched ({searched})\n"
            "hint: longer stories or longer plans may exist; --author-limit, --character-limit and "
            "--epistemic-limit allow them"
        )
    if outcome.status is Status.STOPPED:
        reason = _STOPS.get(outcome.reason, (Ending.TIME, outcome.reason))[1]
        so_far = "what was found is above" if outcome.plans else "no story so far"
        return f"stopped, {reason}: {so_far} ({searched} searched)"
    return ""


def _beyond(problem: Problem) -> Iterator[str]:
    """Name what the author hopes for and nothing can bring about."""
    facts = (Written(problem).fact(fluent, value) for fluent, value in Reach(problem).beyond())
    yield from (f"note: nothing can bring about `{fact}`" for fact in dict.fromkeys(facts))


def tree(problem: Problem, plan: Plan) -> list[Branch]:
    """Write a plan as lines: every act with everybody's reasons below it."""
    many = f"{len(plan.steps)} act{'s' if len(plan.steps) != 1 else ''}"
    head = Branch(f"A story in {many}; the author's utility becomes {number(plan.utility)}.", style="bold")
    steps = [_step(problem, step, f"{i}. ", "bold") for i, step in enumerate(plan.steps, 1)]
    return [head, *steps]


def _step(problem: Problem, step: Step, lead: str = "", style: str = "", known: Reason = None) -> Branch:
    """Write an act and the reasons for it; `known` is one that the reader has just been told."""
    act = problem.actions[step.action]
    branch = Branch(f"{lead}{act}", style=style)
    branch.branches += [_reason(problem, e) for e in step.explanations if _gist(e) != known]
    if lead and not act.consenting:
        branch.branches.append(Branch("nobody's choice", style="dim"))
    return branch


def _reason(problem: Problem, reason: Explanation) -> Branch:
    who = problem.entities[reason.character]
    hope = f"{who} expects {number(reason.after)} instead of {number(reason.before)}"
    if len(reason.steps) == 1:
        return Branch(f"{hope} at once", style="cyan")
    own, acts = _gist(reason)
    steps = [_step(problem, step, known=(own, acts[i:])) for i, step in enumerate(reason.steps)]
    return Branch(f"{hope}, by", steps, "cyan")


def _gist(reason: Explanation) -> tuple[int, tuple[int, ...]]:
    """Whose plan it is, and its acts."""
    return reason.character, tuple(step.action for step in reason.steps)


def data(problem: Problem, outcome: Outcome) -> dict[str, object]:
    """Write an outcome as data: `status`, `utility`, `plan`, `plans` (all that were found), `statistics`."""
    plans = [[_step_data(problem, step) for step in plan.steps] for plan in outcome.plans]
    found: dict[str, object] = {
        "status": outcome.status.value,
        "utility": outcome.plans[0].utility if outcome.plans else None,
        "plan": plans[0] if plans else [],
        "plans": plans,
        "statistics": {
            "visited": outcome.statistics.visited,
            "generated": outcome.statistics.generated,
            "seconds": outcome.statistics.seconds,
        },
    }
    return found | ({"reason": outcome.reason} if outcome.reason else {})


def _step_data(problem: Problem, step: Step) -> dict[str, object]:
    act = problem.actions[step.action]
    return {
        "action": act.name,
        "arguments": list(act.arguments),
        "text": str(act),
        "explanations": [
            {
                "character": problem.entities[reason.character],
                "before": reason.before,
                "after": reason.after,
                "plan": [_step_data(problem, inner) for inner in reason.steps],
            }
            for reason in step.explanations
        ],
    }


def _count(many: int, what: str) -> str:
    return f"{many:,} {what}{'s' if many != 1 else ''}"


def _limits(limits: Limits) -> str:
    said = [
        f"at most {_count(limits.author, 'act')}" if limits.author >= 0 else "",
        f"plans of at most {_count(limits.character, 'act')}" if limits.character >= 0 else "",
        f"at most {_count(limits.epistemic, 'mind')} deep" if limits.epistemic >= 0 else "",
    ]
    return ", ".join(words for words in said if words)
