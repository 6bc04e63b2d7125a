"""The search that is used: the native core, and its plain twins for what the core leaves to them.

The core answers the same questions as `reference`, `spread` and `examining` and agrees with them; what it does not do (reasons
beyond the reach of its numbers) it says at once, and the plain twin answers instead. Whoever has one question calls `search`,
`spread` or `examine`; whoever has many about one problem keeps a `Session`.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from functools import wraps
from importlib import import_module
from itertools import chain
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from fabula import _core
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.frozen import dataclass
from fabula.ground.expression import Condition
from fabula.ground.problem import ActionId, Beat, Problem
from fabula.search.leaving import Branch, Leaver, Leaving
from fabula.search.outcome import (
    Ambition,
    Beyond,
    Budget,
    Examined,
    Going,
    Limits,
    Mode,
    Outcome,
    Plan,
    Progress,
    Start,
    Statistics,
    Status,
    Willing,
    default_goal,
    refuse_unknown,
)
from fabula.search.reach import Reach
from fabula.search.seam import (
    flatten,
    flatten_question,
    unflatten,
    unflatten_examined,
    unflatten_leaving,
    unflatten_plan,
    unflatten_spread,
    unflatten_willing,
    what_broke,
)
from fabula.search.tables import Spread, Tables, Until

Told = Callable[[Plan], object]
"""Called with every story as it is found."""

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")
_Ask = TypeVar("_Ask", bound=Callable[..., object])


def _plain(name: str) -> Any:  # noqa: ANN401 - whatever has that name
    """Load something of the plain search: that takes longer than to load the core, and mostly nobody asks for it."""
    module, _, what = name.rpartition(".")
    return getattr(import_module(f"fabula.search.{module}"), what)


def _twin(plain: str) -> Callable[[_Ask], _Ask]:
    """Let a plain twin answer what is beyond the core: a function that has the problem first, and then the same options."""

    def twinned(ask: _Ask) -> _Ask:
        @wraps(ask)
        def answered(
            session: Session, *options: object, start: Start | None = None, **named: object
        ) -> object:
            try:
                return ask(session, *options, start=start, **named)
            except Beyond:
                return _plain(plain)(session.beginning(start), *options, **named, going=session.going)

        return cast("_Ask", answered)

    return twinned


class Session:
    """A problem, and all that becomes known about it while questions are asked.

    Behaves like the functions of this module, one question after the other: what-ifs, moments, contracts; the core keeps states,
    reasons and distances between questions, so that a later one is quick. That changes counts, and at most which of several
    stories is told first; where there is no story, whether it is seen that no wider limits would help; and whether an act counts as
    refused that changes only what nobody within the limits thinks of. Each question may begin elsewhere (`start`; the problem
    must then have been grounded for any start). Questions from several threads wait for each other.
    """

    def __init__(self, problem: Problem, going: Going | None = None, keep: bool = True) -> None:
        """Answer questions about this problem for as long as `going`, which is asked often, says so.

        `keep`: answers have tables. An answer that has them keeps in memory, for as long as it lives, what the session knows.
        """
        self.problem = problem
        self.going, self._keep = going, keep
        self._core = _core.Session(*flatten(problem))
        self._reach: tuple[Start | None, Reach] | None = None

    @_twin("reference.search")
    def search(
        self,
        limits: Limits,
        goal: float | None = None,
        mode: Mode = "first",
        budget: Budget | None = None,
        ambition: Ambition = "improve",
        progress: Progress | None = None,
        told: Told | None = None,
        *,
        start: Start | None = None,
    ) -> Outcome:
        """Find stories that reach the goal (default: a whole step above the author's utility at the start).

        Raises Mistakes where the start is broken, or where there is no story and something broke on the way (see
        `minds.nature`); ValueError for a mode or an ambition that there is not. Ctrl-C ends the search with the status STOPPED
        and what was found.
        """
        refuse_unknown("mode", mode, Mode)
        if limits.author == 0:  # no story at all; the definition says what the limit hides
            raise Beyond
        plans: list[Plan] = []

        def tell(words: list[int], numbers: list[float]) -> None:
            plans.append(unflatten_plan(words, numbers))
            if told is not None:
                told(plans[-1])

        question = flatten_question(mode, limits, goal, ambition, start, keep=self._keep)
        listen = tell if told is not None or mode == "all" else None
        answer = self._ask(question, budget, progress, listen)
        outcome, in_reach = unflatten(answer.words, answer.numbers)
        outcome = replace(outcome, tables=answer.tables, mistake=answer.mistake)
        if mode == "all":
            outcome = replace(outcome, plans=tuple(plans))
        if not outcome.plans and outcome.status is not Status.STOPPED:
            answer.sound()
        if outcome.status is Status.LIMITS and not in_reach and not self._reaches(goal, start):
            outcome = replace(outcome, status=Status.IMPOSSIBLE)
        return outcome

    @_twin("spread.spread")
    def spread(
        self,
        limits: Limits,
        asked: Sequence[Condition] = (),
        goal: float | None = None,
        budget: Budget | None = None,
        until: Until = "",
        progress: Progress | None = None,
        *,
        start: Start | None = None,
    ) -> Spread:
        """Look at every course of events within the limits, shortest first; `Spread` says what comes back.

        Raises Mistakes as that does, and ValueError for an `until` that there is not.
        """
        refuse_unknown("until", until, Until)
        question = flatten_question(until, limits, goal, "improve", start, asked, keep=self._keep)
        answer = self._ask(question, budget, progress)
        spread = unflatten_spread(answer.words, answer.numbers)
        return replace(spread, tables=answer.tables, mistake=answer.mistake)

    @_twin("plain.examining.examine")
    def examine(
        self,
        acts: Sequence[ActionId],
        limits: Limits,
        goal: float | None = None,
        budget: Budget | None = None,
        ambition: Ambition = "improve",
        *,
        start: Start | None = None,
    ) -> Examined:
        """Say whether acts are a story, and if not, what is wrong first. Raises like `search`."""
        question = flatten_question("check", limits, goal, ambition, start, (), acts)
        answer = self._ask(question, budget)
        examined = unflatten_examined(answer.words, answer.numbers)
        if examined.flaw in ("impossible", "unwilling"):
            answer.sound()
        return examined

    @_twin("plain.examining.willing")
    def willing(
        self,
        acts: Sequence[ActionId],
        about: Sequence[ActionId],
        limits: Limits,
        ambition: Ambition = "improve",
        *,
        start: Start | None = None,
    ) -> tuple[tuple[Willing, ...], ...]:
        """Say, of each act asked about, who of those who must consent to it would do it after some acts, and why.

        Raises like `search`; KeyboardInterrupt; MemoryError.
        """
        question = flatten_question("willing", limits, None, ambition, start, (), acts, about)
        answer = self._ask(question, None)
        answer.done()
        return unflatten_willing(answer.words, answer.numbers)

    def follow(
        self, acts: Sequence[ActionId], limits: Limits, *, start: Start | None = None
    ) -> Tables | None:
        """Return the moments of a course, which nobody need like, as places; None where that is beyond the core.

        Raises like `willing`.
        """
        try:
            question = flatten_question("willing", limits, None, "improve", start, (), acts, keep=True)
            answer = self._ask(question, None)
        except Beyond:
            return None
        answer.done()
        return answer.tables

    def reach(self, start: Start | None = None) -> Reach:
        """Return what can ever come true. Who asks next mostly begins where this does, so that is kept."""
        problem = self.beginning(start)
        if self._reach is None:
            self._reach = start, Reach(problem)
        elif self._reach[0] != start:
            self._reach = start, self._reach[1].elsewhere(problem.initial)
        return self._reach[1]

    def _reaches(self, goal: float | None, start: Start | None) -> bool:
        """Whether the hope may be within reach if there are no limits."""
        if goal is None:
            nature = _plain("minds.nature.Nature")(self.beginning(start))
            goal = default_goal(nature.worth(nature.start(), None))
        return self.reach(start).reaches(goal)

    def beginning(self, start: Start | None) -> Problem:
        """Return the problem as it is if it begins elsewhere."""
        if start is None:
            return self.problem
        return replace(self.problem, initial=start.initial, beliefs=start.beliefs)

    def _ask(
        self,
        question: tuple[array[int], array[float]],
        budget: Budget | None,
        progress: Progress | None = None,
        told: Callable[[list[int], list[float]], object] | None = None,
    ) -> _Said:
        """Return the answer of the core. Raises Mistakes; Beyond where a plain twin must give it."""
        allowed = budget or _NO_BUDGET
        poll = None if progress is None and self.going is None else _Poll(progress, self.going)
        words, numbers, chart = self._core.ask(
            *question,
            allowed.seconds or 0.0,
            allowed.nodes or 0,
            allowed.memory or 0,
            allowed.threads,
            poll,
            told,
        )
        tables = None if chart is None else Tables(chart)
        return _Said(words, numbers, tables, what_broke(self.problem, words))


@dataclass(frozen=True, slots=True)
class _Said:
    """What the core says; `mistake` is what broke on the way to it."""

    words: list[int]
    numbers: list[float]
    tables: Tables | None
    mistake: Diagnostic | None

    def sound(self) -> None:
        """Raise Mistakes if anything broke."""
        if self.mistake:
            raise Mistakes(self.mistake)

    def done(self) -> None:
        """Raise KeyboardInterrupt or MemoryError if it was stopped: of who would do what, there is no half an answer."""
        if stop := self.words[_HEAD]:
            raise KeyboardInterrupt if stop == _INTERRUPT else MemoryError


_HEAD = 5
_INTERRUPT = 4
_NO_BUDGET = Budget()


def _once(
    ask: Callable[Concatenate[Session, _Asked], _Answer],
) -> Callable[Concatenate[Problem, _Asked], _Answer]:
    """Ask one question of a session, and let that go."""

    @wraps(ask)
    def once(problem: Problem, /, *options: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        return ask(Session(problem, keep=False), *options, **named)

    return cast("Callable[Concatenate[Problem, _Asked], _Answer]", once)


search = _once(Session.search)
"""Find stories that reach the goal: see `Session.search`, whose options follow the problem. The answer has no tables."""
spread = _once(Session.spread)
"""Look at every course of events within the limits: see `Session.spread`. The answer has no tables."""
examine = _once(Session.examine)
"""Say whether acts are a story, and if not, why: see `Session.examine`."""


def stories(
    problem: Problem,
    limits: Limits,
    goal: float | None = None,
    budget: Budget | None = None,
    ambition: Ambition = "improve",
) -> Generator[Plan, None, Outcome]:
    """Give every story within the limits as it is found, each once; the value of the generator is the outcome.

    The search runs beside whoever reads, and ends when the generator is closed. Raises like `search`.
    """
    found: SimpleQueue[Plan | Outcome | Exception] = SimpleQueue()
    enough = Event()

    def run() -> None:
        try:
            session = Session(problem, lambda: not enough.is_set(), keep=False)
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


def leaver(problem: Problem, limits: Limits, asked: Sequence[Condition] = (), plain: bool = False) -> Leaver:
    """Return who knows what can happen at places of a problem; with `plain`, the one that is never beyond its means.

    Digests of the two differ: who has begun with one must go on with it.
    """
    if plain or limits.character < 0:
        plain_leaver: Leaver = _plain("plain.leaving.PlainLeaver")(problem, limits, asked)
        return plain_leaver
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
        if mistake := what_broke(self._problem, words):
            raise Mistakes(mistake)
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
