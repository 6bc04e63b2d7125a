"""The map of endings."""

import json
from xml.etree import ElementTree as ET

from fabula.ask.endings import as_json, clusters, dot, endings, graphml, text
from fabula.ask.space import explore
from fabula.ground import ground
from fabula.pipeline.read import read
from tests.ask.small import LIMITS, PIE, problem

# Whoever has not seen the pie being eaten comes for it. Ben does not come back down.
SPACE = explore(problem(PIE), LIMITS)
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
    found = endings(explore(ground(reading.world), reading.limits, goal=reading.goal))
    assert [ending.hoped for ending in found.endings] == [False, True]
    assert all(ending.more for ending in found.endings)
    assert [lock.act for lock in found.locks] == ["kiss_gem(Kyoko)"]


def test_endings_that_mean_the_same_are_put_together() -> None:
    """Who gains, who loses and who is deceived is what an ending means; of many endings, each meaning is told once."""
    groups = clusters(MAP)
    assert sum(len(group.endings) for group in groups) == len(MAP.endings)
    assert {group.better for group in groups} == {("Ada",), ("Ben",)}
    brief = text(MAP, most=1)
    assert brief.count("the shortest of") == len(groups)


def test_the_map_for_other_programs() -> None:
    """JSON has the endings; DOT and GraphML have every place and every turn."""
    assert len(json.loads(as_json(MAP))["endings"]) == len(MAP.endings)
    turns = sum(len(place.turns) for place in SPACE.places)
    assert dot(SPACE).count("->") == turns
    graph = ET.fromstring(graphml(SPACE))
    names = {element.tag.rsplit("}", 1)[1] for element in graph.iter()}
    assert {"node", "edge"} <= names
    assert graphml(SPACE).count("<edge") == turns
