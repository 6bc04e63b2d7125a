"""One instance, one process: what it costs from a cold start."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Instance:
    """A file and how it is asked; `known` holds further columns of the table, for comparison."""

    name: str
    file: Path
    goal: float
    limits: tuple[int, int, int]
    size: int = 0
    known: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What one run came to: seconds for the whole command and for the search, states, bytes at the peak."""

    instance: Instance
    mode: str
    status: str
    length: int | None
    whole: float
    search: float
    visited: int
    states: int
    memory: int


def instances(folder: Path) -> list[Instance]:
    """Read `instances.csv` of a folder."""
    with (folder / "instances.csv").open(encoding="utf-8") as table:
        return [_instance(folder, row) for row in csv.DictReader(table)]


def _instance(folder: Path, row: dict[str, str]) -> Instance:
    file = folder / row["file"]
    limits = tuple(int(row[f"{whose}_limit"]) for whose in ("author", "character", "epistemic"))
    place = file if file.exists() else folder / "problems" / row["file"]
    return Instance(row["instance"], place, float(row["goal"]), limits, known=row)  # type: ignore[arg-type]


def run(instance: Instance, mode: str, seconds: float) -> Result:
    """Run the instance in a process of its own."""
    question = json.dumps([str(instance.file), instance.goal, *instance.limits, mode, seconds])
    began = perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.once", question], capture_output=True, text=True, check=False
    )
    whole = perf_counter() - began
    if done.returncode:
        return Result(instance, mode, "broken", None, whole, 0.0, 0, 0, 0)
    answer = json.loads(done.stdout)
    return Result(instance, mode, whole=whole, **answer)
