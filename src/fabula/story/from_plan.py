"""From a plan to a story: replay the acts and note who saw, believed, wanted and caused what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import compress, count, product
from operator import ne

from fabula.ground.expression import EntityId, FluentId, Value
from fabula.ground.problem import Path, Problem
from fabula.search.minds.evaluate import Sight, test
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import Plan
from fabula.story.motives import Motives
from fabula.story.story import (
    Change,
    Entity,
    Event,
    Fact,
    FrontMatter,
    Mind,
    Moment,
    Motive,
    Story,
    Word,
)
from fabula.story.support import Place, act_support
from fabula.story.words import Words

Roles = Mapping[str, tuple[str, ...]]
"""By the name of an action, what its author calls the arguments; a problem does not know it."""

_DEPTH = 2
"""How many minds deep moments and changes go."""


def recount(
    problem: Problem,
    plan: Plan,
    world: str = "",
    front: FrontMatter | None = None,
    roles: Roles | None = None,
) -> Story:
    """Tell a plan as a story: events with causes and motives, moments with what each believes.

    `world` is the name that the title page shows. Raises Mistakes where the world does (see `Nature`).
    """
    return Recounter(problem, roles).recount(plan, world, front)


class Recounter:
    """Tells many plans of one problem as stories, quicker than one by one: what they share is worked out once.

    Behaves like `recount` with the problem given; used where many stories are compared. States are the same objects in all
    stories of one recounter, so that a view of a state is put into words only once.
    """

    def __init__(self, problem: Problem, roles: Roles | None = None, nature: Nature | None = None) -> None:
        """Know the laws of the problem, `nature` if somebody has them. Raises Mistakes where the world does (see `Nature`)."""
        self.roles: Roles = roles or {}
        self.problem, self.nature, self.words = problem, nature or Nature(problem), Words(problem)
        self.people = [EntityId(c) for c in range(problem.character_count)]
        self.paths: list[Path] = [p for n in range(_DEPTH + 1) for p in product(self.people, repeat=n)]
        self._views: dict[Sight, Mapping[Fact, Word]] = {}
        self._moments: dict[Sight, Moment] = {}

    @cached_property
    def _start(self) -> Sequence[Value]:
        return self.nature.start().values

    @cached_property
    def _first(self) -> Mapping[Fact, Word]:
        value, facts = self.words.value, enumerate(self.words.facts)
        return {fact: value(FluentId(f), self._start[f]) for f, fact in facts}

    def recount(self, plan: Plan, world: str = "", front: FrontMatter | None = None) -> Story:
        """Tell a plan as a story, as the function of that name does."""
        return self.recounting(plan).story(world, front)

    def recounting(self, plan: Plan, states: Sequence[Sight] | None = None) -> Recounting:
        """Return a plan for who wants to know about one event after the other: replayed, unless somebody has the states along it."""
        return Recounting(self, plan, states or self._replayed(plan))

    def _replayed(self, plan: Plan) -> list[State]:
        states = [self.nature.start()]
        for step in plan.steps:
            states.append(self.nature.after(states[-1], step.action))
        return states

    def moment(self, state: Sight) -> Moment:
        """Return how things stand in a state, in everybody's eyes."""
        if state not in self._moments:
            facts = {self.mind(path): self.view(seen_by(state, path)) for path in self.paths}
            worth, name = self.nature.worth, self.words.entity
            own = {name(c): worth(state.believed[c], c) for c in self.people}
            true = {name(c): worth(state, c) for c in self.people}
            self._moments[state] = Moment(facts, own, true, worth(state, None))
        return self._moments[state]

    def mind(self, path: Path) -> Mind:
        """Return whose view a path is, in words."""
        return tuple(map(self.words.entity, path))

    def view(self, state: Sight) -> Mapping[Fact, Word]:
        """Return all facts of a state with their values, in words."""
        if state not in self._views:
            self._views[state] = {**self._first, **self._different(state)}
        return self._views[state]

    def _different(self, state: Sight) -> dict[Fact, Word]:
        """Put into words what is otherwise than at the start: of most states, little is."""
        said = self.words
        return {said.facts[f]: said.value(f, state.values[f]) for f in differing(self._start, state.values)}


class Recounting:
    """One plan: its `acts`, and the `states` before and after each.

    Behaves like the story that the plan is, as far as it is asked for.
    """

    def __init__(self, recounter: Recounter, plan: Plan, states: Sequence[Sight]) -> None:
        """Look at a plan whose acts lead from the first state to the last."""
        self.problem, self.nature, self.words = recounter.problem, recounter.nature, recounter.words
        self.plan, self.paths, self.recounter = plan, recounter.paths, recounter
        self.acts = [step.action for step in plan.steps]
        self.states = states
        self._motives = Motives(self.nature, self.words, states, self.acts)
        self._known: dict[int, tuple[Motive, ...]] = {}

    def story(self, world: str = "", front: FrontMatter | None = None) -> Story:
        """Put the events and moments together."""
        events = tuple(self.event(i) for i in range(len(self.acts)))
        marks = tuple(map(self._marks, self.states))
        tags = {tag for event in events for tag in event.tags} | {tag for _, tags in marks for tag in tags}
        gate = max([e.reveals for e in events] + [episode for episode, _ in marks], default=0)
        return Story(
            world,
            replace(front or FrontMatter(), warnings=tuple(sorted(tags)), gate=gate),
            tuple(map(Entity, self.problem.entities, self.problem.types)),
            events,
            tuple(map(self.recounter.moment, self.states)),
            marks,
        )

    def motives(self, index: int) -> tuple[Motive, ...]:
        """Return why each took part in an event."""
        if index not in self._known:
            steps = self.plan.steps[index].explanations
            self._known[index] = tuple(self._motives.motive(index, explanation) for explanation in steps)
        return self._known[index]

    def event(self, index: int) -> Event:
        """Return what happened, with causes and motives."""
        act, before = self.problem.actions[self.acts[index]], self.states[index]
        people = range(self.problem.character_count)
        seen = (c for c in people if self.nature.notices(before, self.acts[index], c))
        name = self.words.entity
        return Event(
            index,
            act.name,
            act.arguments,
            tuple(map(name, act.consenting)),
            tuple(map(name, seen)),
            tuple(self._changes(index)),
            self.causes(index),
            self.motives(index),
            act.reveals,
            act.tags,
            self._moved_by(index),
            self.recounter.roles.get(act.name, ()),
        )

    def _changes(self, index: int) -> Iterator[Change]:
        for path in self.paths:
            before, after = (seen_by(self.states[i], path).values for i in (index, index + 1))
            for f in differing(before, after):
                was, now = (self.words.value(f, values[f]) for values in (before, after))
                yield Change(self.recounter.mind(path), self.words.facts[f], was, now)

    def causes(self, index: int) -> tuple[int, ...]:
        """Find the events that made this one possible, in fact and in the eyes of those who chose it."""
        act, state = self.problem.actions[self.acts[index]], self.states[index]
        places = set(act_support(act, state))
        for c in act.consenting:
            places.update(((c, *path), f) for path, f in act_support(act, state.believed[c]))
        return self._sources(index, places)

    def _moved_by(self, index: int) -> tuple[int, ...]:
        """Find the events that last changed what those who chose this one want or think they have."""
        chosen = self.problem.actions[self.acts[index]].consenting
        wants = {((c, *p), f) for c in chosen for p, f in self._motives.wants(c)}
        return self._sources(index, wants)

    def _sources(self, index: int, places: set[Place]) -> tuple[int, ...]:
        """For each place, the last event before `index` that changed it."""
        return tuple(sorted({e for place in places if (e := self._source(index, place)) is not None}))

    def _source(self, index: int, place: Place) -> int | None:
        path, fluent = place
        here = seen_by(self.states[index], path).values[fluent]
        for earlier in range(index - 1, -1, -1):
            if seen_by(self.states[earlier], path).values[fluent] != here:
                return earlier
        return None

    def _marks(self, state: Sight) -> tuple[int, tuple[str, ...]]:
        true = [mark for mark in self.problem.marks if test(mark.condition)(state)]
        tags = {tag for mark in true for tag in mark.tags}
        return max((mark.reveals for mark in true), default=0), tuple(sorted(tags))


def seen_by(state: Sight, path: Sequence[EntityId]) -> Sight:
    """Return the state as the last on a path of minds sees it."""
    for character in path:
        state = state.believed[character]
    return state


def differing(before: Sequence[Value], after: Sequence[Value]) -> Iterator[FluentId]:
    """Yield the fluents that have another value."""
    if before != after:
        yield from map(FluentId, compress(count(), map(ne, before, after)))
