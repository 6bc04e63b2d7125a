"""A clause becomes sentences: who is "she", which tense, whose voice."""

import random

from fabula.tell.bank.read import read_bank
from fabula.tell.discourse.view import Knowledge, View
from fabula.tell.english.names import Naming
from fabula.tell.english.realise import Realiser
from fabula.tell.telling import Frame, Piece
from tests.tell.stories import tragedy

STORY = tragedy()
HEAD = "name Kyoko\n pronoun: she\nname Sayaka\n pronoun: she\nname Octavia: the witch\n pronoun: it\naction fight(a, b)\nscene\n- "


def pieces(
    clause: str, frame: Frame = "past", viewpoint: str = "Kyoko", first_person: bool = False
) -> list[tuple[Piece, ...]]:
    """Realise a clause on the first fight, sentence by sentence."""
    bank = read_bank(HEAD + clause)
    realiser = Realiser(Naming(bank, {}), random.Random(0), viewpoint, first_person)
    view = View(Knowledge(STORY), STORY.events[1], viewpoint, {"a": "Kyoko", "b": "Sayaka"})
    return [
        realiser.line(line, view, frame, "narration", "Kyoko")
        for line in bank.actions["fight"].variants[0].clause[0]
    ]


def told(clause: str, frame: Frame = "past", viewpoint: str = "Kyoko", first_person: bool = False) -> str:
    """The same as text."""
    return " ".join(
        "".join(p.text for p in sentence) for sentence in pieces(clause, frame, viewpoint, first_person)
    )


def test_the_focalizer_keeps_her_pronoun_and_her_rival_gets_a_name() -> None:
    """Two women in one passage are never both "she"."""
    assert (
        told("{a} [hit] {b:them}. {a} [laughed]. {b} [got] up.")
        == "Kyoko hit Sayaka. She laughed. Sayaka got up."
    )


def test_after_a_rival_was_subject_the_focalizer_is_named_again() -> None:
    """The focalizer loses the pronoun to a rival subject."""
    assert told("{a} [fell]. {b} [laughed]. {a} [got] up.") == "Kyoko fell. Sayaka laughed. Kyoko got up."


def test_a_pronoun_that_the_author_wrote_goes_on() -> None:
    """A literal *she* keeps the one whom it means in mind, so that the next mark may be a pronoun too."""
    assert told("{a} [knelt]. It was cold. She [waited]. Then {a} [got] up.") == (
        "Kyoko knelt. It was cold. She waited. Then she got up."
    )


def test_a_possessive_belongs_to_the_subject_of_its_sentence() -> None:
    """Within a sentence, "her" is the subject's until somebody else is named."""
    assert told("{b} [shook] {b's} head at {a:them}.") == "Sayaka shook her head at Kyoko."
    assert told("{b} [took] {a's} hand and {b's} own.") == "Sayaka took Kyoko’s hand and Sayaka’s own."


def test_a_pronoun_without_rivals_is_used_for_anybody() -> None:
    """The witch is "it", whoever else is about."""
    assert told("{a} [saw] {Octavia:them}. {Octavia} [turned].") == "Kyoko saw the witch. It turned."


def test_a_flashback_bends_every_verb_and_shares_the_auxiliary() -> None:
    """Pluperfect: one *had* for verbs that are joined."""
    assert told("{a} [swung] and [missed], and {b} [laughed].", "pluperfect") == (
        "Kyoko had swung and missed, and Sayaka had laughed."
    )


def test_the_present_tense_agrees_with_its_subject() -> None:
    """Singular, plural nouns, and the first person."""
    clause = "{a} [was] late. The violins [played]. {a} [went] to the hall and [sat] down."
    assert told(clause, "present") == "Kyoko is late. The violins play. She goes to the hall and sits down."
    assert (
        told(clause, "present", first_person=True)
        == "I am late. The violins play. I go to the hall and sit down."
    )


def test_first_person_is_i_me_my_myself() -> None:
    """A telling in the first person says I of its focalizer, and nobody else does."""
    clause = "{b} [hit] {a:them}. {a} [held] {a's} arm and [blamed] {a:themself}."
    assert told(clause, first_person=True) == "Sayaka hit me. I held my arm and blamed myself."


def test_voices_are_pieces_of_their_own() -> None:
    """Speech, thought and narration are told apart, each with its speaker."""
    (sentence,) = pieces('"Give it to {a:them}," {b} [said], and {a} [thought] *no*.')
    assert [(p.mode, p.speaker) for p in sentence] == [
        ("speech", "Sayaka"), ("narration", ""), ("thought", "Kyoko"), ("narration", "")
    ]  # fmt: skip
    assert sentence[0].text == "“Give it to Kyoko,”"


def test_a_speaker_says_i_of_herself() -> None:
    """Inside quotation marks the speaker's own mark becomes the first person."""
    assert told('"Let {b:them} go," {b} [said].') == "“Let me go,” Sayaka said."


def test_a_sentence_begins_with_a_capital() -> None:
    """Also where it begins with a mark."""
    assert told("{Octavia} [turned].") == "The witch turned."
