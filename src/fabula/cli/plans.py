"""Plans and outcomes in words, as trees and as data; and plans read back."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from fabula.cli.ending import Ended, Ending
from fabula.cli.screen import Branch
from fabula.diagnostics.suggest import alike
from fabula.ground.problem import ActionId, Problem
from fabula.search.outcome import Examined, Explanation, Limits, Outcome, Plan, Statistics, Status, Step

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
    return f"{_searched(statistics)}, {statistics.seconds:.2f} s"


def ending(outcome: Outcome) -> Ending:
    """Return the exit code for an outcome."""
    if outcome.status is Status.STOPPED:
        return stopped(outcome.reason)
    codes = {Status.IMPOSSIBLE: Ending.NO_STORY, Status.LIMITS: Ending.NONE_WITHIN_LIMITS}
    return codes.get(outcome.status, Ending.DONE)


def stopped(why: str) -> Ending:
    """Return the exit code of a search that was stopped, by the name of the reason."""
    return _STOPS.get(why, (Ending.TIME, ""))[0]


def stop(why: str) -> str:
    """Say why a search was stopped, by the name of the reason."""
    return _STOPS.get(why, (Ending.TIME, why))[1]


def verified(found: Examined) -> Ending:
    """Return the exit code for a plan that was examined."""
    if found.stopped:
        return stopped(found.stopped)
    limited = found.flaw == "too long" or found.short
    return Ending.DONE if found.valid else Ending.NONE_WITHIN_LIMITS if limited else Ending.NO_STORY


def verdict(problem: Problem, outcome: Outcome, limits: Limits, wished: bool) -> str:
    """Say in a sentence or two how a search ended that is not simply solved; empty where it is.

    `wished`: the world says what its author wants.
    """
    ended = _ended(problem, outcome, limits)
    return ended if wished or outcome.plans else f"{ended}\n{_NO_WISH}"


_NO_WISH = """\
note: this world does not say what its author wants: it has no `utility():`
hint: add `utility(): EXPRESSION;`, a condition that the end should meet or a number that should grow"""


def _ended(problem: Problem, outcome: Outcome, limits: Limits) -> str:
    """Say it, whatever the author wants."""
    searched = _searched(outcome.statistics)
    if outcome.status is Status.IMPOSSIBLE:
        return "\n".join((f"no story, and this is proved: {_proof(outcome.statistics)}", *_beyond(problem)))
    if outcome.status is Status.LIMITS:
        return (
            f"no story within the limits ({_limits(limits)}), all of which was searched: {searched}\n"
            "hint: longer stories or longer plans may exist; --author-limit, --character-limit and "
            "--epistemic-limit allow them"
        )
    if outcome.status is Status.STOPPED:
        so_far = "what was found is above" if outcome.plans else "no story so far"
        return f"stopped, {stop(outcome.reason)}: {so_far}, after {searched}"
    return ""


def _searched(statistics: Statistics) -> str:
    """Count what was looked at; where bodies alone decide, that is no state of a story."""
    if not statistics.visited and statistics.bodies:
        return f"{_count(statistics.bodies, 'state')}, minds aside"
    return f"{_count(statistics.visited, 'state')} visited, {statistics.generated:,} generated"


def _proof(statistics: Statistics) -> str:
    """Say what was searched."""
    if statistics.visited:
        return f"all that can happen was searched: {_searched(statistics)}"
    if statistics.bodies:
        return f"it could not happen even if everybody did anything ({_searched(statistics)})"
    return "nothing could ever bring it about"


def _beyond(problem: Problem) -> Iterator[str]:
    """Name what the author hopes for and nothing can bring about."""
    from fabula.ask.words.write import Written
    from fabula.search.reach import Reach

    facts = (Written(problem).fact(fluent, value) for fluent, value in Reach(problem).beyond())
    yield from (f"note: nothing can bring about `{fact}`" for fact in dict.fromkeys(facts))


def read(file: Path, problem: Problem) -> tuple[ActionId, ...]:
    """Read acts, one on a line, from a file, or from standard input where it is `-`. Raises Ended.

    Where some lines are numbered as plans number them, only those count, up to where another plan begins; else all but
    empty ones and those that begin with `#`.
    """
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        raise Ended(Ending.USAGE, f"error[cannot-read]: {file}: {str(why).lower()}") from None
    known = {"".join(str(act).split()): ActionId(number) for number, act in enumerate(problem.actions)}
    found: list[ActionId] = []
    for number, act in _rows(text):
        if (plain := "".join(act.split())) not in known:
            near = alike(act, [str(a) for a in problem.actions])
            hint = f"\nhint: did you mean `{near[0]}`?" if near else ""
            headline = f"error[no-such-act]: line {number}: no act `{act}` is ever possible in this world"
            raise Ended(Ending.USAGE, headline + hint)
        found.append(known[plain])
    return tuple(found)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines with acts on them, and their numbers."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    numbered = [(n, match) for n, line in lines if (match := _NUMBERED.fullmatch(line))]
    if not numbered:
        yield from ((n, line) for n, line in lines if line and not line.startswith("#"))
    for index, (n, match) in enumerate(numbered, 1):
        if int(match[1]) != index:
            return
        yield n, match[2]


_NUMBERED = re.compile(r"(\d+)\.\s+(.+)")


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


def examined(problem: Problem, found: Examined, reason: str) -> dict[str, object]:
    """Write what is to be said of a plan as data: `valid`, `flaw`, `reason`, and the `plan` if it is a story."""
    said: dict[str, object] = {
        "valid": found.valid,
        "flaw": found.flaw or None,
        "reason": reason or None,
        "act": found.at + 1 if found.flaw in {"impossible", "unwilling"} else None,
        "unwilling": [problem.entities[who] for who in found.unwilling],
        "part": [str(problem.actions[act]) for act in found.part],
        "utility": found.after,
        "goal": found.goal,
        "plan": [_step_data(problem, step) for step in found.plan.steps]
        if found.valid and found.plan
        else [],
    }
    return said | ({"stopped": found.stopped} if found.stopped else {})


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
        f"plans of at most {_count(max(limits.character, 1), 'act')}" if limits.character >= 0 else "",
        f"at most {_count(limits.epistemic, 'mind')} deep" if limits.epistemic >= 0 else "",
    ]
    return ", ".join(words for words in said if words)
