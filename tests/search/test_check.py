"""What the independent checker accepts as a story, and what it finds wrong with the rest."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from fabula.diagnostics.diagnostic import Mistakes
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
    EntityId,
    FluentId,
    Read,
    Thinks,
    Value,
)
from fabula.ground.problem import Action, ActionId, Assignment, Beat, Fluent, Problem
from fabula.search import engine, reference
from fabula.search.check import Kind, check
from fabula.search.outcome import Budget, Explanation, Limits, Plan, Step
from fabula.search.reference import search
from tests.search.problems import ANN, BOB, CY, act, no, problem, put, trigger, yes
from tests.search.random_problems import random_limits, random_problem

ROOM = Limits(8, 5, 2)


def step(action: int, *reasons: Explanation) -> Step:
    """Return an act with the reasons of those who consent."""
    return Step(ActionId(action), reasons)


def reason(who: EntityId, *steps: Step, gain: tuple[Value, Value] = (0.0, 1.0)) -> Explanation:
    """Return a plan of a character."""
    return Explanation(who, steps, *gain)


def own(who: EntityId, action: int) -> Explanation:
    """Return the reason of someone for whom the act alone is reason enough."""
    return reason(who, step(action))


def plan(*steps: Step, end: Value = 1.0) -> Plan:
    """Return a story."""
    return Plan(steps, end)


def bare(*actions: int, end: Value = 1.0) -> Plan:
    """Return a story of acts that nobody chooses."""
    return plan(*map(step, actions), end=end)


WALK, UNBAR, ENTER = (ActionId(a) for a in range(3))
GATE = problem(
    "there open in",
    (
        act("walk", no(0), put(0), by=(BOB,)),
        act("unbar", AllOf((yes(0), no(1))), put(1), by=(ANN,)),
        act("enter", AllOf((yes(0), yes(1), no(2))), put(2), by=(BOB,)),
    ),
    goal=yes(2),
    wants=(yes(1), yes(2), TRUE),
)
HOPE = reason(BOB, step(WALK), step(UNBAR, own(ANN, UNBAR)), step(ENTER, own(BOB, ENTER)))
THEN = (step(UNBAR, own(ANN, UNBAR)), step(ENTER, own(BOB, ENTER)))
STORY = plan(step(WALK, HOPE), *THEN)


def told(hope: Explanation) -> Plan:
    """Return the story of the gate with another reason for its first act."""
    return plan(step(WALK, hope), *THEN)


def test_a_story_in_which_everybody_has_a_reason_is_valid() -> None:
    """Bob walks since he expects Ann to open, as she does for her own sake."""
    verdict = check(GATE, STORY, ROOM)
    assert (verdict.valid, verdict.kind, verdict.path, verdict.reason) == (True, "valid", (), "")


@pytest.mark.parametrize(
    ("broken", "kind", "path"),
    [
        (plan(), "empty", ()),
        (told(reason(BOB)), "empty", (0, 0)),
        (plan(step(7)), "unknown-act", (0,)),
        (plan(*THEN), "impossible", (0,)),
        (told(replace(HOPE, steps=HOPE.steps[::2])), "impossible", (0, 0, 1)),
        (plan(step(WALK), *THEN), "unexplained", (0,)),
        (told(reason(BOB, step(WALK), step(UNBAR), HOPE.steps[2])), "unexplained", (0, 0, 1)),
        (plan(step(WALK, HOPE, HOPE), *THEN), "stray", (0, 1)),
        (plan(step(WALK, HOPE, own(CY, WALK)), *THEN), "stray", (0, 1)),
        (told(reason(BOB, step(WALK, HOPE), *HOPE.steps[1:])), "stray", (0, 0)),
        (told(own(BOB, ENTER)), "stray", (0, 0)),
        (replace(STORY, utility=2.0), "claim", ()),
        (told(replace(HOPE, after=2.0)), "claim", (0, 0)),
        (told(replace(HOPE, before=-1.0)), "claim", (0, 0)),
        (told(reason(BOB, step(WALK), gain=(0.0, 0.0))), "no-gain", (0, 0)),
        (replace(STORY, steps=STORY.steps[:2], utility=0.0), "goal", ()),
    ],
)
def test_the_verdict_names_what_fails(broken: Plan, kind: Kind, path: tuple[int, ...]) -> None:
    """The verdict says what kind of fault it is and the way to the act or reason that has it."""
    verdict = check(GATE, broken, ROOM)
    assert (verdict.valid, verdict.kind, verdict.path) == (False, kind, path)
    assert verdict.reason


@pytest.mark.parametrize(
    ("limits", "path"),
    [(Limits(2, 3, 1), (2,)), (Limits(3, 2, 1), (0, 0, 2)), (Limits(3, 3, 0), (0, 0, 1))],
)
def test_limits_are_exact(limits: Limits, path: tuple[int, ...]) -> None:
    """Author, character and epistemic limit each end a plan at the first act too many."""
    verdict = check(GATE, STORY, limits)
    assert (verdict.kind, verdict.path) == ("too-long", path)


@pytest.mark.parametrize("limits", [Limits(3, 3, 1), Limits(-1, -1, -1)])
def test_what_the_limits_allow_is_valid(limits: Limits) -> None:
    """One-act reasons are noticed one layer deeper than the epistemic limit; -1 means no limit."""
    assert check(GATE, STORY, limits).valid


@pytest.mark.parametrize("searcher", [reference, engine])
@pytest.mark.parametrize(("character", "length"), [(2, 2), (3, None), (-1, 2)])
def test_without_limit_a_reason_under_some_limit_is_one(
    searcher: ModuleType, character: int, length: int | None
) -> None:
    """Ann pays Bob to dig if she cannot think as far as that he would dig for his own sake; without limit, she may do so."""
    pay, dig = act("pay", no(0), put(0), by=(ANN,)), act("dig", no(1), put(1), by=(BOB,))
    find = act("find", AllOf((yes(1), no(2))), put(2), by=(BOB,))
    gain = AnyOf((AllOf((yes(0), yes(1))), AllOf((yes(1), yes(2)))))
    hole = problem(
        "paid dug found", (pay, dig, find), goal=AllOf((yes(0), yes(1))), wants=(yes(1), gain, TRUE)
    )
    limits = Limits(2, character, 2)
    found = searcher.search(hole, limits).plans
    assert [len(story.steps) for story in found] == ([] if length is None else [length])
    assert all(check(hole, story, limits).valid for story in found)


def test_the_goal_may_be_given() -> None:
    """A story must reach the goal that it is asked for."""
    assert check(GATE, STORY, ROOM, goal=1.0).valid
    assert check(GATE, STORY, ROOM, goal=1.5).kind == "goal"


def test_nobody_counts_on_what_nobody_chooses() -> None:
    """An act without a consenting character may happen, but is never anticipated."""
    luck = problem(
        "out rain", (act("go", TRUE, put(0), by=(ANN,)), act("rain", yes(0), put(1))), wants=(yes(1),) * 3
    )
    hope = reason(ANN, step(0), step(1))
    assert check(luck, plan(step(0, hope)), ROOM).kind == "nobody"


# --- beliefs ---------------------------------------------------------------------------------------


def test_one_must_believe_an_act_possible_to_choose_it() -> None:
    """Ann did not see Bob come, so she cannot mean to open."""
    unseen = replace(GATE.actions[WALK], observing=(FALSE, TRUE, TRUE))
    verdict = check(replace(GATE, actions=(unseen, *GATE.actions[1:])), STORY, ROOM)
    assert (verdict.kind, verdict.path) == ("impossible", (0, 0, 1, 0, 0))


def test_a_wrong_belief_is_a_reason() -> None:
    """Ann digs where she believes the treasure is; that it is not there makes no difference to her."""
    dig = act("dig", no(1), put(1), by=(ANN,))
    rich = AllOf((yes(0), yes(1)))
    island = problem("treasure dug", (dig,), beliefs=(((ANN,), 0, 1.0),), goal=yes(1), wants=(rich,) * 3)
    assert check(island, plan(step(0, own(ANN, 0))), ROOM).valid
    assert check(replace(island, beliefs=()), plan(step(0, own(ANN, 0))), ROOM).kind == "claim"


def test_who_sees_what_she_held_impossible_learns_that_it_is_possible() -> None:
    """Ann believes the door locked; she sees Bob go through and knows that it is open, and follows."""
    through = act("through", yes(0), put(1), by=(BOB,))
    follow = act("follow", yes(0), put(2), by=(ANN,))
    door = problem("open bob ann", (through, follow), goal=yes(2), wants=(yes(2), yes(1), TRUE))
    door = replace(door, initial=(1.0, 0.0, 0.0), beliefs=problem("x", beliefs=(((ANN,), 0, 0.0),)).beliefs)
    assert check(door, plan(step(1, own(ANN, 1))), ROOM).kind == "impossible"
    verdict = check(door, plan(step(0, own(BOB, 0)), step(1, own(ANN, 1))), ROOM)
    assert (verdict.kind, verdict.path) == ("valid", ())


def test_a_shaken_belief_does_not_outweigh_a_value() -> None:
    """Where surprise prescribes both `?` and a value for one thing, the value wins."""
    count = Read(FluentId(0))
    seen = AllOf((Compare(">", count, Const(1.0)), Compare("==", count, Const(3.0))))
    world = problem("count done", (act("show", seen, put(1)),), beliefs=(((ANN,), 0, 0.0),))
    world = replace(
        world,
        fluents=(Fluent("count", (), "number", None), world.fluents[1]),
        initial=(3.0, 0.0),
        utility=Choice(
            ((AllOf((yes(1), Thinks(ANN, Compare("==", count, Const(3.0))))), Const(1.0)),), Const(0.0)
        ),
    )
    assert check(world, bare(0), ROOM).valid


def test_a_correct_belief_state_moves_along_with_a_trigger() -> None:
    """All know of the fire, so the alarm that it sets off rings in every mind too, without any effect on beliefs."""
    alarm = trigger("alarm", AllOf((yes(0), Thinks(ANN, yes(0)))), put(1))
    world = problem(
        "fire alarm", (act("burn", no(0), put(0)),), (alarm,), goal=Thinks(ANN, Thinks(BOB, yes(1)))
    )
    assert check(world, bare(0), ROOM).valid


def test_triggers_read_minds_that_are_not_at_rest() -> None:
    """The world's trigger looks at Ann's mind before Ann's own trigger has run, and is not tried again."""
    notice = trigger("notice", Thinks(ANN, yes(1)), put(2))
    infer = trigger("infer", AllOf((yes(0), no(1))), put(1))
    shown = Assignment((ANN,), FluentId(0), TRUE, Const(1.0))
    told_only = act("show", TRUE, shown, seen=(FALSE, FALSE, FALSE))
    world = problem("sign inferred noticed", (told_only,), (notice, infer), goal=Thinks(ANN, yes(1)))
    assert check(world, bare(0), ROOM).valid
    assert (
        check(replace(world, utility=Choice(((yes(2), Const(1.0)),), Const(0.0))), bare(0), ROOM).kind
        == "claim"
    )


# --- economy ---------------------------------------------------------------------------------------


def test_a_plan_that_stood_as_well_before_its_end_is_too_long() -> None:
    """Rule 5: after the treasure is found, coming home adds nothing."""
    world = problem("found home", (act("find", no(0), put(0)), act("go", TRUE, put(1))), goal=yes(0))
    verdict = check(world, bare(0, 1), ROOM)
    assert (verdict.kind, verdict.path) == ("early", (1,))


def test_a_needless_act_is_found() -> None:
    """Rule 6: the dance before the treasure is found could be left out."""
    world = problem("found danced", (act("find", no(0), put(0)), act("dance", TRUE, put(1))), goal=yes(0))
    assert check(world, bare(1, 0), ROOM).kind == "needless"


def test_what_is_left_must_be_explained_where_it_stands() -> None:
    """Without the promise Ann has no reason to help, so the promise is not needless although she could help."""
    promise = act("promise", no(0), put(0))
    help_out = act("help", no(1), put(1), by=(ANN,))
    paid = AllOf((yes(0), yes(1)))
    world = problem("promised helped", (promise, help_out), goal=yes(1), wants=(paid, TRUE, TRUE))
    assert check(world, plan(step(0), step(1, own(ANN, 1))), ROOM).valid


def test_in_a_characters_plan_needless_acts_are_found_too() -> None:
    """Bob need not count on the bell that Ann would like to ring."""
    bell = act("ring", yes(0), put(3), by=(ANN,))
    world = replace(problem("there open in rung", (*GATE.actions, bell)), utility=GATE.utility)
    ann = Arithmetic("+", GATE.utilities[ANN], Choice(((yes(3), Const(1.0)),), Const(0.0)))
    world = replace(world, utilities=(ann, *GATE.utilities[1:]))
    hope = reason(BOB, step(WALK), step(3, own(ANN, 3)), *HOPE.steps[1:])
    later = reason(ANN, step(UNBAR), gain=(1.0, 2.0))
    hope = replace(hope, steps=(*hope.steps[:2], step(UNBAR, later), hope.steps[3]))
    verdict = check(world, told(hope), ROOM)
    assert (verdict.kind, verdict.path) == ("needless", (0, 0))


def chain(length: int) -> Problem:
    """Return a world whose acts can only be done one after the other."""
    acts = [act("first", no(0), put(0))]
    acts += [act(f"next {i}", AllOf((yes(i - 1), no(i))), put(i)) for i in range(1, length)]
    return problem(" ".join(f"f{i}" for i in range(length)), tuple(acts), goal=yes(length - 1))


def test_long_stories_are_walked_by_states() -> None:
    """A story of thirty acts does not take a walk through all its parts."""
    assert check(chain(30), bare(*range(30)), Limits(30, 3, 1)).valid


def test_long_stories_of_unrelated_acts_are_walked_by_what_is_left_to_hope() -> None:
    """A story of thirty acts in any order does not take a walk through all sets of them."""
    tasks = tuple(act(f"task {i}", no(i), put(i)) for i in range(30))
    world = problem(" ".join(f"f{i}" for i in range(30)), tasks, goal=AllOf(tuple(yes(i) for i in range(30))))
    assert check(world, bare(*range(30)), Limits(30, 3, 1)).valid


def test_each_own_step_must_pay_from_where_it_is_taken() -> None:
    """A reason for a later act of one's own begins in the state before it."""
    assert check(GATE, told(replace(HOPE, steps=(*HOPE.steps[:2], step(ENTER, HOPE)))), ROOM).path == (
        0,
        0,
        2,
        0,
    )


# --- beats and ambition ----------------------------------------------------------------------------


def test_beats_are_met_in_order() -> None:
    """Beats are conditions that the states of a story meet one after the other, the start included."""
    beats = (Beat("closed", no(1)), Beat("there", AllOf((yes(0), no(1)))), Beat("open", yes(1)))
    assert check(replace(GATE, beats=beats), STORY, ROOM).valid
    verdict = check(replace(GATE, beats=beats[::-1]), STORY, ROOM)
    assert verdict.kind == "beats"
    assert "closed" not in verdict.reason
    assert "there" in verdict.reason


def test_an_act_that_meets_a_beat_is_not_needless() -> None:
    """The author's rules 5 and 6 compare the utility together with the number of beats met."""
    world = problem("found danced", (act("find", no(0), put(0)), act("dance", TRUE, put(1))), goal=yes(0))
    danced = replace(world, beats=(Beat("dance", yes(1)),))
    assert check(danced, bare(1, 0), ROOM).valid
    assert check(danced, bare(0, 1), ROOM).valid
    assert check(danced, bare(0), ROOM).kind == "beats"


def test_the_best_that_one_can_hope_for() -> None:
    """With ambition `best`, Ann takes no penny while she could take a pound."""
    purse = Arithmetic(
        "+", Choice(((yes(0), Const(1.0)),), Const(0.0)), Choice(((yes(1), Const(5.0)),), Const(0.0))
    )
    penny = act("penny", AllOf((no(0), no(1))), put(0), by=(ANN,))
    pound = act("pound", AllOf((no(0), no(1))), put(1), by=(ANN,))
    world = problem("penny pound", (penny, pound), goal=AnyOf((yes(0), yes(1))))
    world = replace(world, utilities=(purse, *world.utilities[1:]))
    small, large = plan(step(0, own(ANN, 0))), plan(step(1, reason(ANN, step(1), gain=(0.0, 5.0))))
    assert check(world, small, ROOM).valid
    verdict = check(world, small, ROOM, ambition="best")
    assert (verdict.kind, verdict.path) == ("not-best", (0, 0))
    assert check(world, large, ROOM, ambition="best").valid


# --- worlds that break, and worlds at random ----------------------------------------------------------


def test_unknown_utilities_are_no_gain() -> None:
    """`?` is never better nor worse than anything."""
    nothing: Condition = FALSE
    world = replace(problem("x", (act("wonder", nothing, put(0)),)), utility=Const(None))
    world = replace(world, actions=(act("wonder", TRUE, put(0)),))
    assert check(world, bare(0, end=None), ROOM).kind == "goal"


@pytest.mark.parametrize(
    "effects",
    [
        (Assignment((), FluentId(0), TRUE, Arithmetic("/", Const(1.0), Read(FluentId(0)))),),
        (put(0, 1.0), put(0, 0.0)),
    ],
)
def test_a_world_that_breaks_is_said_to_break(effects: tuple[Assignment, ...]) -> None:
    """A division by zero and two values for one thing are mistakes of the world, named at the act."""
    world = problem("x", (Action("go", (), TRUE, effects, (), (TRUE,) * 3),))
    verdict = check(world, bare(0), ROOM)
    assert (verdict.kind, verdict.path) == ("mistake", (0,))


def test_triggers_without_rest_are_a_mistake() -> None:
    """Two triggers that undo each other never come to rest."""
    world = problem(
        "x", (act("go", TRUE),), (trigger("on", no(0), put(0)), trigger("off", yes(0), put(0, 0.0)))
    )
    assert check(world, bare(0), ROOM).kind == "mistake"


def test_beliefs_are_read_as_deep_as_a_plan_needs() -> None:
    """What is copied out of deeper and deeper minds is followed down to where it comes from."""
    rumour = Assignment((), FluentId(0), TRUE, Believed(BOB, Believed(ANN, Read(FluentId(0)))))
    world = problem("rumour", (act("spread", no(0), rumour), act("act", yes(0), put(0, 0.0))))
    world = replace(world, beliefs=problem("x", beliefs=(((BOB, ANN, BOB, ANN), 0, 1.0),)).beliefs)
    world = replace(world, utility=Read(FluentId(0)))
    assert check(world, bare(0, 0), ROOM).valid


@pytest.mark.parametrize("seed", range(40))
def test_what_the_reference_finds_is_valid(seed: int) -> None:
    """Every story that the reference search finds in a world drawn at random is valid."""
    world, limits = random_problem(seed), random_limits(seed)
    try:
        found = search(world, limits, mode="all", budget=Budget(nodes=20_000)).plans
    except Mistakes:
        return
    assert [check(world, plan, limits) for plan in found if not check(world, plan, limits).valid] == []
