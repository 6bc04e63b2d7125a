"""What if: two worlds compared by all their stories."""

from fabula.ask.change.compare import compare, text
from fabula.ask.inquiry import Inquiry
from fabula.ask.space import Space, explore
from fabula.ground import ground
from fabula.pipeline.read import read
from tests.ask.small import LIMITS, PIE, world


def space(more: str = "") -> Space:
    """Return the space of the world of the pie, with more of it."""
    return explore(Inquiry(ground(world(f"{PIE}; {more}"), any_start=True), LIMITS))


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


def test_where_the_ways_part_it_says_why() -> None:
    """Each act that only one world has at that moment comes with what stands in its way in the other."""
    found = compare(space(), space("pie(Kitchen) = False; pie(Cellar)"), ("old", "new"))
    said = text(found)
    assert said.startswith("--- old: all")
    assert "  - eat(Ada, Kitchen)\n      not possible: pie(Kitchen) is missing\n" in said
    assert "  + eat(Ben, Cellar)\n      before: not possible: pie(Cellar) is missing\n" in said


def test_a_changed_wish_is_a_what_if_too() -> None:
    """Utilities can be changed like facts: if Ben wants to stay where he is, Ada eats alone in every story."""
    found = compare(space(), space("utility(Ben): at(Ben) == Cellar"))
    assert found.parting is not None
    assert found.parting.only_before == ("walk(Ben, Kitchen)",)
    assert [refusal.kind for _, why in found.parting.before if why for refusal in why.unwilling] == [
        "no gain"
    ]


def test_endings_that_differ_in_beliefs_or_hope_alone_do_not_look_alike() -> None:
    """With a rumour that nobody can check, the facts at the end are the same and the beliefs are not; the same goes for hope."""
    rumour = "action rumour() { precondition: fed(Ada); effect: believes(Ben, fed(Ben)); }"
    found = compare(space(), space(rumour))
    lines = [line for line in text(found).splitlines() if line.startswith(("  - ", "  + "))]
    assert "believes(Ben, fed(Ben))" in text(found)
    assert len(lines) == len(set(lines))
    hope = compare(space(), space("utility(): fed(Ben)"))
    assert hope.parting is None
    assert hope.lost
    assert "the same acts lead to the same acts" in text(hope)
    assert "as the author hopes" in text(hope)


def test_an_ending_is_the_same_whatever_has_changed_on_the_way() -> None:
    """Where a fact is otherwise at the start, endings are compared by how it is in the end, not by whether it has changed."""
    alone = "utility(Ben): at(Ben) == Kitchen; utility(Ada): 0"
    found = compare(space(alone), space(f"{alone}; at(Ben) = Kitchen; utility(Ben): at(Ben) == Cellar"))
    ((lost,), (gained,)) = found.lost, found.gained
    assert "at(Ben) = Kitchen" in lost.facts
    assert "at(Ben) = Cellar" in gained.facts
    moved = compare(space(alone), space(f"{alone}; at(Ben) = Kitchen; utility(Ben): 0"))
    assert moved.lost[0].facts[0] == "at(Ben) = Kitchen"
    assert not moved.gained, "nobody does anything"


def test_many_endings_are_not_listed_without_end() -> None:
    """A review has room for a dozen; the others are counted. A notebook has a table of all."""
    rooms = (
        "entity Attic : place; entity Porch : place; property seen(who : character, where : place) : boolean;"
    )
    tour = "action look(where : place) { precondition: at(Ada) == Kitchen & !seen(Ada, where) ; effect: seen(Ada, where); };"
    found = compare(space(), space(rooms + tour))
    assert len(found.gained) > 12
    assert "more endings" in text(found)
    assert found._repr_html_().count("ending") >= len(found.gained)


def test_the_flagship_without_the_truth() -> None:
    """If Kyubey keeps the truth to himself the stories are the same up to the fall, and there is none."""
    spaces = []
    for changes in ([], ["!candid(Kyubey)"]):
        reading = read("never-alone", changes)
        spaces.append(explore(Inquiry(ground(reading.world, any_start=True), reading.limits, reading.goal)))
    found = compare(spaces[0], spaces[1])
    assert found.parting is not None
    assert found.parting.acts[-1] == "go_on(Sayaka)"
    assert found.parting.only_before == ("reveal_truth(Kyubey, Sayaka)",)
    assert all("gem(Sayaka) = Black" in ending.facts for ending in found.gained)
