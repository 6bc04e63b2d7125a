"""What acts and triggers do to a mind (sections 6 and 7 of the language)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from fabula.ground.expression import TRUE, AllOf, Condition, EntityId, FluentId, Value, ValueExpression
from fabula.ground.problem import Action, ActionId, Assignment, Path, Problem, Trigger
from fabula.search.check.mending import mended
from fabula.search.check.mind import BROKEN, Changes, Edits, Gallery, Mind, Portrait, edited, overlaid
from fabula.search.check.sight import BrokenError, holds, levels, value
from fabula.search.check.start import opening

MANY = 10_000
"""After so many firings in one state its triggers are held never to rest."""


class Stage:
    """Where acts are tried out: states in, states out.

    Used by everything that follows plans. Works each act out once per state. Where triggers deal with beliefs it must
    know whether a belief state is the state itself; two that agree on twice as many levels as anything in the
    problem reads, and two more, are taken to be one.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.gallery = Gallery(problem.character_count)
        self._telling_apart = 2 * depth_read(problem) + 2
        self._after: dict[tuple[Portrait, ActionId], Portrait] = {}
        self._acted: dict[tuple[Portrait, ActionId], Mind] = {}
        self._rested: dict[Portrait, Mind] = {}
        self._firing: dict[Portrait, Edits | None] = {}
        self._watched = max(map(depth, problem.triggers), default=0)
        self._triggers = Index(problem.triggers)
        self._believing = self._watched > 0

    def start(self, levels: int) -> Portrait:
        """Return the state in which every story begins. Raises as `after` does."""
        written = self.gallery.portrait(opening(self.problem), levels)
        return _sound(self.gallery.deepest(self.rest(written), levels))

    def possible(self, mind: Mind, action: ActionId) -> bool:
        """Tell whether the precondition of an act holds."""
        return not mind.broken and holds(self.problem.actions[action].precondition, mind)

    def after(self, mind: Portrait, action: ActionId) -> Portrait:
        """Return the state after an act, all triggers at rest, as deep as it is known.

        Raises BrokenError if the act would break it, and BlindError if nothing is known of it.
        """
        key = mind, action
        if key not in self._after:
            raw = self.gallery.deepest(self._act(mind, action), mind.levels)
            self._after[key] = self.gallery.deepest(self.rest(raw), raw.levels)
        return _sound(self._after[key])

    def _act(self, mind: Portrait, action_id: ActionId) -> Mind:
        """Return the state after an act before any trigger runs."""
        if mind.broken:
            return mind
        found = self._acted.get((mind, action_id))
        if found is None:
            action = self.problem.actions[action_id]
            edits = prescribed(action.effects, mind)

            def unfold(who: EntityId) -> Mind:
                old = mind.of(who)
                if old.broken or not holds(action.observing[who], mind):
                    return edited(old, who, edits)
                mended_belief = self.gallery.portrait(mended(action.precondition, mind, old), old.levels)
                return edited(self._act(mended_belief, action_id), who, edits)

            found = _revised(mind, edits, unfold)
            self._acted[mind, action_id] = found
        return found

    def rest(self, mind: Portrait) -> Mind:
        """Return the state once its triggers rest: first its own, then those of every mind in it."""
        if not self.problem.triggers:
            return mind
        if mind not in self._rested:
            root = self._root_at_rest(mind)
            self._rested[mind] = (
                root if root.broken else Mind(root.values, lambda who: self.rest(root.of(who)))
            )
        return self._rested[mind]

    def _root_at_rest(self, mind: Portrait) -> Portrait:
        """Fire triggers one at a time, always the first that changes something, until none does.

        Belief states that they would go on changing are broken off, and then change no more; () is the state itself.
        """
        before: list[Portrait] = []
        places: list[set[Path]] = []
        while not mind.broken and (edits := self._next_firing(mind)) is not None:
            before.append(mind)
            places.append({path for path in edits if _differs(mind.at(path), edits[path])})
            mind = self.gallery.deepest(self._fired(mind, edits), mind.levels)
            if mind in before or len(before) > MANY:
                again = places[before.index(mind) if mind in before else MANY // 2 :]
                breaking: Edits = dict.fromkeys(set().union(*again))
                mind = self.gallery.deepest(self._fired(mind, breaking), mind.levels)
                before, places = [], []
        return mind

    def _next_firing(self, mind: Portrait) -> Edits | None:
        """Return what the first trigger does that changes something, or None.

        The same for all minds that agree as deep as triggers look.
        """
        if mind.levels > self._watched:
            return self._next_firing(self.gallery.portrait(mind, self._watched))
        if mind not in self._firing:
            self._firing[mind] = self._first_change(mind)
        return self._firing[mind]

    def _first_change(self, mind: Portrait) -> Edits | None:
        """Try the triggers in order. Raises BlindError if the mind is not known deep enough."""
        for trigger in self._triggers.worth_trying(mind):
            if holds(trigger.precondition, mind):
                edits = prescribed(trigger.effects, mind)
                if any(_differs(mind.at(path), new) for path, new in edits.items()):
                    return edits
        return None

    def _fired(self, mind: Mind, edits: Edits) -> Mind:
        """Return the state after a trigger: unseen, but a belief state that is the state moves along."""

        def unfold(who: EntityId) -> Mind:
            belief = mind.of(who)
            return edited(fired if self._same(belief, mind) else belief, who, edits)

        fired = _revised(mind, edits, unfold)
        return fired

    def _same(self, belief: Mind, mind: Mind) -> bool:
        """Tell whether a belief state is the state itself.

        Where triggers neither read nor write beliefs this makes no difference: belief states run the same
        triggers on their own.
        """
        return belief is mind or (self._believing and self.gallery.alike(belief, mind, self._telling_apart))


Happening = TypeVar("Happening", Action, Trigger)


class Index(Generic[Happening]):
    """Leaves out, for a state, what its own values alone rule out; remembers the rest, in order.

    Used because most states differ from others in beliefs only, and most happenings are ruled out.
    """

    def __init__(self, happenings: tuple[Happening, ...]) -> None:
        self._shallow: list[tuple[Happening, Condition]] = [
            (happening, shallow(happening.precondition)) for happening in happenings
        ]
        self._known: dict[tuple[Value, ...], tuple[Happening, ...]] = {}

    def worth_trying(self, mind: Mind) -> tuple[Happening, ...]:
        """Return what may be possible in a state."""
        if mind.values not in self._known:
            fits = (happening for happening, condition in self._shallow if holds(condition, mind))
            self._known[mind.values] = tuple(fits)
        return self._known[mind.values]


def shallow(condition: Condition) -> Condition:
    """Return what a condition asks of the values of a state, whatever is believed in it."""
    if not levels(condition):
        return condition
    if isinstance(condition, AllOf):
        return AllOf(tuple(shallow(part) for part in condition.parts))
    return TRUE


def prescribed(effects: Iterable[Assignment], mind: Mind) -> Edits:
    """Return what the effects assign in a state, and where they break it: for want of a value, or with two at once."""
    edits: dict[Path, dict[FluentId, Value]] = {}
    broken: dict[Path, None] = {}
    for effect in effects:
        if holds(effect.condition, mind):
            here = edits.setdefault(effect.path, {})
            try:
                new = value(effect.value, mind)
            except BrokenError:
                broken[effect.path] = None
                continue
            if here.setdefault(effect.fluent, new) != new:
                broken[effect.path] = None
    return {**edits, **broken}


def _revised(mind: Mind, edits: Edits, unfold: Callable[[EntityId], Mind]) -> Mind:
    """Return the state with its own values edited, and believed as `unfold` says."""
    here = edits.get((), {})
    return BROKEN if here is None else Mind(overlaid(mind.values, here), unfold)


def _differs(mind: Mind, changes: Changes | None) -> bool:
    """Tell whether changes would make a mind another one."""
    if mind.broken:
        return False
    return changes is None or any(mind.values[fluent] != new for fluent, new in changes.items())


def _sound(state: Portrait) -> Portrait:
    """Return the state if it is one."""
    if state.broken:
        raise BrokenError("it breaks the world")
    return state


def depth_read(problem: Problem) -> int:
    """Return the most levels of belief that anything in the problem looks or writes into."""
    seen: list[ValueExpression] = [problem.utility, *problem.utilities]
    deepest = [len(belief.path) for belief in problem.beliefs]
    deepest += [levels(expression) for expression in seen]
    deepest += [levels(beat.condition) for beat in problem.beats]
    deepest += [levels(seeing) for action in problem.actions for seeing in action.observing]
    return max(0, *deepest, *map(depth, problem.actions), *map(depth, problem.triggers))


def depth(happening: Action | Trigger) -> int:
    """Return the most levels of belief that a happening looks or writes into, observers left aside."""
    effects = [max(len(e.path), levels(e.condition), levels(e.value)) for e in happening.effects]
    return max(levels(happening.precondition), *effects, 0)
