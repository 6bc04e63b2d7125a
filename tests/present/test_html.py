"""A telling as a page: valid, without script, and every sentence says where it comes from."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

from fabula.present import html
from fabula.present.picture.drawing import INK, PAPER, SOFT
from fabula.story.story import Fact, Mistaken
from fabula.tell import Spin, read_bank, tell
from fabula.tell.telling import Telling
from tests.tell.stories import hunt, tragedy

BANK = read_bank((Path(__file__).parents[1] / "tell" / "prose.en.txt").read_text(encoding="utf-8"))
STORY = tragedy()
TELLING = tell(STORY, BANK, Spin(order="in-medias-res", viewpoint="Kyoko", opens_at="entrust"))
SVG = "{http://www.w3.org/2000/svg}"


def parsed(page: str) -> Element:
    """Parse a page as the standard says; any parse error fails the test."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(page)
    assert isinstance(tree, Element)
    return tree


PAGE = html(TELLING, STORY)
TREE = parsed(PAGE)


def words(element: Element) -> str:
    """All text below an element."""
    return " ".join("".join(element.itertext()).split())


def by_id(name: str) -> Element:
    """The element of that name."""
    return next(e for e in TREE.iter() if e.get("id") == name)


def sentence(start: str) -> Element:
    """The sentence that begins so."""
    return next(e for e in TREE.iter("span") if e.get("class") == "s" and words(e).startswith(start))


def test_the_page_is_one_file_without_script() -> None:
    """Nothing runs and nothing is fetched; the language is named."""
    tags = {str(e.tag) for e in TREE.iter()}
    assert not tags & {"script", "link", "img", "iframe", "object"}
    assert not re.search(r"@import|url\((?!#)|\bon\w+=", PAGE)
    assert not [e for e in TREE.iter() if (e.get("href") or "#")[0] != "#" or e.get("src")]
    assert TREE.get("lang") == "en"


def test_names_are_unique_and_every_reference_finds_its_own() -> None:
    """Buttons, descriptions, labels and links point at what stands on the page; no name stands twice."""
    names = Counter(e.get("id") for e in TREE.iter() if e.get("id"))
    assert max(names.values()) == 1
    for element in TREE.iter():
        for key in ("popovertarget", "aria-describedby", "aria-labelledby", "for"):
            assert set((element.get(key) or "").split()) <= set(names)
        assert (element.get("href") or "#e1").removeprefix("#") in names
        for key in ("fill", "stroke"):
            used = re.fullmatch(r"url\(#(.*)\)", element.get(key) or "")
            assert used is None or used[1] in names


def test_every_sentence_has_a_note() -> None:
    """Which event it tells of, whose voice it is, who knew, and of which clause it was made: in a note that a button opens."""
    spans = [e for e in TREE.iter("span") if e.get("class") == "s"]
    assert len(spans) == len(TELLING.sentences)
    for span in spans:
        button, note = list(span)[-2:]
        assert button.get("popovertarget") == button.get("aria-describedby") == note.get("id")
        assert button.get("aria-label")
        assert "popover" in note.attrib
        assert words(note)


def test_a_note_says_who_knew() -> None:
    """Those who saw it, those who learned of it, and those who never did."""
    note = words(list(sentence("“Take Madoka home,”"))[-1])
    event = next(e for e in STORY.events if e.action == "entrust")
    assert f"Event {event.index + 1} of {len(STORY.events)}: entrust (" in note
    assert "Kyoko says it" in note
    assert all(who in note for who in event.observers)
    record = words(by_id("e7"))
    assert "Sayaka" in record
    assert "never knew" in record


def test_memories_are_groups_that_say_so() -> None:
    """A reader who hears the page is told where a memory begins; its notes say what called it up."""
    groups = [e for e in TREE.iter("div") if e.get("class") == "memory"]
    assert groups
    assert all(g.get("role") == "group" and g.get("aria-label") for g in groups)
    assert "called up by event" in words(groups[0])


def test_behind_the_story_stands_every_event() -> None:
    """What happened, in its order, with plans, wrong beliefs, and the sentences that tell of it or the reason why none does."""
    items = list(by_id("events").iter("li"))
    assert [e.get("id") for e in items] == [f"e{e.index + 1}" for e in STORY.events]
    assert "Left outKyoko never learns of it" in words(items[6])
    assert any("(failed)" in words(i) for i in items)


def test_a_plan_that_rests_on_a_mistake_says_so() -> None:
    """The record of an event, and the notes of its sentences, name what somebody wrongly believed when she chose it."""
    event = next(e for e in STORY.events if e.motives)
    wrong = Mistaken(Fact("hears", ("Octavia",), "boolean"), True, False)
    event = replace(event, motives=(replace(event.motives[0], mistaken=(wrong,)),))
    events = tuple(event if e.index == event.index else e for e in STORY.events)
    page = html(TELLING, replace(STORY, events=events))
    said = "wrongly held hears(Octavia) = yes where it was no"
    assert f"{event.motives[0].character} {said}" in page
    assert page.count(said) > 1


def test_the_pictures_are_inside() -> None:
    """Five pictures, each with a name, a description and the same in words."""
    figures = list(by_id("pictures").iter("figure"))
    assert [f.get("id") for f in figures] == ["lanes", "arcs", "feelings", "map", "causes"]
    for figure in figures:
        assert len(list(figure.iter(f"{SVG}svg"))) == 1
        assert len(list(figure.iter("table"))) == 1


def test_without_a_bank_the_opening_has_no_event() -> None:
    """A sentence that says how things stand has a note of its own."""
    page = html(tell(hunt(), read_bank(""), Spin()), hunt())
    assert "How things stand" in words(parsed(page))


HOSTILE = '</title><script>alert(1)</script><b onload="x">&amp; \x1b[31m\x00\ufffe"\'<!--'


def hostile(telling: Telling) -> Telling:
    """The same telling with markup and control characters wherever an author can write."""
    front = replace(telling.front, lines=tuple((k, HOSTILE + t) for k, t in telling.front.lines))
    paragraphs = tuple(
        replace(
            p,
            sentences=tuple(
                replace(
                    s,
                    variant=HOSTILE,
                    speaker=HOSTILE,
                    pieces=tuple(replace(x, text=HOSTILE + x.text) for x in s.pieces),
                )
                for s in p.sentences
            ),
        )
        for p in telling.paragraphs
    )
    return replace(telling, front=front, paragraphs=paragraphs, world=HOSTILE, language=HOSTILE)


def test_what_authors_write_is_never_markup() -> None:
    """Titles, names, sentences, reasons: all of it is text, and the page stays valid."""
    story = replace(STORY, events=tuple(replace(e, tags=(HOSTILE,), action=HOSTILE) for e in STORY.events))
    page = html(hostile(TELLING), story)
    tree = parsed(page)
    assert not {str(e.tag) for e in tree.iter()} & {"script", "b onload"}
    assert not [e for e in tree.iter() if e.get("onload")]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\ufffe]", page)
    assert tree.get("lang") == "und"


def test_what_is_not_the_story_says_that_it_is_english() -> None:
    """In a telling of another language, a screen reader reads notes and records in the right voice."""
    tree = parsed(html(replace(TELLING, language="de"), STORY))
    marked = {(str(e.tag), e.get("class"), e.get("lang")) for e in tree.iter() if e.get("lang")}
    assert marked == {
        ("html", None, "de"),
        ("div", "guide", "en"),
        ("span", "n", "en"),
        ("aside", "behind", "en"),
    }


def test_the_same_telling_is_the_same_page() -> None:
    """No clock and no chance."""
    assert html(TELLING, STORY) == PAGE


def test_the_pictures_follow_the_colours_of_the_page() -> None:
    """Ink, paper and grey of the drawings are named in the style, so that they turn with dark and light."""
    for colour in (INK, PAPER, SOFT):
        assert f'[fill="{colour}"]' in PAGE
        assert f'[stroke="{colour}"]' in PAGE
