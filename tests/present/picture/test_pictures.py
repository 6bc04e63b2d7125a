"""Pictures show what a table says, and are read without colour, script or eyes."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace

import pytest

from fabula.present.picture import Picture, arcs, causes, feelings, lanes, order, page, stories
from fabula.present.picture.arcs import turns
from fabula.story.story import Story
from fabula.tell import Bank, Spin, tell
from tests.tell.stories import hunt, tragedy

TELLING = tell(tragedy(), Bank(), Spin(order="in-medias-res", viewpoint="Kyoko", opens_at="entrust"))


def cut(story: Story, events: int) -> Story:
    """A story that ends earlier."""
    return replace(story, events=story.events[:events], moments=story.moments[: events + 1])


PICTURES: dict[str, Callable[[], Picture]] = {
    "lanes": lambda: lanes(tragedy()),
    "arcs": lambda: arcs(tragedy()),
    "causes": lambda: causes(tragedy()),
    "order": lambda: order(tragedy(), TELLING),
    "nothing wrong": lambda: lanes(hunt()),
    "feelings": lambda: feelings(tragedy()),
    "feelings of one": lambda: feelings(tragedy(), ["Kyoko"]),
    "stories": lambda: stories([tragedy()], [cut(tragedy(), 11), cut(tragedy(), 8)], "3 stories."),
    "one story": lambda: stories([hunt()]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_well_formed_and_says_what_it_is(name: str) -> None:
    """Every SVG parses, has a title and a description, and asks for nothing from outside."""
    picture = PICTURES[name]()
    root = ET.fromstring(picture.svg)
    tags = [child.tag.rpartition("}")[2] for child in root]
    assert tags[:2] == ["title", "desc"]
    assert picture.description
    assert "href" not in picture.svg
    assert len({len(row) for row in picture.table}) == 1


@pytest.mark.parametrize("name", PICTURES)
def test_a_page_has_the_table_beside_the_picture(name: str) -> None:
    """One file, no script, the same as a table."""
    text = page(PICTURES[name]())
    assert "<script" not in text
    assert text.count("<tr>") == len(PICTURES[name]().table)


def test_wrong_beliefs_are_hatched() -> None:
    """Kyoko is wrong about the witch until it strikes; the lane is hatched as long."""
    picture = lanes(tragedy(), facts=30)
    wrong = [row for row in picture.table[1:] if row[4] == "no" and row[0] == "hears(Octavia)"]
    assert {row[1] for row in wrong} == {"Kyoko"}
    assert len(wrong) == 12
    assert picture.svg.count("url(#hatch)") == sum(row[4] == "no" for row in picture.table)


def test_fortune_turns_where_a_rise_becomes_a_fall() -> None:
    """A plateau is no turn."""
    assert turns([0, 1, 1, 0, 0, 2]) == [2, 4]
    assert turns([0, 1, 2]) == []


def test_the_map_says_what_was_left_out() -> None:
    """A reader of the table finds the reason."""
    rows = order(tragedy(), TELLING).table
    assert ("", "learn_truth(Sayaka, Kyubey)", "7", "left out: Kyoko never learns of it", "") in rows


def test_failed_plans_are_dashed() -> None:
    """The rescue that failed is drawn so."""
    assert "stroke-dasharray" in causes(tragedy()).svg
    assert "(failed)" in causes(tragedy()).svg


def test_columns_are_named_by_their_events() -> None:
    """Lanes, arcs and feelings say between which moments an event stands."""
    for picture in (lanes(tragedy()), arcs(tragedy()), feelings(tragedy())):
        assert picture.svg.count('transform="rotate(') == len(tragedy().events)


def test_feelings_that_hurt_are_hollow() -> None:
    """The colour is not alone in saying so; the table has every feeling and every bond that moved."""
    picture = feelings(tragedy(), ["Kyoko"])
    assert {row[1] for row in picture.table[1:]} == {"Kyoko"}
    assert ("break_gem(Kyoko, Octavia)", "Kyoko", "joy", "", "1") not in picture.table
    bonds = [row for row in picture.table if row[2] == "bond" and row[3] == "Sayaka"]
    assert [row[4] for row in bonds] == ["0 → 1", "1 → 2", "2 → 3"]


def test_many_stories_share_what_they_have_in_common() -> None:
    """A row for each, a branch where it leaves, full where the author's hope is fulfilled, hollow where not."""
    picture = stories([tragedy()], [cut(tragedy(), 11), cut(tragedy(), 8)])
    assert len(picture.table) == 4
    assert [row[1] for row in picture.table[1:]].count("as the author hopes") == 1
    assert (
        "3 stories that differ in what happens: 1 end as the author hopes, 2 otherwise."
        in picture.description
    )
    assert "or the end" in picture.svg


def test_the_same_acts_in_another_order_are_one_story() -> None:
    """Twins are drawn once."""
    story = hunt()
    first, second, *rest = story.events
    other = replace(story, events=(replace(second, index=0), replace(first, index=1), *rest))
    assert len(stories([story, other]).table) == 2


def test_a_map_explains_its_points() -> None:
    """Every kind of unit stands in the legend."""
    picture = order(tragedy(), TELLING)
    assert ">scene</text>" in picture.svg
    assert ">flashback</text>" in picture.svg
