"""The Brass Hare: a lie that works because it is told to the one man whom everybody believes."""

from __future__ import annotations

from functools import cache

import pytest

from fabula.ground import ground
from fabula.pipeline.read import read
from fabula.pipeline.solve import recount, solve
from fabula.pipeline.tell import tell
from fabula.search.outcome import Outcome, Status
from fabula.story.story import Event, Fact, Story

GOAL = 3.0
HOME = 2.0
"""What the end is worth when the hare is at home, whatever became of Perrin."""


@cache
def asked(*changes: str, goal: float = GOAL) -> Outcome:
    """Ask the world for a story after changes to it."""
    reading = read("brass-hare", changes)
    return solve(ground(reading.world), reading.limits, goal)


@cache
def told(*changes: str, goal: float = GOAL) -> Story:
    """Recount the story that the world has after changes to it."""
    reading = read("brass-hare", changes)
    return recount(reading, ground(reading.world), asked(*changes, goal=goal).plans[0])


def acts(story: Story) -> list[str]:
    """List the acts of a story."""
    return [str(event) for event in story.events]


def event(name: str) -> Event:
    """Return the event of that name in the unchanged story."""
    return next(e for e in told().events if e.action == name)


def fact(text: str) -> Fact:
    """Return the fact that is written so."""
    return next(f for f in told().moments[0].facts[()] if str(f) == text)


def test_the_theft_comes_out_of_the_rules() -> None:
    """A purse, a lie, the road it takes, a search at the wrong door, the truth, the hare at home."""
    chain = (
        "take_pay(Perrin, Vane)", "brief(Marit, Joss, River)", "pass_on(Joss, Perrin, River)", "report(Perrin, Vane, River)",
        "post(Vane, River)", "seize(Vane, Joss)", "enter(Marit)", "own_up(Marit, Joss)", "bring(Marit, Joss)", "wind(Joss)",
    )  # fmt: skip
    rest = iter(acts(told()))
    assert all(act in rest for act in chain)
    assert {"take(Marit)", "dismiss(Vane, Perrin)"} < set(acts(told()))


def test_everybody_has_a_reason() -> None:
    """Every act is chosen, and pays in the head of everybody who chooses it."""
    for happened in told().events:
        assert happened.consenting
        for motive in happened.motives:
            assert motive.hoped is not None
            assert motive.before is not None
            assert motive.hoped > motive.before


def test_the_lie_is_told_for_the_sake_of_the_one_at_the_end_of_it() -> None:
    """Marit's plan goes through three honest people: Joss tells Perrin, Perrin tells Vane, Vane believes it."""
    (motive,) = event("brief").motives
    assert [str(step) for step in motive.plan] == [
        "brief(Marit, Joss, River)", "pass_on(Joss, Perrin, River)", "report(Perrin, Vane, River)", "post(Vane, River)",
    ]  # fmt: skip
    after = told().moments[event("brief").index + 1].facts
    assert (after[()][fact("way()")], after[("Joss",)][fact("way()")]) == ("Gallery", "River")
    assert after[("Marit", "Joss")][fact("way()")] == "River", "she knows what he believes"


def test_he_is_wrong_about_both_of_his_friends() -> None:
    """From the purse to the end Joss takes Perrin for honest, and from the river on Marit for false."""
    sold, true = fact("sold(Perrin)"), fact("true_to(Marit, Joss)")
    moments = told().moments
    wrong = {i for i, m in enumerate(moments) if m.facts[("Joss",)][sold] != m.facts[()][sold]}
    assert wrong == set(range(event("take_pay").index + 1, event("own_up").index + 1))
    wronged = {i for i, m in enumerate(moments) if not m.facts[("Joss",)][true]}
    assert wronged == set(range(event("seize").index + 1, event("own_up").index + 1))


def test_vane_looks_for_a_hare_where_none_is() -> None:
    """What Vane hopes for from the search does not come, and he knows it."""
    (motive,) = event("search").motives
    assert motive.came == "failed"
    assert fact("guilty(Joss)") in [m.fact for m in motive.mistaken]


def test_the_cause_is_withheld_until_he_learns_it() -> None:
    """From the head of Joss, the purse that caused the lie is told after everything that came of it."""
    telling = tell(read("brass-hare"), told())
    assert telling.spin.viewpoint == "Joss"
    place = {e: unit.order for unit in telling.units for e in unit.events if unit.kind != "ellipsis"}
    cause = event("take_pay").index
    assert place[cause] > place[event("release").index] > place[event("brief").index]
    assert place[event("enter").index] > place[event("release").index]
    early = [
        s
        for s in telling.sentences
        if max(s.events, default=0) <= event("release").index and cause not in s.events
    ]
    assert not any(a.fact == fact("sold(Perrin)") for s in early for a in s.asserts)


def test_if_perrin_could_not_be_bought_the_hare_would_stay_where_it_is() -> None:
    """What if not `greedy(Perrin)`: there is nobody through whom to move the guard."""
    honest = "greedy(Perrin) = False"
    assert asked(honest, goal=HOME).status is not Status.SOLVED
    assert asked(honest, "utility(): guard() == River", goal=1).status is not Status.SOLVED


def test_if_marit_did_not_watch_she_would_have_no_reason_to_lie() -> None:
    """What if not `watchful(Marit)`: she tells Joss the truth, and it goes the same road."""
    careless = "watchful(Marit) = False"
    assert asked(careless, goal=HOME).status is not Status.SOLVED
    assert asked(careless, "utility(): believes(Joss, way() == River)", goal=1).status is not Status.SOLVED
    leak = told(careless, "utility(): believes(Vane, way() == Gallery)", goal=1)
    assert "brief(Marit, Joss, Gallery)" in acts(leak)


@pytest.mark.parametrize("hope", ["guard() == River", "drumming()"])
def test_if_joss_kept_things_to_himself_nothing_would_move(hope: str) -> None:
    """What if not `trusts(Joss, Perrin)`: the lie stays in his head."""
    kept = asked("trusts(Joss, Perrin) = False", f"utility(): {hope}", goal=1)
    assert kept.status is not Status.SOLVED


def test_if_joss_could_lie_he_could_be_told() -> None:
    """What if not `guileless(Joss)`: she warns him, and he lies for her with his eyes open."""
    hope = "utility(): guard() == River & in_on_it(Joss)"
    open_eyed = told("guileless(Joss) = False", hope, goal=1)
    assert {"warn(Marit, Joss)", "play_along(Joss, Perrin, River)"} < set(acts(open_eyed))
    assert asked(hope, goal=1).status is not Status.SOLVED


def test_if_vane_were_lazy_nobody_would_have_to_be_searched() -> None:
    """What if `lazy(Vane)`: the guard is at the river, and that is enough; Joss never thinks ill of her."""
    easy = told("lazy(Vane)", goal=HOME)
    assert not {"seize(Vane, Joss)", "search(Vane, Joss)"} & set(acts(easy))
    assert all(m.facts[("Joss",)][fact("true_to(Marit, Joss)")] for m in easy.moments)


def test_if_she_did_not_own_up_he_would_not_open_the_door() -> None:
    """What if nothing were explained: the hare is stolen, and never gets home."""
    silent = "without action own_up"
    assert asked(silent, goal=HOME).status is not Status.SOLVED
    assert asked(silent, "utility(): keeper() == Marit", goal=1).status is Status.SOLVED


def test_if_she_were_false_he_would_be_right_and_it_would_end_there() -> None:
    """What if not `true_to(Marit, Joss)`: proved impossible that the hare comes home."""
    assert asked("true_to(Marit, Joss) = False", goal=HOME).status is Status.IMPOSSIBLE


def test_there_is_an_ending_in_which_he_gives_her_up() -> None:
    """Seized, and sure that she has sold him, he may buy himself free with her name."""
    bitter = told("utility(): caught(Marit) & entered()", goal=1)
    assert acts(bitter)[-1] == "denounce(Joss, Marit)"
    (motive,) = bitter.events[-1].motives
    assert motive.mistaken, "he is wrong about her"


@pytest.mark.parametrize("spin", ["", "arch", "burglar"])
def test_every_act_is_told_in_the_words_beside_the_world(spin: str) -> None:
    """No way of telling it that lies beside the world falls back on plain words, or gives the lie away before its time."""
    telling = tell(read("brass-hare"), told(), spin)
    assert not [s.text for s in telling.sentences if s.variant.startswith("plain/")]
    if spin != "burglar":
        assert telling.front.words >= 600
        known = [s.events for s in telling.sentences if event("own_up").index in s.events]
        first = [s.events for s in telling.sentences].index(known[0])
        assert not any(event("take_pay").index in s.events for s in telling.sentences[:first])
