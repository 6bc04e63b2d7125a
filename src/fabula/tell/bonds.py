"""Bonds: what each feels for each, as the world states it or, where it states nothing, as their acts have left it.

A world that has a fact for it (`bond(Ann, Bob)`, `trusts(Ann, Bob)`, …) says how bonds move. Where it has none for two people, the bond begins at
nought and drifts: towards those to whom one is grateful, whom one admires and with whom one succeeds, away from those with whom one is angry
or whose acts one reproaches, and further from a friend, who betrays. The rule that bonds follow appraisals is Shirvani & Ware's (2020); the numbers are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeGuard

from fabula.frozen import dataclass
from fabula.story.story import Event, Story

FACTS = (
    "bond", "affection", "loves", "fond", "likes", "trusts", "relationship", "respects", "friends", "hates", "dislikes",
)  # fmt: skip
"""The names of facts that state a bond of their first argument with their second."""
AGAINST = ("hates", "dislikes")

DRIFT = {"gratitude": 0.2, "admiration": 0.1, "shared success": 0.2, "reproach": -0.1, "anger": -0.2}
"""How far one appraisal of full strength moves a bond that the world does not state."""

Judgement = tuple[str, float, str]
"""A feeling, its strength in units of utility, and towards whom."""


@dataclass(frozen=True, slots=True)
class BondMove:
    """At `event`, what `character` feels for `toward` went from `before` to `after`: what prose can cite.

    Where the world states the bond, the numbers are the world's own and `why` is ""; else they are in [-1, 1] and `why` is the
    feeling that moved it most.
    """

    event: int
    character: str
    toward: str
    before: float
    after: float
    why: str = ""


class Bonds:
    """The bonds of a story, moment by moment. Made by `Feelings`, which tells how each judges an event."""

    def __init__(self, story: Story, judge: Callable[[Event, str], Iterable[Judgement]]) -> None:
        """`judge` gives what somebody feels about those who chose an event, without looking at bonds."""
        self.story, self._judge = story, judge
        truth = {fact for fact in story.moments[0].facts.get((), {}) if fact.name in FACTS}
        self._stated = {fact.arguments for fact in truth if len(fact.arguments) == 2}
        values = (
            abs(v) for m in story.moments for f, v in m.facts.get((), {}).items() if f in truth and _counts(v)
        )
        self._scale = max([1.0, *values])
        self._spans = {who: self._span(who) for who in story.moments[0].utility}
        self._drifted: list[dict[tuple[str, str], float]] = [{}]
        self.moves = tuple(
            move for event in story.events for move in (*self._stated_moves(event), *self._drift(event))
        )

    def bond(self, one: str, other: str, moment: int) -> float:
        """r(one, other) in [-1, 1], as `one` sees it."""
        if (one, other) not in self._stated:
            return self._drifted[moment].get((one, other), 0.0)
        facts = self.story.moments[moment].facts
        own = facts.get((one,), facts.get((), {})).items()
        stated = [(f.name, v) for f, v in own if f.name in FACTS and f.arguments == (one, other)]
        return _within(sum(self._scaled(v) * (-1 if name in AGAINST else 1) for name, v in stated))

    def _scaled(self, value: object) -> float:
        if isinstance(value, bool):
            return float(value)
        return value / self._scale if _counts(value) else 0.0

    def _stated_moves(self, event: Event) -> Iterable[BondMove]:
        """What an event did to bonds that the world states, as the one who has the bond sees it."""
        for change in event.changes:
            fact, before, after = change.fact, change.before, change.after
            known = (
                fact.name in FACTS and fact.arguments in self._stated and change.mind == fact.arguments[:1]
            )
            if known and _counts(before) and _counts(after):
                yield BondMove(event.index, *_two(fact.arguments), float(before), float(after))

    def _drift(self, event: Event) -> Iterable[BondMove]:
        """Let an event move the bonds that the world does not state."""
        now = dict(self._drifted[-1])
        self._drifted.append(now)
        for who, span in self._spans.items():
            judged: dict[str, list[tuple[float, str]]] = {}
            for name, strength, toward in self._judge(event, who):
                if strength > 0 and name in DRIFT and (who, toward) not in self._stated:
                    judged.setdefault(toward, []).append((DRIFT[name] * min(strength / span, 1.0), name))
            for toward, steps in judged.items():
                before = now.get((who, toward), 0.0)
                betrayed = 1 + max(before, 0.0) if any(name == "anger" for _, name in steps) else 1.0
                after = _within(before + betrayed * sum(step for step, _ in steps))
                if after != before:
                    now[who, toward] = after
                    why = max(steps, key=lambda step: abs(step[0]))[1]
                    yield BondMove(event.index, who, toward, before, after, why)

    def _span(self, who: str) -> float:
        """How far somebody's utility moves in the whole story; what is half of that moves her half as much."""
        values = [m.utility.get(who) or 0.0 for m in self.story.moments]
        return (max(values) - min(values)) or 1.0


def _two(names: tuple[str, ...]) -> tuple[str, str]:
    return names[0], names[1]


def _counts(value: object) -> TypeGuard[float]:
    """Whether a value says how strong a bond is: a number, or true and false as 1 and 0."""
    return isinstance(value, bool | int | float)


def _within(value: float) -> float:
    return round(max(-1.0, min(1.0, value)), 6)
