"""Feelings follow from what is wanted, expected and known."""

import pytest

from fabula.story.story import Story
from fabula.tell.feelings import Feelings
from tests.tell.stories import Act, build, hunt, tragedy


def names(story: Story, event: int, who: str) -> dict[str, str]:
    """Feelings after an event, each with whom it is towards."""
    return {f.name: f.toward for f in Feelings(story).all if f.event == event and f.character == who}


def two(*acts: Act, bond: float = 1.0) -> Story:
    """Ann and Bob, and how Ann feels about Bob."""
    return build("w", ["Ann", "Bob"], {}, {"bond(Ann, Bob)": bond, "alive(Bob)": True}, {}, acts)


def test_joy_and_distress_follow_her_utility() -> None:
    """Rises and falls as she sees it."""
    story = two(Act("win(Ann)", ["Ann"], utility={"Ann": 1.0}), Act("lose(Ann)", [], utility={"Ann": 0.0}))
    assert "joy" in names(story, 0, "Ann")
    assert "distress" in names(story, 1, "Ann")


def test_hope_lasts_as_long_as_the_plan() -> None:
    """She hopes while her plan leads to more than she has, and is satisfied when it does."""
    plan = ["go(Ann)", "ask(Ann)", "win(Ann)"]
    story = two(
        Act(plan[0], ["Ann"], plans={"Ann": plan}),
        Act(plan[1], ["Ann"], plans={"Ann": plan[1:]}),
        Act(plan[2], ["Ann"], plans={"Ann": plan[2:]}, utility={"Ann": 1.0}),
    )
    assert "hope" in names(story, 0, "Ann")
    assert "hope" in names(story, 1, "Ann")
    assert "hope" not in names(story, 2, "Ann")
    assert "satisfaction" in names(story, 2, "Ann")


@pytest.mark.parametrize(
    ("bond", "change", "feeling"),
    [(1.0, 1.0, "happy for"), (1.0, -1.0, "pity"), (-1.0, -1.0, "gloating"), (-1.0, 1.0, "resentment")],
)
def test_fortunes_of_others_go_by_the_bond(bond: float, change: float, feeling: str) -> None:
    """Good for one she likes makes her glad; for one she hates, bitter."""
    story = two(Act("turn(Bob)", [], utility={"Bob": change}), bond=bond)
    assert names(story, 0, "Ann")[feeling] == "Bob"


def test_grief_begins_when_she_learns_of_it() -> None:
    """Who did not see the death does not grieve at it; who saw it, does, from then on."""
    death = {"alive(Bob)": False}
    seen = two(Act("fall(Bob)", [], then=death, utility={"Bob": -1.0}), Act("wait(Ann)", ["Ann"]))
    assert names(seen, 0, "Ann")["grief"] == "Bob"
    assert Feelings(seen).feels("Ann", "grief", "Bob", 1)
    unseen = two(Act("fall(Bob)", [], ["Bob"], then=death, utility={"Bob": -1.0}))
    assert "grief" not in names(unseen, 0, "Ann")


def test_anger_is_at_who_did_it_and_betrayal_if_she_loved_him() -> None:
    """Reproach and distress together; a bond makes it betrayal."""
    story = two(Act("rob(Bob, Ann)", ["Bob"], utility={"Ann": -1.0, "Bob": 1.0}))
    assert {"anger", "reproach", "betrayal", "distress"} <= set(names(story, 0, "Ann"))


def test_words_that_are_not_heard_are_lonely() -> None:
    """Kyoko confesses to a witch that does not notice, with a bond to what it was."""
    acts = [Act("confess(Ann, Bob)", ["Ann"], ["Ann"])]
    assert names(two(*acts), 0, "Ann")["loneliness"] == "Bob"


def test_every_move_of_a_bond_can_be_cited() -> None:
    """The events that moved Kyoko are her three steps towards Sayaka; what the world states has no other reason."""
    moves = [(m.event, m.before, m.after) for m in Feelings(tragedy()).bonds() if not m.why]
    assert moves == [(2, 0.0, 1.0), (4, 1.0, 2.0), (5, 2.0, 3.0)]


def test_a_bond_that_the_world_does_not_state_drifts() -> None:
    """Who is helped grows fond, who is harmed cold, and the event and the feeling that did it are known."""
    gift = Act("give(Ann, Bob)", ["Ann"], utility={"Bob": 1.0})
    theft = Act("rob(Ann, Bob)", ["Ann"], utility={"Bob": -1.0, "Ann": 1.0})
    feelings = Feelings(two(gift, theft))
    first, second = (m for m in feelings.bonds() if m.character == "Bob")
    assert (first.event, first.before, first.why) == (0, 0.0, "gratitude")
    assert (second.event, second.before, second.why) == (1, first.after, "anger")
    assert [feelings.bond("Bob", "Ann", i) for i in range(3)] == [0.0, first.after, second.after]
    assert first.after > 0 > second.after


def test_what_the_world_states_does_not_drift() -> None:
    """The author's word goes before ours."""
    feelings = Feelings(two(Act("rob(Bob, Ann)", ["Bob"], utility={"Ann": -1.0, "Bob": 1.0})))
    assert [m.character for m in feelings.bonds()] == []
    assert feelings.bond("Ann", "Bob", 1) == 1.0


def test_success_that_is_shared_binds_more_than_a_gift() -> None:
    """Both chose it, and both have gained."""
    won = Act("win(Ann, Bob)", ["Ann", "Bob"], utility={"Ann": 1.0, "Bob": 1.0})
    given = Act("give(Ann, Bob)", ["Ann"], utility={"Ann": 1.0, "Bob": 1.0})
    shared, alone = (Feelings(two(act)).bond("Bob", "Ann", 1) for act in (won, given))
    assert shared > alone > 0


def test_the_same_wrong_weighs_more_from_a_friend() -> None:
    """Betrayal: who had been kind falls further."""
    gift = Act("give(Ann, Bob)", ["Ann"], utility={"Bob": 1.0})
    theft = Act("rob(Ann, Bob)", ["Ann"], utility={"Bob": -1.0, "Ann": 1.0})
    again = Act("rob(Ann, Bob)", ["Ann"], utility={"Bob": 0.0, "Ann": 1.0})
    friend = [m for m in Feelings(two(gift, again)).bonds() if m.character == "Bob"][-1]
    stranger = next(m for m in Feelings(two(theft)).bonds() if m.character == "Bob")
    assert friend.before - friend.after > stranger.before - stranger.after


def test_no_feeling_is_counted_twice() -> None:
    """Of several grounds for the same feeling, the strongest stands."""
    for story in (tragedy(), hunt()):
        keys = [(f.event, f.character, f.name, f.toward) for f in Feelings(story).all]
        assert len(keys) == len(set(keys))


def test_the_dead_feel_nothing() -> None:
    """Bob feels his death and nothing after it."""
    death = Act("fall(Bob)", [], then={"alive(Bob)": False}, utility={"Bob": -1.0})
    story = two(death, Act("dance(Ann)", ["Ann"], utility={"Ann": 1.0, "Bob": -2.0}))
    assert "distress" in names(story, 0, "Bob")
    assert names(story, 1, "Bob") == {}


def test_who_learns_of_a_death_late_grieves_late() -> None:
    """Not when it happens, when she hears of it; and with guilt, if it was her doing."""
    story = two(
        Act("fall(Bob)", ["Ann"], [], then={"alive(Bob)": False}),
        Act("wait(Ann)", ["Ann"], ["Ann"]),
        Act("hear(Ann)", [], ["Ann"], minds={"Ann": {"alive(Bob)": False}}),
    )
    assert [f.event for f in Feelings(story).all if f.name == "grief"] == [2]
    assert [f.event for f in Feelings(story).all if f.name == "guilt"] == [2]
