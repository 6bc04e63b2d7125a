"""Why a character would do an act: the plan, in her own mind, that begins with it and improves her lot.

A plain reading of section 11 of the language. That an act needs a reason of everyone who consents to
it is Riedl & Young (2010); that the reason is a plan in her own beliefs, in which others act for
reasons of their own, is Shirvani, Ware & Farrell (2017) and Ware & Siler (2021).

Rules 5 and 6 (nothing in a plan may be superfluous) are checked by *shadows*. A shadow of a plan is a
state to which some later part of it leads if one or more of its acts are left out. A plan is
good only if no shadow of it is worth exactly as much as its end. The set of all shadows grows with each act:
every shadow stays (the act is left out there, too) or takes the act, if it can and if all are willing;
and the state before the act joins them. So every subsequence of every suffix is covered, and none
is written down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

from fabula.frozen import dataclass
from fabula.ground.expression import EntityId, Value
from fabula.ground.problem import ActionId
from fabula.search.minds.evaluate import Sight
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import Ambition, Explanation, Limits, Step, refuse_unknown

Shadows = frozenset[State]


@dataclass(frozen=True, slots=True)
class Reason:
    """A character's explanation of an act, or None; `cut`: a limit ended the search for one; `longer`: one on length."""

    explanation: Explanation | None
    cut: bool = False
    longer: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """Everybody's explanation of an act, or None if somebody has none; `cut` and `longer` as in `Reason`."""

    explanations: tuple[Explanation, ...] | None
    cut: bool = False
    longer: bool = False


@dataclass(frozen=True, slots=True)
class _Front:
    """A plan as far as it is thought through: where it leads, its shadows, its acts."""

    state: State
    shadows: Shadows
    steps: tuple[Step, ...]


class Reasons:
    """Answers, for one problem and its limits, who would do what, and why.

    Behaves like a function from (act, state) to the explanations of all who consent; the searches and
    `ask` use it; it works by a breadth-first search in the character's mind, so that the explanation given is a shortest one,
    and remembers every answer. `tick` is called for every imagined state and may raise to stop.
    """

    def __init__(
        self,
        nature: Nature,
        limits: Limits,
        ambition: Ambition = "improve",
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        """Answer under these limits; -1 means none. Raises ValueError for an ambition that there is not."""
        refuse_unknown("ambition", ambition, Ambition)
        self.nature = nature
        self._limits = limits
        self._ambition = ambition
        self.tick = tick
        problem = nature.problem
        self._chosen = tuple(ActionId(a) for a, act in enumerate(problem.actions) if act.consenting)
        self._open: dict[State, tuple[ActionId, ...]] = {}
        self._known: dict[tuple[int, ActionId, State, int, int], Reason] = {}

    def worth(self, character: EntityId, state: Sight) -> Value:
        """Return the character's utility in a state."""
        return self.nature.worth(state, character)

    def consent(
        self, action: ActionId, state: State, owner: EntityId | None, acts: int, layer: int
    ) -> Consent:
        """Ask everyone who must consent to the act in `state`, a state of the owner's plan.

        The owner looks at that very state, the others at what it says they believe, one layer
        deeper. `acts` is how long their plans may be (-1: any length).
        """
        explanations = []
        for character in self.nature.problem.actions[action].consenting:
            own = character == owner
            mind = state if own else state.believed[character]
            reason = self.reason(character, action, mind, acts, layer if own else layer + 1)
            if reason.explanation is None:
                return Consent(None, reason.cut, reason.longer)
            explanations.append(reason.explanation)
        return Consent(tuple(explanations))

    def reason(self, character: EntityId, action: ActionId, mind: State, acts: int, layer: int) -> Reason:
        """Find a plan of at most `acts` acts for whose sake the character would do the act."""
        deepest = self._limits.epistemic
        if deepest < 0:
            layer = 0
        elif layer > deepest:
            only = self._known_reason(character, action, mind, 1, deepest + 1)
            return replace(only, longer=False)  # were there no limit on length, this one would still stand
        if acts < 0:
            return self._any_length(character, action, mind, layer)
        return self._known_reason(character, action, mind, max(acts, 1), layer)

    def _known_reason(self, *key: *tuple[int, ActionId, State, int, int]) -> Reason:
        if key not in self._known:
            self._known[key] = self._find(*key)
        return self._known[key]

    def _any_length(self, character: EntityId, action: ActionId, mind: State, layer: int) -> Reason:
        """Lengthen the plan until one is found, or until no longer one is conceivable (which might be better)."""
        for acts in count(1):
            reason = self.reason(character, action, mind, acts, layer)
            if not reason.longer or (reason.explanation and self._ambition == "improve"):
                return reason
        raise AssertionError

    def _find(self, character: int, action: ActionId, mind: State, acts: int, layer: int) -> Reason:
        who = EntityId(character)
        search = _Imagining(self, who, mind, acts, layer)
        if self._ambition == "improve":
            found = next(search.plans(action), None)
            return Reason(found, search.cut and found is None, search.longer and found is None)
        whole = _Imagining(self, who, mind, acts, layer)
        best = self._best(who, mind, whole)
        found = next((e for e in search.plans(action) if e.after == best), None)
        return Reason(found, search.cut or whole.cut, search.longer or whole.longer)

    def _best(self, who: EntityId, mind: State, search: _Imagining) -> Value:
        """Return the most that any plan of hers, begun by herself, would bring."""
        own = (a for a in self.open(mind) if who in self.nature.problem.actions[a].consenting)
        ends = (e.after for a in own for e in search.plans(a))
        return max((end for end in ends if end is not None), default=None)

    def open(self, state: State) -> tuple[ActionId, ...]:
        """Return the acts that are possible in a state and that somebody would have to choose."""
        if state not in self._open:
            self.tick()
            self._open[state] = tuple(a for a in self._chosen if self.nature.possible(a, state))
        return self._open[state]


class _Imagining:
    """One search in one mind; `cut` tells afterwards whether a limit left something unseen, `longer` if it was one on length."""

    def __init__(self, reasons: Reasons, who: EntityId, mind: State, acts: int, layer: int) -> None:
        self.cut = self.longer = False
        self._reasons, self._nature = reasons, reasons.nature
        self._who, self._mind, self._acts, self._layer = who, mind, acts, layer

    def plans(self, action: ActionId) -> Iterator[Explanation]:
        """Yield the good plans that begin with the act, shortest first."""
        if not self._nature.possible(action, self._mind):
            return
        first = self._nature.after(self._mind, action)
        level = [_Front(first, frozenset([self._mind]), (Step(action, ()),))]
        for length in range(1, self._acts + 1):
            level = [front for front in level if front.state not in front.shadows]
            for front in level:
                yield from self._judge(front)
            if length == self._acts:
                self._note(any(self._reasons.open(front.state) for front in level))
                return
            further = (f for front in level for f in self._lengthen(front, self._acts - length))
            level = list({(f.state, f.shadows): f for f in further}.values())

    def _judge(self, front: _Front) -> Iterator[Explanation]:
        worth = self._reasons.worth
        before, after = worth(self._who, self._mind), worth(self._who, front.state)
        if before is None or after is None or after <= before:
            return
        if all(worth(self._who, shadow) != after for shadow in front.shadows):
            yield Explanation(self._who, front.steps, before, after)

    def _lengthen(self, front: _Front, left: int) -> Iterator[_Front]:
        self._reasons.tick()
        for action in self._reasons.open(front.state):
            consent = self._consent(action, front.state, left)
            if consent is None:
                continue
            shadows = {front.state}
            for shadow in front.shadows:
                shadows.add(shadow)
                if self._nature.possible(action, shadow) and self._consent(action, shadow, left) is not None:
                    shadows.add(self._nature.after(shadow, action))
            state = self._nature.after(front.state, action)
            yield _Front(state, frozenset(shadows), (*front.steps, Step(action, consent)))

    def _consent(self, action: ActionId, state: State, left: int) -> tuple[Explanation, ...] | None:
        consent = self._reasons.consent(action, state, self._who, left, self._layer)
        self._note(consent.cut, consent.longer)
        return consent.explanations

    def _note(self, cut: bool, longer: bool = True) -> None:
        self.cut = self.cut or cut
        self.longer = self.longer or (cut and longer)
