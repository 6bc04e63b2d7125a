"""Tellings as text, Markdown, HTML and JSON."""

import json as standard
import re
from html.parser import HTMLParser
from pathlib import Path

from fabula.present import html, json, markdown, text
from fabula.tell import Spin, read_bank, tell
from tests.tell.stories import tragedy

BANK = read_bank((Path(__file__).parents[1] / "tell" / "prose.en.txt").read_text(encoding="utf-8"))
TELLING = tell(tragedy(), BANK, Spin(order="in-medias-res", viewpoint="Kyoko", opens_at="entrust"))


def test_text_is_wrapped_and_the_title_page_comes_first() -> None:
    """No line is wider than asked; title, warnings, gate, length and making stand before the story."""
    page = text(TELLING, 60)
    assert max(map(len, page.split("\n"))) <= 60
    front = page.split("----")[0]
    assert front.startswith("NEVER ALONE\n")
    for part in ("A note.", "Credits.", "A disclaimer.", "death", "episode 9", "to read", "seed 0"):
        assert part in front
    assert front.index("A note.") < front.index("death") < front.index("episode 9")


def test_text_keeps_thoughts_apart() -> None:
    """Thoughts stand between asterisks, speech in quotation marks."""
    page = text(TELLING, 0)
    assert "*Go on. Before I think about it.*" in page
    assert "“Take Madoka home,”" in page


def test_markdown_has_a_heading_and_emphasis() -> None:
    """Title as heading, warnings in bold, thoughts in italics."""
    page = markdown(TELLING)
    assert page.startswith("# Never Alone\n")
    assert "**Contains:" in page
    assert "*Go on.*" in page


class Check(HTMLParser):
    """Counts tags and checks that they are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser names it
        """Note a tag and that it is open."""
        self.tags.append(tag)
        if tag not in {"meta", "br", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last open tag, which must be this one."""
        assert self.open.pop() == tag


def test_html_is_one_well_formed_file_without_script() -> None:
    """No script, nothing fetched; language set; memories are labelled sections; every sentence has its origin."""
    page = html(TELLING)
    check = Check()
    check.feed(page)
    assert check.open == []
    assert "script" not in check.tags
    assert not re.search(r"https?://|src=|@import", page)
    assert '<html lang="en">' in page
    assert 'aria-label="memory"' in page
    assert page.count('<span class="s"') == len(TELLING.sentences)
    assert '<em class="thought">' in page
    assert "never learns of it" in page


def test_html_escapes_what_authors_write() -> None:
    """A bank cannot smuggle markup into a page."""
    bank = read_bank("action fight(a, b)\nscene\n- Once & again, 3 > 2.\n")
    page = html(tell(tragedy(), bank, Spin()))
    assert "Once &amp; again, 3 &gt; 2." in page


def test_json_carries_the_provenance() -> None:
    """Every sentence with events, mode, speaker, frame, variant and seed; every unit with its reason."""
    data = standard.loads(json(TELLING))
    sentences = [s for p in data["paragraphs"] for s in p["sentences"]]
    assert len(sentences) == len(TELLING.sentences)
    assert {"text", "events", "asserts", "mode", "speaker", "frame", "language", "variant", "seed"} <= set(
        sentences[0]
    )
    assert {"speech", "thought", "narration"} <= {s["mode"] for s in sentences}
    assert data["front"]["gate"] == 9
    assert [u["reason"] for u in data["units"] if u["kind"] == "ellipsis"] == ["Kyoko never learns of it"]
