"""The search that is used: the native core, and the reference search for what the core leaves to it.

The core answers the same questions as `reference` and agrees with it; what it does not do (reasons beyond the reach of its
numbers) it says at once, and the reference does it. Whoever has one question calls `search`, `spread` or `examine`; whoever has
many about one problem keeps a `Session`.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from queue import SimpleQueue
from threading import Event, Thread

from fabula import _core
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.ground.expression import Condition
from fabula.ground.problem import Action, ActionId, Beat, Problem, Trigger
from fabula.search import reference
from fabula.search import spread as around
from fabula.search.graph import Graph
from fabula.search.leaving import Beyond, Branch, Going, Leaver, Leaving, PlainLeaver
from fabula.search.meter import Progress
from fabula.search.minds.mistakes import ASKED, contradiction, division, endless
from fabula.search.minds.nature import Nature
from fabula.search.outcome import (
    Ambition,
    Budget,
    Examined,
    Limits,
    Mode,
    Outcome,
    Plan,
    Start,
    Statistics,
    Status,
)
from fabula.search.reach import Reach
from fabula.search.seam import (
    VERSION,
    flatten,
    flatten_question,
    unflatten,
    unflatten_examined,
    unflatten_leaving,
    unflatten_plan,
    unflatten_spread,
)
from fabula.search.spread import Spread, Until

_DIVISION, _CONTRADICTION, _ENDLESS, _BEYOND = 2, 3, 4, 5
_NO_BUDGET = Budget()

Told = Callable[[Plan], object]
"""Called with every story as it is found."""


def search(
    problem: Problem,
    limits: Limits,
    goal: float | None = None,
    mode: Mode = "first",
    budget: Budget | None = None,
    ambition: Ambition = "improve",
    progress: Progress | None = None,
    told: Told | None = None,
) -> Outcome:
    """Find stories that reach the goal; see `Session.search`."""
    return Session(problem).search(limits, goal, mode, budget, ambition, progress, told)


def spread(
    problem: Problem,
    limits: Limits,
    asked: Sequence[Condition] = (),
    goal: float | None = None,
    budget: Budget | None = None,
    until: Until = "",
    progress: Progress | None = None,
) -> Spread:
    """Look at every course of events within the limits; see `Session.spread`."""
    return Session(problem).spread(limits, asked, goal, budget, until, progress)


def examine(
    problem: Problem,
    acts: Sequence[ActionId],
    limits: Limits,
    goal: float | None = None,
    budget: Budget | None = None,
    ambition: Ambition = "improve",
) -> Examined:
    """Say whether acts are a story, and if not, why; see `Session.examine`."""
    return Session(problem).examine(acts, limits, goal, budget, ambition)


def stories(
    problem: Problem,
    limits: Limits,
    goal: float | None = None,
    budget: Budget | None = None,
    ambition: Ambition = "improve",
) -> Generator[Plan, None, Outcome]:
    """Give every story within the limits as it is found, each once; the value of the generator is the outcome.

    The search runs beside whoever reads, and ends when the generator is closed. Raises Mistakes like `search`.
    """
    found: SimpleQueue[Plan | Outcome | Exception] = SimpleQueue()
    enough = Event()

    def run() -> None:
        try:
            session = Session(problem, lambda: not enough.is_set())
            found.put(session.search(limits, goal, "all", budget, ambition, told=found.put))
        except Exception as error:  # noqa: BLE001 - raised again by whoever reads
            found.put(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        while True:
            match found.get():
                case Plan() as plan:
                    yield plan
                case Outcome() as outcome:
                    return outcome
                case Exception() as error:
                    raise error
    finally:
        enough.set()
        thread.join()


class Session:
    """A problem, and all that becomes known about it while questions are asked.

    Behaves like the functions of this module, one question after the other: what-ifs, moments, contracts; the core keeps states,
    reasons and distances between questions, so that a later one is quick. That changes no answer; of the counts it
    changes those of what is generated. Each question may begin elsewhere (`start`; the problem must then have been
    grounded for any start). Questions from several threads wait for each other.
    """

    def __init__(self, problem: Problem, going: Going | None = None) -> None:
        """Answer questions about this problem for as long as `going`, which is asked often, says so."""
        self._problem, self._going = problem, going
        self._core = _core.Session(*flatten(problem))

    def search(
        self,
        limits: Limits,
        goal: float | None = None,
        mode: Mode = "first",
        budget: Budget | None = None,
        ambition: Ambition = "improve",
        progress: Progress | None = None,
        told: Told | None = None,
        start: Start | None = None,
    ) -> Outcome:
        """Find stories that reach the goal (default: a whole step above the author's utility at the start).

        Raises Mistakes where the start is broken, or where there is no story and something broke on the way (see
        `minds.nature`). Ctrl-C ends the search with the status STOPPED and what was found.
        """
        problem = self._beginning(start)
        if limits.author == 0:  # no story at all; the definition says what the limit hides
            return reference.search(problem, limits, goal, mode, budget, ambition, progress)
        plans: list[Plan] = []

        def tell(words: list[int], numbers: list[float]) -> None:
            plans.append(unflatten_plan(words, numbers))
            if told is not None:
                told(plans[-1])

        question = flatten_question(mode, limits, goal, ambition, start)
        listen = tell if told is not None or mode == "all" else None
        answer = self._ask(question, budget, progress, listen)
        if answer is None:
            return reference.search(problem, limits, goal, mode, budget, ambition, progress)
        outcome = replace(unflatten(answer.words, answer.numbers), mistake=answer.mistake)
        if mode == "all":
            outcome = replace(outcome, plans=tuple(plans))
        if not outcome.plans and outcome.status is not Status.STOPPED:
            answer.sound()
        return outcome if outcome.status is not Status.LIMITS else _limited(problem, goal, outcome)

    def spread(
        self,
        limits: Limits,
        asked: Sequence[Condition] = (),
        goal: float | None = None,
        budget: Budget | None = None,
        until: Until = "",
        progress: Progress | None = None,
        start: Start | None = None,
    ) -> Spread:
        """Look at every course of events within the limits, shortest first; `search.spread` says what comes back.

        Raises Mistakes as that does.
        """
        answer = self._ask(flatten_question(until, limits, goal, "improve", start, asked), budget, progress)
        if answer is None:
            problem = self._beginning(start)
            return around.spread(problem, limits, asked, goal, budget, until, progress)
        return replace(unflatten_spread(answer.words, answer.numbers), mistake=answer.mistake)

    def graph(
        self,
        limits: Limits,
        asked: Sequence[Condition] = (),
        goal: float | None = None,
        budget: Budget | None = None,
        progress: Progress | None = None,
        start: Start | None = None,
    ) -> Graph:
        """Look at the same as `spread`, and return it as tables, beliefs and all. Raises Mistakes like `spread`."""
        question = flatten_question("chart", limits, goal, "improve", start, asked)
        answer = self._ask(question, budget, progress)
        if answer is None or (chart := self._core.take_chart()) is None:
            raise NotImplementedError("there are no tables of a world with such large numbers")
        around = unflatten_spread((*answer.words[:9], 0), answer.numbers)
        return Graph(chart, around.goal, around.cut, around.short, around.stopped)

    def examine(
        self,
        acts: Sequence[ActionId],
        limits: Limits,
        goal: float | None = None,
        budget: Budget | None = None,
        ambition: Ambition = "improve",
        start: Start | None = None,
    ) -> Examined:
        """Say whether acts are a story, and if not, what is wrong first. Raises Mistakes like `search`."""
        answer = self._ask(flatten_question("check", limits, goal, ambition, start, (), acts), budget)
        if answer is None:
            raise NotImplementedError("a plan of a world with such large numbers cannot be examined")
        examined = unflatten_examined(answer.words, answer.numbers)
        if examined.flaw in ("impossible", "unwilling"):
            answer.sound()
        return examined

    def _beginning(self, start: Start | None) -> Problem:
        if start is None:
            return self._problem
        return replace(self._problem, initial=start.initial, beliefs=start.beliefs)

    def _ask(
        self,
        question: tuple[array[int], array[float]],
        budget: Budget | None,
        progress: Progress | None = None,
        told: Callable[[list[int], list[float]], object] | None = None,
    ) -> _Answer | None:
        """Return the answer of the core; None where the reference must give it. Raises Mistakes where there is none."""
        allowed = budget or _NO_BUDGET
        poll = None if progress is None and self._going is None else _Poll(progress, self._going)
        words, numbers = self._core.ask(
            *question,
            allowed.seconds or 0.0,
            allowed.nodes or 0,
            allowed.memory or 0,
            allowed.threads,
            poll,
            told,
        )
        return _read(self._problem, words, numbers)


def _limited(problem: Problem, goal: float | None, outcome: Outcome) -> Outcome:
    """Say `impossible` where no limit is to blame: the hope is out of reach whoever does what."""
    if goal is None:
        nature = Nature(problem)
        start = nature.start()
        goal = reference.default_goal(nature.worth(start, None))
    return outcome if Reach(problem).reaches(goal) else replace(outcome, status=Status.IMPOSSIBLE)


def leaver(problem: Problem, limits: Limits, asked: Sequence[Condition] = (), plain: bool = False) -> Leaver:
    """Return who knows what can happen at places of a problem; with `plain`, the one that is never beyond its means.

    Digests of the two differ: who has begun with one must go on with it.
    """
    if plain or limits.character < 0:
        return PlainLeaver(problem, limits, asked)
    return _NativeLeaver(problem, limits, asked)


class _NativeLeaver:
    """Leaves places with the native core."""

    def __init__(self, problem: Problem, limits: Limits, asked: Sequence[Condition]) -> None:
        self._problem = problem
        asked_instead = replace(problem, beats=tuple(Beat("", condition) for condition in asked))
        flat, numbers = flatten(asked_instead)
        self._core = _core.Leaver(flat, numbers, array("i", (limits.character, max(limits.epistemic, -1))))

    def leave(
        self, tree: Sequence[Branch], places: Sequence[int], budget: Budget, going: Going | None = None
    ) -> Leaving:
        asked = array("i", (len(tree) + 1, *chain.from_iterable(tree), *places))
        words, numbers = self._core.leave(asked, budget.seconds or 0.0, budget.memory or 0, going)
        answer = _read(self._problem, words, numbers)
        if answer is None:
            raise Beyond
        answer.sound()
        return unflatten_leaving(words, numbers, self._problem.character_count)


class _Poll:
    """Whether to go on; tells progress about once a second, while the core calls it far more often."""

    def __init__(self, progress: Progress | None, going: Going | None) -> None:
        self._progress, self._going = progress, going
        self._began = self._told = time.monotonic()

    def __call__(self) -> bool:
        now = time.monotonic()
        if self._progress is not None and now - self._told > 1:
            self._told = now
            self._progress(Statistics(seconds=now - self._began))
        return self._going is None or self._going()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the core says; `mistake` is what broke on the way to it."""

    words: list[int]
    numbers: list[float]
    mistake: Diagnostic | None

    def sound(self) -> None:
        """Raise Mistakes if anything broke."""
        if self.mistake:
            raise Mistakes(self.mistake)


def _read(problem: Problem, words: list[int], numbers: list[float]) -> _Answer | None:
    """Read what every answer begins with; None where the core leaves the question to the reference."""
    version, fault, culprit, which, fluent = words[:5]
    if version != VERSION:
        raise RuntimeError("the native core is of another version; build fabula again")
    if fault == _BEYOND:
        return None
    answer = _Answer(words, numbers, _worded(problem, fault, culprit, which, fluent) if fault else None)
    if len(words) == 5:
        answer.sound()
    return answer


def _worded(problem: Problem, fault: int, culprit: int, which: int, fluent: int) -> Diagnostic:
    """Word a mistake that the core found in the world."""
    what = _culprit(problem, culprit, which)
    if fault == _DIVISION:
        return division(what)
    if fault == _CONTRADICTION:
        return contradiction(what, problem.fluents[fluent])
    if fault == _ENDLESS:
        return endless(what)
    raise RuntimeError(f"the native core does not understand the problem (code {fault})")


def _culprit(problem: Problem, culprit: int, which: int) -> Action | Trigger | str:
    match culprit:
        case 1:
            return problem.actions[which]
        case 2:
            return problem.triggers[which]
        case 3:
            return f"the utility of {problem.entities[which] if which >= 0 else 'the author'}"
    return ASKED
