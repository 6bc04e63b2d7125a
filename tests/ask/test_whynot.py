"""Why not: the first true reason for which an act or an ending does not come about."""

from functools import cache

import pytest

from fabula.ask.inquiry import Inquiry
from fabula.ask.space import Space, explore
from fabula.ask.whynot import WhyNot, text, why_not_act, why_not_ending, why_not_now, why_not_so
from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground import ground
from fabula.ground.problem import ActionId, Deed
from fabula.pipeline.read import read
from fabula.search.outcome import Limits
from tests.ask.small import LIMITS, PIE, world


@cache
def pies(more: str = "", limits: Limits = LIMITS) -> Space:
    """Return the space of the world of the pie, with more of it."""
    return explore(Inquiry(ground(world(f"{PIE}; {more}"), any_start=True), limits))


@cache
def flagship() -> Space:
    """Return the space of Never Alone."""
    reading = read("never-alone")
    return explore(Inquiry(ground(reading.world, any_start=True), reading.limits, reading.goal))


def act(space: Space, written: str) -> ActionId:
    """Return the number of an act."""
    return next(ActionId(i) for i, a in enumerate(space.problem.actions) if str(a) == written)


def ending(space: Space, condition: str, base: str) -> WhyNot:
    """Ask why a condition holds at no ending."""
    first = ground(world(f"{base}; contract: possible {condition}"), any_start=True).contracts[-1].first
    assert not isinstance(first, Deed)
    return why_not_ending(space, first, condition)


def test_what_happens_is_shown() -> None:
    """An act that does happen comes with a shortest course to it."""
    answer = why_not_act(pies(), act(pies(), "eat(Ben, Kitchen)"))
    assert (answer.kind, answer.acts) == ("happens", ("walk(Ben, Kitchen)", "eat(Ben, Kitchen)"))


def test_what_nothing_can_bring_about() -> None:
    """There is no pie in the cellar and no way to bake one: nothing else need be said."""
    answer = why_not_act(pies(), act(pies(), "eat(Ben, Cellar)"))
    assert (answer.kind, answer.missing) == ("beyond reach", ("pie(Cellar)",))


def test_what_that_would_take() -> None:
    """The reason is followed back to what no act ever makes true."""
    oven = """property hot() : boolean;
        action bake(who : character) { precondition: hot(); effect: pie(Cellar); consenting: who; }"""
    answer = why_not_act(pies(oven), act(pies(oven), "eat(Ben, Cellar)"))
    assert (answer.missing, answer.roots) == (("pie(Cellar)",), ("hot()",))


def test_who_has_no_reason() -> None:
    """Ada could walk off hungry, and does not, for it gains her nothing."""
    answer = why_not_act(pies(), act(pies(), "walk(Ada, Cellar)"))
    assert answer.kind == "unwilling"
    (refusal,) = answer.unwilling
    assert (refusal.character, refusal.kind, refusal.before, refusal.after) == ("Ada", "no gain", 0, 0)


def test_the_belief_that_stands_in_the_way() -> None:
    """Ben would come for the pie, did he not think it eaten; he is wrong about that."""
    blind = "believes(Ben, !pie(Kitchen))"
    space = pies(f"{blind}; at(Ben) = Kitchen")
    (refusal,) = why_not_act(space, act(space, "eat(Ben, Kitchen)")).unwilling
    assert (refusal.kind, refusal.unmet, refusal.mistaken) == (
        "believed impossible",
        ("pie(Kitchen)",),
        ("pie(Kitchen)",),
    )


def test_what_never_comes_together() -> None:
    """Each can be fed, but not both; nearest is where one is, and another piece of the same pie is not to be had."""
    answer = ending(pies(), "(fed(Ada) & fed(Ben))", PIE)
    assert answer.kind == "never together"
    assert len(answer.missing) == 1
    assert "nearest" in text(answer)


def test_the_limits_are_owned_up_to() -> None:
    """What no short story has may yet be in a longer one."""
    answer = ending(pies(limits=Limits(1, 4, 2)), "fed(Ben)", PIE)
    assert answer.kind == "limits"


def test_one_moment() -> None:
    """At the start Ben cannot eat, for he is in the cellar; that he can later is another matter."""
    answer = why_not_now(pies(), act(pies(), "eat(Ben, Kitchen)"), 0)
    assert (answer.kind, answer.missing) == ("not now", ("at(Ben) == Kitchen",))


def test_a_condition_at_one_moment() -> None:
    """At the start Ben is not fed, and what is missing for it is said; that Ada is in the kitchen is so at once."""
    fed, there = (
        ground(world(f"{PIE}; contract: possible {asked}"), any_start=True).contracts[-1].first
        for asked in ("fed(Ben) & at(Ben) == Cellar", "at(Ada) == Kitchen")
    )
    assert not isinstance(fed, Deed)
    assert not isinstance(there, Deed)
    answer = why_not_so(pies(), fed, 0)
    assert (answer.kind, answer.missing) == ("not now", ("fed(Ben)",))
    assert "is not so at the start: fed(Ben) is missing" in text(answer)
    assert why_not_so(pies(), there, 0).kind == "happens"


def test_the_course_to_the_nearest_moment_is_told() -> None:
    """The whole course is told, not only its last act; where several things are missing, they are."""
    far = """; property lit() : boolean; property hot() : boolean; property cake() : boolean; action light(who : character)
        { precondition: at(who) == Kitchen & !lit(); effect: lit(); consenting: who; }; utility(Ben): lit();
        utility(Ada): 0; trigger never() { precondition: fed(Ada) & fed(Ben); effect: hot() & cake(); }"""
    answer = ending(pies(far), "lit() & hot() & cake()", PIE + far)
    assert "where hot() and cake() are missing" in text(answer)
    assert "that is after walk(Ben, Kitchen), light(Ben, )".replace("(Ben, )", "(Ben)") in text(answer)


def test_what_is_asked_and_divides_by_zero_is_a_mistake_at_its_place() -> None:
    """The message points to what was asked."""
    asked = ground(world(f"{PIE}; contract: possible 1 / steps(Ben) == 2"), any_start=True).contracts[-1]
    assert not isinstance(asked.first, Deed)
    with pytest.raises(Mistakes, match="what is asked divides") as caught:
        why_not_ending(pies(), asked.first, span=asked.span)
    assert caught.value.diagnostics[0].labels[0].span == asked.span


def test_without_a_limit_on_plans_a_question_comes_to_an_end() -> None:
    """That people think ahead as far as they like does not keep anybody waiting for why they have no reason."""
    space = pies(limits=Limits(-1, -1, 1))
    answer = why_not_act(space, act(space, "walk(Ada, Cellar)"))
    assert [(refusal.character, refusal.kind) for refusal in answer.unwilling] == [("Ada", "no gain")]
    assert "minds deep" in space.extent() or "mind deep" in space.extent() or not space.around.short


def test_an_answer_in_a_notebook() -> None:
    """Every line of the answer is a row, and signs of HTML are signs."""
    answer = ending(pies(), "(fed(Ada) & fed(Ben))", PIE)
    assert "fed(Ada) &amp; fed(Ben)" in answer._repr_html_()


@pytest.mark.parametrize(
    ("written", "who"), [("fight_witch(Kyoko, Octavia)", "Kyoko"), ("fight_witch(Homura, Octavia)", "Homura")]
)
def test_why_nobody_simply_fights_the_witch(written: str, who: str) -> None:
    """On the flagship: Kyoko and Homura could, and it would gain neither anything."""
    answer = why_not_act(flagship(), act(flagship(), written))
    assert [(refusal.character, refusal.kind) for refusal in answer.unwilling] == [(who, "no gain")]


def test_why_kyubey_does_not_tell_kyoko() -> None:
    """On the flagship: he tells the truth only where it pays."""
    answer = why_not_act(flagship(), act(flagship(), "reveal_truth(Kyubey, Kyoko)"))
    assert [(refusal.character, refusal.kind) for refusal in answer.unwilling] == [("Kyubey", "no gain")]
