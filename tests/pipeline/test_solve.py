"""From a plan to a story with everything that its world knows about it."""

from fabula.ground import ground
from fabula.pipeline.read import read
from fabula.pipeline.solve import recount, roles_of, solve


def test_a_story_knows_what_its_author_calls_those_who_take_part() -> None:
    """Parameters by their names; one who stands there by herself has none."""
    reading = read("brass-hare")
    problem = ground(reading.world)
    story = recount(reading, problem, solve(problem, reading.limits, reading.goal).plans[0])
    brief = next(event for event in story.events if event.action == "brief")
    assert brief.arguments == ("Marit", "Joss", "River")
    assert brief.roles == roles_of(reading)["brief"] == ("", "", "place")
