"""The space of stories: every state that acts can lead to for which everybody in them has a reason.

A *course* is a row of explained acts from the start, whether or not it comes to anything; it *ends* where nobody has a
reason for anything more, or where the author's hope is fulfilled. Every question of this room is decided by looking at all
courses within the limits. The search finds the places; the states themselves are worked out only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from fabula.ask.inquiry import Inquiry, Lore
from fabula.ask.moment.here import Here
from fabula.ask.words.show import counted, course, table
from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.expression import Condition
from fabula.ground.problem import ActionId, Problem
from fabula.search.minds.evaluate import Sight
from fabula.search.minds.nature import Nature
from fabula.search.minds.seen import sight
from fabula.search.minds.state import State
from fabula.search.outcome import Budget, Limits, Plan, Progress, Start
from fabula.search.plain.chart import Looked, PlainChart
from fabula.search.reach import Reach
from fabula.search.reasons import Reasons
from fabula.search.tables import Place, Spread, Tables, Until
from fabula.story.words import Words


class Space:
    """All courses of a problem within limits.

    Behaves like a map: places with numbers, turns between them; every question is asked of it; made by `explore`. States and
    reasons are worked out when first looked at and kept, so that a second question is quick.
    """

    def __init__(
        self,
        lore: Lore,
        around: Spread,
        asked: Sequence[Condition] = (),
        start: Start | None = None,
        origin: tuple[ActionId, ...] = (),
        limits: Limits | None = None,
    ) -> None:
        """Keep what the search has found; the lore is that of a problem whose counters end (see `finite`).

        `asked` are the conditions that `Place.holds` speaks of, `start` is where courses begin, if not where the problem says. `origin`
        are the acts that lead to the first place: none, unless the space is part of another, which may have other limits.
        """
        self.lore, self.around, self.asked, self.start, self.origin = lore, around, asked, start, origin
        self.limits = limits or lore.limits
        self._seen: dict[int, Sight] = {}
        self._states: dict[int, State] = {}
        self._moments: dict[int, Here] = {}

    def __str__(self) -> str:
        """Say how much there is."""
        return f"{counted(len(self.endings), 'ending')} in {self.extent()}"

    def _repr_html_(self) -> str:
        """Show in a notebook how much there is."""
        turns = sum(len(place.turns) for place in self.places)
        numbers = (len(self.places), turns, len(self.endings), self.extent())
        return table(("states", "turns", "endings", "looked at"), [numbers])

    @property
    def places(self) -> tuple[Place, ...]:
        """All places in order of depth; the first is the start."""
        return self.around.places

    @property
    def whole(self) -> bool:
        """Whether every course was looked at, however long."""
        return not self.around.cut and not self.around.stopped

    @property
    def problem(self) -> Problem:
        """The problem, whose counters rise no further than anybody looks."""
        return self.lore.problem

    @property
    def nature(self) -> Nature:
        """The laws of the problem."""
        return self.lore.nature

    @property
    def reasons(self) -> Reasons:
        """Who would do what, and why."""
        return self.lore.reasons

    @cached_property
    def reach(self) -> Reach:
        """What can ever come true."""
        return self.lore.session.reach(self.start)

    @property
    def words(self) -> Words:
        """The names of facts, values and entities."""
        return self.lore.words

    @cached_property
    def tables(self) -> Tables:
        """The same as tables of numbers; worked out once more where the search has kept none (in a part, or from a file)."""
        return self.around.tables or Tables(PlainChart(self._looked))

    def _looked(self) -> Looked:
        states = [self._state(place.number) for place in self.places]
        return Looked(self.places, states, len(self.asked))

    @cached_property
    def endings(self) -> tuple[Place, ...]:
        """The places at which a course may end."""
        return tuple(place for place in self.places if self.around.is_ending(place))

    @cached_property
    def before(self) -> tuple[tuple[int, ...], ...]:
        """For each place, the numbers of the places from which a turn leads to it."""
        found: list[set[int]] = [set() for _ in self.places]
        for place in self.places:
            for turn in place.turns:
                found[turn.to].add(place.number)
        return tuple(tuple(sorted(numbers)) for numbers in found)

    def state(self, number: int) -> Sight:
        """Return the state at a place, as the search has seen it."""
        if number not in self._seen:
            self._seen[number] = sight(self.around.tables, number, lambda: self._state(number))
        return self._seen[number]

    def _state(self, number: int) -> State:
        """Work out the state at a place, by way of its shortest course."""
        if number not in self._states:
            came = self.places[number].came
            state = self._first() if came is None else self.nature.after(self._state(came[0]), came[1])
            self._states[number] = state
        return self._states[number]

    def _first(self) -> State:
        state = self.lore.first(self.start)
        for action in self.origin:
            state = self.nature.after(state, action)
        return state

    def here(self, number: int) -> Here:
        """Return a place as a moment, at which everybody can be asked what she would do."""
        if number not in self._moments:
            acts = (*self.origin, *self.acts(number))
            self._moments[number] = Here(self.lore, acts, self.state(number), self.start)
        return self._moments[number]

    def acts(self, number: int) -> tuple[ActionId, ...]:
        """Return the acts of a shortest course to a place."""
        acts: list[ActionId] = []
        came = self.places[number].came
        while came is not None:
            acts.append(came[1])
            came = self.places[came[0]].came
        return tuple(reversed(acts))

    def acts_written(self, acts: Iterable[ActionId]) -> tuple[str, ...]:
        """Write acts as they stand in plans."""
        return tuple(str(self.problem.actions[action]) for action in acts)

    def numbers(self, acts: Iterable[str]) -> tuple[ActionId, ...]:
        """Read acts as they stand in plans. Raises KeyError if there is no such act."""
        known = {str(act): ActionId(number) for number, act in enumerate(self.problem.actions)}
        return tuple(known[act] for act in acts)

    def plan(self, acts: Sequence[ActionId]) -> Plan:
        """Return a course with everybody's reasons, as `recount` wants it, from the very start. Raises ValueError if somebody has none."""
        whole = (*self.origin, *acts)
        author = self.limits.author
        limits = replace(self.limits, author=author if author < 0 else max(author, len(whole)))
        found = self.lore.session.examine(whole, limits, self.around.goal, start=self.start)
        if found.stopped:
            raise KeyboardInterrupt if found.stopped == "interrupt" else MemoryError
        if found.plan is None and whole:
            raise ValueError(f"somebody has no reason {course(self.acts_written(whole))}")
        return found.plan or Plan((), found.before)

    def leading_to(self, targets: Iterable[int]) -> frozenset[int]:
        """Return the places from which one of the targets can still be reached, themselves among them."""
        found = set(targets)
        queue = list(found)
        for number in queue:
            fresh = [n for n in self.before[number] if n not in found]
            found.update(fresh)
            queue += fresh
        return frozenset(found)

    def extent(self) -> str:
        """Say what has been looked at, for a sentence that ends with it."""
        origin = f" {course(self.acts_written(self.origin))}" if self.origin else ""
        return f"{extent(self.around, self.limits)}{origin}"


def explore(
    inquiry: Inquiry,
    asked: Sequence[Condition] = (),
    budget: Budget | None = None,
    until: Until = "",
    progress: Progress | None = None,
    start: Start | None = None,
) -> Space:
    """Look at every course within the limits. `Place.holds` tells which of the asked conditions hold where.

    `start`: look at those that would begin elsewhere. Raises Mistakes where something breaks, also in what somebody only believes or
    imagines: no answer hides that.
    """
    lore, limits, goal = inquiry.bounded(asked), inquiry.limits, inquiry.goal
    around = lore.session.spread(limits, asked, goal, budget, until, progress, start=start)
    if around.mistake:
        raise Mistakes(around.mistake)
    return Space(lore, around, asked, start)


def extent(around: Spread, limits: Limits) -> str:
    """Say what a look around has seen: `all 36 states (stories of any length, people who plan at most 5 acts ahead)`."""
    count, acts = counted(len(around.places), "state"), counted(limits.author, "act")
    length = f"stories of at most {acts}" if around.cut else "stories of any length"
    thinking = f", people who {_thinking(limits)}" if around.short else ""
    if around.stopped and around.stopped != "found":
        seen = "the start alone" if len(around.places) == 1 else f"the first {count}"
        return f"{seen} (then the search was stopped: {around.stopped})"
    return f"{'the one state' if len(around.places) == 1 else f'all {count}'} ({length}{thinking})"


def _thinking(limits: Limits) -> str:
    """Say how far people think where that is not far enough for everything."""
    if limits.character < 0:
        return f"think at most {counted(max(limits.epistemic, 0), 'mind')} deep"
    return f"plan at most {counted(max(limits.character, 1), 'act')} ahead"
