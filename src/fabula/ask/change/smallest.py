"""The smallest change to a world that makes an ending possible, or impossible: what would have saved her.

Every single change to a fact or a belief at the start is tried, and every kind of act withheld; if none will do, pairs. Each is
decided by looking at every course of the changed world, so an answer is a story that the change opens, or a proof
that it closes all of them. Not tried: changes to what people want, and to the rules; the price is that those must be
asked for one by one (`whatif`).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations, islice
from queue import SimpleQueue
from typing import Literal

from fabula.ask.change.settings import Change, Setting, Withheld, begun, candidates, said, without
from fabula.ask.inquiry import Inquiry, Lore
from fabula.ask.space import Space
from fabula.ask.words.show import counted, table
from fabula.diagnostics.diagnostic import Mistakes
from fabula.frozen import dataclass
from fabula.ground.expression import Choice, Condition, Const
from fabula.ground.problem import Problem
from fabula.search.engine import Session
from fabula.search.outcome import Budget, Start
from fabula.search.tables import Spread
from fabula.story.support import reads

Wish = Literal["possible", "impossible"]

_PLACES = 50_000
"""A changed world with more places than this is given up; the answer counts such worlds."""

_PAIRS = 2_000
"""So many pairs are tried, those of facts first."""


@dataclass(frozen=True, slots=True)
class Way:
    """Changes that do it, and the story that they open.

    `said` are the changes as the command line takes them, `acts` those of a shortest story to the ending (none if the changes
    close all); the first `shared` of them could happen without the changes too. `states` has the changed world.
    """

    changes: tuple[Change, ...]
    said: tuple[str, ...]
    acts: tuple[str, ...]
    shared: int
    states: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The ways, smallest first, and how it was found out.

    `already`: it is so without any change (None: that could not be decided). `tried` changes were decided, `hopeless` of them
    without a search; `broken` make no world (something divides by zero, say); `given_up` were not decided, for the changed world was
    too large, or there was no more to be spent: then `stopped` is `time`, `memory` or `interrupt`. `seconds` is wall time.
    """

    wish: Wish
    already: bool | None
    ways: tuple[Way, ...]
    tried: int
    hopeless: int
    broken: int
    given_up: int
    stopped: str
    seconds: float

    def __str__(self) -> str:
        """Write the answer as a paragraph."""
        return text(self)

    def _repr_html_(self) -> str:
        """Show the ways as a table in a notebook."""
        rows = ((" ; ".join(way.said), ", then ".join(way.acts)) for way in self.ways)
        return table(("change", "story that it opens"), rows, text(self, 0).splitlines()[0])


def smallest(
    inquiry: Inquiry,
    ending: Condition,
    wish: Wish = "possible",
    anywhere: bool = False,
    pairs: bool | None = None,
    budget: Budget | None = None,
    workers: int = 2,
) -> Answer:
    """Find the smallest changes after which an ending in which a condition holds is possible (or impossible).

    The inquiry's problem must have been grounded for any start (see `ground`). `anywhere`: the condition need not hold at the end, but at
    any moment. `pairs`: try pairs too (None: if no single change will do). The budget's seconds and bytes are for the whole, its nodes
    for each changed world. Raises Mistakes where the unchanged world or the condition has one; Ctrl-C ends it with what was found.
    """
    return _Trying(inquiry, ending, wish, anywhere, budget or Budget(), workers).answer(pairs)


@dataclass(frozen=True, slots=True)
class _Trial:
    changes: tuple[Change, ...]
    found: Way | None = None
    decided: bool = True
    hopeless: bool = False
    inert: bool = False
    broken: bool = False


class _Trying:
    """One question; tries changes side by side, since the native core works while Python waits.

    A changed start is another question to a session that knows the world; each of those who try has one. Only where acts are withheld
    it is another world.
    """

    def __init__(
        self,
        inquiry: Inquiry,
        ending: Condition,
        wish: Wish,
        anywhere: bool,
        budget: Budget,
        workers: int,
    ) -> None:
        lore = inquiry.bounded([ending])
        self._problem, self._limits, self._goal = lore.problem, inquiry.limits, inquiry.goal
        self._ending, self._wish, self._anywhere = ending, wish, anywhere
        self._idle: SimpleQueue[Session] = SimpleQueue()
        for number in range(workers):
            self._idle.put(lore.session if number == 0 else Session(lore.problem, keep=False))
        self._workers, self._began = workers, time.monotonic()
        self._until = None if budget.seconds is None else self._began + budget.seconds
        self._places = _PLACES if budget.nodes is None else budget.nodes
        self._bytes = None if budget.memory is None else max(1, budget.memory // workers)
        self._stopped = ""
        self._base = self._look(())
        self._reach = lore.session.reach()
        self._hopes: dict[tuple[Setting, ...], bool] = {}
        self._within = self._reach.possible(ending)

    def answer(self, pairs: bool | None) -> Answer:
        already = self._already()
        trials: list[_Trial] = []
        try:
            if not already:
                self._all(pairs, trials)
        except KeyboardInterrupt:
            self._stopped = "interrupt"
        ways = sorted((trial.found for trial in trials if trial.found), key=_rank)
        return Answer(
            self._wish,
            already,
            tuple(ways),
            sum(trial.decided and not trial.broken for trial in trials),
            sum(trial.hopeless for trial in trials),
            sum(trial.broken for trial in trials),
            sum(not trial.decided for trial in trials),
            self._stopped,
            time.monotonic() - self._began,
        )

    def _already(self) -> bool | None:
        """Whether it is so without any change; None if the unchanged world is too large to tell."""
        shown = self._shown(self._base) is not None
        if not shown and self._base.stopped:
            self._stop(self._base.stopped)
            return None
        return shown == (self._wish == "possible")

    def _all(self, pairs: bool | None, trials: list[_Trial]) -> None:
        """Try every change, and add what comes of it."""
        singles = [(change,) for change in self._singles()]
        trials.extend(self._try(singles))  # one by one: what was tried before an interruption is kept
        if not self._stopped and (pairs or (pairs is None and not any(trial.found for trial in trials))):
            settled = (trial for trial in trials if trial.found or trial.inert or trial.broken)
            alone = {trial.changes[0] for trial in settled}
            others = [change for (change,) in singles if change not in alone]
            trials.extend(self._pairs(others))

    def _stop(self, why: str) -> None:
        """Remember that there is no more to be spent; that one world has too many states stops nothing."""
        if why in {"time", "memory", "interrupt"}:
            self._stopped = self._stopped or why

    def _singles(self) -> Iterator[Change]:
        """Give every single change, but for those that beg the question: what is asked for, made so from the start."""
        asked = set(reads(Choice(((self._ending, Const(1.0)),), Const(0.0))))
        for change in candidates(self._problem, [self._ending]):
            if not isinstance(change, Setting) or (change.path, change.fluent) not in asked:
                yield change

    def _pairs(self, changes: Sequence[Change]) -> Iterator[_Trial]:
        """Try pairs, no more of them than can be expected to end; the rest are not decided."""
        together = _together(changes)
        yield from self._try(list(islice(together, _PAIRS)))
        yield from (_Trial(pair, decided=False) for pair in together)

    def _try(self, many: Iterable[tuple[Change, ...]]) -> Iterator[_Trial]:
        pool = ThreadPoolExecutor(self._workers)
        try:
            yield from pool.map(self._trial, many)
        finally:  # whoever has had enough need not wait for what has not begun
            pool.shutdown(cancel_futures=True)

    def _trial(self, changes: tuple[Change, ...]) -> _Trial:
        if self._until is not None and time.monotonic() > self._until:
            self._stop("time")
        if self._stopped:
            return _Trial(changes, decided=False)
        if not self._within and not self._hopeful(changes):
            return _Trial(changes, hopeless=True)
        try:
            around = self._look(changes)
        except Mistakes:
            return _Trial(changes, broken=True)
        shown = self._shown(around)
        if shown is None and around.stopped:
            self._stop(around.stopped)
            return _Trial(changes, decided=False)
        inert = replace(around, seconds=0.0) == replace(self._base, seconds=0.0)
        if (shown is not None) != (self._wish == "possible"):
            return _Trial(changes, inert=inert)
        acts = () if shown is None else self._acts(changes, around, shown)
        words = tuple(said(self._problem, change) for change in changes)
        return _Trial(changes, Way(changes, words, acts, self._shared(acts), len(around.places)))

    def _hopeful(self, changes: Sequence[Change]) -> bool:
        """Whether changes might bring within reach what is beyond it (beliefs and acts withheld never do).

        An over-estimate: the old values of the facts are left in reach, so that what is known is built upon.
        """
        facts = tuple(c for c in changes if isinstance(c, Setting) and not c.path)
        if facts not in self._hopes:
            wider = self._reach.widened((fact.fluent, fact.value) for fact in facts)
            self._hopes[facts] = wider.possible(self._ending)
        return self._hopes[facts]

    def _shared(self, acts: Sequence[str]) -> int:
        """Count how many of the acts, from the first on, are a course of the unchanged world."""
        place = self._base.places[0]
        for index, act in enumerate(acts):
            to = (t.to for t in place.turns if str(self._problem.actions[t.action]) == act)
            following = next(to, None)
            if following is None:
                return index
            place = self._base.places[following]
        return len(acts)

    def _look(self, changes: Sequence[Change]) -> Spread:
        start = begun(self._problem, (change for change in changes if isinstance(change, Setting)))
        rest = self._rest(changes)
        if rest is not self._problem:
            return self._ask(Session(rest, keep=False), start)
        session = self._idle.get()
        try:
            return self._ask(session, start)
        finally:
            self._idle.put(session)

    def _rest(self, changes: Sequence[Change]) -> Problem:
        """Return the problem without what is withheld."""
        return without(self._problem, (change for change in changes if isinstance(change, Withheld)))

    def _ask(self, session: Session, start: Start) -> Spread:
        seconds = None if self._until is None else max(0.001, self._until - time.monotonic())
        until: Literal["anywhere", "ending"] = "anywhere" if self._anywhere else "ending"
        budget = Budget(seconds, self._places, self._bytes)
        around = session.spread(self._limits, [self._ending], self._goal, budget, until, start=start)
        if around.mistake:
            raise Mistakes(around.mistake)
        return around

    def _shown(self, around: Spread) -> int | None:
        """Return the number of a place that shows the ending, if there is one."""
        fits = (place.number for place in around.places if self._fits(around, place.number))
        return next(fits, None)

    def _fits(self, around: Spread, number: int) -> bool:
        place = around.places[number]
        return bool(place.holds) and (self._anywhere or around.is_ending(place))

    def _acts(self, changes: Sequence[Change], around: Spread, number: int) -> tuple[str, ...]:
        space = Space(Lore(self._rest(changes), self._limits), around)
        return space.acts_written(space.acts(number))


def _together(changes: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    """Give all pairs that do not contradict each other."""
    for one, other in combinations(changes, 2):
        if _what(one) != _what(other):
            yield one, other


def _what(change: Change) -> object:
    return (change.path, change.fluent) if isinstance(change, Setting) else change


def _rank(way: Way) -> tuple[int, int, int, int]:
    """Fewer changes first, then what parts latest from the world as it is; a belief is less than a fact, and that than an act."""
    return len(way.changes), -way.shared, sum(map(_weight, way.changes)), len(way.acts)


def _weight(change: Change) -> int:
    if not isinstance(change, Setting):
        return 2
    return 0 if change.path else 1


def text(answer: Answer, most: int = 10) -> str:
    """Write an answer as a paragraph, with so many of the ways."""
    if answer.already:
        return f"it is {answer.wish} as things stand\n"
    rest = f", {answer.given_up:,} not decided" if answer.given_up else ""
    broken = f", {answer.broken:,} make no world" if answer.broken else ""
    how = f"{answer.hopeless:,} ruled out beforehand{broken}{rest}, {answer.seconds:.1f} s"
    changes = counted(answer.tried, "change")
    if answer.stopped:
        head = f"stopped ({answer.stopped}): so far {len(answer.ways):,} of {changes} would make it {answer.wish} ({how})"
    else:
        head = f"{len(answer.ways):,} of {changes} would make it {answer.wish} ({how})"
    lines = ["whether it is so as things stand could not be decided\n"] if answer.already is None else []
    lines.append(f"{head}\n")
    lines += [f"  {' ; '.join(way.said)}\n{_story(way)}" for way in answer.ways[:most]]
    if len(answer.ways) > most:
        lines.append(f"  and {len(answer.ways) - most} more\n")
    return "".join(lines)


def _story(way: Way) -> str:
    if not way.acts:
        return ""
    same = f"as before up to {way.acts[way.shared - 1]}; " if way.shared else ""
    then = ", then ".join(way.acts[way.shared :]) or "and no further"
    return f"      {same}{then}\n"


def data(answer: Answer, most: int | None = None) -> dict[str, object]:
    """Write an answer as data, with so many of the ways (None: all); `found` says how many there are."""
    return {
        "wish": answer.wish,
        "already": answer.already,
        "found": len(answer.ways),
        "ways": [
            {"changes": list(w.said), "acts": list(w.acts), "shared": w.shared, "states": w.states}
            for w in answer.ways[:most]
        ],
        "tried": answer.tried,
        "hopeless": answer.hopeless,
        "broken": answer.broken,
        "given_up": answer.given_up,
        "stopped": answer.stopped,
        "seconds": answer.seconds,
    }
