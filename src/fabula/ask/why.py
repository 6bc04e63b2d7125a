"""Why: who chose an act, believing what, hoping for what, in which plan, and whether it came true.

The plan and what became of it are the story's; what is added here is on which beliefs the plan rests, right and wrong ones,
and since when she has had them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.ask.inquiry import Inquiry
from fabula.ask.moment.rests import Held, rests_on
from fabula.ask.words.show import table
from fabula.ask.words.write import Written, listed
from fabula.frozen import dataclass
from fabula.ground.expression import Value
from fabula.search.outcome import Plan, Start


@dataclass(frozen=True, slots=True)
class Rests:
    """A belief that a plan rests on, as a statement; `true` is how things are, "" if she is right.

    `since` is the event that made her believe it, "" if she has from the start.
    """

    belief: str
    true: str = ""
    since: str = ""


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

    def _repr_html_(self) -> str:
        """Show in a notebook who hoped for what, and on which beliefs."""
        rows = (
            (
                reason.character,
                f"{_number(reason.hoped)} instead of {_number(reason.before)} ({reason.came})",
                ", then ".join(reason.plan),
                "; ".join(f"{r.belief} (it was {r.true})" if r.true else r.belief for r in reason.rests_on),
            )
            for reason in self.reasons
        )
        return table(("who", "hoped for", "by", "believing"), rows, f"{self.event + 1}. {self.act}")


def why(inquiry: Inquiry, plan: Plan, event: int, start: Start | None = None) -> Why:
    """Say why an event (counted from 0) of the story that a plan is happened; `start`: one that begins elsewhere."""
    problem, told = inquiry.problem, inquiry.told(plan, start)
    done = [str(problem.actions[action]) for action in told.acts]
    step = plan.steps[event]
    reasons = tuple(
        Reason(
            motive.character,
            tuple(map(str, motive.plan)),
            motive.before,
            motive.hoped,
            motive.came,
            tuple(
                _rests(Written(problem), held, done)
                for held in rests_on(told.nature, explanation, told.states, event)
            ),
        )
        for motive, explanation in zip(told.motives(event), step.explanations, strict=True)
    )
    return Why(event, done[event], reasons, tuple(done[cause] for cause in told.causes(event)))


def _rests(written: Written, held: Held, done: Sequence[str]) -> Rests:
    true = "" if held.held == held.true else written.fact(held.fluent, held.true, held.path)
    since = "" if held.since is None else f"{held.since + 1}. {done[held.since]}"
    return Rests(written.fact(held.fluent, held.held, held.path), true, since)


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
