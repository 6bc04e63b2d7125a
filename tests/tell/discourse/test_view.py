"""Who knows what, and since when."""

from fabula.tell.discourse.view import Knowledge
from tests.tell.stories import Act, build, tragedy

KNOWLEDGE = Knowledge(tragedy())


def test_who_sees_an_event_knows_it() -> None:
    """Kyoko saw the fight; she did not see what Kyubey said; the narrator knows all."""
    assert KNOWLEDGE.learned(1, "Kyoko") == 1
    assert KNOWLEDGE.learned(6, "Kyoko") is None
    assert KNOWLEDGE.learned(6, "") == 6


def test_who_later_sees_what_it_changed_knows_it_since_then() -> None:
    """A theft is known when the empty box is seen."""
    acts = [
        Act("steal(Bob, Ring)", ["Bob"], ["Bob"], {"at(Ring)": "Bob"}),
        Act("look(Ann)", ["Ann"], ["Ann"], {}, minds={"Ann": {"at(Ring)": "Bob"}}),
    ]
    story = build("w", ["Ann", "Bob"], {"Ring": "item", "Box": "item"}, {"at(Ring)": "Box"}, {}, acts)
    assert Knowledge(story).learned(0, "Ann") == 1


def test_who_sees_what_an_act_has_changed_does_not_know_the_act() -> None:
    """Who finds somebody dead does not know who did it, until one who was there says so."""
    kill = Act("kill(Bob, Eve)", ["Bob"], ["Bob", "Dan"], {"alive(Eve)": False})
    finds = {"alive(Eve)": False}
    look = Act("look(Ann)", ["Ann"], ["Ann"], {}, minds={"Ann": finds})
    tell = Act("tell(Dan, Ann)", ["Dan"], ["Ann", "Dan"], {}, minds={"Ann": finds})
    people = ["Ann", "Bob", "Dan", "Eve"]
    for last, known in ((look, None), (tell, 1)):
        story = build("w", people, {}, {"alive(Eve)": True}, {}, [kill, last])
        assert Knowledge(story).learned(0, "Ann") == known


def test_causes_are_followed_to_their_causes() -> None:
    """Distances count the steps from an event back to what led to it."""
    causes = KNOWLEDGE.causes(4)
    assert causes == {3: 1, 2: 2, 1: 3, 0: 4}


def test_a_belief_may_differ_from_what_is_so() -> None:
    """Kyoko believes that the witch can hear until it strikes."""
    assert KNOWLEDGE.value(("Kyoko",), "hears", ("Octavia",), 11) is True
    assert KNOWLEDGE.value((), "hears", ("Octavia",), 11) is False
    assert KNOWLEDGE.value(("Kyoko",), "hears", ("Octavia",), 12) is False
