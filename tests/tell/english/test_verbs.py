"""English verbs are inflected as a dictionary of English does it."""

import lemminflect
import pytest

from fabula.tell.english.verbs import base_of, gerund, inflect, participle, past, read_verb, third, word_table
from fabula.tell.english.words import word_lists

REGULAR = [
    w for w in (*word_lists("lexicon.txt")["verbs"], *word_lists("lexicon.txt")["~go"]) if w not in word_table()
]  # fmt: skip


def forms(base: str, tag: str) -> tuple[str, ...]:
    """What the dictionary gives for a tag of the Penn treebank."""
    return tuple(lemminflect.getInflection(base, tag))  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("base", sorted(word_table()))
def test_irregular_verbs_agree_with_the_dictionary(base: str) -> None:
    """Past and participle of every verb in the table are among those that lemminflect gives."""
    assert past(base) in (*forms(base, "VBD"), "lay", "lit")
    assert participle(base) in (*forms(base, "VBN"), "lain", "lit", "leaned")


@pytest.mark.parametrize("base", sorted(set(REGULAR)))
def test_regular_verbs_agree_with_the_dictionary(base: str) -> None:
    """Every form of the regular verbs that the fallback knows is among those that lemminflect gives."""
    assert past(base) in (*forms(base, "VBD"), f"{base}d")
    assert third(base) in forms(base, "VBZ")
    assert gerund(base) in (*forms(base, "VBG"), f"{base[:-1]}ing")


def test_an_author_writes_the_past_and_the_base_is_found() -> None:
    """The base form behind a regular past is found by spelling."""
    words = "hope hop stop plan carry die tie dance move raise breathe invite escape agree create admit visit fix answer call miss"
    assert [base_of(past(w)) for w in words.split()] == words.split()


@pytest.mark.parametrize(
    ("mark", "pluperfect", "present"),
    [
        ("struck", "had struck", "strikes"),
        ("was not", "had not been", "is not"),
        ("did not move", "had not moved", "does not move"),
        ("could not see", "could not have seen", "cannot see"),
        ("got up", "had gotten up", "gets up"),
        ("was told", "had been told", "is told"),
        ("singed", "had singed", "singes"),
        ("singe/singed", "had singed", "singes"),
    ],
)
def test_a_mark_bends_with_its_frame(mark: str, pluperfect: str, present: str) -> None:
    """A verb mark is read from the past and can be put into any frame."""
    verb = read_verb(mark)
    assert inflect(verb, "past") == mark.rsplit("/", maxsplit=1)[-1]
    assert inflect(verb, "pluperfect") == pluperfect
    assert inflect(verb, "present") == present


def test_the_second_verb_of_a_pluperfect_shares_the_auxiliary() -> None:
    """*had turned and run*, not *had turned and had run*."""
    assert inflect(read_verb("ran"), "pluperfect", bare=True) == "run"
