"""What calls a memory up, and what it is for."""

from itertools import pairwise
from pathlib import Path

from fabula.tell import Bank, read_bank
from fabula.tell.discourse.memory import Known, Recaller, gather, place, purpose
from fabula.tell.discourse.view import Knowledge
from tests.tell.stories import tragedy

BANK = read_bank((Path(__file__).parents[1] / "prose.en.txt").read_text(encoding="utf-8"))
STORY = tragedy()
RECALLER = Recaller(Knowledge(STORY), BANK, "Kyoko")


def test_people_cause_and_motif_call_a_memory_up() -> None:
    """Kneeling calls up getting up: it led there, and both have knees in them."""
    indices = RECALLER.shared(STORY.events[4], STORY.events[17])
    assert "causality" in indices
    assert "motif knees" in indices
    assert RECALLER.eligible(indices)


def test_a_shared_place_alone_calls_nothing_up() -> None:
    """Space, time and people rank a memory; cause, intention or a motif must open the door."""
    assert not RECALLER.eligible(("space", "protagonist", "time"))


def test_neighbours_with_the_same_people_are_remembered_together() -> None:
    """The fight, the rise and the taunt are one memory."""
    plain = Recaller(Knowledge(STORY), Bank(), "Kyoko")
    assert gather(plain, list(range(1, 6)), 5)[0] == (1, 2, 3)


def test_there_are_no_more_memories_than_places_for_them() -> None:
    """Groups are joined until they fit, and no event is lost."""
    groups = gather(RECALLER, list(range(13)), 3)
    assert len(groups) == 3
    assert [e for g in groups for e in g] == list(range(13))


def test_memories_are_laid_in_their_order_and_apart() -> None:
    """Slots rise with the memories; at least the asked distance lies between them."""
    groups = [(1, 2), (8,), (11,)]
    calls = place(RECALLER, groups, [13, 14, 15, 16, 17], [100, 130, 160, 260, 360], 60)
    anchors = [c.anchor for c in calls]
    assert anchors == sorted(anchors)
    words = dict(zip([13, 14, 15, 16, 17], [100, 130, 160, 260, 360], strict=True))
    assert all(words[b] - words[a] >= 60 for a, b in pairwise(anchors))


def test_a_first_memory_establishes_and_a_later_one_changes_or_reinforces() -> None:
    """The first rise establishes the bond, the second reinforces it, a memory that changes nothing has no purpose."""
    told: dict[Known, object] = {}
    assert purpose(RECALLER, [2], told) == "establish"
    assert purpose(RECALLER, [4], told) == "reinforce"
    assert purpose(RECALLER, [3], told) == ""


def test_what_has_been_told_is_brought_to_mind_again() -> None:
    """To tell once more what came of something reminds of it; to tell that it became less changes it."""
    told: dict[Known, object] = {}
    purpose(RECALLER, [2], told)
    assert purpose(RECALLER, [2], told) == "remind"
    told = dict.fromkeys(told, 99)
    assert purpose(RECALLER, [2], told) == "change"
