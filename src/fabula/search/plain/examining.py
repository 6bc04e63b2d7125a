"""What is to be said of given acts: whether they are a story, and who would do what after them.

Plain Python, the readable definition; `engine` asks the native core the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fabula.ground.expression import Value
from fabula.ground.problem import ActionId, Problem
from fabula.search.meter import STOPS, Meter, Stopped, why
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import (
    Ambition,
    Budget,
    Examined,
    Going,
    Limits,
    Plan,
    Step,
    Willing,
    default_goal,
)
from fabula.search.plain.barred import barred
from fabula.search.reasons import Reasons

Place = tuple[State, int]
"""A state and how many beats the story has met on the way to it."""


def examine(
    problem: Problem,
    acts: Sequence[ActionId],
    limits: Limits,
    goal: float | None = None,
    budget: Budget | None = None,
    ambition: Ambition = "improve",
    going: Going | None = None,
) -> Examined:
    """Say whether acts are a story, and if not, what is wrong first. Raises like `search`."""
    with Meter(budget, going=going) as meter:
        examining = _Examining(problem, limits, ambition, meter)
        try:
            found = examining.examined(acts, goal)
        except STOPS as stop:
            found = Examined(stopped=why(stop))
        if found.flaw in {"impossible", "unwilling"}:
            examining.sound()
        return replace(found, seconds=meter.statistics().seconds)


def willing(
    problem: Problem,
    acts: Sequence[ActionId],
    about: Sequence[ActionId],
    limits: Limits,
    ambition: Ambition = "improve",
    going: Going | None = None,
) -> tuple[tuple[Willing, ...], ...]:
    """Say, of each act asked about, who of those who must consent to it would do it after some acts, and why."""
    with Meter(None, going=going) as meter:
        reasons = Reasons(Nature(problem), limits, ambition, meter.tick)
        state = reasons.nature.start()
        for action in acts:
            state = reasons.nature.after(state, action)

        def full(action: ActionId) -> tuple[Willing, ...]:
            asked = _willing(reasons, limits, state, action)
            return tuple(_in_full(reasons, limits, state, action, one) for one in asked)

        try:
            return tuple(map(full, about))
        except Stopped:
            raise KeyboardInterrupt from None


def _willing(reasons: Reasons, limits: Limits, state: State, action: ActionId) -> tuple[Willing, ...]:
    """Ask everybody: of those with no reason, a limit may be to blame."""
    found = []
    for who in reasons.nature.problem.actions[action].consenting:
        reason = reasons.reason(who, action, state.believed[who], limits.character, 1)
        found.append(Willing(who, reason.explanation, short=reason.explanation is None and reason.cut))
    return tuple(found)


def _in_full(reasons: Reasons, limits: Limits, state: State, action: ActionId, one: Willing) -> Willing:
    """Add what the act would bring, and what she would do it for if only the others were willing."""
    who, mind, nature = one.character, state.believed[one.character], reasons.nature
    if not nature.possible(action, mind):
        return one
    before, after = reasons.worth(who, mind), reasons.worth(who, nature.after(mind, action))
    one = replace(one, before=before, after=after)
    if one.explanation is not None:
        return one
    acts = limits.character if limits.character < 0 else max(limits.character, 1)
    return replace(one, barred=barred(reasons, who, action, mind, acts))


class _Examining:
    """One examination."""

    def __init__(self, problem: Problem, limits: Limits, ambition: Ambition, meter: Meter) -> None:
        self._nature, self._limits, self._meter = Nature(problem), limits, meter
        self._reasons = Reasons(self._nature, limits, ambition, meter.tick)
        self._beats = tuple(self._nature.condition(beat.condition) for beat in problem.beats)
        self.sound = self._nature.sound

    def examined(self, acts: Sequence[ActionId], goal: float | None) -> Examined:
        start = self._nature.start()
        before = self._worth(start)
        goal = default_goal(before) if goal is None else goal
        place = (start, self._met(start, 0))
        found = Examined(before=before, after=before, goal=goal)
        most = self._limits.author
        if not acts:
            return replace(found, flaw="empty")
        if 0 <= most < len(acts):
            return replace(found, flaw="too long", at=most)
        steps: list[Step] = []
        shadows: dict[Place, tuple[ActionId, ...]] = {}
        for index, action in enumerate(acts):
            self._meter.visit()
            if not self._nature.possible(action, place[0]):
                return replace(found, flaw="impossible", at=index)
            consents = _willing(self._reasons, self._limits, place[0], action)
            if refusing := tuple(one.character for one in consents if one.explanation is None):
                short = any(one.short for one in consents)
                return replace(found, flaw="unwilling", at=index, unwilling=refusing, short=short)
            steps.append(Step(action, tuple(one.explanation for one in consents if one.explanation)))
            shadows = {place: tuple(acts[:index]), **self._shifted(shadows, action)}
            place = self._after(place, action)
            if place[0].broken:
                return replace(found, flaw="impossible", at=index)
        found = replace(found, after=self._worth(place[0]), plan=Plan(tuple(steps), self._worth(place[0])))
        return self._judged(found, place, shadows)

    def _judged(self, found: Examined, place: Place, shadows: dict[Place, tuple[ActionId, ...]]) -> Examined:
        """Say what else is wrong with acts that everybody would do; a shadow is where a part of them leads."""
        reached = found.after is not None and found.goal is not None and found.after >= found.goal
        if not reached or found.before is None or found.after is None or found.after <= found.before:
            return replace(found, flaw="goal", at=len(found.plan.steps) if found.plan else 0)
        if place[1] < len(self._beats):
            return replace(found, flaw="beats", at=place[1])
        for (state, met), part in shadows.items():
            if (self._worth(state), met) == (found.after, place[1]):
                return replace(found, flaw="needless", part=part)
        return found

    def _shifted(
        self, shadows: dict[Place, tuple[ActionId, ...]], action: ActionId
    ) -> dict[Place, tuple[ActionId, ...]]:
        """Let every shadow stay where it is, and do the act, too, if it can be done there and everybody would."""
        found = dict(shadows)
        for place, part in shadows.items():
            state = place[0]
            if self._nature.possible(action, state) and self._would(action, state):
                found.setdefault(self._after(place, action), (*part, action))
        return found

    def _would(self, action: ActionId, state: State) -> bool:
        consent = self._reasons.consent(action, state, None, self._limits.character, 0)
        return consent.explanations is not None

    def _after(self, place: Place, action: ActionId) -> Place:
        state = self._nature.after(place[0], action)
        return state, self._met(state, place[1])

    def _worth(self, state: State) -> Value:
        return self._nature.worth(state, None)

    def _met(self, state: State, met: int) -> int:
        while met < len(self._beats) and self._beats[met](state):
            met += 1
        return met
