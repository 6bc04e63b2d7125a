"""Whether an act is explained (section 11 of the language), decided by trying everything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile

from fabula.frozen import dataclass
from fabula.ground.expression import EntityId, Value
from fabula.ground.problem import ActionId, Beat
from fabula.search.check.acting import Stage
from fabula.search.check.hope import Hopes, Many
from fabula.search.check.mind import BlindError, Portrait
from fabula.search.check.sight import BrokenError, holds, value
from fabula.search.outcome import Ambition, Limits

ENDLESS = 6
"""Without limit, what is a reason under some limit is one; so many acts are tried as limits."""

SHALLOW = 6
"""So many levels of belief mostly suffice; where they do not, a question is asked again of twice as many."""

Score = tuple[Value, int]
"""What rules 5 and 6 compare: a utility and, for the author, the number of beats met."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose plan it is: `owner` None and `layer` 0 for the author's; `room` is her limit (-1: none)."""

    owner: EntityId | None
    layer: int
    room: int

    @property
    def who(self) -> EntityId:
        """The character whose plan it is; not to be asked of the author's."""
        assert self.owner is not None
        return self.owner

    def left(self, index: int) -> int:
        """Return the limit of the reasons for the act that stands at `index`, counted from 0."""
        return self.room if self.owner is None or self.room < 0 else self.room - index


@dataclass(frozen=True, slots=True)
class Aim:
    """What a plan is to reach: anything better than `above` or, if given, exactly `just`."""

    above: Value
    just: Value = None

    def met_by(self, utility: Value) -> bool:
        """Tell whether a utility is good enough."""
        return improves(utility, self.above) and self.just in {None, utility}

    def met_among(self, utilities: Many) -> bool:
        """Tell whether one of the utilities is good enough."""
        return utilities is None or any(map(self.met_by, utilities))


def improves(after: Value, before: Value) -> bool:
    """Tell whether one utility is better than another; `?` never is."""
    return after is not None and before is not None and after > before


class Motives:
    """Decides who would do what, and why.

    Used by the check of printed plans. Every answer depends on a belief state, an act, a character and the
    limits left, and is worked out once.
    """

    def __init__(self, stage: Stage, limits: Limits, ambition: Ambition) -> None:
        self.stage = stage
        self.problem = stage.problem
        self._limits = limits
        self._ambition = ambition
        self._ways: dict[Portrait, tuple[tuple[ActionId, Portrait], ...]] = {}
        self.hopes = Hopes(self.problem)
        self._reach: dict[tuple[Portrait, EntityId, int], frozenset[Value]] = {}
        self._attainable: dict[tuple[Portrait, EntityId, int, Aim], bool] = {}
        self._explained: dict[tuple[Portrait, ActionId, Whose], bool] = {}
        self._best: dict[tuple[Portrait, Whose], Value] = {}

    # --- states ---

    def utility(self, mind: Portrait, who: EntityId | None) -> Value:
        """Return what a state is worth to a character, or to the author; `?` where that breaks."""
        try:
            return value(self.problem.utility if who is None else self.problem.utilities[who], mind)
        except BrokenError:
            return None

    def tried(self, mind: Portrait, action: ActionId) -> Portrait | None:
        """Return the state after an act if it is possible and the world does not break."""
        try:
            return self.stage.after(mind, action) if self.stage.possible(mind, action) else None
        except BrokenError:
            return None

    def ways(self, mind: Portrait) -> tuple[tuple[ActionId, Portrait], ...]:
        """Return all acts that somebody may choose here, with the states after them."""
        if mind not in self._ways:
            chosen = (ActionId(a) for a, action in enumerate(self.problem.actions) if action.consenting)
            tried = ((action, self.tried(mind, action)) for action in chosen)
            self._ways[mind] = tuple((action, after) for action, after in tried if after)
        return self._ways[mind]

    def reach(self, mind: Portrait, who: EntityId, acts: int) -> frozenset[Value]:
        """Return all utilities that so many acts might bring a character, reasons left aside."""
        key = mind, who, acts
        if key not in self._reach:
            further = (self.reach(after, who, acts - 1) for _, after in (self.ways(mind) if acts else ()))
            self._reach[key] = frozenset({self.utility(mind, who)}).union(*further)
        return self._reach[key]

    def attainable(self, mind: Portrait, who: EntityId, acts: int, aim: Aim) -> bool:
        """Tell whether so many acts might bring a character what she aims at, reasons left aside."""
        key = mind, who, acts, aim
        if key not in self._attainable:
            self._attainable[key] = aim.met_by(self.utility(mind, who)) or (
                acts > 0
                and aim.met_among(self.hopes.after(mind.values, who, acts))
                and any(self.attainable(after, who, acts - 1, aim) for _, after in self.ways(mind))
            )
        return self._attainable[key]

    # --- reasons ---

    def length(self, whose: Whose) -> int:
        """Return how many acts a character's plan may have; -1: any number."""
        if 0 <= self._limits.epistemic < whose.layer:
            return 1
        return whose.room if whose.room < 0 else max(1, whose.room)

    def asks(
        self, mind: Portrait, action: ActionId, whose: Whose, index: int
    ) -> Iterator[tuple[Portrait, Whose]]:
        """Yield, for each who must have a reason for an act of a plan, where and within which limits.

        The act stood at `index` in the plan and is now done in `mind`, the owner's imagination.
        """
        for who in self.problem.actions[action].consenting:
            hers = who == whose.owner
            layer = whose.layer if hers else whose.layer + 1
            yield (mind if hers else mind.of(who)), Whose(who, layer, whose.left(index))

    def agreed(self, mind: Portrait, action: ActionId, whose: Whose, index: int) -> bool:
        """Tell whether an act of a plan is explained for all who consent to it."""
        return all(self.explained(b, action, hers) for b, hers in self.asks(mind, action, whose, index))

    def explained(self, mind: Portrait, action: ActionId, whose: Whose) -> bool:
        """Tell whether the owner, who believes in `mind`, has a reason for an act."""
        return not mind.broken and any(
            self._explained_within(mind, action, bounded) for bounded in self.bounded(whose)
        )

    def _explained_within(self, mind: Portrait, action: ActionId, whose: Whose) -> bool:
        """Do the same within a limit that is a number."""
        for known in takewhile(lambda known: known < mind.levels, (SHALLOW, 2 * SHALLOW, 4 * SHALLOW)):
            with suppress(BlindError):
                return self._explains(self.stage.gallery.portrait(mind, known), action, whose)
        return self._explains(mind, action, whose)

    def _explains(self, mind: Portrait, action: ActionId, whose: Whose) -> bool:
        """Do the same with the mind as it is. Raises BlindError if it is not known deep enough."""
        key = mind, action, whose
        if key not in self._explained:
            aim: Aim | None = Aim(self.utility(mind, whose.owner))
            if self._ambition == "best":
                best = self.best(mind, whose)
                aim = Aim(self.utility(mind, whose.owner), best) if best is not None else None
            self._explained[key] = aim is not None and self._planned(mind, action, whose, aim)
        return self._explained[key]

    def best(self, mind: Portrait, whose: Whose) -> Value:
        """Return the most that any plan brings whose first act the owner consents to; None if none improves.

        Her limit is a number.
        """
        key = mind, whose
        if key not in self._best:
            now = self.utility(mind, whose.owner)
            reach = self.reach(mind, whose.who, whose.room)
            gains = sorted((u for u in reach if u is not None and improves(u, now)), reverse=True)
            hers = [a for a, _ in self.ways(mind) if whose.owner in self.problem.actions[a].consenting]
            fits = (u for u in gains if any(self._planned(mind, a, whose, Aim(now, u)) for a in hers))
            self._best[key] = next(fits, None)
        return self._best[key]

    def bounded(self, whose: Whose, least: int = 1) -> Iterator[Whose]:
        """Give the same with limits that are numbers: the smallest that says the same or, without limit, every one from the least.

        Where only best plans are reasons that is the last one, since longer plans might be better.
        """
        length, most = self.length(whose), max(least, ENDLESS)
        lowest = most if self._ambition == "best" else max(least, 1)
        for room in range(lowest, most + 1) if length < 0 else (length,):
            yield Whose(whose.owner, whose.layer, room)

    def _planned(self, mind: Portrait, action: ActionId, whose: Whose, aim: Aim) -> bool:
        """Tell whether a plan of the owner begins with the act and reaches the aim."""
        if not aim.met_among(self.hopes.after(mind.values, whose.who, whose.room)):
            return False
        after = self.tried(mind, action)
        return after is not None and self._goes_on((action,), (mind, after), whose, aim)

    def _goes_on(
        self, acts: tuple[ActionId, ...], states: tuple[Portrait, ...], whose: Whose, aim: Aim
    ) -> bool:
        """Tell whether a plan that begins with these acts is valid and reaches the aim.

        A plan that comes back to a state of its own could leave out the round trip (rule 6, or 5).
        """
        here, left = states[-1], whose.room - len(acts)
        if not self.attainable(here, whose.who, left, aim):
            return False
        if aim.met_by(self.utility(here, whose.owner)) and self.tight(acts, states, whose):
            return True
        return left > 0 and any(
            self._goes_on((*acts, action), (*states, after), whose, aim)
            for action, after in self.ways(here)
            if after not in states
            and self.attainable(after, whose.who, left - 1, aim)
            and self.agreed(here, action, whose, len(acts))
        )

    # --- nothing needless ---

    def score(self, mind: Portrait, whose: Whose, met: int) -> Score:
        """Return what rules 5 and 6 compare."""
        return self.utility(mind, whose.owner), met

    def tight(self, acts: tuple[ActionId, ...], states: tuple[Portrait, ...], whose: Whose) -> bool:
        """Tell whether rules 5 and 6 hold for an otherwise valid plan."""
        return self.early(states, whose) is None and not self.needless(acts, states, whose)

    def early(self, states: tuple[Portrait, ...], whose: Whose) -> int | None:
        """Return the index of the first state before the last that is worth as much, if there is one."""
        scores = [self.score(s, whose, m) for s, m in zip(states, self.beats_met(states, whose), strict=True)]
        return next((i for i, score in enumerate(scores[:-1]) if score == scores[-1]), None)

    def needless(self, acts: tuple[ActionId, ...], states: tuple[Portrait, ...], whose: Whose) -> bool:
        """Tell whether some acts of a plan could be left out and it would end as well (rule 6)."""
        return Shortcuts(self, acts, states, whose).any()

    def beats_met(self, states: tuple[Portrait, ...], whose: Whose) -> list[int]:
        """Return how many beats have been met at each state of a story; of a character's plan always 0."""
        met, counts = 0, []
        for state in states:
            met = self.meeting(state, whose, met)
            counts.append(met)
        return counts

    def meeting(self, mind: Portrait, whose: Whose, met: int) -> int:
        """Return how many beats are met once a state is reached after so many."""
        beats: tuple[Beat, ...] = self.problem.beats if whose.owner is None else ()
        while met < len(beats) and holds(beats[met].condition, mind):
            met += 1
        return met


class Shortcuts:
    """Looks for a way through a plan that leaves something out and yet reaches the same score.

    It walks the distinct states that the subsequences reach, act by act, so that a long plan costs
    states, not subsequences. One walk from the first act is enough: what shortens a suffix shortens the
    whole, since the acts before it are kept, and they are explained where they stand. For the same reason
    the first act, if kept, is not asked about.
    """

    def __init__(
        self, motives: Motives, acts: tuple[ActionId, ...], states: tuple[Portrait, ...], whose: Whose
    ) -> None:
        self._motives, self._acts, self._states, self._whose = motives, acts, states, whose
        self._met = motives.beats_met(states, whose)
        self._target = motives.score(states[-1], whose, self._met[-1])
        self._known: dict[tuple[int, Portrait, int, bool], bool] = {}

    def any(self) -> bool:
        """Tell whether there is a shortcut, whichever act is left out first."""
        return any(
            self._arrives(first + 1, self._states[first], self._met[first], explained=True)
            for first in range(len(self._acts))
        )

    def _arrives(self, index: int, mind: Portrait, met: int, *, explained: bool) -> bool:
        """Tell whether some of the acts from `index` on lead to the target, each of them explained if asked."""
        if explained and not self._arrives(index, mind, met, explained=False):
            return False
        key = index, mind, met, explained
        if key not in self._known:
            self._known[key] = self._worked_out(index, mind, met, explained=explained)
        return self._known[key]

    def _worked_out(self, index: int, mind: Portrait, met: int, *, explained: bool) -> bool:
        """Try the end, then leaving the next act out, then doing it."""
        if index == len(self._acts):
            return self._motives.score(mind, self._whose, met) == self._target
        hope = self._motives.hopes.along(mind.values, self._acts[index:], self._whose.owner)
        if hope is not None and self._target[0] not in hope:
            return False
        if self._arrives(index + 1, mind, met, explained=explained):
            return True
        action = self._acts[index]
        after = self._motives.tried(mind, action)
        return (
            after is not None
            and self._arrives(
                index + 1, after, self._motives.meeting(after, self._whose, met), explained=explained
            )
            and (not explained or self._motives.agreed(mind, action, self._whose, index))
        )
