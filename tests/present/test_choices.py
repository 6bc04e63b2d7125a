"""Several stories: what a reader sees before each."""

from fabula.present.choices import json, markdown, text, vector
from fabula.tell import Bank, Spin, tell
from fabula.tell.choose import Choice, choose
from fabula.tell.telling import Telling
from tests.tell.stories import hunt, shopping

FOUND = "2 stories end as the author hopes.\nThere is no other way for it to end."

TEXT = """\
2 stories end as the author hopes.
There is no other way for it to end.
In brackets: the share of all the stories weighed that it is above.

================================================================================
Story 1 of 2: worth 0.50; the author's utility becomes 0; the scores are Bess's
reversals 0 (0.50), suspense 0 (0.50), surprise 0 (0.50), stakes 0 (0.00),
conflict 0 (0.50), irony 0 (0.50), coherence 0.75 (1.00)
================================================================================

"""


def chosen() -> tuple[tuple[Choice, ...], list[Telling]]:
    """Two stories, and how they are told."""
    choices = choose([shopping(), hunt()], 2, who="Bess")
    return choices, [tell(choice.story, Bank(), Spin()) for choice in choices]


def test_what_stands_before_a_story() -> None:
    """What it was chosen from, its place, its worth, and every score with its rank."""
    assert text(*chosen(), FOUND).startswith(TEXT)


def test_the_second_says_how_unlike_the_first_it_is() -> None:
    """In parts of a hundred."""
    choices, tellings = chosen()
    assert "Story 2 of 2: worth 0.50, 100% unlike those before" in text(choices, tellings)


def test_markdown_lists_the_scores() -> None:
    """As a list above each story, after a quoted paragraph."""
    lines = markdown(*chosen(), FOUND).splitlines()
    assert lines[0] == "> 2 stories end as the author hopes.  "
    assert "- coherence 0.75 (1.00)" in lines
    assert sum(line.startswith("**Story ") for line in lines) == 2


def test_no_score_is_left_out_of_a_vector() -> None:
    """Every one that the story has, with its rank."""
    for choice in chosen()[0]:
        assert [part.split()[0] for part in vector(choice).split(", ")] == list(choice.ranks)


def test_the_data_are_the_same_every_time() -> None:
    """Same stories, same bytes."""
    assert json(*chosen(), FOUND) == json(*chosen(), FOUND)
