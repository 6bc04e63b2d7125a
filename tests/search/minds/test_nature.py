"""What an act does to the world and to minds (sections 4, 6 and 7 of the language)."""

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.expression import FALSE, TRUE, AllOf, Thinks
from fabula.ground.problem import ActionId
from fabula.search.minds.nature import Nature
from tests.search.problems import ANN, BOB, CY, act, no, problem, put, trigger, yes

FIRST = ActionId(0)


def test_who_is_right_about_everything_needs_one_state_only() -> None:
    """A state in which everybody is right is its own believed state, to any depth."""
    start = Nature(problem("wet")).start()
    assert start.believed == (start, start, start)


def test_a_public_act_keeps_everybody_right() -> None:
    """After an act that all observe, the new state is again its own believed state."""
    nature = Nature(problem("wet", (act("rain", TRUE, put(0)),)))
    after = nature.after(nature.start(), FIRST)
    assert after.values == (1.0,)
    assert after.believed == (after, after, after)


def test_a_secret_act_leaves_others_with_the_old_state() -> None:
    """Who does not observe an act believes what she believed, also about the one who did."""
    nature = Nature(problem("wet", (act("rain", TRUE, put(0), seen=(TRUE, FALSE, FALSE)),)))
    start = nature.start()
    after = nature.after(start, FIRST)
    assert after.believed[BOB] is start
    assert after.believed[ANN].values == (1.0,)
    assert after.believed[ANN].believed[BOB] is start


def test_the_order_of_acts_does_not_make_two_states_of_one() -> None:
    """States that no path of beliefs tells apart are one object."""
    secret = (TRUE, FALSE, FALSE)
    nature = Nature(
        problem("a b", (act("x", TRUE, put(0), seen=secret), act("y", TRUE, put(1), seen=secret)))
    )
    start = nature.start()
    one = nature.after(nature.after(start, ActionId(0)), ActionId(1))
    other = nature.after(nature.after(start, ActionId(1)), ActionId(0))
    assert one is other


def test_an_initial_belief_fills_the_whole_inner_world() -> None:
    """What Ann wrongly believes she also thinks that Bob believes; Bob's idea of her stays right."""
    start = Nature(problem("wet", beliefs=(((ANN,), 0, 1.0),))).start()
    assert start.believed[ANN].believed[BOB].values == (1.0,)
    assert start.believed[ANN].believed[ANN].values == (1.0,)
    assert start.believed[BOB].believed[ANN].values == (0.0,)
    assert start.believed[BOB].believed[CY] is start.believed[CY].believed[BOB]


def test_an_explicit_belief_beats_what_the_act_showed() -> None:
    """`believes` effects come after observation, and nobody else notices them."""
    lie = act("lie", TRUE, put(0), put(0, 0.0, (BOB,)))
    nature = Nature(problem("wet", (lie,)))
    after = nature.after(nature.start(), FIRST)
    assert after.values == (1.0,)
    assert after.believed[BOB].values == (0.0,)
    assert after.believed[ANN].believed[BOB].values == (0.0,)


def test_surprise_mends_what_made_the_act_seem_impossible() -> None:
    """Bob sees an act that he held to be impossible: he corrects the condition, and only that."""
    show = act("show", yes(0))
    wrong = (((BOB,), 0, 0.0), ((BOB,), 1, 0.0))
    nature = Nature(
        problem(
            "gold heavy",
            (show, act("make", TRUE, put(0), put(1), seen=(TRUE, FALSE, FALSE))),
            beliefs=wrong,
        )
    )
    made = nature.after(nature.start(), ActionId(1))
    assert nature.after(made, FIRST).believed[BOB].values == (1.0, 0.0)


def test_triggers_run_in_minds_on_what_those_minds_hold() -> None:
    """Told only that it is wet, Bob concludes that it is cold; reality is as it was."""
    tell = act("tell", TRUE, put(0, 1.0, (BOB,)), seen=(FALSE, FALSE, FALSE))
    chill = trigger("chill", AllOf((yes(0), no(1))), put(1))
    nature = Nature(problem("wet cold", (tell,), (chill,)))
    after = nature.after(nature.start(), FIRST)
    assert after.values == (0.0, 0.0)
    assert after.believed[BOB].values == (1.0, 1.0)


def test_a_trigger_moves_along_whoever_is_wholly_right() -> None:
    """A trigger in reality tells nobody, but a belief state that is the state itself moves with it."""
    rain = act("rain", TRUE, put(0))
    flood = trigger("flood", AllOf((yes(0), no(1))), put(1))
    nature = Nature(problem("wet flooded", (rain,), (flood,)))
    after = nature.after(nature.start(), FIRST)
    assert after.values == (1.0, 1.0)
    assert after.believed == (after, after, after)


def test_triggers_read_beliefs_before_those_have_come_to_rest() -> None:
    """`believes` in a trigger's condition sees the belief state before its own pending triggers."""
    tell = act("tell", TRUE, put(0, 1.0, (BOB,)), seen=(FALSE, FALSE, FALSE))
    chill = trigger("chill", AllOf((yes(0), no(1))), put(1))
    alarm = trigger("alarm", Thinks(BOB, AllOf((yes(0), no(1)))), put(2))
    nature = Nature(problem("wet cold alarm", (tell,), (chill, alarm)))
    after = nature.after(nature.start(), FIRST)
    assert after.values == (0.0, 0.0, 1.0)
    assert after.believed[BOB].values == (1.0, 1.0, 0.0)


def test_triggers_without_rest_are_a_mistake_that_names_one() -> None:
    """Two triggers that undo each other are refused, not run for ever."""
    rules = (trigger("tick", yes(0), put(0, 0.0)), trigger("tock", no(0), put(0)))
    with pytest.raises(Mistakes, match=r"never come to rest: `t[io]ck\(\)`"):
        Nature(problem("on", (), rules)).start()


def test_a_tower_of_ever_new_beliefs_is_a_mistake_too() -> None:
    """A trigger that makes Ann's idea of herself differ at every depth never rests."""
    climb = trigger("climb", Thinks(ANN, Thinks(ANN, no(0))), put(0, 1.0, (ANN, ANN)))
    start = Nature(problem("on", (), (climb,))).start()
    assert start.believed[ANN].believed[ANN].values == (1.0,)
