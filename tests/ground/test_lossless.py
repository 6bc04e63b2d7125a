"""What grounding leaves out and folds is not missed: everything happens as in the world written out in full.

Both twins and the checker begin with the problem that grounding has made, so what is wrong there none of them can see. Here random
worlds are ground with all that is never so or always so left in, as usual, and for any start; then the same acts are done in all three.
`FABULA_TWINS` says on how many worlds (a fifth as many; 400 unless it is set).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from random import Random

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.expression import EntityId
from fabula.ground.problem import ActionId, Problem
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import Limits
from fabula.search.reference import search
from tests.ground.random_worlds import random_world
from tests.ground.worlds import grounded, in_full

WORLDS = int(os.environ.get("FABULA_TWINS", "2000")) // 5
CHUNK = 50
WALKS, STEPS, DEPTH = 4, 3, 3
LIMITS = Limits(3, 2, 1)


class Reading:
    """One grounding of a world, and what happens in it."""

    def __init__(self, problem: Problem) -> None:
        """Begin at the start. Raises Mistakes if that is broken."""
        self.nature = Nature(problem)
        self.acts = {str(act): ActionId(number) for number, act in enumerate(problem.actions)}
        self.start = self.nature.start()

    def possible(self, state: State) -> set[str]:
        """Return the acts whose preconditions hold."""
        return {name for name, act in self.acts.items() if self.nature.possible(act, state)}

    def after(self, state: State, act: str) -> State:
        """Return what an act leads to."""
        return self.nature.after(state, self.acts[act])


def stories(problem: Problem) -> set[tuple[str, ...]]:
    """Return all short stories; where there is none, a mistake may be named instead."""
    try:
        plans = search(problem, LIMITS, mode="all").plans
    except Mistakes:
        return set()
    return {tuple(str(problem.actions[step.action]) for step in plan.steps) for plan in plans}


def minds(states: Sequence[State], depth: int) -> list[tuple[State, ...]]:
    """Return states of the three readings that should be the same: these, and those in the minds in them."""
    found = [tuple(states)]
    if depth and not any(state.broken for state in states):
        for within in zip(*(state.believed for state in states), strict=True):
            found += minds(within, depth - 1)
    return found


def compare(seed: int) -> None:
    """Go through a world by chance, in all of its groundings."""
    text, chance = random_world(seed), Random(seed)
    try:
        readings = [Reading(problem) for problem in (in_full(text), grounded(text), grounded(text, True))]
    except Mistakes:  # what contradicts itself for good, or at the start, is refused
        return
    one, *others = (stories(reading.nature.problem) for reading in readings)
    assert others == [one, one], f"seed {seed}: stories"
    for _ in range(WALKS):
        states = [reading.start for reading in readings]
        for _ in range(STEPS):
            for same in minds(states, DEPTH):
                assert len({(state.broken, state.values) for state in same}) == 1, f"seed {seed}: values"
                if same[0].broken:
                    continue
                able = [reading.possible(state) for reading, state in zip(readings, same, strict=True)]
                assert able[0] == able[1] == able[2], f"seed {seed}: acts"
                for who in (None, EntityId(0), EntityId(1)):
                    worths = {r.nature.worth(state, who) for r, state in zip(readings, same, strict=True)}
                    assert len(worths) == 1, f"seed {seed}: what it is worth"
            acts = sorted(readings[0].possible(states[0]))
            if not acts:
                break
            act = chance.choice(acts)
            states = [reading.after(state, act) for reading, state in zip(readings, states, strict=True)]


@pytest.mark.parametrize("first", range(0, WORLDS, CHUNK))
def test_everything_happens_as_written_out_in_full(first: int) -> None:
    """Which stories there are; and what acts do, who can do them and what that is worth, in reality and in minds within minds."""
    for seed in range(first, first + CHUNK):
        compare(seed)
