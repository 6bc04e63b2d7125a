"""What happens when an act is done: its effects, who notices, what they then believe, which triggers fire.

A plain reading of sections 4, 6 and 7 of the language. The idea that every character carries one
believed state, updated by what they observe, is Shirvani, Ware & Farrell (2017); surprise is Shirvani, Farrell
& Ware (2018).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fabula.diagnostics.diagnostic import Diagnostic, Label, Mistakes
from fabula.ground.expression import FluentId, Value
from fabula.ground.problem import Action, ActionId, Assignment, Belief, Path, Problem, Trigger
from fabula.search.minds.edit import Edit, changed, edited, within
from fabula.search.minds.evaluate import Reading, Test, reading, test
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


class Nature:
    """The laws of one problem.

    Behaves like a function from (state, act) to the next state; the reference search and the
    recounting of stories use it; it works by drafting the new state with all its minds, then letting triggers run.
    Raises Mistakes where the world divides by zero, contradicts itself or never comes to rest.
    """

    def __init__(self, problem: Problem) -> None:
        """Make the laws of a problem callable."""
        self.problem = problem
        self.space = Space(problem.character_count)
        self.rules = tuple(_rule(action) for action in problem.actions)
        self._triggers = tuple(_rule(trigger) for trigger in problem.triggers)
        self._unrested: list[dict[State, Draft]] = [{} for _ in self.rules]
        self._after: dict[tuple[State, ActionId], State] = {}
        self._rested: dict[State, State] = {}

    def start(self) -> State:
        """Return the state in which every story begins: initial values and beliefs, triggers at rest."""
        return self.start_from(self.problem.initial, self.problem.beliefs)

    def start_from(self, initial: Values, beliefs: Iterable[Belief]) -> State:
        """Return the state in which stories would begin if the world stood otherwise at first."""
        entries: dict[Path, dict[FluentId, Value]] = {}
        for belief in beliefs:
            entries.setdefault(belief.path, {})[belief.fluent] = belief.value
        frozen = tuple((path, tuple(sorted(e.items()))) for path, e in sorted(entries.items()))
        return self._rest(self.space.intern(_initial(initial, frozen, {})))

    def possible(self, action: ActionId, state: State) -> bool:
        """Whether the act's precondition holds in the state."""
        rule = self.rules[action]
        try:
            return rule.possible(state)
        except ZeroDivisionError:
            raise Mistakes(_division(rule.what)) from None

    def after(self, state: State, action: ActionId) -> State:
        """Return the state that the act leads to. It is done even where its precondition fails."""
        key = (state, action)
        if key not in self._after:
            draft = self._happen(self.rules[action], state, self._unrested[action])
            self._after[key] = self._rest(self.space.intern(draft))
        return self._after[key]

    def notices(self, state: State, action: ActionId, character: int) -> bool:
        """Whether the character observes the act done in this state."""
        return self.rules[action].observing[character](state)

    def _happen(self, rule: _Rule, state: State, drafts: dict[State, Draft]) -> Draft:
        """Draft the result of an act in a state or mind, all triggers postponed."""
        if state in drafts:
            return drafts[state]
        edits = self._edits(rule, state)

        def mind(character: int) -> Node:
            believed: Node = state.believed[character]
            if rule.observing[character](state):
                corrected = edited(believed, rule.correct(state, believed))
                believed = self._happen(rule, self.space.intern(corrected), drafts)
            return edited(believed, within(edits, character))

        drafts[state] = Draft(changed(state.values, edits), mind)
        return drafts[state]

    def _edits(self, rule: _Rule, state: State) -> tuple[Edit, ...]:
        """What the effects set, conditions and values read in the old state."""
        found: dict[tuple[Path, FluentId], Value] = {}
        try:
            for effect, condition, value in rule.effects:
                if condition(state):
                    new = value(state)
                    if found.setdefault((effect.path, effect.fluent), new) != new:
                        raise Mistakes(self._contradiction(rule.what, effect.fluent))
        except ZeroDivisionError:
            raise Mistakes(_division(rule.what)) from None
        return tuple((path, fluent, value) for (path, fluent), value in found.items())

    def _rest(self, state: State) -> State:
        """Let triggers run in the state, then in every mind below it."""
        if state not in self._rested:
            rested = self.space.intern(self._resting(state, {}))
            self._rested[state] = rested
        return self._rested[state]

    def _resting(self, state: State, drafts: dict[State, Draft]) -> Node:
        if state in self._rested:
            return self._rested[state]
        if state in drafts:
            return drafts[state]
        if len(drafts) > _MANY_FIRINGS:
            raise Mistakes(_endless(self._triggers[-1].what))
        still = self._fire_all(state)

        def mind(character: int) -> Node:
            believed = still.believed[character]
            return draft if believed is still else self._resting(believed, drafts)

        draft = drafts.get(still) or Draft(still.values, mind)
        drafts[state] = drafts[still] = draft
        return draft

    def _fire_all(self, state: State) -> State:
        """Fire triggers one at a time, always the first that changes something, until none does."""
        seen = {state}
        while True:
            for rule in self._triggers:
                fired = self._fire(rule, state)
                if fired is not state:
                    break
            else:
                return state
            if fired in seen or len(seen) > _MANY_FIRINGS:
                raise Mistakes(_endless(rule.what))
            seen.add(fired)
            state = fired

    def _fire(self, rule: _Rule, state: State) -> State:
        try:
            if not rule.possible(state):
                return state
        except ZeroDivisionError:
            raise Mistakes(_division(rule.what)) from None
        edits = self._edits(rule, state)

        def mind(character: int) -> Node:
            believed = state.believed[character]
            base: Node = draft if believed is state else believed  # who is right stays right
            return edited(base, within(edits, character))

        draft = Draft(changed(state.values, edits), mind)
        return self.space.intern(draft)

    def _contradiction(self, what: Action | Trigger, fluent: FluentId) -> Diagnostic:
        return Diagnostic(
            "error",
            "contradictory-effect",
            f"`{what}` gives `{self.problem.fluents[fluent]}` two different values at once",
            _where(what),
            hints=("put the two assignments under conditions that cannot both hold",),
        )


_MANY_FIRINGS = 10_000


def _rule(what: Action | Trigger) -> _Rule:
    return _Rule(
        what,
        test(what.precondition),
        tuple((e, test(e.condition), reading(e.value)) for e in what.effects),
        tuple(test(o) for o in (what.observing if isinstance(what, Action) else ())),
        correction(what.precondition),
    )


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


def _where(what: Action | Trigger) -> tuple[Label, ...]:
    return (Label(what.span),) if what.span else ()


def _division(what: Action | Trigger) -> Diagnostic:
    hint = "test for zero first: `if(n() != 0) … / n() else …`"
    return Diagnostic("error", "division-by-zero", f"`{what}` divides by zero", _where(what), (), (hint,))


def _endless(what: Action | Trigger | None) -> Diagnostic:
    assert what is not None
    return Diagnostic(
        "error",
        "endless-triggers",
        f"triggers never come to rest: `{what}` fires again and again",
        _where(what),
        hints=("give the trigger a condition that its own effect makes false",),
    )
