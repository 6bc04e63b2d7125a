"""What happens when an act is done: its effects, who notices, what they then believe, which triggers fire.

A plain reading of sections 4, 6 and 7 of the language. The idea that every character carries one
believed state, updated by what they observe, is Shirvani, Ware & Farrell (2017); surprise is Shirvani, Farrell
& Ware (2018).

What divides by zero, gets two values at once or is changed by triggers again and again is *broken*: the state, or only what somebody
believes. A broken state is none, so what would lead there cannot happen. A broken mind is a state of mind, in which nothing is possible
and of which nothing holds. So whatever is asked has an answer that no order of asking changes, and no more need be worked out of a mind
than somebody looks at.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.frozen import dataclass
from fabula.ground.expression import Condition, EntityId, FluentId, Value, ValueExpression
from fabula.ground.problem import Action, ActionId, Assignment, Belief, Path, Problem, Trigger
from fabula.search.minds import mistakes
from fabula.search.minds.edit import BREAK, Edit, breaks, changed, changes, edited, within
from fabula.search.minds.evaluate import LostError, Reading, Sight, Test, reading, test
from fabula.search.minds.state import Draft, Node, Space, State, Values
from fabula.search.minds.surprise import Correction, correction


@dataclass(frozen=True, slots=True)
class _Rule:
    """An action or trigger with its expressions made callable."""

    what: Action | Trigger
    possible: Test
    effects: tuple[tuple[Assignment, Test, Reading], ...]
    observing: tuple[Test, ...]
    correct: Correction


@dataclass(frozen=True, slots=True)
class _Firing:
    """What a trigger makes of a state, and in whose belief states it changes anything; () is the state itself."""

    what: Action | Trigger
    state: State
    touched: frozenset[Path]


class Nature:
    """The laws of one problem.

    Behaves like a function from (state, act) to the next state; the reference search and the
    recounting of stories use it; it works by drafting the new state with all its minds, then letting triggers run.
    It remembers the mistakes that broke anything; `sound` raises them.
    """

    def __init__(self, problem: Problem) -> None:
        """Make the laws of a problem callable, each when it is first needed."""
        self.problem = problem
        self.space = Space(problem.character_count, len(problem.fluents))
        self._mistakes: dict[Diagnostic, None] = {}
        self._rules: dict[ActionId, _Rule] = {}
        self._author = self._worth(problem.utility, "the author")
        pairs = zip(problem.utilities, problem.entities, strict=False)
        self._worths = tuple(self._worth(utility, name) for utility, name in pairs)
        self._unrested: list[dict[State, Node]] = [{} for _ in problem.actions]
        self._after: dict[tuple[State, ActionId], State] = {}
        self._rested: dict[State, State] = {}

    @cached_property
    def _triggers(self) -> tuple[_Rule, ...]:
        return tuple(map(self._rule, self.problem.triggers))

    def _law(self, action: ActionId) -> _Rule:
        """Return an act, made callable: of many acts, most are never done."""
        if action not in self._rules:
            self._rules[action] = self._rule(self.problem.actions[action])
        return self._rules[action]

    @property
    def mistakes(self) -> tuple[Diagnostic, ...]:
        """What broke until now, wherever."""
        return tuple(self._mistakes)

    def sound(self) -> None:
        """Raise Mistakes if anything broke until now, wherever."""
        if self._mistakes:
            raise Mistakes(*self._mistakes)

    def start(self) -> State:
        """Return the state in which every story begins: initial values and beliefs, triggers at rest. Raises Mistakes if it is broken."""
        return self.start_from(self.problem.initial, self.problem.beliefs)

    def start_from(self, initial: Values, beliefs: Iterable[Belief]) -> State:
        """Return the state in which stories would begin if the world stood otherwise at first. Raises Mistakes as `start` does."""
        entries: dict[Path, dict[FluentId, Value]] = {}
        for belief in beliefs:
            entries.setdefault(belief.path, {})[belief.fluent] = belief.value
        frozen = tuple((path, tuple(sorted(e.items()))) for path, e in sorted(entries.items()))
        start = self._rest(self.space.intern(_initial(initial, frozen, {})))
        if start.broken:
            self.sound()
        return start

    def possible(self, action: ActionId, state: Sight) -> bool:
        """Whether the act's precondition holds in the state. What breaks cannot happen all the same: see `after`."""
        return not state.broken and self._law(action).possible(state)

    def after(self, state: State, action: ActionId) -> State:
        """Return the state that the act leads to, or the broken one. It is done even where its precondition fails."""
        key = (state, action)
        if key not in self._after:
            draft = self._happen(self._law(action), state, self._unrested[action])
            self._after[key] = self._rest(self.space.intern(draft))
        return self._after[key]

    def notices(self, state: Sight, action: ActionId, character: int) -> bool:
        """Whether the character observes the act done in this state."""
        return self._law(action).observing[character](state)

    def worth(self, state: Sight, who: EntityId | None) -> Value:
        """Return the utility of a character, or of the author, in a state; `?` where that breaks."""
        return (self._author if who is None else self._worths[who])(state)

    def condition(self, condition: Condition) -> Test:
        """Make a condition callable that is no part of the world; that it divides by zero is remembered."""
        return test(condition, lambda: self._note(mistakes.division(mistakes.ASKED)))

    def _happen(self, rule: _Rule, state: State, drafts: dict[State, Node]) -> Node:
        """Draft the result of an act in a state or mind, all triggers postponed."""
        if state.broken:
            return state
        if state in drafts:
            return drafts[state]
        edits, broken = self._edits(rule, state), self.space.broken

        def mind(character: int) -> Node:
            believed: Node = state.believed[character]
            if rule.observing[character](state) and not believed.broken:
                corrected = edited(believed, rule.correct(state, believed), broken)
                believed = self._happen(rule, self.space.intern(corrected), drafts)
            return edited(believed, within(edits, character), broken)

        drafts[state] = broken if breaks(edits) else Draft(changed(state.values, edits), mind)
        return drafts[state]

    def _edits(self, rule: _Rule, state: State) -> tuple[Edit, ...]:
        """What the effects set and what they break, conditions and values read in the old state."""
        found: dict[tuple[Path, FluentId], Value] = {}
        broken: dict[Path, Edit] = {}
        for effect, condition, value in rule.effects:
            if not condition(state):
                continue
            try:
                new = value(state)
                if found.setdefault((effect.path, effect.fluent), new) == new:
                    continue
                self._note(mistakes.contradiction(rule.what, self.problem.fluents[effect.fluent]))
            except ZeroDivisionError:
                self._note(mistakes.division(rule.what))
            except LostError:
                pass
            broken[effect.path] = (effect.path, BREAK, None)
        return (*broken.values(), *((path, fluent, value) for (path, fluent), value in found.items()))

    def _rest(self, state: State) -> State:
        """Let triggers run in the state, then in every mind below it."""
        if state not in self._rested:
            rested = self.space.intern(self._resting(state, {}))
            self._rested[state] = rested
        return self._rested[state]

    def _resting(self, state: State, drafts: dict[State, Node]) -> Node:
        if state in self._rested:
            return self._rested[state]
        if state in drafts:
            return drafts[state]
        if len(drafts) > _MANY_MINDS:
            raise Mistakes(mistakes.endless(self._triggers[-1].what))
        still = self._fire_all(state)

        def mind(character: int) -> Node:
            believed = still.believed[character]
            return draft if believed is still else self._resting(believed, drafts)

        draft: Node = still if still.broken else drafts.get(still) or Draft(still.values, mind)
        drafts[state] = drafts[still] = draft
        return draft

    def _fire_all(self, state: State) -> State:
        """Fire triggers one at a time, always the first that changes something, until none does.

        What they would go on changing for ever is broken, and then changes no more.
        """
        since = {state: 0}
        touched: list[frozenset[Path]] = []
        while not state.broken and (firing := self._first_firing(state)):
            state = firing.state
            touched.append(firing.touched)
            if state in since or len(touched) > _MANY_FIRINGS:
                self._note(mistakes.endless(firing.what))
                again = touched[since.get(state, _MANY_FIRINGS // 2) :]
                state = self._moved(state, tuple((path, BREAK, None) for path in frozenset().union(*again)))
                since, touched = {}, []
            since[state] = len(touched)
        return state

    def _first_firing(self, state: State) -> _Firing | None:
        for rule in self._triggers:
            if rule.possible(state):
                edits = self._edits(rule, state)
                touched = frozenset(edit[0] for edit in edits if changes(state, edit))
                if touched:
                    return _Firing(rule.what, self._moved(state, edits), touched)
        return None

    def _moved(self, state: State, edits: tuple[Edit, ...]) -> State:
        """Return the state with edits made that nobody observes."""
        if breaks(edits):
            return self.space.broken

        def mind(character: int) -> Node:
            believed = state.believed[character]
            base: Node = draft if believed is state else believed  # who is right stays right
            return edited(base, within(edits, character), self.space.broken)

        draft = Draft(changed(state.values, edits), mind)
        return self.space.intern(draft)

    def _rule(self, what: Action | Trigger) -> _Rule:
        def divided() -> None:
            self._note(mistakes.division(what))

        return _Rule(
            what,
            test(what.precondition, divided),
            tuple((e, test(e.condition, divided), reading(e.value, divided)) for e in what.effects),
            tuple(test(o, divided) for o in (what.observing if isinstance(what, Action) else ())),
            correction(what.precondition, divided),
        )

    def _worth(self, utility: ValueExpression, whose: str) -> Reading:
        def divided() -> None:
            self._note(mistakes.division(f"the utility of {whose}"))

        read = reading(utility, divided)

        def worth(state: Sight) -> Value:
            try:
                return None if state.broken else read(state)
            except LostError:
                return None
            except ZeroDivisionError:
                divided()
                return None

        return worth

    def _note(self, mistake: Diagnostic) -> None:
        self._mistakes.setdefault(mistake)


_MANY_FIRINGS = 10_000
"""Who fires more often than this never comes to rest."""
_MANY_MINDS = 10_000
"""Where so many minds one within the other differ, they always will, and no graph can hold them."""


_Entries = tuple[tuple[Path, tuple[tuple[FluentId, Value], ...]], ...]


def _initial(values: Values, entries: _Entries, drafts: dict[object, Draft]) -> Draft:
    """Draft the state with these values and explicit beliefs by path.

    In A's belief state the values are those at [A]; an entry at [A]+p stands at p, and also still at
    [A]+p, as A's idea of A. What is not stated is as in the state itself.
    """
    if (values, entries) in drafts:
        return drafts[values, entries]

    def mind(character: int) -> Node:
        seen = list(values)
        mine = [(path, e) for path, e in entries if path[0] == character]
        inner: dict[Path, tuple[tuple[FluentId, Value], ...]] = dict(mine)
        for path, entry in mine:
            if len(path) > 1:
                inner[path[1:]] = tuple({**dict(inner.get(path[1:], ())), **dict(entry)}.items())
            else:
                for fluent, value in entry:
                    seen[fluent] = value
        return _initial(tuple(seen), tuple(sorted(inner.items())), drafts)

    drafts[values, entries] = Draft(values, mind)
    return drafts[values, entries]
