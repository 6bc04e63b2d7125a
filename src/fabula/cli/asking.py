"""What the questions share: reading a world once, its space of stories, its story, and what is asked about; how contracts are reported."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from fabula.ask import contracts
from fabula.ask.contracts import Verdict
from fabula.ask.space import Space, explore
from fabula.cli import plans
from fabula.cli.ending import Ended, Ending
from fabula.cli.screen import TEXTS, Progress, say
from fabula.ground.expression import Condition
from fabula.ground.problem import ActionId, Contract, Deed, Problem
from fabula.pipeline.read import read
from fabula.pipeline.solve import ground, solve
from fabula.search.outcome import Budget, Limits, Plan


class Question:
    """One world, as it is asked about: read once, grounded and searched when that is needed."""

    def __init__(
        self,
        world: str,
        change: Sequence[str] | None,
        goal: float | None,
        limits: tuple[int | None, int | None, int | None],
        seconds: float | None,
        nodes: int | None,
    ) -> None:
        """Read the world. Raises Mistakes."""
        self._world, self._change = world, tuple(change or ())
        self.reading = read(world, self._change, TEXTS)
        own = self.reading.limits
        stated = zip(limits, (own.author, own.character, own.epistemic), strict=True)
        self.limits = Limits(*(default if given is None else given for given, default in stated))
        self.goal = self.reading.goal if goal is None else goal
        self.budget = Budget(seconds, nodes)

    def problem(self, any_start: bool = False) -> Problem:
        """Ground the world. Raises Mistakes."""
        return ground(self.reading.world, any_start)

    def space(self, any_start: bool = False) -> Space:
        """Look at all courses of the world; says so if it could not finish. Raises Mistakes and Ended."""
        progress = Progress()
        try:
            found = explore(
                self.problem(any_start), self.limits, (), self.goal, self.budget, progress=progress
            )
        finally:
            progress.wipe()
        if found.around.stopped:
            raise Ended(
                stopped(found.around.stopped),
                f"stopped: the stories of this world are more than {found.extent()}",
            )
        return found

    def plan(self) -> Plan:
        """Find the story of the world. Raises Ended if there is none, and Mistakes."""
        problem = self.problem()
        outcome = solve(problem, self.limits, self.goal, "first", self.budget)
        if not outcome.plans:
            raise Ended(plans.ending(outcome), plans.verdict(problem, outcome, self.limits))
        return outcome.plans[0]

    def acts(self, plan: Plan) -> list[str]:
        """Write the acts of the story."""
        return [str(self._plain.actions[step.action]) for step in plan.steps]

    @cached_property
    def _plain(self) -> Problem:
        return self.problem()

    def place(self, space: Space, event: str) -> int:
        """Return the place of a space at which the story stands right before an event. Raises Ended."""
        acts = self.acts(self.plan())
        place = space.places[0]
        for act in acts[: self.number_of(acts, event)]:
            turns = (t.to for t in place.turns if str(space.problem.actions[t.action]) == act)
            place = space.places[next(turns)]
        return place.number

    def asked(self, text: str) -> Contract:
        """Read what is asked about, as a contract that it is possible. Raises Mistakes."""
        changes = (*self._change, f"contract: possible {text}")
        return ground(read(self._world, changes, TEXTS).world, any_start=True).contracts[-1]

    def condition(self, text: str) -> Condition:
        """Read a condition that is asked about. Raises Mistakes, and Ended if it is an act."""
        first = self.asked(f"({text})").first
        if isinstance(first, Deed):
            raise Ended(Ending.USAGE, "error[usage]: this question is about a condition, not about an act")
        return first

    def acts_or_condition(self, text: str) -> tuple[Sequence[ActionId], Condition | None]:
        """Read what is asked about: acts, or a condition. Raises Mistakes, and Ended if no such act can ever happen."""
        first = self.asked(text).first
        if not isinstance(first, Deed):
            return (), first
        if not first.acts:
            raise Ended(Ending.DONE, f"{text} never comes about: nothing could ever make it possible")
        return sorted(first.acts), None

    def character(self, name: str) -> str:
        """Return the name of a character. Raises Ended if there is none."""
        people = self._plain.entities[: self._plain.character_count]
        if name in people:
            return name
        headline = f"error[unknown-name]: there is no character called `{name}`"
        raise Ended(Ending.USAGE, f"{headline}\nhint: there are: {', '.join(people)}")

    @staticmethod
    def number_of(acts: Sequence[str], event: str) -> int:
        """Return the index of an event: by number (from 1), by name, or as plans write it. Raises Ended."""
        plain = "".join(event.split())
        if plain.isdecimal() and 0 < int(plain) <= len(acts):
            return int(plain) - 1
        for index, act in enumerate(acts):
            if plain in {"".join(act.split()), act.split("(", maxsplit=1)[0]}:
                return index
        near = difflib.get_close_matches(event, acts, n=1)
        hint = f"\nhint: did you mean `{near[0]}`?" if near else ""
        raise Ended(
            Ending.USAGE, f"error[no-such-event]: nothing called `{event}` happens in this story{hint}"
        )


def report(
    verdicts: Sequence[Verdict],
    as_json: list[dict[str, object]] | None,
    world: str,
    junit: Path | None,
    told: Callable[[Plan], str] | None = None,
) -> int:
    """Print the verdicts on a world's contracts; as data if there are other findings as such. Returns the exit code."""
    if as_json is None:
        say("".join(contracts.text(verdict) + _told(verdict, told) for verdict in verdicts))
    else:
        both = {"diagnostics": as_json, "contracts": list(map(contracts.data, verdicts))}
        say(json.dumps(both, indent=2, ensure_ascii=False))
    if junit is not None:
        junit.write_text(contracts.junit(verdicts, world), encoding="utf-8")
    statuses = {verdict.status for verdict in verdicts}
    if "broken" in statuses:
        return int(Ending.CONTRACT)
    return int(stopped(verdicts[0].stopped) if "stopped" in statuses else Ending.DONE)


def stopped(why: str) -> Ending:
    """Return how a command ends whose search was stopped."""
    return {"memory": Ending.MEMORY, "interrupt": Ending.INTERRUPTED}.get(why, Ending.TIME)


def _told(verdict: Verdict, told: Callable[[Plan], str] | None) -> str:
    """Tell the story that breaks a contract."""
    if told is None or verdict.status != "broken" or verdict.plan is None or not verdict.plan.steps:
        return ""
    return f"\n{told(verdict.plan)}\n"
