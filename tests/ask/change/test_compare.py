"""What if: two worlds compared by all their stories."""

from fabula.ask.change.compare import compare, text
from fabula.ask.space import Space, explore
from fabula.ground import ground
from fabula.pipeline.read import read
from tests.ask.small import LIMITS, PIE, world


def space(more: str = "") -> Space:
    """Return the space of the world of the pie, with more of it."""
    return explore(ground(world(f"{PIE}; {more}"), any_start=True), LIMITS)


def test_the_same_world_has_the_same_stories() -> None:
    """Nothing is lost, nothing gained, and the ways never part."""
    found = compare(space(), space())
    assert (found.parting, found.lost, found.gained) == (None, (), ())
    assert text(found).endswith("the same stories\n")


def test_a_changed_belief_closes_a_story() -> None:
    """If Ben thinks that there is no pie he stays where he is, for want of a reason."""
    found = compare(space(), space("believes(Ben, !pie(Kitchen))"))
    assert found.parting is not None
    assert found.parting.acts == ()
    assert found.parting.only_before == ("walk(Ben, Kitchen)",)
    lost = dict(found.acts_lost)
    why = lost["walk(Ben, Kitchen)"]
    assert why is not None
    assert [refusal.character for refusal in why.unwilling] == ["Ben"]


def test_a_changed_fact_opens_a_story() -> None:
    """With a second pie both can be fed."""
    found = compare(space(), space("pie(Cellar)"))
    assert any({"fed(Ada)", "fed(Ben)"} <= set(ending.facts) for ending in found.gained)
    assert "eat(Ben, Cellar)" in found.acts_gained


def test_the_flagship_without_the_truth() -> None:
    """If Kyubey keeps the truth to himself the stories are the same up to the fall, and there is none."""
    spaces = []
    for changes in ([], ["!candid(Kyubey)"]):
        reading = read("never-alone", changes)
        spaces.append(explore(ground(reading.world, any_start=True), reading.limits, goal=reading.goal))
    found = compare(*spaces)
    assert found.parting is not None
    assert found.parting.acts[-1] == "go_on(Sayaka)"
    assert found.parting.only_before == ("reveal_truth(Kyubey, Sayaka)",)
    assert all("gem(Sayaka) = Black" in ending.facts for ending in found.gained)
