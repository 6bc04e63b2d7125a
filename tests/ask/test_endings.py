"""The map of endings."""

import json
from xml.etree import ElementTree as ET

from fabula.ask.endings import as_json, endings, text
from fabula.ask.inquiry import Inquiry
from fabula.ask.map.graph import dot, graphml, roles
from fabula.ask.map.part import part
from fabula.ask.space import explore
from fabula.ground import ground
from fabula.pipeline.read import read
from tests.ask.small import LIMITS, PIE, problem

# Whoever has not seen the pie being eaten comes for it. Ben does not come back down.
SPACE = explore(Inquiry(problem(PIE), LIMITS))
LATE = PIE + "; utility(): fed(Ada) & at(Ben) == Kitchen & believes(Ben, pie(Kitchen))"
MAP = endings(SPACE)


def test_endings_are_told_apart_by_what_has_changed() -> None:
    """The pie is eaten by Ada, unseen or before Ben's eyes, or by Ben."""
    fed = [{fact for fact in ending.facts if fact.startswith("fed")} for ending in MAP.endings]
    assert {"fed(Ada)"} in fed
    assert {"fed(Ben)"} in fed
    assert all("!pie(Kitchen)" in ending.facts for ending in MAP.endings)


def test_an_ending_has_its_shortest_story_and_how_many_there_are() -> None:
    """Ada eats at once: one story; the count of all stories is that of all courses that end."""
    (alone,) = [e for e in MAP.endings if e.acts == ("eat(Ada, Kitchen)",)]
    assert alone.hoped
    assert not alone.more
    assert alone.stories == 1


def test_who_gains_and_who_is_deceived() -> None:
    """While Ben is in the cellar he believes that there still is a pie."""
    (alone,) = [e for e in MAP.endings if e.acts == ("eat(Ada, Kitchen)",)]
    assert dict(alone.gains) == {"Ada": 1, "Ben": 0}
    assert alone.deceived == ("Ben",)


def test_where_it_is_decided() -> None:
    """That Ben eats is what puts the ending that the author hopes for out of reach."""
    assert {lock.act for lock in MAP.locks} == {"eat(Ben, Kitchen)"}
    assert "no way back" in text(MAP)


def test_stories_without_end_are_not_counted_to_the_end() -> None:
    """On the flagship one may be beaten down and get up as often as one likes: there are more stories than counted."""
    reading = read("never-alone")
    found = endings(explore(Inquiry(ground(reading.world), reading.limits, reading.goal)))
    assert [ending.hoped for ending in found.endings] == [False, True]
    assert all(ending.more for ending in found.endings)
    assert [lock.act for lock in found.locks] == ["kiss_gem(Kyoko)"]


def test_endings_that_mean_the_same_are_put_together() -> None:
    """Who gains, who loses and who is deceived is what an ending means; of many, no more than asked for are listed."""
    fates = {(c.endings[0].better, c.endings[0].deceived) for c in MAP.clusters}
    assert fates == {(("Ada",), ()), (("Ada",), ("Ben",)), (("Ben",), ())}
    assert sum(cluster.stories for cluster in MAP.clusters) == sum(ending.stories for ending in MAP.endings)
    brief = text(MAP, most=1)
    assert brief.count("the shortest of") == 1
    assert "and 2 other things that endings mean" in brief


def test_endings_that_differ_in_a_belief_are_two() -> None:
    """That Ada has eaten is one ending where Ben knows, another where he does not; the map says what he believes."""
    both = {e.beliefs for e in MAP.endings if "fed(Ada)" in e.facts}
    assert both == {(), ("believes(Ben, pie(Kitchen))", "believes(Ben, !fed(Ada))")}


def test_whose_plans_failed() -> None:
    """Ben comes for a pie that is eaten: his plan fails in every story of that ending, and in no other."""
    failed = {
        cluster.endings[0].deceived: cluster.failed
        for cluster in endings(explore(Inquiry(problem(LATE), LIMITS))).clusters
    }
    assert ("Ben: eat(Ben, Kitchen)",) in failed.values()


def test_who_lives() -> None:
    """A property called `alive` tells clusters apart; so does any other that is asked for."""
    mortal = PIE + "; property alive(who : character) : boolean; alive(Ada); alive(Ben); trigger choke() "
    mortal += "{ precondition: fed(Ben) & alive(Ben); effect: !alive(Ben); }"
    space = explore(Inquiry(problem(mortal), LIMITS))
    assert {c.endings[0].marks for c in endings(space).clusters} == {
        ("alive(Ada)", "alive(Ben)"),
        ("alive(Ada)", "!alive(Ben)"),
    }
    assert "alive: Ada; not Ben" in text(endings(space))
    (where,) = {
        c.endings[0].marks for c in endings(space, by=("at",)).clusters if c.endings[0].better == ("Ben",)
    }
    assert "at(Ben) = Kitchen" in where


def test_only_endings_that_fit() -> None:
    """A map can be asked for those endings in which something holds."""
    ben = next(f for f, fluent in enumerate(SPACE.problem.fluents) if str(fluent) == "fed(Ben)")
    found = endings(SPACE, where=lambda state: state.values[ben] == 1)
    assert [ending.better for ending in found.endings] == [("Ben",)]


def test_states_without_hope_and_without_end_are_counted() -> None:
    """A story may go on without any way to the hoped-for ending, or in circles that never end; both are counted."""
    pacing = """entity Ada : character; property out() : boolean; property lost() : boolean; property left() : boolean;
        action stay() { precondition: !out() & !lost(); effect: out(); consenting: Ada; };
        action stray() { precondition: !lost() & !out(); effect: lost(); consenting: Ada; };
        action to() { precondition: lost() & !left(); effect: left(); consenting: Ada; };
        action fro() { precondition: lost() & left(); effect: !left(); consenting: Ada; };
        utility(): out(); utility(Ada): if(out()) 9 else if(lost() & left()) 2 else if(lost()) 1 else 0;"""
    found = endings(explore(Inquiry(problem(pacing), LIMITS)))
    assert (found.locked, found.endless) == (1, 0)
    blown = pacing + "action gust() { precondition: left(); effect: !left(); };"
    found = endings(explore(Inquiry(problem(blown), LIMITS)))
    assert (found.locked, found.endless) == (2, 2)
    assert "no end at all" in text(found)


def test_what_nobody_hopes_for() -> None:
    """Where no story comes to what the author hopes for, the map says so and speaks of no way back."""
    found = endings(explore(Inquiry(problem(PIE + "; utility(): fed(Ada) & fed(Ben)"), LIMITS, 1)))
    assert not found.locks
    assert "no story comes to what the author hopes for" in text(found)


def test_a_part_of_the_space() -> None:
    """What lies ahead of a place is a space like any other, as deep as one likes; it says what was left out."""
    after = next(
        t.to for t in SPACE.places[0].turns if str(SPACE.problem.actions[t.action]).startswith("walk")
    )
    ahead = part(SPACE, after)
    assert str(ahead.problem.actions[ahead.origin[0]]) == "walk(Ben, Kitchen)"
    assert "after walk(Ben, Kitchen)" in ahead.extent()
    assert {e.facts for e in endings(ahead).endings} <= {
        ("!pie(Kitchen)", "fed(Ada)"),
        ("!pie(Kitchen)", "fed(Ben)"),
    }
    assert [str(ahead.problem.actions[s.action]) for s in ahead.plan(()).steps] == ["walk(Ben, Kitchen)"]
    near = part(SPACE, depth=1)
    assert not near.whole
    assert "at most 1 act" in near.extent()
    assert max(place.depth for place in near.places) == 1
    assert len(part(SPACE, most=2).places) == 2
    assert "first 2 states" in part(SPACE, most=2).extent()


def test_the_map_for_other_programs() -> None:
    """JSON has clusters and endings; DOT and GraphML have every place, what it means, and every turn."""
    assert len(json.loads(as_json(MAP))["clusters"]) == len(MAP.clusters)
    turns = sum(len(place.turns) for place in SPACE.places)
    assert dot(SPACE).count("->") == turns
    graph = ET.fromstring(graphml(SPACE))
    names = {element.tag.rsplit("}", 1)[1] for element in graph.iter()}
    assert {"node", "edge"} <= names
    assert graphml(SPACE).count("<edge") == turns
    assert {"start", "hoped", "ending"} <= set(roles(SPACE))
    assert "open" in roles(part(SPACE, depth=1))


def test_a_map_in_a_notebook() -> None:
    """Map and space show themselves as tables."""
    assert MAP._repr_html_().count("<tr>") == 1 + len(MAP.clusters)
    assert "states" in SPACE._repr_html_()
    assert str(len(MAP.endings)) in str(MAP)
