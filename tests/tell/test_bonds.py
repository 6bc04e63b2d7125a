"""Bonds that the world does not state: within bounds, move by move, each with its reason."""

from hypothesis import given
from hypothesis import strategies as st

from fabula.story.story import Story
from fabula.tell.bonds import DRIFT
from fabula.tell.feelings import Feelings
from tests.tell.stories import Act, build, hunt, tragedy

PEOPLE = ("Ann", "Bob", "Cid")


def made(acts: list[tuple[str, str, int]]) -> Story:
    """Everybody sees everything: somebody does what changes somebody's fortune."""
    fortune = dict.fromkeys(PEOPLE, 0.0)
    rows = []
    for actor, other, change in acts:
        fortune[other] += change
        rows.append(Act(f"do({actor}, {other})", [actor], utility=dict(fortune)))
    return build("w", PEOPLE, {}, {}, {}, rows)


STORIES = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.integers(-3, 3)), max_size=12
).map(made)


@given(STORIES)
def test_a_bond_stays_in_its_bounds_and_has_a_history(story: Story) -> None:
    """From -1 to 1; each move begins where the last one ended, and has a reason; nobody is bound to herself."""
    feelings = Feelings(story)
    now: dict[tuple[str, str], float] = {}
    for move in feelings.bonds():
        pair = (move.character, move.toward)
        assert move.before == now.get(pair, 0.0) != move.after
        assert -1 <= move.after <= 1
        assert move.why in DRIFT
        assert move.character != move.toward
        now[pair] = move.after
    for one in PEOPLE:
        for other in PEOPLE:
            assert feelings.bond(one, other, len(story.events)) == now.get((one, other), 0.0)


@given(STORIES)
def test_a_bond_moves_only_with_what_somebody_chose(story: Story) -> None:
    """Towards whom chose the event."""
    for move in Feelings(story).bonds():
        assert move.toward in story.events[move.event].consenting


def test_stories_in_which_nobody_does_anything_to_anybody_move_no_bond() -> None:
    """A hunter alone has no bonds; in the tragedy, the world's own stand beside those that drift."""
    assert Feelings(hunt()).bonds() == ()
    assert {move.why for move in Feelings(tragedy()).bonds()} > {""}
