"""In a notebook a story and a telling show themselves."""

from dataclasses import replace

import html5lib

from fabula.tell import Bank, Spin, tell
from tests.tell.stories import tragedy

STORY = tragedy()
TELLING = tell(STORY, Bank(), Spin(viewpoint="Kyoko"))


def parsed(markup: str) -> str:
    """Parse a fragment strictly; returns its text."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return "".join(parser.parseFragment(markup).itertext())


def test_a_telling_shows_its_title_and_its_story() -> None:
    """Every paragraph, thoughts in italics."""
    words = parsed(TELLING._repr_html_())
    assert "Never Alone" in words
    assert all(s.pieces[0].text in words for s in TELLING.sentences)


def test_a_story_shows_what_happened() -> None:
    """A row for every event, with those who chose and those who saw it."""
    words = parsed(STORY._repr_html_())
    assert all(str(e) in words for e in STORY.events)


def test_neither_lets_markup_through() -> None:
    """What an author writes is text."""
    evil = "<script>x</script>\x1b&amp;"
    front = replace(TELLING.front, lines=(("title", evil),))
    assert "<script>" not in replace(TELLING, front=front)._repr_html_()
    story = replace(STORY, front=replace(STORY.front, title=evil))
    assert "<script>x</script>␛&amp;" in parsed(story._repr_html_())
