"""Contracts: what the author demands of every story, decided by looking at every course within the limits.

A course is watched act by act, as the monitors of run-time verification do (Havelund & Rosu 2001), but on all courses at
once: a watcher stands at a place and remembers which of the two things a contract is about have happened on the way there.
So an answer is a proof, or comes with a shortest course that breaks the contract.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Literal

from fabula.ask.asked import blame
from fabula.ask.inquiry import Inquiry
from fabula.ask.space import Space, explore
from fabula.ask.words.show import table
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.span import Span
from fabula.frozen import dataclass
from fabula.ground.expression import AllOf, AnyOf, Condition, EntityId, Thinks
from fabula.ground.problem import ActionId, Contract, Deed, Problem
from fabula.search.outcome import Budget, Plan, Progress, Start
from fabula.search.tables import Place

Status = Literal["holds", "broken", "limits", "stopped"]
"""Proved for every course; broken; no course within the limits breaks it; the search was stopped before it knew."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one contract.

    `acts` are a shortest course that breaks it or, for `possible`, one that keeps it (`plan` is the same with everybody's
    reasons); None where there is none. `states` have been looked at, `extent` says so in words. `stopped` is why the search was
    (see `Spread`).
    """

    contract: Contract
    status: Status
    acts: tuple[str, ...] | None
    plan: Plan | None
    states: int
    extent: str
    stopped: str = ""

    def __str__(self) -> str:
        """Write the verdict as a paragraph."""
        return text(self)

    def _repr_html_(self) -> str:
        """Show the verdict in a notebook."""
        return Verdicts((self,))._repr_html_()


class Verdicts(tuple[Verdict, ...]):
    """The answers to all contracts of a world: a tuple that shows itself in words and, in a notebook, as a table."""

    __slots__ = ()

    def __str__(self) -> str:
        """Write the verdicts one below the other."""
        return "".join(map(text, self))

    def _repr_html_(self) -> str:
        """Show the verdicts as a table in a notebook."""
        rows = ((called(v.contract), _said(v), ", then ".join(v.acts or ())) for v in self)
        return table(("contract", "verdict", "course"), rows)


_GLANCE = Budget(seconds=1.0, nodes=1_000)
"""How far a world is tried out of which nothing is demanded."""


def tried(inquiry: Inquiry) -> None:
    """Try a world out, a little: raises Mistakes if anything soon breaks in it, or in what somebody believes or imagines."""
    explore(inquiry, (), _GLANCE)


def decide(
    inquiry: Inquiry,
    contracts: Sequence[Contract] | None = None,
    budget: Budget | None = None,
    progress: Progress | None = None,
    start: Start | None = None,
) -> Verdicts:
    """Decide contracts, those of the problem if no others are given, in one look at its courses.

    `start`: in a look at those that would begin elsewhere. Raises Mistakes.
    """
    asked = inquiry.problem.contracts if contracts is None else tuple(contracts)
    spans = questions(inquiry.problem, asked)
    try:
        space = explore(inquiry, tuple(spans), budget, progress=progress, start=start)
    except Mistakes:
        blame(inquiry, spans, budget)
        raise
    return verdicts(space, asked, tuple(spans))


def questions(problem: Problem, contracts: Sequence[Contract]) -> dict[Condition, Span | None]:
    """Return the conditions that must be asked about to decide contracts, each with a contract that needs it."""
    spans: dict[Condition, Span | None] = {}
    for contract in contracts:
        for condition in _conditions(contract, problem):
            spans.setdefault(condition, contract.span)
    return spans


def verdicts(space: Space, contracts: Sequence[Contract], asked: Sequence[Condition]) -> Verdicts:
    """Decide contracts in a space in which these conditions were asked about."""
    return Verdicts(_verdict(space, contract, asked) for contract in contracts)


def _conditions(contract: Contract, problem: Problem) -> Iterator[Condition]:
    for happening in _happenings(contract, problem):
        if happening is not None and not isinstance(happening, Deed):
            yield happening


def _happenings(contract: Contract, problem: Problem) -> tuple[Condition | Deed, Condition | Deed | None]:
    """What the contract is about; that somebody knows is that it is so, and somebody believes it."""
    if contract.demand != "someone knows":
        return contract.first, contract.second
    assert not isinstance(contract.first, Deed)
    believed = (Thinks(EntityId(c), contract.first) for c in range(problem.character_count))
    return AllOf((contract.first, AnyOf(tuple(believed)))), contract.second


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a watcher stands: the place, what has happened on the way there, and what happens now."""

    place: int
    first: bool
    second: bool
    first_now: bool
    second_now: bool
    first_before: bool
    second_before: bool


class Watch:
    """One contract, watched act by act on a course.

    Behaves like an automaton: `stand` takes one step, `tells` whether the course up to here is one that the contract speaks of. The
    conditions of the contract must be among those asked about.
    """

    def __init__(self, problem: Problem, contract: Contract, asked: Sequence[Condition]) -> None:
        """Know what to look for."""
        numbers = {condition: number for number, condition in enumerate(asked)}
        first, second = _happenings(contract, problem)
        self._first, self._second = _Trace(first, numbers), _Trace(second, numbers)
        words = contract.demand.split()
        self._finally = words[-1] == "finally" or (words[0] == "always" and isinstance(first, Deed))
        self._demand = "never" if words[0] == "impossible" else words[0]

    @property
    def wanted(self) -> bool:
        """Whether a course that the contract speaks of keeps it; else it breaks it."""
        return self._demand == "possible"

    def stand(
        self, before: Stand | None, place: int, holds: Container[int | None], action: ActionId | None
    ) -> Stand:
        """Step to a place at which these conditions hold, by an act, from somewhere (None: it is the start)."""
        first, second = self._first.now(holds, action), self._second.now(holds, action)
        had_first, had_second = (False, False) if before is None else (before.first, before.second)
        return Stand(place, had_first or first, had_second or second, first, second, had_first, had_second)

    def tells(self, stand: Stand, is_ending: bool) -> bool:
        """Whether a course that comes here breaks the contract (for `possible`: keeps it)."""
        match self._demand:
            case "only":
                return stand.first_now and not stand.second
            case "before":
                return stand.first_now and not stand.first_before and stand.second_before
            case "someone":
                return stand.second_now and not stand.first_now
        if self._finally and not is_ending:
            return False
        now = stand.first if self._finally and self._first.is_deed else stand.first_now
        return not now if self._demand == "always" else now


def _verdict(space: Space, contract: Contract, asked: Sequence[Condition]) -> Verdict:
    """Decide one contract."""
    watch = Watch(space.problem, contract, asked)
    found = _find(space, watch)
    status: Status
    if found is not None:
        status = "holds" if watch.wanted else "broken"
    elif space.around.stopped:
        status = "stopped"
    elif watch.wanted:
        status = "broken"
    else:
        status = "holds" if space.whole else "limits"
    acts = None if found is None else space.acts_written(found)
    plan = None if found is None else space.plan(found)
    return Verdict(contract, status, acts, plan, len(space.places), space.extent(), space.around.stopped)


def _find(space: Space, watch: Watch) -> tuple[ActionId, ...] | None:
    """Return a shortest course of which the contract speaks."""

    def step(before: Stand | None, to: Place, action: ActionId | None) -> Stand:
        return watch.stand(before, to.number, to.holds, action)

    start = step(None, space.places[0], None)
    came: dict[Stand, tuple[Stand, ActionId] | None] = {start: None}
    queue = deque([start])
    while queue:
        stand = queue.popleft()
        place = space.places[stand.place]
        if watch.tells(stand, space.around.is_ending(place)):
            return _course(came, stand)
        for turn in place.turns:
            further = step(stand, space.places[turn.to], turn.action)
            if further not in came:
                came[further] = (stand, turn.action)
                queue.append(further)
    return None


class _Trace:
    """Whether something happens where a watcher stands."""

    def __init__(self, happening: Condition | Deed | None, numbers: Mapping[Condition, int]) -> None:
        self._deed = happening if isinstance(happening, Deed) else None
        self._question = None if happening is None or isinstance(happening, Deed) else numbers[happening]
        self.is_deed = self._deed is not None

    def now(self, holds: Container[int | None], action: ActionId | None) -> bool:
        if self._deed is not None:
            return action in self._deed.acts
        return self._question in holds


def _course(came: Mapping[Stand, tuple[Stand, ActionId] | None], stand: Stand) -> tuple[ActionId, ...]:
    acts: list[ActionId] = []
    before = came[stand]
    while before is not None:
        acts.append(before[1])
        before = came[before[0]]
    return tuple(reversed(acts))


def name(contract: Contract) -> str:
    """Return what a contract says: its sentence, else its demand."""
    return contract.name or f"contract ({contract.demand})"


def called(contract: Contract) -> str:
    """Return how a contract is listed: its name, if it has one, and what it says."""
    return f"{contract.label}: {name(contract)}" if contract.label else name(contract)


def text(verdict: Verdict) -> str:
    """Write a verdict as a paragraph."""
    head = f"{called(verdict.contract)} — {_said(verdict)}\n"
    if verdict.acts is None:
        return head
    way = "this course keeps it" if verdict.status == "holds" else "this course breaks it"
    acts = "".join(f"    {act}\n" for act in verdict.acts) or "    (as things stand at the start)\n"
    return f"{head}  {way}:\n{acts}"


def _said(verdict: Verdict) -> str:
    match verdict.status:
        case "holds":
            return "holds" if verdict.acts is not None else f"holds, proved over {verdict.extent}"
        case "broken":
            return "broken" if verdict.acts is not None else f"broken: never in {verdict.extent}"
        case "limits":
            return f"holds up to the limits: {verdict.extent}"
        case "stopped":
            return f"not decided: {verdict.extent}"


def data(verdict: Verdict) -> dict[str, object]:
    """Write a verdict as data."""
    return {
        "name": verdict.contract.label,
        "contract": name(verdict.contract),
        "demand": verdict.contract.demand,
        "status": verdict.status,
        "states": verdict.states,
        "extent": verdict.extent,
        "acts": None if verdict.acts is None else list(verdict.acts),
    }


def junit(verdicts: Sequence[Verdict], world: str, mistakes: Sequence[Diagnostic] = ()) -> str:
    """Write verdicts as a JUnit report: one test case each; a broken contract is a failure, a mistake in the world an error."""
    cases = [_case(verdict, world) for verdict in verdicts]
    cases += [_error(mistake, world) for mistake in mistakes]
    counts = {
        "tests": len(cases),
        "failures": sum(verdict.status == "broken" for verdict in verdicts),
        "errors": len(mistakes),
        "skipped": sum(verdict.status == "stopped" for verdict in verdicts),
    }
    numbers = " ".join(f'{kind}="{number}"' for kind, number in counts.items())
    head = f'<testsuite name="{_escaped(world)}" {numbers}>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{"".join(cases)}</testsuite>\n'


def _error(mistake: Diagnostic, world: str) -> str:
    case = f'  <testcase classname="{_escaped(world)}" name="{_escaped(mistake.name)}"'
    return f'{case}>\n    <error message="{_escaped(mistake.headline)}"/>\n  </testcase>\n'


def _case(verdict: Verdict, world: str) -> str:
    case = f'  <testcase classname="{_escaped(world)}" name="{_escaped(called(verdict.contract))}"'
    said = _escaped(text(verdict))
    match verdict.status:
        case "broken":
            return f'{case}>\n    <failure message="{_escaped(verdict.extent)}">{said}</failure>\n  </testcase>\n'
        case "stopped":
            return f'{case}>\n    <skipped message="{_escaped(verdict.extent)}"/>\n  </testcase>\n'
    return f"{case}>\n    <system-out>{said}</system-out>\n  </testcase>\n"


def _escaped(words: str) -> str:
    for sign, name_ in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        words = words.replace(sign, name_)
    return words
