"""Pruning is lossless: what goes could never happen, in reality or in anybody's mind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.ground import from_world
from fabula.search.outcome import Limits
from fabula.search.reference import search
from tests.ground.worlds import CAST, act, effects, grounded, names, shown


def test_an_act_that_can_never_happen_goes() -> None:
    """Nothing opens what is shut for good."""
    problem = grounded(CAST + "action go() { precondition: open(); effect: lit(); }")
    assert names(problem) == []


def test_what_only_impossible_acts_bring_about_is_impossible() -> None:
    """Impossibility spreads."""
    chain = "action a() { precondition: open(); effect: lit(); }; action b() { precondition: lit(); effect: n() = 1; }"
    assert names(grounded(CAST + chain)) == []


def test_a_wrong_belief_keeps_an_act_possible() -> None:
    """In Bob's mind the door is open, so he can plan to go."""
    problem = grounded(
        CAST + "believes(Bob, open()); action go() { precondition: open(); effect: lit(); consenting: Bob; }"
    )
    assert names(problem) == ["go()"]


def test_surprise_keeps_an_act_possible() -> None:
    """Who sees done what she held to be impossible may be left with `?`, and can act on that."""
    acts = """
        at(Ann) = Hall; believes(Bob, at(Ann) = Yard);
        action noise() { precondition: at(Ann) != Yard; };
        action ask() { precondition: at(Ann) == ?; effect: open(); consenting: Bob; };
    """
    assert names(grounded(CAST + acts)) == ["noise()", "ask()"]


def test_an_order_that_fails_in_a_mind_leaves_the_unknown_behind() -> None:
    """Surprise by `>` makes the believed number unknown."""
    acts = """
        n() = 5; believes(Bob, n() = 0);
        action pay() { precondition: n() > 3; };
        action ask() { precondition: n() == ?; effect: open(); consenting: Bob; };
    """
    assert names(grounded(CAST + acts)) == ["pay()", "ask()"]


def test_what_somebody_thinks_may_be_lost_to_whoever_sees_it_compared() -> None:
    """In a broken idea of Bob's mind nothing differs from anything, so the surprise cannot be told from the values."""
    acts = """
        n() = 5; m() = 3;
        action grow() { effect: n() = 6 & m() = 4; };
        action shock() { precondition: n() != believes(Bob, m()); };
        action ask() { precondition: n() == ?; effect: open(); consenting: Bob; };
    """
    assert names(grounded(CAST + acts)) == ["grow()", "shock()", "ask()"]


def test_acts_without_effects_stay() -> None:
    """They can still surprise."""
    assert names(grounded(CAST + "action show() { }")) == ["show()"]


def test_triggers_that_change_nothing_go() -> None:
    """Otherwise they would fire for ever."""
    problem = grounded(CAST + "open(); trigger on() { precondition: open(); effect: open(); }")
    assert problem.triggers == ()


def test_what_the_author_hopes_for_stays_even_if_impossible() -> None:
    """A wish that cannot come true is a wish, and can be named when it is not fulfilled."""
    problem = grounded(CAST + 'utility(): open(); beat "end": open(); reveals(3): open()')
    assert shown(problem, problem.utility) == "if(open() == True) 1 else 0"
    assert [shown(problem, beat.condition) for beat in problem.beats] == ["open() == True"]
    assert [mark.reveals for mark in problem.marks] == [3]


def test_what_holds_in_every_mind_need_not_be_asked() -> None:
    """A condition that always holds leaves the precondition, an effect that changes nothing the effects."""
    problem = grounded(
        CAST + "open(); action go() { precondition: open() & n() < 2; effect: open() & n() = n() + 1; }"
    )
    assert shown(problem, act(problem, "go()").precondition) == "n() < 2"
    assert effects(problem, "go()") == ["n() = (n() + 1)"]


def test_an_alternative_that_always_holds_does_not_hide_the_others() -> None:
    """Seeing the act tells which alternatives hold, so those that may be news stay in the precondition."""
    acts = """
        open(); believes(Bob, !lit()); lit();
        action go() { precondition: open() | lit(); };
        action shut() { precondition: n() == 1; effect: !open(); };
    """
    problem = grounded(CAST + acts)
    assert "lit() == True" in shown(problem, act(problem, "go()").precondition)


FACTS = (
    "open()",
    "!open()",
    "lit()",
    "!lit()",
    "n() == 1",
    "n() != 0",
    "at(Ann) == Hall",
    "at(Ann) != at(Bob)",
    "at(Bob) == ?",
)
CHANGES = (
    "open()",
    "!open()",
    "lit()",
    "n() = 1",
    "at(Ann) = Hall",
    "at(Bob) = ?",
    "believes(Bob, lit())",
    "believes(Ann, at(Bob)) = Yard",
)
STARTS = (
    "open()",
    "believes(Bob, open())",
    "at(Ann) = Hall",
    "believes(Ann, at(Bob) = Hall)",
    "believes(Bob, n() = 1)",
)


@st.composite
def worlds(draw: st.DrawFn) -> str:
    """Draw a small world with a few acts, a trigger and wrong beliefs."""
    parts = draw(st.lists(st.sampled_from(STARTS), max_size=3, unique=True))
    for i in range(draw(st.integers(2, 4))):
        facts = draw(st.lists(st.sampled_from(FACTS), max_size=2, unique=True))
        joined = draw(st.sampled_from((" & ", " | "))).join(facts) or "True"
        change = draw(st.sampled_from(CHANGES))
        who = draw(st.sampled_from(("", "consenting: Ann;", "consenting: Bob;")))
        seen = draw(
            st.sampled_from(("", "observing(o : character): o == Ann;", "observing(o : character): open();"))
        )
        parts.append(f"action act{i}() {{ precondition: {joined}; effect: {change}; {who} {seen} }}")
    rule = draw(st.sampled_from(FACTS))
    parts.append(f"trigger rule() {{ precondition: {rule} & n() == 0; effect: n() = 1; }}")
    for who in ("", "Ann", "Bob"):
        wish = draw(st.sampled_from(FACTS))
        parts.append(f"utility({who}): if({wish}) 1 else 0")
    return CAST + ";\n".join(parts)


@given(worlds())
def test_no_story_is_lost(text: str) -> None:
    """With and without pruning and folding, a world has the same stories."""
    limits = Limits(3, 2, 1)

    def stories() -> list[tuple[str, ...]]:
        problem = grounded(text)
        plans = search(problem, limits, mode="all").plans
        return sorted(tuple(str(problem.actions[s.action]) for s in plan.steps) for plan in plans)

    pruned = stories()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(from_world, "_pruned", lambda problem, *_: problem)
        patch.setattr(from_world, "_unchanging", lambda *_: {})
        assert stories() == pruned
