"""A plan becomes a story that knows causes, motives, wrong beliefs and what became of hopes."""

from fabula.ground.expression import FALSE, TRUE, AllOf
from fabula.search.outcome import Limits
from fabula.search.reference import search
from fabula.story.from_plan import recount
from fabula.story.story import Fact, FrontMatter, Mistaken, Story
from tests.search.problems import BOB, act, no, problem, put, yes

KEY, LOOKED = Fact("moved", (), "boolean"), Fact("looked", (), "boolean")


def misled() -> Story:
    """Somebody moves the key unseen by Bob; he looks where it was, in order to take it."""
    hide = act("hide", no(0), put(0), seen=(TRUE, FALSE, TRUE))
    look = act("look", no(1), put(1), by=(BOB,))
    take = act("take", AllOf((yes(1), no(0), no(2))), put(2), by=(BOB,))
    goal = AllOf((yes(0), yes(1)))
    world = problem("moved looked got", (hide, look, take), goal=goal, wants=(TRUE, yes(2), TRUE))
    plans = search(world, Limits(2, 3, 1), mode="all").plans
    first = next(p for p in plans if str(world.actions[p.steps[0].action]) == "hide()")
    return recount(world, first, "misled", FrontMatter(title="Misled"))


def test_moments_tell_what_each_believes_two_minds_deep() -> None:
    """After the hiding, Bob is wrong, and Ann knows that he is."""
    moment = misled().moments[1]
    assert moment.facts[()][KEY] is True
    assert moment.facts[("Bob",)][KEY] is False
    assert moment.facts[("Ann", "Bob")][KEY] is False


def test_observers_and_changes_are_those_of_the_act() -> None:
    """Who did not see an act is not among its observers and has no change of mind."""
    hiding = misled().events[0]
    assert hiding.observers == ("Ann", "Cy")
    assert ("Bob",) not in {change.mind for change in hiding.changes}


def test_a_motive_names_the_plan_its_wrong_beliefs_and_its_fate() -> None:
    """Bob looked in order to take; the plan rested on a wrong belief and failed."""
    looking = misled().events[1]
    (motive,) = looking.motives
    assert [str(act) for act in motive.plan] == ["look()", "take()"]
    assert motive.mistaken == (Mistaken(KEY, believed=False, true=True),)
    assert motive.came == "failed"


def test_causes_are_the_events_that_made_an_act_possible() -> None:
    """Nothing in the looking rests on the hiding."""
    assert [event.causes for event in misled().events] == [(), ()]
