"""Many stories of a world: as hoped for and otherwise, bounded, and honest about it."""

from functools import cache
from pathlib import Path

import pytest

from fabula.pipeline import many as gathering
from fabula.pipeline.many import Many, many
from fabula.pipeline.read import bundled, read
from fabula.search.outcome import Budget, Limits
from fabula.tell.choose import choose, traits, twins
from tests.cli.command import PIE


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weigh fewer stories than usual, to be quick."""
    monkeypatch.setattr(gathering, "MOST", 5)


@cache
def found(world: str) -> Many:
    """The stories of a bundled world."""
    return many(read(world))


@pytest.mark.parametrize("world", bundled())
def test_every_bundled_world_has_stories_to_choose_from(world: str) -> None:
    """Those that the author hopes for reach the goal, the others do not."""
    stories = found(world)
    goal = read(world).goal or 0
    assert stories.stories
    assert all(story.moments[-1].author >= goal for story in stories.stories)  # type: ignore[operator]
    assert all(story.moments[-1].author < goal for story in stories.others if read(world).goal)  # type: ignore[operator]
    assert len(stories.others) == min(stories.endings, gathering.MOST)


def test_the_same_world_gives_the_same_stories() -> None:
    """Without a budget of time nothing depends on the machine."""
    again = many(read("herring-pie"))
    first = found("herring-pie")
    assert [list(map(str, s.events)) for s in again.stories] == [
        list(map(str, s.events)) for s in first.stories
    ]
    assert [list(map(str, s.events)) for s in again.others] == [
        list(map(str, s.events)) for s in first.others
    ]
    assert str(again) == str(first)


def test_kinds_come_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not all can be weighed, every set of acts is, before another order of one is."""
    monkeypatch.setattr(gathering, "MOST", 2)
    stories = many(read("brass-hare"))
    assert len(stories.stories) == stories.different == 2
    assert not twins(*map(traits, stories.stories))
    assert (
        "149 stories end as the author hopes, 2 apart from the order of acts (2 of them were weighed)."
        in str(stories)
    )


def test_a_search_that_was_stopped_says_so() -> None:
    """What was found until then is there all the same."""
    stories = many(read("brass-hare"), budget=Budget(nodes=3000))
    assert stories.stories
    assert "the search was stopped" in str(stories)


def test_a_world_without_a_hoped_for_story_may_have_others(tmp_path: Path) -> None:
    """They can be chosen from, if somebody asks."""
    file = tmp_path / "pie.fab"
    file.write_text(PIE.replace("utility(): fed(Ada)", "utility(): fed(Ada) & fed(Ben)"))
    stories = many(read(str(file)), limits=Limits(4, 2, 2))
    assert stories.stories == ()
    assert stories.others
    assert choose(stories.others, 1)


def test_there_may_be_no_other_way_for_it_to_end(tmp_path: Path) -> None:
    """Nothing is said of ways that are not there."""
    file = tmp_path / "one.fab"
    acts = "entity Ann : character; property done() : boolean; action act() { precondition: !done(); effect: done(); consenting: Ann; };"
    file.write_text(f"{acts} utility(Ann): done(); utility(): done();")
    stories = many(read(str(file)))
    assert len(stories.stories) == 1
    assert str(stories) == "1 story ends as the author hopes.\nThere is no other way for it to end."
