"""What is added to a clause where it meets another."""

from dataclasses import replace

from fabula.tell import Spin, read_bank, tell
from fabula.tell.bank.clause import Voice, read_clause
from fabula.tell.bank.joints import tagged
from fabula.tell.english.verbs import inflect, read_verb
from tests.tell.stories import Act, build

ROWS = "name Ann\n  pronoun: she\nname Eve\n  pronoun: she\nname Bob\n  pronoun: he\n"


def words(bank: str, *acts: Act, **spin: str) -> str:
    """The paragraphs of a story of Ann, Bob and Eve in the words of a bank, divided by |."""
    story = build("w", ["Ann", "Bob", "Eve"], {}, {"rich(Ann)": False}, {}, list(acts))
    telling = tell(story, read_bank(ROWS + bank), Spin(**spin))  # type: ignore[arg-type]
    return " | ".join(p.text for p in telling.paragraphs)


def test_a_title_ends_no_sentence() -> None:
    """Neither where clauses are cut nor where a tag is put in."""
    assert len(read_clause("Ann [met] Mr. Pell. He [was] late.", ["Ann"])[0]) == 2
    line = tagged(Voice("speech", "", ("Ask Mr. Pell. He knows.",)), "Ann")
    assert isinstance(line[0], Voice)
    assert line[0].parts == ("Ask Mr. Pell,",)


def test_of_two_who_speak_in_turn_the_first_needs_no_tag_again() -> None:
    """Ann, Bob, and then plainly Ann."""
    bank = 'action ask(a, b)\nweight: 5\nscene\n- "Well?" {a} [asked].\n\n  "Well what?" {b} [said].\nspeech\n- a: "You know."\n'
    assert words(bank, Act("ask(Ann, Bob)", ["Ann"])).endswith("| “You know.”")


def test_a_speech_does_not_say_what_its_scene_has_said() -> None:
    """The same words twice in a row are one time too many."""
    bank = 'action ask(a, b)\nweight: 5\nscene\n- "Have you seen the lantern?" {a} [asked].\nspeech\n- a: "The lantern! Have you seen it?"\n'
    assert words(bank, Act("ask(Ann, Bob)", ["Ann"])) == "“Have you seen the lantern?” Ann asked."


def test_where_two_might_be_meant_a_paragraph_begins_with_a_name() -> None:
    """Within a paragraph the subject may go on as she."""
    bank = "action meet(a, b)\nscene\n- {a} [met] {b:them}. {a} [bowed].\n\n  {a} [went] on.\n"
    assert (
        words(bank, Act("meet(Ann, Eve)", ["Ann"]), viewpoint="Ann")
        == "Ann met Eve. She bowed. | Ann went on."
    )


def test_so_leads_to_what_an_act_moved_somebody_to_do() -> None:
    """Only where the story holds that reason."""
    bank = (
        "action steal(a)\nsummary\n- {a} [stole] a pear.\nscene\n- {a} [stole] a "
        + "very " * 40
        + "big pear.\naction chase(a, b)\nsummary\n- {a} [chased] {b:them}.\nscene\n- {a} [chased] {b:them} "
        + "far " * 40
        + "away.\n"
    )
    acts = [Act("steal(Bob)", ["Bob"]), Act("chase(Ann, Bob)", ["Ann"])]
    story = build("w", ["Ann", "Bob", "Eve"], {}, {}, {}, acts)
    moved = (story.events[0], replace(story.events[1], moved_by=(0,)))
    for events, said in ((story.events, "Ann chased him."), (moved, "So Ann chased him.")):
        telling = tell(replace(story, events=events), read_bank(ROWS + bank), Spin(words=7))
        assert telling.paragraphs[-1].text == f"Bob stole a pear. {said}"


def test_there_is_nothing_further_back_than_a_past_within_the_past() -> None:
    """A memory leaves *had gone* as it is, and *had time* becomes *had had time*."""
    assert inflect(read_verb("had gone"), "pluperfect") == "had gone"
    assert inflect(read_verb("had never seen"), "pluperfect") == "had never seen"
    assert inflect(read_verb("had time"), "pluperfect") == "had had time"
