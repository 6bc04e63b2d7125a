"""What can ever come about: a lossless pruning of acts, triggers and conditions.

The values that each fluent can take *in anybody's mind* are collected as if acts had only their wanted effects, and every
mind could hold everything at once (the relaxation of Bonet & Geffner 2001, here over values and minds together). Surprise is
taken into account: who sees an act whose `!=` or ordering she held to be false is left with `?`. What this
excludes never happens, in reality or in imagination. What never holds is folded, and what always does, but the latter not
where it is read in somebody's mind: of a broken mind nothing holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import is_

from fabula.ground import logic
from fabula.ground.expression import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
    Compare,
    Condition,
    Const,
    FluentId,
    Read,
    Thinks,
    Truth,
    Value,
    ValueExpression,
    walk,
)
from fabula.ground.problem import Action, Assignment, Trigger

Values = set[Value] | None
"""The values that something can take; None: any number, or `?`."""

_UNKNOWN = Const(None)


class Reach:
    """The values that every fluent can ever take in anybody's mind.

    Made from the start and all acts and triggers; then it tells which conditions are possible and
    folds what they decide.
    """

    def __init__(
        self, start: Sequence[Values], actions: Sequence[Action], triggers: Sequence[Trigger]
    ) -> None:
        """Collect the values; `start[f]` are those that fluent f has in some mind at the beginning."""
        self.values: list[Values] = [None if values is None else set(values) for values in start]
        self._possible: dict[int, Condition] = {}
        self._impossible: dict[int, Condition] = {}
        self._folded: dict[int, tuple[Condition, Condition]] = {}
        self._settle(actions, triggers)

    def possible(self, condition: Condition) -> bool:
        """Whether the condition can hold in some mind at some time."""
        key = id(condition)
        if key in self._possible:
            return True
        if key in self._impossible:
            return False
        if isinstance(condition, Compare):
            found = self._can_be(condition, True)
        elif isinstance(condition, AllOf):
            found = all(map(self.possible, condition.parts))
        elif isinstance(condition, AnyOf):
            found = any(map(self.possible, condition.parts))
        elif isinstance(condition, Thinks):
            found = self.possible(condition.condition)
        else:
            found = condition.holds
        # What is possible stays so, the rest until there are new values. Keeping conditions keeps their ids theirs.
        (self._possible if found else self._impossible)[key] = condition
        return found

    def fold(self, condition: Condition, keep_ways: bool = False) -> Condition:
        """Replace what is decided in every mind and at all times.

        With `keep_ways`, an alternative that always holds does not swallow the others: of an act that somebody sees
        done, every alternative that really holds is news.
        """
        key = id(condition) * 2 + keep_ways
        if key not in self._folded:
            self._folded[key] = condition, self._fold(condition, keep_ways)
        return self._folded[key][1]

    def fold_value(self, value: ValueExpression) -> ValueExpression:
        """Replace what can only have one value, and branches that are never taken."""
        match value:
            case Read(fluent):
                values = self.values[fluent]
                return Const(next(iter(values))) if values is not None and len(values) == 1 else value
            case Arithmetic(operator, left, right):
                return logic.arithmetic(operator, self.fold_value(left), self.fold_value(right))
            case Choice(branches, otherwise):
                pairs = ((self.fold(c), self.fold_value(v)) for c, v in branches)
                return logic.choice(pairs, self.fold_value(otherwise))
            case Const() | Believed():
                return value

    def fold_effects(self, effects: Iterable[Assignment]) -> tuple[Assignment, ...]:
        """Fold assignments; those that never happen or never change anything go."""
        kept = []
        for effect in effects:
            values = self.values[effect.fluent]
            condition = self.fold(effect.condition)
            if condition is not FALSE and (values is None or len(values) > 1 or _reads_minds(effect.value)):
                value = self.fold_value(effect.value)
                kept.append(Assignment(effect.path, effect.fluent, condition, value))
        return tuple(kept)

    def _settle(self, actions: Sequence[Action], triggers: Sequence[Trigger]) -> None:
        waiting: list[Action | Trigger] = [*actions, *triggers]
        effects: dict[int, Assignment] = {}
        lessons: dict[int, Compare] = {}
        grown = True
        while grown:
            now = [act for act in waiting if self.possible(act.precondition)]
            waiting = [act for act in waiting if id(act.precondition) not in self._possible]
            for act in now:
                effects.update((id(effect), effect) for effect in act.effects)
                if isinstance(act, Action):
                    lessons.update((id(atom), atom) for atom in _lessons(act.precondition))
            brought = [self._take(effect) for effect in effects.values()]
            taught = [self._teach(atom) for atom in lessons.values()]
            grown = any(brought) or any(taught)

    def _take(self, effect: Assignment) -> bool:
        """Let an assignment happen; say whether that brought a new value."""
        if self._has(effect.fluent, effect.value) or not self.possible(effect.condition):
            return False
        return self._add(effect.fluent, self._of(effect.value))

    def _has(self, fluent: FluentId, value: ValueExpression) -> bool:
        """Whether it is plain that the value is nothing new."""
        known = self.values[fluent]
        return known is None or (isinstance(value, Const) and value.value in known)

    def _teach(self, atom: Compare) -> bool:
        """Let a surprised observer be left with `?`."""
        fluent = logic.fluent(atom.left)
        if fluent is None or self._has(fluent, _UNKNOWN):
            return False
        return (_reads_minds(atom.right) or self._can_be(atom, False)) and self._add(fluent, {None})

    def _add(self, fluent: FluentId, new: Values) -> bool:
        old = self.values[fluent]
        if old is None or (new is not None and new <= old):
            return False
        self.values[fluent] = None if new is None else old | new
        self._impossible.clear()
        return True

    def _of(self, value: ValueExpression) -> Values:
        """Return the values that an expression can take."""
        if isinstance(value, Read):
            return self.values[value.fluent]
        if isinstance(value, Const):
            return {value.value}
        if isinstance(value, Believed):
            return self._of(value.value)
        if isinstance(value, Arithmetic):
            return None
        found = [self._of(v) for c, v in value.branches if self.possible(c)] + [self._of(value.otherwise)]
        known = [values for values in found if values is not None]
        return set().union(*known) if len(known) == len(found) else None

    def _can_be(self, atom: Compare, outcome: bool) -> bool:
        """Whether the comparison can come out true (or false) somewhere."""
        left, right = self._of(atom.left), self._of(atom.right)
        if left is None or right is None:
            return True
        if atom.operator in ("==", "!="):
            same = (atom.operator == "==") is outcome
            return not left.isdisjoint(right) if same else len(left | right) > 1
        return any(logic.holds(atom.operator, one, other) is outcome for one in left for other in right)

    def _fold(self, condition: Condition, keep_ways: bool) -> Condition:
        match condition:
            case Compare():
                return self._fold_comparison(condition)
            case AllOf(parts):
                folded = [self.fold(part, keep_ways) for part in parts]
                return condition if _same(folded, parts) else logic.all_of(folded)
            case AnyOf(parts):
                folded = [self.fold(part, keep_ways) for part in parts]
                if keep_ways and not all(isinstance(part, Truth) for part in folded):
                    folded = [old if new is TRUE else new for old, new in zip(parts, folded, strict=True)]
                return condition if _same(folded, parts) else logic.any_of(folded)
            case Thinks(_, inner):
                return condition if self.possible(inner) else FALSE
            case Truth():
                return condition

    def _fold_comparison(self, atom: Compare) -> Condition:
        left, right = atom.left, atom.right
        if isinstance(left, Read) and isinstance(right, Const) and self.values[left.fluent] is None:
            return atom  # nothing is known of most fluents, and to see it at once is worth a twentieth of all grounding
        if not self._can_be(atom, True):
            return FALSE
        if _reads_minds(left) or _reads_minds(right):
            return atom
        if not self._can_be(atom, False):
            return TRUE
        left, right = self.fold_value(left), self.fold_value(right)
        if left is atom.left and right is atom.right:
            return atom
        return logic.compare(atom.operator, left, right, atom.entities, atom.left)


def _reads_minds(value: ValueExpression) -> bool:
    """Whether the value may be lost in a broken mind."""
    if isinstance(value, Const | Read):
        return False
    return any(isinstance(node, Believed | Thinks) for node in walk(value))


def _same(folded: Sequence[Condition], parts: Sequence[Condition]) -> bool:
    """Whether folding has changed nothing."""
    return all(map(is_, folded, parts))


def _lessons(condition: Condition) -> Iterator[Compare]:
    """Yield the comparisons that may leave `?` to whoever is surprised by them: after an `==` she takes over a value."""
    match condition:
        case Compare(comparator):
            if comparator != "==":
                yield condition
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _lessons(part)
        case Thinks(_, inner):
            yield from _lessons(inner)
        case Truth():
            return
