"""Every bundled world, from every head, in both orders, by many seeds: no telling breaks a rule of tellings."""

from functools import cache
from itertools import combinations

import pytest

from fabula.ground import ground
from fabula.pipeline.prose import bank, lacking
from fabula.pipeline.read import bundled, read
from fabula.pipeline.solve import recount, solve
from fabula.pipeline.tell import tell as tell_as_meant
from fabula.story.story import Story
from fabula.tell import Bank, Spin, tell
from fabula.tell.bank.fit import misfits
from fabula.tell.checks import faults
from fabula.tell.discourse.view import Knowledge
from fabula.tell.telling import Order

ORDERS: tuple[Order, ...] = ("chronicle", "in-medias-res")


@cache
def found(world: str) -> tuple[Story, Bank]:
    """The story that the search finds in a world, and the prose beside it."""
    reading = read(world)
    problem = ground(reading.world)
    outcome = solve(problem, reading.limits, reading.goal)
    return recount(reading, problem, outcome.plans[0]), bank(reading)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("world", bundled())
def test_no_telling_of_a_bundled_world_has_a_fault(world: str, order: Order) -> None:
    """Covered, without a leak or a wrong belief in narration, nobody dead speaks, warnings and gate as computed."""
    story, prose = found(world)
    knowledge = Knowledge(story)
    heads = ["", *(e.name for e in story.entities if "character" in e.types)]
    for viewpoint in heads:
        for seed in range(20):
            spin = Spin(order=order, viewpoint=viewpoint, seed=seed, words=300 if seed % 5 == 4 else 0)
            assert faults(story, tell(story, prose, spin, knowledge), knowledge) == (), spin


@pytest.mark.parametrize("world", bundled())
def test_the_fallback_can_tell_every_bundled_world(world: str) -> None:
    """Without its bank a world is still told, without a fault and in short sentences."""
    story, _ = found(world)
    for seed in range(5):
        telling = tell(story, Bank(), Spin(seed=seed))
        assert faults(story, telling) == ()
        assert max(len(s.text.split()) for s in telling.sentences) <= 28


@pytest.mark.parametrize("world", bundled())
def test_a_bundled_bank_fits_its_world(world: str) -> None:
    """A bank speaks of no act, person or fact that its world does not have."""
    reading = read(world)
    model = reading.world
    names = {e.name for e in model.entities} | set(model.supertypes)
    actions = {a.name: len(a.signature) for a in model.actions}
    assert misfits(bank(reading), actions, names, {p.name for p in model.properties}) == ()


@pytest.mark.parametrize("world", bundled())
def test_a_bundled_bank_is_deep(world: str) -> None:
    """Four scenes, summaries, memories and lines of free indirect speech for every act."""
    assert lacking(read(world)) == "nothing is missing\n"


@pytest.mark.parametrize("world", bundled())
def test_ten_seeds_give_ten_tellings(world: str) -> None:
    """As it is meant to be told, each world has other words for every seed: no two tellings share most of their sentences."""
    reading, (story, _) = read(world), found(world)
    tellings = [{s.text for s in tell_as_meant(reading, story, seed=seed).sentences} for seed in range(10)]
    for one, other in combinations(tellings, 2):
        assert len(one & other) < 0.7 * min(len(one), len(other))


@pytest.mark.parametrize("world", bundled())
def test_a_telling_comes_near_the_words_wished_for(world: str) -> None:
    """Within 15 % of 300 to 3,000 words, or of all that there is to tell."""
    reading, (story, _) = read(world), found(world)
    for seed in (0, 1):
        most = tell_as_meant(reading, story, seed=seed, words=10_000).front.words
        assert most >= 1_400
        for words in (300, 600, 1_000, 2_000, 3_000):
            near = min(words, most)
            assert tell_as_meant(reading, story, seed=seed, words=words).front.words == pytest.approx(
                near, rel=0.15
            )
