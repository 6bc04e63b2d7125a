"""Pictures show what a table says, and are read without colour, script or eyes."""

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from fabula.present.picture import Picture, arcs, causes, lanes, order, page
from fabula.present.picture.arcs import turns
from fabula.tell import Bank, Spin, tell
from tests.tell.stories import hunt, tragedy

TELLING = tell(tragedy(), Bank(), Spin(order="in-medias-res", viewpoint="Kyoko", opens_at="entrust"))
PICTURES: dict[str, Callable[[], Picture]] = {
    "lanes": lambda: lanes(tragedy()),
    "arcs": lambda: arcs(tragedy()),
    "causes": lambda: causes(tragedy()),
    "order": lambda: order(tragedy(), TELLING),
    "nothing wrong": lambda: lanes(hunt()),
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
