"""Every bundled world, from every head, in both orders, by many seeds: no telling breaks a rule of tellings."""

from functools import cache

import pytest

from fabula.ground import ground
from fabula.pipeline.prose import bank
from fabula.pipeline.read import bundled, read
from fabula.pipeline.solve import recount, solve
from fabula.pipeline.tell import tell as tell_as_meant
from fabula.story.story import Story
from fabula.tell import Bank, Spin, tell
from fabula.tell.bank.fit import misfits
from fabula.tell.checks import faults
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
    heads = ["", *(e.name for e in story.entities if "character" in e.types)]
    for viewpoint in heads:
        for seed in range(20):
            spin = Spin(order=order, viewpoint=viewpoint, seed=seed, words=(0, 300)[seed % 2])
            assert faults(story, tell(story, prose, spin)) == (), spin


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


def test_ten_seeds_give_ten_tellings() -> None:
    """The tragedy, as it is meant to be told, has other words for every seed."""
    reading = read("never-alone")
    story, _ = found("never-alone")
    tellings = [tell_as_meant(reading, story, seed=seed).paragraphs for seed in range(10)]
    assert len({" ".join(p.text for p in paragraphs) for paragraphs in tellings}) == 10
