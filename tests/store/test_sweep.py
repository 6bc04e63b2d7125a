"""Sweeps: one world changed in many ways, each way looked at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.search.outcome import Budget
from fabula.store.explore import explore
from fabula.store.kept import opened
from fabula.store.sweep import sweep, ways
from tests.store.worlds import everything, pie


@pytest.mark.parametrize(
    ("vary", "lines", "found"),
    [
        (["at(Ben) = Cellar | Kitchen"], [], [("at(Ben) = Cellar",), ("at(Ben) = Kitchen",)]),
        (["steps(Ben) = 1..3"], [], [("steps(Ben) = 1",), ("steps(Ben) = 2",), ("steps(Ben) = 3",)]),
        (["at(Ben) = Cellar | Kitchen |"], [], [("at(Ben) = Cellar",), ("at(Ben) = Kitchen",), ()]),
        (["believes(Ben, n() = 1..2 | ?)"], [], [(f"believes(Ben, n() = {n})",) for n in ("1", "2", "?")]),
        (["believes(Ben, a()) | b() = -1"], [], [("believes(Ben, a())",), ("b() = -1",)]),
        (["pie(Cellar) |"], [], [("pie(Cellar)",), ()]),
        (["a() = 1 | 2", "b() = 1 | 2"], [], [(f"a() = {a}", f"b() = {b}") for a in (1, 2) for b in (1, 2)]),
        (["entity Cy : character; | x = 1"], [], [("entity Cy : character;",), ("x = 1",)]),
        ([], ["a() ; b()", "", "// no", "c()"], [("a()", "b()"), ("c()",)]),
        (["d() |"], ["a()"], [("a()", "d()"), ("a()",)]),
    ],
)
def test_choices_are_combined(vary: list[str], lines: list[str], found: list[tuple[str, ...]]) -> None:
    """Choices stand between bars, numbers between dots; each goes with each, and with each line of a file."""
    assert ways(vary, lines) == found


@pytest.mark.parametrize("vary", [["fed(Ada)"], ["a() = 1..9999999"], ["a() = 1..2000", "b() = 1..2000"]])
def test_a_choice_must_be_one(vary: list[str]) -> None:
    """What leaves nothing to choose, or too much, is refused in words."""
    with pytest.raises(Mistakes) as refused:
        ways(vary)
    assert refused.value.diagnostics[0].name == "unknown-choice"


def test_every_way_is_kept_as_explored_alone(tmp_path: Path) -> None:
    """Each world of a sweep is the space that `explore` makes of it; what is wrong with one is noted, and stops nothing."""
    found = sweep(tmp_path / "f.db", pie(), ways(["pie(Cellar) | at(Nobody) = Cellar | without action eat"]))
    assert (found.worlds, found.done, found.mistaken) == (3, 3, 1)
    for world, change in ((0, "pie(Cellar)"), (2, "without action eat")):
        explore(tmp_path / f"{world}.db", pie(change))
        assert everything(tmp_path / "f.db", world) == everything(tmp_path / f"{world}.db")
    with opened(tmp_path / "f.db") as kept:
        one, wrong, none = kept.worlds().to_pylist()
        assert "Nobody" in wrong["mistake"]
        assert one["states"] > none["states"] == 1
        assert kept.stories("act: eat(Ben, Cellar)", world=0).num_rows
        assert not kept.stories(world=2).num_rows


def test_a_sweep_is_gone_on_with(tmp_path: Path) -> None:
    """What the file has is not done again, and more ways may be added later."""
    assert (
        sweep(tmp_path / "f.db", pie(), ways(["steps(Ben) = 1..2"]), Budget(seconds=1e-9)).stopped == "time"
    )
    assert sweep(tmp_path / "f.db", pie(), ways(["steps(Ben) = 1..2"])).done == 2
    again = sweep(tmp_path / "f.db", pie(), ways(["steps(Ben) = 1..3"]))
    assert (again.worlds, again.done, again.resumed) == (3, 3, 2)


def test_a_world_that_is_too_large_is_given_up(tmp_path: Path) -> None:
    """Nodes are a budget for each world; the file says which were not looked at whole."""
    sweep(tmp_path / "f.db", pie(), ways(["pie(Cellar) |"]), Budget(nodes=3))
    with opened(tmp_path / "f.db") as kept:
        assert kept.worlds()["stopped"].to_pylist() == ["nodes", "nodes"]
