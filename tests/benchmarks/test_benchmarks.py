"""The measuring: what it asks, what it writes, and that a core without a piece really is without it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks import __main__ as measuring
from benchmarks import ablation, worlds
from benchmarks.curve import svg
from benchmarks.measure import Budget, Instance, Result, instances, run
from benchmarks.page import load, page, save
from fabula.pipeline.read import read
from fabula.pipeline.solve import ground, solve
from fabula.search.outcome import Limits
from tests.cli.command import PIE

SOLVED = Result("pie", "optimal", "solved", 2, 0.5, 0.25, 7, 30, 2**25)
LOST = Result("pie", "first", "stopped", 0, 9.5, 9.25, 7, 30, 2**25)


def problems(folder: Path) -> list[Instance]:
    """Lay out a folder with one problem, and read its table."""
    (folder / "pie.fab").write_text(PIE, encoding="utf-8")
    head = (
        "instance,file,goal,author_limit,character_limit,epistemic_limit,peer_best_ms,shortest_known_length"
    )
    (folder / "instances.csv").write_text(f"{head}\npie,pie.fab,1.0,3,2,1,40.5,2\n", encoding="utf-8")
    return instances(folder)


def test_an_instance_is_measured_from_a_cold_start(tmp_path: Path) -> None:
    """What is measured is the command that a reader would type: its time, its memory, what it found."""
    (instance,) = problems(tmp_path)
    result = run(instance, "optimal", Budget(60))
    assert (result.status, result.length, result.proved) == ("solved", 2, True)
    assert 0 < result.search < result.whole
    assert result.memory > 2**20
    assert result.states >= result.visited > 0


def test_two_threads_are_compared_with_one(tmp_path: Path) -> None:
    """A proof by two threads is the same proof, and the page says how much sooner it is there."""
    (instance,) = problems(tmp_path)
    assert run(instance, "two-threads", Budget(60)).proved
    written = page([instance], [SOLVED, replace(SOLVED, mode="two-threads", whole=0.25)], [])
    assert "| pie | a shortest, two threads | solved | 2 | 2 | yes | 0.25 |" in written
    assert "two threads are so many times as fast: pie 2.00." in written


def test_two_threads_visit_what_one_visits(tmp_path: Path) -> None:
    """In a world so large that tables grow while both look into them, story and visits are those of one."""
    instance = next(one for one in worlds.families(tmp_path)["secrets"] if one.size == 5)
    one, two = run(instance, "optimal", Budget(60)), run(instance, "two-threads", Budget(60))
    assert (two.status, two.length, two.visited) == (one.status, one.length, one.visited)
    assert two.status == "solved"


def test_a_world_that_cannot_be_read_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One broken instance does not end the others."""
    broken = Instance("broken", tmp_path / "none.fab", 1.0, (1, 1, 1))
    assert run(broken, "first", Budget(60)).status == "broken"
    assert "no-such-world" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong", ["--seconds=0", "--seconds=-1", "--seconds=nan", "--seconds=inf", "--nodes=-1"]
)
def test_a_budget_of_nothing_is_refused_before_anything_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    """Each run would be refused by itself, and the page would say that all of them are broken."""
    monkeypatch.setattr("sys.argv", ["benchmarks", "--out", str(tmp_path / "out"), wrong])
    with pytest.raises(SystemExit) as ended:
        measuring.main()
    assert ended.value.code == 2
    assert "--seconds must be more than 0, and --nodes 0 (any number) or more" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_results_outlive_a_run(tmp_path: Path) -> None:
    """What was measured can be read again, so that a run goes on where it was broken off."""
    save(tmp_path / "results.csv", [SOLVED, LOST])
    assert load(tmp_path / "results.csv") == [SOLVED, LOST]
    assert load(tmp_path / "none.csv") == []


def test_the_page_compares(tmp_path: Path) -> None:
    """Beside each result stand what is published, and whether it is proved."""
    written = page(problems(tmp_path), [LOST, SOLVED], [])
    assert "| pie | a story | gave up |  | 2 |  | 9.50 | 9.250 | 30 | 32 | 40.5 |  |" in written
    assert "| pie | a shortest | solved | 2 | 2 | yes | 0.50 | 0.250 | 30 | 32 |  |  |" in written
    assert "- Shortest stories, proved: 1 of 1." in written


def test_generated_worlds_have_stories(tmp_path: Path) -> None:
    """The smallest worlds of every family have stories within their limits, and the largest of them take the most states."""
    for family in worlds.families(tmp_path).values():
        states = []
        for instance in family[:3]:
            problem = ground(read(str(instance.file)).world)
            outcome = solve(problem, Limits(*instance.limits), instance.goal)
            assert outcome.plans, instance.name
            states.append(outcome.statistics.generated)
        assert states[-1] > max(states[:-1]), family[0].name


def test_the_curves_are_a_picture() -> None:
    """A line for each family and each way of asking, and a place for each result."""
    runs = [Result(f"rooms-{n}", "first", "solved", 3, 1.0, 1.0, 9, 10**n, 1) for n in (2, 3, 4)]
    drawn = ET.fromstring(svg(runs))
    assert len(drawn.findall("{*}circle")) == 3
    heights = [float(circle.attrib["cy"]) for circle in drawn.findall("{*}circle")]
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize("piece", ablation.ablations(), ids=lambda piece: piece.without)
def test_every_piece_can_be_left_out(piece: ablation.Ablation) -> None:
    """The place in the core where a piece is left out is there, once."""
    core = {file: text for file, text in ablation.read().items() if file.startswith("native/core/")}
    changed = ablation.without(piece, core)
    assert len([file for file in core if changed[file] != core[file]]) == 1


def test_a_piece_that_is_not_there_is_told_of() -> None:
    """A list that is no longer true of the core ends the program instead of measuring the whole core twice."""
    with pytest.raises(SystemExit, match="is to be found once"):
        ablation.without(ablation.Ablation("magic", re.escape("magic();"), ""), {"a.cpp": "int main() {}"})


def test_the_table_has_a_place_in_the_docs(tmp_path: Path) -> None:
    """It replaces the one that is there, and nothing else of the page about the search."""
    page_there = tmp_path / "search.md"
    before = (ablation.ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    page_there.write_text(before, encoding="utf-8")
    ablation.insert(page_there, "| new |")
    after = page_there.read_text(encoding="utf-8")
    assert "| new |" in after
    assert after.startswith(before[:500])
    assert after.endswith(before[-500:])
