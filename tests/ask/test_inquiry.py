"""Many questions about one world: what one has found out, the next one knows, and no answer is another for that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fabula.ask.change.settings import Setting, begun, candidates
from fabula.ask.contracts import decide
from fabula.ask.inquiry import Inquiry
from fabula.ask.lastresort import last_resort
from fabula.ask.map.part import part
from fabula.ask.moment.here import Here
from fabula.ask.space import Space, explore
from fabula.ask.why import why
from fabula.ask.whynot import why_not_act, why_not_so
from fabula.ground import ground
from fabula.ground.expression import EntityId
from fabula.ground.problem import ActionId, Problem
from fabula.search.engine import Session, search
from fabula.search.minds.evaluate import Sight
from fabula.search.minds.nature import Nature
from fabula.search.minds.state import State
from fabula.search.outcome import Start
from fabula.search.reach import Reach
from fabula.story.from_plan import Recounter
from tests.ask.small import LIMITS, PIE, world

STAGE = ground(
    world(f'{PIE}; contract "A": never fed(Ben); contract "B": possible steps(Ben) >= 2'), any_start=True
)
CONDITIONS = [contract.first for contract in STAGE.contracts]
STARTS = [begun(STAGE, [c]) for c in candidates(STAGE, CONDITIONS) if isinstance(c, Setting)]  # type: ignore[arg-type]


def elsewhere(start: Start) -> Problem:
    """The problem that begins there."""
    return replace(STAGE, initial=start.initial, beliefs=start.beliefs)


@pytest.mark.parametrize("start", STARTS, ids=range(len(STARTS)))
def test_a_what_if_is_answered_as_if_the_world_had_been_written_so(start: Start) -> None:
    """Courses, contracts, why nots and moments of a changed start are those of the changed world."""
    asked, fresh = Inquiry(STAGE, LIMITS), Inquiry(elsewhere(start), LIMITS)
    explore(asked)
    space, other = explore(asked, start=start), explore(fresh)
    assert space.places == other.places
    assert str(decide(asked, start=start)) == str(decide(fresh))
    for action in map(ActionId, range(len(STAGE.actions))):
        assert str(why_not_act(space, action)) == str(why_not_act(other, action))
    plans = search(elsewhere(start), LIMITS).plans[:1]
    for plan in plans:
        assert asked.bounded().session.search(LIMITS, start=start).plans == (plan,)
        for event in range(len(plan.steps)):
            assert str(why(asked, plan, event, start)) == str(why(fresh, plan, event))
            for name in ("Ada", "Ben"):
                here = last_resort(asked, plan, event, name, start)
                assert str(here) == str(last_resort(fresh, plan, event, name))
    for place in space.places:
        acts = space.acts(place.number)
        assert space.plan(acts) == other.plan(acts)
        assert str(why_not_so(space, CONDITIONS[0], place.number)) == str(  # type: ignore[arg-type]
            why_not_so(other, CONDITIONS[0], place.number)  # type: ignore[arg-type]
        )


def test_one_question_leaves_the_next_as_it_was() -> None:
    """Whatever has been asked before, each answer about a story is the same."""
    inquiry = Inquiry(STAGE, LIMITS)
    plan = search(STAGE, LIMITS).plans[0]
    for _ in range(2):
        for event in range(len(plan.steps)):
            assert str(why(inquiry, plan, event)) == str(why(Inquiry(STAGE, LIMITS), plan, event))
            for name in ("Ada", "Ben"):
                fresh = last_resort(Inquiry(STAGE, LIMITS), plan, event, name)
                assert str(last_resort(inquiry, plan, event, name)) == str(fresh)
        explore(inquiry, start=STARTS[0])


@pytest.mark.parametrize("start", [None, *STARTS], ids=range(-1, len(STARTS)))
def test_a_story_that_the_core_follows_is_the_one_that_the_definition_tells(start: Start | None) -> None:
    """Motives and causes of every event are those of the story that is replayed by the laws alone."""
    problem = STAGE if start is None else elsewhere(start)
    for plan in search(problem, LIMITS).plans:
        told, replayed = Inquiry(STAGE, LIMITS).told(plan, start), Recounter(problem).recounting(plan)
        for event in range(len(plan.steps)):
            assert told.motives(event) == replayed.motives(event)
            assert told.causes(event) == replayed.causes(event)
        assert told.story() == replayed.story()


def test_what_is_within_reach_depends_on_where_one_begins_alone() -> None:
    """Whatever start was asked about before, what can ever come true from another is what could in the changed world."""
    session = Session(STAGE)
    for start in (None, *STARTS, None):
        problem = STAGE if start is None else elsewhere(start)
        assert session.reach(start).values == Reach(problem).values


def test_counters_rise_as_far_as_anybody_asks() -> None:
    """Who looks further at a counter is answered about a world in which it rises so far; who does not shares what is known."""
    inquiry = Inquiry(STAGE, LIMITS)
    plain, further = inquiry.bounded(), inquiry.bounded(CONDITIONS)  # type: ignore[arg-type]
    assert plain is not further
    assert inquiry.bounded(CONDITIONS[:1]) is not further  # type: ignore[arg-type]
    assert inquiry.bounded(CONDITIONS[:1]).problem == plain.problem  # type: ignore[arg-type]
    assert inquiry.bounded(CONDITIONS[:1]) is plain  # type: ignore[arg-type]


def _agree(seen: Sight, state: State, deep: int) -> None:
    """Both show the same, down to so many minds within minds."""
    assert tuple(seen.values) == state.values
    if deep:
        for who in range(STAGE.character_count):
            _agree(seen.believed[who], state.believed[who], deep - 1)


def test_a_place_shows_the_state_that_the_definition_has() -> None:
    """What the search has seen is what would be worked out again, however deep somebody looks into minds."""
    for start in (None, *STARTS[:6]):
        space = explore(Inquiry(STAGE, LIMITS), start=start)
        nature = Nature(space.problem)
        for place in space.places:
            state = nature.start() if start is None else nature.start_from(start.initial, start.beliefs)
            for action in space.acts(place.number):
                state = nature.after(state, action)
            _agree(space.state(place.number), state, 5)


def _same_tables(space: Space, other: Space) -> None:
    for name in (
        "depth",
        "before",
        "act",
        "open",
        "worth",
        "holds",
        "turns_of",
        "turn_act",
        "turn_to",
        "refused_act",
    ):
        np.testing.assert_array_equal(getattr(space.tables, name), getattr(other.tables, name))
    rows = len(space.places)
    np.testing.assert_array_equal(space.tables.values[:rows], other.tables.values[:rows])


def test_a_space_has_tables_wherever_it_comes_from() -> None:
    """Those of the search, and where that has kept none, in a part or from elsewhere, the same made anew."""
    space = explore(Inquiry(STAGE, LIMITS), CONDITIONS)  # type: ignore[arg-type]
    assert space.tables is space.around.tables
    kept = Space(space.lore, replace(space.around, tables=None), space.asked)
    _same_tables(space, kept)
    _same_tables(space, part(space))
    ahead = part(space, 1, depth=1)
    assert len(ahead.tables.depth) == len(ahead.places)
    np.testing.assert_array_equal(ahead.tables.values[0], space.tables.values[1])


def test_a_moment_asks_everybody_once() -> None:
    """Who is asked about several acts at once answers about each as if she had been asked alone."""
    lore = Inquiry(STAGE, LIMITS).lore
    acts = tuple(map(ActionId, range(len(STAGE.actions))))
    together, alone = (Here(lore, (), lore.first()) for _ in range(2))
    together.ask(acts)
    for action in acts:
        for who in STAGE.actions[action].consenting:
            assert together.willing(EntityId(who), action) == alone.willing(EntityId(who), action)
