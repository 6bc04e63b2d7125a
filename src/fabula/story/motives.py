"""Why each took part, and whether what they hoped for came true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from fabula.ground.expression import EntityId
from fabula.ground.problem import ActionId, Problem
from fabula.search.minds.evaluate import Sight
from fabula.search.minds.nature import Nature
from fabula.search.minds.seen import after
from fabula.search.outcome import Explanation
from fabula.story.story import Intended, Mistaken, Motive
from fabula.story.support import Place, act_support, reads
from fabula.story.words import Words

Came = Literal["fulfilled", "failed", "dropped", "open"]


class Motives:
    """Reads motives off explanations, knowing how the story went on."""

    def __init__(
        self, nature: Nature, words: Words, states: Sequence[Sight], acts: Sequence[ActionId]
    ) -> None:
        """`states` has one more element than `acts`: those before and after each act."""
        self._nature, self._words = nature, words
        self._states, self._acts = states, acts
        self._wants: dict[EntityId, frozenset[Place]] = {}

    def wants(self, who: EntityId) -> frozenset[Place]:
        """Return what the utility of a character depends on."""
        if who not in self._wants:
            self._wants[who] = frozenset(reads(self._nature.problem.utilities[who]))
        return self._wants[who]

    def motive(self, index: int, explanation: Explanation) -> Motive:
        """Return why the character of the explanation took part in the event of this index."""
        plan = tuple(step.action for step in explanation.steps)
        return Motive(
            self._words.entity(explanation.character),
            tuple(_intended(self._nature.problem, action) for action in plan),
            explanation.before,
            explanation.after,
            self._came(index, explanation, plan),
            self._mistaken(index, explanation, plan),
        )

    def _came(self, index: int, explanation: Explanation, plan: tuple[ActionId, ...]) -> Came:
        end = self._done(index, plan)
        if end is not None:
            return "fulfilled" if self._has(explanation, self._states[end]) else "failed"
        if not self._would_work(index, explanation, plan):
            return "failed"
        if any(self._has(explanation, state) for state in self._states[index + 1 :]):
            return "fulfilled"  # by other acts than she thought of
        rest = self._acts[index:]
        return "open" if _common_start(plan, rest) == len(rest) else "dropped"

    def _done(self, index: int, plan: tuple[ActionId, ...]) -> int | None:
        """The number of the moment at which every act of the plan has happened, in its order; None if never."""
        left = list(plan)
        for number, act in enumerate(self._acts[index:], index + 1):
            if left and act == left[0]:
                left.pop(0)
            if not left:
                return number
        return None

    def _has(self, explanation: Explanation, state: Sight) -> bool:
        """Whether in a state, in her eyes and in truth, she has what she hoped for."""
        who, hoped = explanation.character, explanation.after
        assert hoped is not None, "an explanation gains something"
        views = (self._nature.worth(mind, who) for mind in (state.believed[who], state))
        return all(value is not None and value >= hoped for value in views)

    def _would_work(self, index: int, explanation: Explanation, plan: tuple[ActionId, ...]) -> bool:
        """Whether the plan, done from the real state, would have brought what was hoped."""
        state = self._states[index]
        for action in plan:
            if not self._nature.possible(action, state):
                return False
            state = after(self._nature, state, action)
        return self._nature.worth(state, explanation.character) == explanation.after

    def _mistaken(
        self, index: int, explanation: Explanation, plan: tuple[ActionId, ...]
    ) -> tuple[Mistaken, ...]:
        """Give the wrong beliefs that the plan rests on: what it looks at, she has wrong, and it does not bring about."""
        problem, who = self._nature.problem, explanation.character
        real = self._states[index]
        mind = imagined = real.believed[who]
        looked: set[Place] = set()
        for action in plan:
            looked.update(act_support(problem.actions[action], imagined))
            imagined = after(self._nature, imagined, action)
        looked |= self.wants(who)
        wrong = sorted(f for path, f in looked if not path and mind.values[f] != real.values[f])
        word = self._words.value
        return tuple(
            Mistaken(self._words.facts[f], word(f, mind.values[f]), word(f, real.values[f])) for f in wrong
        )


def _intended(problem: Problem, action: ActionId) -> Intended:
    act = problem.actions[action]
    return Intended(act.name, act.arguments, tuple(problem.entities[c] for c in act.consenting))


def _common_start(plan: Sequence[ActionId], acts: Sequence[ActionId]) -> int:
    """Count how many acts of the plan were done at once, one after the other."""
    done = 0
    for one, other in zip(plan, acts, strict=False):
        if one != other:
            break
        done += 1
    return done
