"""Where a world breaks: what cannot happen there, what still can, and when a mistake takes the place of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.expression import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Comparator,
    Compare,
    Condition,
    Const,
    FluentId,
    Read,
    Thinks,
)
from fabula.ground.problem import ActionId, Assignment, Fluent, Problem, Trigger
from fabula.search import engine, reference, spread
from fabula.search.check import check
from fabula.search.outcome import Limits, Outcome, Plan
from tests.search.problems import ANN, BOB, CY, act, no, problem, put, trigger, yes

ROOM = Limits(3, 3, 2)
SECRET = (TRUE, FALSE, FALSE)


def told(stage: Problem, limits: Limits = ROOM) -> set[tuple[str, ...]]:
    """Return the stories of a world, by both searches, each approved by the checker."""
    found = [searcher.search(stage, limits, mode="all") for searcher in (reference, engine)]
    for plan in (plan for outcome in found for plan in outcome.plans):
        assert check(stage, plan, limits).valid, check(stage, plan, limits)
    one, other = ({names(stage, plan) for plan in outcome.plans} for outcome in found)
    assert one == other
    return one


def names(stage: Problem, plan: Plan) -> tuple[str, ...]:
    """Return the names of the acts of a plan."""
    return tuple(stage.actions[step.action].name for step in plan.steps)


def spinning(fluent: int, *when: Condition) -> tuple[Trigger, Trigger]:
    """Return two triggers that undo each other's work while conditions hold."""
    return (
        trigger("tick", AllOf((*when, no(fluent))), put(fluent)),
        trigger("tock", AllOf((*when, yes(fluent))), put(fluent, 0.0)),
    )


def numbered(stage: Problem, *fluents: int) -> Problem:
    """Make fluents of a problem numbers; they are 0 at first."""
    kinds = enumerate(stage.fluents)
    return replace(
        stage, fluents=tuple(Fluent(f.name, (), "number", None) if i in fluents else f for i, f in kinds)
    )


def share(fluent: int) -> Arithmetic:
    """Return one divided by a fluent."""
    return Arithmetic("/", Const(1.0), Read(FluentId(fluent)))


# --- what breaks the world -------------------------------------------------------------------------

WIND = act("wind", no(0), put(0), by=(ANN,))
WALK = act("walk", no(1), put(1), by=(ANN,))
MOVED = AnyOf((yes(0), yes(1)))
MILL = problem("wound there turned", (WIND, WALK), spinning(2, yes(0)), goal=MOVED, wants=(MOVED, TRUE, TRUE))


@pytest.mark.parametrize("searcher", [reference, engine])
def test_an_act_that_sets_off_triggers_without_rest_cannot_happen(searcher: object) -> None:
    """Nobody winds up the mill whose sails never rest; that one could is a mistake beside the story that there is."""
    assert told(MILL) == {("walk",)}
    outcome: Outcome = searcher.search(MILL, ROOM, mode="all")  # type: ignore[attr-defined]
    assert outcome.mistake is not None
    assert outcome.mistake.name == "endless-triggers"


@pytest.mark.parametrize("searcher", [reference, engine])
def test_where_there_is_no_story_the_mistake_is_the_answer(searcher: object) -> None:
    """Were it not for the sails there would be a story, for all that anybody knows: `none` would be no answer."""
    stage = replace(MILL, actions=(WIND,))
    with pytest.raises(Mistakes, match=r"never come to rest: `t[io]ck\(\)`"):
        searcher.search(stage, ROOM)  # type: ignore[attr-defined]


@pytest.mark.parametrize("searcher", [reference, engine])
def test_a_start_that_breaks_is_a_mistake(searcher: object) -> None:
    """Without a start there is nothing to search."""
    stage = problem("on", (act("shout", TRUE, put(0)),), spinning(0))
    with pytest.raises(Mistakes, match="never come to rest"):
        searcher.search(stage, ROOM)  # type: ignore[attr-defined]


def test_an_act_cannot_give_two_values_at_once() -> None:
    """Painted red and blue at once, if it is dark, the door cannot be painted in the dark; by day it can."""
    paint = act("paint", TRUE, put(0), put(0, 0.0, when=yes(1)))
    night = act("night", no(1), put(1))
    assert told(problem("red dark", (paint, night), goal=yes(0))) == {("paint",)}


def test_an_act_cannot_set_what_divides_by_zero() -> None:
    """A cake can be shared once there is a guest."""
    deal = act("deal", TRUE, put(2), Assignment((), FluentId(0), TRUE, share(1)))
    come = act("come", TRUE, put(1))
    stage = numbered(problem("slice guests dealt", (deal, come), goal=yes(2)), 0, 1)
    assert told(stage) == {("come", "deal")}


@pytest.mark.parametrize("how", ["<=", ">", "!="])
def test_a_comparison_that_divides_by_zero_does_not_hold(how: Comparator) -> None:
    """Neither does its opposite; and whatever stands beside it decides, on either side."""
    lost = Compare(how, share(1), Const(1.0))
    never, before, after = act("never", lost, put(0)), AnyOf((lost, no(0))), AnyOf((no(0), lost))
    stage = problem(
        "done guests", (never, act("one", before, put(0)), act("other", after, put(0))), goal=yes(0)
    )
    assert told(numbered(stage, 1), Limits(1, 1, 1)) == {("one",), ("other",)}


def test_a_utility_that_divides_by_zero_is_unknown() -> None:
    """Who cannot tell what something is worth has no reason for it."""
    stage = numbered(problem("went coins", (act("go", no(0), put(0), by=(ANN,)),), goal=yes(0)), 1)
    poor = replace(stage, utilities=(share(1), *stage.utilities[1:]))
    with pytest.raises(Mistakes, match="the utility of Ann divides by zero"):
        engine.search(poor, ROOM)


def test_a_plan_that_breaks_the_world_is_no_plan() -> None:
    """Fate may wind the mill up; whoever examines a plan in which it does is told what breaks."""
    stage = replace(MILL, actions=(replace(WIND, consenting=()), WALK))
    assert engine.examine(stage, (ActionId(1),), ROOM).valid
    for acts in ((ActionId(0),), (ActionId(1), ActionId(0))):
        with pytest.raises(Mistakes, match="never come to rest"):
            engine.examine(stage, acts, ROOM)


# --- what breaks a mind ----------------------------------------------------------------------------

RING = act("ring", no(0), put(0), by=(ANN,))
BELL_BELIEFS = (((CY,), 2, 1.0),)
BELL = problem(
    "rung dizzy odd",
    (RING,),
    spinning(1, yes(0), yes(2)),
    beliefs=BELL_BELIEFS,
    goal=yes(0),
    wants=(yes(0), TRUE, TRUE),
)


def test_what_breaks_a_mind_happens_all_the_same() -> None:
    """The bell drives Cy mad, who believes odd things; but Ann rings it, and who tells that need not look into Cy."""
    assert told(BELL) == {("ring",)}


def test_whose_mind_is_broken_does_nothing_any_more() -> None:
    """Cy could open the door before the bell rings, not after it; nor could he be told the truth, later."""
    open_ = act("open", no(3), put(3), by=(CY,))
    calm = act("calm", yes(0), put(2, 0.0, (CY,)))
    stage = problem(
        "rung dizzy odd open",
        (RING, open_, calm),
        BELL.triggers,
        BELL_BELIEFS,
        goal=AllOf((yes(0), yes(3))),
        wants=(yes(0), TRUE, yes(3)),
    )
    assert told(stage) == {("open", "ring")}


@pytest.mark.parametrize(
    "asked",
    [Thinks(CY, yes(2)), Thinks(CY, no(2)), Compare("!=", Believed(CY, Read(FluentId(2))), Const(1.0))],
)
def test_nothing_can_be_said_of_a_broken_mind(asked: Condition) -> None:
    """Whatever is asked about Cy's beliefs fails once they are broken: that he thinks so, and that he does not."""
    see = act("see", AllOf((yes(0), asked)), put(3))
    stage = problem(
        "rung dizzy odd seen",
        (RING, see),
        BELL.triggers,
        BELL_BELIEFS,
        goal=yes(3),
        wants=(yes(0), TRUE, TRUE),
    )
    with pytest.raises(Mistakes, match="never come to rest"):
        told(stage)


def test_who_sees_what_is_as_a_broken_mind_has_it_learns_nothing_of_that_mind() -> None:
    """Bob thinks that the bell has driven Cy mad; that what is written is what Cy believes surprises him in vain."""
    as_cy_has_it = Compare("==", Read(FluentId(3)), Believed(CY, Read(FluentId(2))), entities=True)
    stage = problem(
        "rung dizzy odd written read",
        (RING, act("read", AllOf((yes(0), no(4), as_cy_has_it)), put(4), by=(ANN,))),
        BELL.triggers,
        (((BOB, CY), 2, 1.0),),
        goal=yes(4),
        wants=(yes(4), TRUE, TRUE),
    )
    assert told(stage) == {("ring", "read")}


def test_an_act_that_copies_from_a_broken_mind_cannot_happen() -> None:
    """What Cy believes can be written down before the bell rings, and not after it."""
    write = act("write", no(3), put(3), Assignment((), FluentId(4), TRUE, Believed(CY, Read(FluentId(2)))))
    stage = problem(
        "rung dizzy odd written text",
        (RING, write),
        BELL.triggers,
        BELL_BELIEFS,
        goal=AllOf((yes(0), yes(3))),
        wants=(yes(0), TRUE, TRUE),
    )
    assert told(stage) == {("write", "ring")}


def test_triggers_that_go_on_changing_only_a_mind_break_only_that() -> None:
    """A rumour that changes Bob's mind for ever breaks Bob's mind; the world comes to rest."""
    rumour = (
        trigger("spread", AllOf((yes(0), Thinks(BOB, no(1)))), put(1, 1.0, (BOB,))),
        trigger("deny", AllOf((yes(0), Thinks(BOB, yes(1)))), put(1, 0.0, (BOB,))),
    )
    start = act("start", no(0), put(0), by=(ANN,), seen=SECRET)
    go = act("go", no(2), put(2), by=(BOB,), seen=SECRET)
    stage = problem(
        "begun heard gone", (start, go), rumour, goal=AllOf((yes(0), yes(2))), wants=(yes(0), yes(2), TRUE)
    )
    assert told(stage) == {("go", "start")}


# --- whoever looks -----------------------------------------------------------------------------------


def test_what_only_one_search_looks_at_is_no_part_of_the_answer() -> None:
    """Were the help to come uncalled, all would spin.

    Only a search that first leaves out Ann's call and then asks who would come ever sees that; the story is the same.
    """
    call = act("call", no(0), put(0), put(3, 0.0), by=(ANN,))
    help_ = act("help", AllOf((no(3), no(1))), put(1), by=(CY, BOB))
    stage = problem(
        "called helped spun locked",
        (call, help_),
        spinning(2, yes(1), no(0)),
        beliefs=(((CY,), 3, 1.0), ((ANN, CY), 3, 1.0), ((BOB, CY), 3, 1.0)),
        goal=yes(1),
        wants=(yes(1), yes(1), yes(1)),
    )
    assert told(stage) == {("call", "help")}
    quiet = reference.search(stage, ROOM, mode="first")
    assert quiet.mistake is None
    assert engine.search(stage, ROOM, mode="first").mistake is not None


@pytest.mark.parametrize("searcher", [spread, engine])
def test_a_look_around_ends_where_everybody_would_do_what_breaks_the_world(searcher: object) -> None:
    """Fate may wind the mill up; who looks at every course comes to that, whichever search it is."""
    stage = replace(MILL, actions=(replace(WIND, consenting=()), WALK))
    with pytest.raises(Mistakes, match="never come to rest"):
        searcher.spread(stage, ROOM)  # type: ignore[attr-defined]


@pytest.mark.parametrize("searcher", [spread, engine])
def test_a_look_around_says_what_breaks_in_minds(searcher: object) -> None:
    """What Ann would not do, since it breaks even in her imagination, is no turn; but it is said."""
    found = searcher.spread(MILL, ROOM)  # type: ignore[attr-defined]
    assert [turn.action for place in found.places for turn in place.turns] == [1]
    assert found.mistake is not None


@pytest.mark.parametrize("searcher", [spread, engine])
def test_a_look_around_says_where_the_hope_of_the_author_breaks(searcher: object) -> None:
    """What a place is worth to the author may be unknown since it divides by zero; that is said, too."""
    stage = numbered(problem("gone coins", (act("go", no(0), put(0)),)), 1)
    found = searcher.spread(replace(stage, utility=share(1)), ROOM, goal=1.0)  # type: ignore[attr-defined]
    assert {place.worth for place in found.places} == {None}
    assert found.mistake is not None
    assert found.mistake.headline == "the utility of the author divides by zero"


def test_a_surprise_in_a_broken_mind_leaves_the_unknown_though_no_value_explains_it() -> None:
    """Ann takes Bob's mind for a ruin, so to her nothing differs from what he thinks; she sees that it does, and can be used."""
    wreck = act("wreck", TRUE, put(2, 0.0, (ANN, BOB)), put(2, 1.0, (ANN, BOB)), put(4))
    shock = act("shock", Compare("!=", Read(FluentId(0)), Believed(BOB, Read(FluentId(1)))), put(5))
    win = act("win", Thinks(ANN, Compare("==", Read(FluentId(0)), Const(None))), put(3))
    stage = problem("a c d won one two", (wreck, shock, win), goal=yes(3))
    stage = replace(stage, initial=(0.0, 1.0, 0.0, 0.0, 0.0, 0.0))
    assert told(stage, Limits(4, 2, 2)) == {("wreck", "shock", "win")}
