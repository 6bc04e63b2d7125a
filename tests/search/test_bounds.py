"""What is known of distances is never more than the truth, and hides nothing that was searched."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.ground.problem import Problem
from fabula.pipeline.read import read
from fabula.pipeline.solve import ground
from fabula.search import engine, reference
from fabula.search.outcome import Limits, Mode, Status

FRACTIONS = """
entity Ann : character;
property a() : boolean;
property b() : boolean;
a() = False;
b() = False;
action one(c : character) { precondition: !a(); effect: a(); consenting: c; };
action two(c : character) { precondition: !b(); effect: b(); consenting: c; };
utility(): 0.7 + ((if(b()) 0.2 else 0) + (if(a()) 0.1 else 0));
utility(Ann): (if(b()) 1 else 0) + (if(a()) 1 else 0);
"""
DEAD_END = """
entity Ann : character;
property dead() : boolean;
property won() : boolean;
property glad() : boolean;
dead() = False;
won() = False;
glad() = False;
action fall() { precondition: !dead(); effect: dead(); };
action win(a : character) { precondition: !dead(); effect: won(); consenting: a; };
utility(): won();
utility(Ann): glad();
"""

FAR = """
property n() : number;
n() = 0;
action up() { effect: n() = n() + 1; };
utility(): if(n() >= 300) 1 else 0;
"""


def problem(folder: Path, world: str) -> Problem:
    """Ground a world that is written here."""
    file = folder / "world.fab"
    file.write_text(world, encoding="utf-8")
    return ground(read(str(file)).world)


@pytest.mark.parametrize("mode", ["first", "optimal"])
def test_fractions_add_up_in_whatever_order(tmp_path: Path, mode: Mode) -> None:
    """0.7 + (0.2 + 0.1) is 1, though 0.7 + 0.2 + 0.1 is a little less."""
    asked = problem(tmp_path, FRACTIONS)
    for search in (reference.search, engine.search):
        assert search(asked, Limits(5, 3, 1), 1.0, mode).status is Status.SOLVED


@pytest.mark.parametrize("character", [3, -1])
def test_a_dead_end_is_no_limit(tmp_path: Path, character: int) -> None:
    """Where acts have no limit and nobody has a reason, an act that leads nowhere leaves nothing unseen."""
    asked = problem(tmp_path, DEAD_END)
    for search in (reference.search, engine.search):
        assert search(asked, Limits(-1, character, 1), None, "prove").status is Status.IMPOSSIBLE


@pytest.mark.parametrize("mode", ["first", "optimal", "prove"])
def test_a_story_longer_than_distances_are_counted_is_found(tmp_path: Path, mode: Mode) -> None:
    """Distances are counted up to 254 acts; what is farther is not taken for out of reach."""
    far = problem(tmp_path, FAR)
    found = engine.search(far, Limits(300, 1, 0), mode=mode)
    assert [len(plan.steps) for plan in found.plans] == [300]
    assert engine.search(far, Limits(299, 1, 0), mode=mode).status is Status.LIMITS
