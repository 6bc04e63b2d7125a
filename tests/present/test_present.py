"""Tellings as text, Markdown, HTML and JSON."""

import json as standard
from dataclasses import replace
from pathlib import Path

from fabula.present import json, markdown, text
from fabula.story.story import Fact
from fabula.tell import Spin, read_bank, tell
from fabula.tell.telling import Assertion, Paragraph
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


def test_markdown_has_nothing_that_could_be_mistaken() -> None:
    """What an author writes with stars, hashes, links or entities stays what it is."""
    front = replace(TELLING.front, lines=(("title", "*A* [b](c) # <i> &amp; R&D \x1b"),))
    assert markdown(replace(TELLING, front=front)).startswith(
        "# \\*A\\* \\[b\\](c) \\# \\<i\\> \\&amp; R&D ␛\n"
    )


def test_text_never_steers_a_terminal() -> None:
    """A control character in a title or a sentence is seen and not obeyed."""
    front = replace(TELLING.front, lines=(("title", "A\x1b[31mb\x07"),))
    assert text(replace(TELLING, front=front)).startswith("A␛[31MB␇\n")


def test_json_carries_the_provenance() -> None:
    """Every sentence with events, mode, speaker, frame, variant and seed; every unit with its reason."""
    data = standard.loads(json(TELLING, tragedy()))
    sentences = [s for p in data["paragraphs"] for s in p["sentences"]]
    assert len(sentences) == len(TELLING.sentences)
    assert {"text", "events", "asserts", "mode", "speaker", "frame", "language", "variant", "seed"} <= set(
        sentences[0]
    )
    assert {"speech", "thought", "narration"} <= {s["mode"] for s in sentences}
    assert data["front"]["gate"] == 9
    assert [u["reason"] for u in data["units"] if u["kind"] == "ellipsis"] == ["Kyoko never learns of it"]


def test_json_carries_the_events() -> None:
    """Every event with who chose, saw, learned of and never knew it, its causes, motives, changes and feelings."""
    events = standard.loads(json(TELLING, tragedy()))["events"]
    assert [e["event"] for e in events] == [str(e) for e in tragedy().events]
    people = {e.name for e in tragedy().entities if "character" in e.types}
    for event in events:
        learned = [row["character"] for row in event["learned_by"]]
        assert sorted([*event["seen_by"], *learned, *event["never_known_by"]]) == sorted(people)
    assert any(m["came"] == "failed" for e in events for m in e["motives"])
    assert any(e["feelings"] for e in events)


def test_json_says_of_a_claim_whether_it_is_so() -> None:
    """What a sentence claims is held against the truth and against what each believes."""
    told = TELLING.sentences[0]
    claim = Assertion(Fact("hears", ("Octavia",), "boolean"), True)
    one = replace(TELLING, paragraphs=(Paragraph((replace(told, events=(0,), asserts=(claim,)),), 0),))
    (said,) = standard.loads(json(one, tragedy()))["paragraphs"][0]["sentences"][0]["asserts"]
    assert (said["fact"], said["value"], said["so"]) == ("hears(Octavia)", True, False)
    assert "Kyoko" in said["believed_by"]


def test_the_guide_names_every_field_of_the_data() -> None:
    """The page about the form of the data is complete."""
    guide = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")

    def keys(data: object) -> set[str]:
        if isinstance(data, dict):
            return set(data) | {k for v in data.values() for k in keys(v)}
        return {k for v in data for k in keys(v)} if isinstance(data, list) else set()

    said = standard.loads(json(TELLING, tragedy()))
    said["front"]["lines"] = {}
    assert {key for key in keys(said) if f"`{key}`" not in guide} == set()
