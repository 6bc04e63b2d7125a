"""States as the core has them, and where acts lead from there: those of the definition."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.expression import TRUE, AllOf
from fabula.ground.problem import ActionId, Problem
from fabula.search.engine import Session
from fabula.search.minds.evaluate import Sight
from fabula.search.minds.nature import Nature
from fabula.search.minds.seen import after, sight
from fabula.search.minds.state import State
from fabula.search.outcome import Limits
from tests.search.problems import ANN, act, no, problem, put, trigger, yes
from tests.search.random_problems import random_limits, random_problem


def _agree(seen: Sight, state: State, deep: int) -> None:
    """Both show the same, down to so many minds within minds."""
    assert seen.broken == state.broken
    if not state.broken:
        assert tuple(seen.values) == state.values
        for who in range(len(state.believed) if deep else 0):
            _agree(seen.believed[who], state.believed[who], deep - 1)


def _followed(drawn: Problem, seed: int, nature: Nature) -> list[tuple[Sight, State]]:
    """Follow a course of acts, whether or not anybody could do them; states as the core has them beside those of the laws."""
    chance, states = Random(seed), [nature.start()]
    course = [ActionId(chance.randrange(len(drawn.actions))) for _ in range(3)]
    for action in course:
        states.append(nature.after(states[-1], action))
    tables = Session(drawn).follow(course, random_limits(seed))
    return [(sight(tables, n, partial(states.__getitem__, n)), state) for n, state in enumerate(states)]


@pytest.mark.parametrize("part", range(4))
def test_what_acts_lead_to_is_what_the_laws_say(part: int) -> None:
    """In random worlds, from every state of a course and from every mind in it, as deep as somebody looks."""
    for seed in range(part * 40, part * 40 + 40):
        drawn = random_problem(seed)
        nature = Nature(drawn)
        try:
            followed = _followed(drawn, seed, nature)
        except Mistakes:
            continue
        for seen, state in followed:
            _agree(seen, state, 3)
            for action in map(ActionId, range(len(drawn.actions))):
                _agree(after(nature, seen, action), nature.after(state, action), 2)
                for who in range(drawn.character_count):
                    inner, believed = seen.believed[who], state.believed[who]
                    _agree(after(nature, inner, action), nature.after(believed, action), 2)


def test_who_looks_where_something_breaks_changes_no_answer() -> None:
    """That the sails of the mill never rest is still the answer when somebody has looked at them before."""
    sails = (
        trigger("tick", AllOf((yes(0), no(1))), put(1)),
        trigger("tock", AllOf((yes(0), yes(1))), put(1, 0.0)),
    )
    wind = act("wind", no(0), put(0), by=(ANN,))
    mill = problem("wound turned", (wind,), sails, goal=yes(0), wants=(yes(0), TRUE, TRUE))
    session, limits, nature = Session(mill), Limits(3, 3, 2), Nature(mill)
    first = sight(session.follow((), limits), 0, nature.start)
    for _ in range(2):
        assert after(nature, first, ActionId(0)).broken
    with pytest.raises(Mistakes, match="never come to rest"):
        session.search(limits)
