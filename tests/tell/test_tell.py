"""What holds of every telling: coverage, knowledge, order, voices, and the same bytes for the same seed."""

from itertools import pairwise
from pathlib import Path

import pytest

from fabula.present import text
from fabula.story.story import Story
from fabula.tell import Bank, Spin, read_bank, tell
from fabula.tell.checks import faults
from fabula.tell.discourse.view import Knowledge
from fabula.tell.telling import Order, Telling
from tests.tell.stories import hunt, shopping, tragedy

BANK = read_bank((Path(__file__).parent / "prose.en.txt").read_text(encoding="utf-8"))
MAIN = Spin(order="in-medias-res", viewpoint="Kyoko", opens_at="entrust", memory_share=0.7)
ORDERS: tuple[Order, ...] = ("chronicle", "in-medias-res")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("viewpoint", ["", "Kyoko", "Sayaka", "Homura", "Madoka", "Kyubey"])
@pytest.mark.parametrize("bank", [BANK, Bank()], ids=["bank", "plain"])
def test_every_telling_is_free_of_faults(order: Order, viewpoint: str, bank: Bank) -> None:
    """From every head, in every order, with and without a bank, for many seeds: nothing lost, nothing leaked."""
    story = tragedy()
    knowledge = Knowledge(story)
    for seed in range(20):
        words = (0, 120, 600)[seed % 3]
        telling = tell(story, bank, Spin(order=order, viewpoint=viewpoint, seed=seed, words=words), knowledge)
        assert faults(story, telling, knowledge) == ()


@pytest.mark.parametrize("story", [shopping(), hunt()], ids=["shopping", "hunt"])
def test_worlds_without_a_bank_are_told_without_faults(story: Story) -> None:
    """The fallback is held to the same rules."""
    for seed in range(20):
        assert faults(story, tell(story, Bank(), Spin(seed=seed))) == ()


def test_the_same_seed_gives_the_same_bytes() -> None:
    """A telling is a function of story, bank and spin."""
    assert text(tell(tragedy(), BANK, MAIN)) == text(tell(tragedy(), BANK, MAIN))


def test_other_seeds_tell_otherwise() -> None:
    """Where there is a choice, the seed makes it."""
    tellings = {text(tell(hunt(), Bank(), Spin(seed=seed))).split("---", 1)[1] for seed in range(8)}
    assert len(tellings) > 3


def test_it_opens_where_the_spin_says_and_ends_at_the_end() -> None:
    """In medias res opens at the named act; the last act of the story is the last of the telling."""
    telling = tell(tragedy(), BANK, MAIN)
    assert telling.sentences[0].events == (13,)
    assert telling.sentences[-1].events == (19,)


def test_what_led_there_comes_back_as_memories() -> None:
    """Earlier events that she knows are flashbacks, called up by a present one, in the past of the past first."""
    telling = tell(tragedy(), BANK, MAIN)
    memories = [u for u in telling.units if u.kind == "flashback"]
    assert {e for u in memories for e in u.events} == set(range(13)) - {6}
    assert all(u.anchor is not None and u.anchor >= 13 and u.indices for u in memories)
    first = next(s for s in telling.sentences if s.events == memories[0].events)
    assert first.frame == "pluperfect"
    assert " had " in first.text


def test_memories_keep_to_the_order_of_what_happened() -> None:
    """A reader who meets the events backwards is lost; memories go forward."""
    events = [u.events[0] for u in tell(tragedy(), BANK, MAIN).units if u.kind == "flashback"]
    assert events == sorted(events)


def test_what_she_never_learns_is_left_out_with_the_reason() -> None:
    """Kyoko did not hear what Kyubey told Sayaka, and nothing showed it to her."""
    left = {u.events: u.reason for u in tell(tragedy(), BANK, MAIN).units if u.kind == "ellipsis"}
    assert left == {(6,): "Kyoko never learns of it"}


def test_a_reader_may_be_spared_what_gives_too_much_away() -> None:
    """With `seen`, events beyond that episode are left out, and gate and warnings shrink with them."""
    telling = tell(tragedy(), BANK, Spin(seen=7))
    assert telling.front.matter.gate == 7
    assert "death" not in telling.front.matter.warnings
    assert "it gives away episode 9" in {u.reason for u in telling.units}


def test_a_claim_that_she_cannot_make_is_not_made() -> None:
    """The narrator claims only what the focalizer holds; free indirect speech may be wrong."""
    acts = "action go_in(a, b)\n{}\n- (says hears(Octavia)) It heard.\naction call(a, b)\nscene\n- It was called.\n"
    for section, spoken in (("scene", False), ("indirect", True)):
        bank = read_bank(acts.format(f"scene\n- They [went].\n{section}") + "name Octavia\n")
        lines = {tell(tragedy(), bank, Spin(viewpoint="Kyoko", seed=s)).sentences for s in range(8)}
        assert any("It heard." in [s.text for s in sentences] for sentences in lines) is spoken


def test_no_variant_comes_twice_within_eight_sentences() -> None:
    """Repetition is what a machine is known by."""
    for seed in range(10):
        sentences = tell(tragedy(), BANK, Spin(seed=seed, viewpoint="Kyoko")).sentences
        at: dict[str, int] = {}
        for i, sentence in enumerate(sentences):
            if (
                not sentence.variant.startswith("plain")
                and i
                and sentences[i - 1].variant != sentence.variant
            ):
                assert i - at.get(sentence.variant, -9) > 8, sentence.variant
            at[sentence.variant] = i


def test_a_word_budget_is_kept() -> None:
    """About as many words as asked for, from a paragraph to the whole."""
    lengths = [tell(tragedy(), BANK, Spin(words=w, viewpoint="Kyoko")).front.words for w in (60, 150, 300)]
    assert all(a <= b for a, b in pairwise(lengths))
    assert 30 <= lengths[0] <= 90


def test_memories_hold_their_share() -> None:
    """Memories take no more than their share of the plan's words, so long as they can be shortened."""
    telling = tell(tragedy(), BANK, Spin(order="in-medias-res", viewpoint="Kyoko", opens_at="entrust"))
    kinds = {True: 0, False: 0}
    for unit in telling.units:
        kinds[unit.anchor is not None] += unit.words
    brief = all(u.brief for u in telling.units if u.anchor is not None)
    assert brief or kinds[True] <= 0.5 * (kinds[True] + kinds[False])


def told(telling: Telling) -> str:
    """The story without its title page."""
    return " ".join(p.text for p in telling.paragraphs)


def test_words_that_nobody_hears_are_answered_by_the_world() -> None:
    """After a speech that no other takes in comes noise, never "she did not hear"."""
    speech = 'action confess(a, b)\nweight: 5\nscene\n- {a} [waited].\nspeech\n- a: "It is me."\nnoise\n- Water [ran].\n'
    telling = tell(tragedy(), read_bank("name Kyoko\n pronoun: she\n" + speech), Spin(viewpoint="Kyoko"))
    assert "“It is me,” Kyoko said. Water ran." in told(
        telling
    ) or "“It is me,” she said. Water ran." in told(telling)


def test_a_telling_in_the_first_person_and_the_present() -> None:
    """Person and tense are the reader's choice."""
    telling = tell(tragedy(), BANK, Spin(viewpoint="Kyoko", person="first", tense="present"))
    assert "I draw the line" in told(telling)
