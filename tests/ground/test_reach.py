"""Pruning is lossless: what goes could never happen, in reality or in anybody's mind."""

import pytest

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


def test_what_never_changes_may_be_lost_like_anything_else() -> None:
    """A broken mind holds no facts, not even those that nothing sets: Bob may take over `?` from a broken idea of Ann's."""
    acts = """
        n() = 5; m() = 3;
        action shock() { precondition: n() != believes(Ann, m()); };
        action know() { precondition: believes(Ann, m() == 3); effect: lit(); };
        action ask() { precondition: n() == ?; effect: open(); consenting: Bob; };
        action never() { precondition: believes(Ann, m() == 4); effect: open(); };
    """
    problem = grounded(CAST + acts)
    assert names(problem) == ["shock()", "know()", "ask()"]
    assert shown(problem, act(problem, "know()").precondition) == "believes(Ann, m() == 3)"


def test_what_nothing_sets_may_be_doubted_for_what_somebody_is_wrong_about() -> None:
    """Bob takes n for m, and sees that they differ: he no longer knows n, though nothing sets it and he was right about it."""
    acts = """
        n() = 5; m() = 3; believes(Bob, m() = 5);
        action shock() { precondition: n() != m(); };
        action ask() { precondition: n() == ?; effect: open(); consenting: Bob; };
    """
    assert names(grounded(CAST + acts)) == ["shock()", "ask()"]


def test_neither_this_nor_its_opposite_holds_of_a_broken_mind() -> None:
    """So the `else` of what Bob cannot believe still asks him."""
    tell = "action tell() { effect: if(believes(Bob, m() == 4)) n() = 1 else lit(); }"
    assert effects(grounded(CAST + tell), "tell()") == ["lit() = True if believes(Bob, m() != 4)"]


def test_what_is_computed_is_corrected_neither_way() -> None:
    """That nothing sets what a choice depends on makes no property of it, which surprise would correct besides."""
    acts = """
        open(); friend(Ann) = Bob; friend(Bob) = Bob; believes(Ann, friend(Bob) = Ann);
        action meet() { precondition: friend(Ann) == if(open()) friend(Bob) else Ann; };
    """
    for any_start in (False, True):
        precondition = act(grounded(CAST + acts, any_start), "meet()").precondition
        assert not getattr(precondition, "entities", None)


def test_what_copies_from_a_mind_is_kept_though_it_changes_no_value() -> None:
    """Where that mind is broken, the act breaks the world and cannot happen."""
    problem = grounded(CAST + "action copy() { effect: n() = believes(Bob, m()) & lit(); }")
    assert effects(problem, "copy()") == ["n() = believes(Bob, m())", "lit() = True"]


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


@pytest.mark.parametrize("more", ["", "action shut() { precondition: n() == 1; effect: !open(); };"])
@pytest.mark.parametrize("ways", ["open() | lit()", "!(!open() & !lit())", "if(!open()) lit()"])
def test_an_alternative_that_always_holds_does_not_hide_the_others(ways: str, more: str) -> None:
    """Seeing the act tells which alternatives hold, so those that may be news stay in the precondition."""
    problem = grounded(
        CAST + f"open(); believes(Bob, !lit()); lit(); action go() {{ precondition: {ways}; }}; {more}"
    )
    assert "lit() == True" in shown(problem, act(problem, "go()").precondition)


def test_alternatives_that_always_hold_are_no_news() -> None:
    """Where all of them are decided, so is the whole."""
    problem = grounded(CAST + "open(); action go() { precondition: open() | n() == 0 | lit(); }")
    assert shown(problem, act(problem, "go()").precondition) == "True"
