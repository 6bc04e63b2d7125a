"""One instance, one process: what the command that a reader would type costs from a cold start.

Peak memory is what the system says of the finished process (`wait4`): for Linux and macOS.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from time import perf_counter

GRACE = 20.0
"""Seconds that a process may take beyond the time that its search is given, before it is ended."""
AGAIN, SHORT = 3, 3.0
"""So often a command is run that takes less than so many seconds, and the fastest run counts: what comes between is not its cost."""


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
class Budget:
    """Seconds for one search, and states of stories (0: any number)."""

    seconds: float = 300.0
    nodes: int = 0


@dataclass(frozen=True, slots=True)
class Mode:
    """What is asked for: in the table, in the summary above it, and on the command line."""

    asked: str
    summary: str
    words: tuple[str, ...] = ()


MODES = {
    "first": Mode("a story", "First stories"),
    "optimal": Mode("a shortest", "Shortest stories, proved", ("--optimal",)),
    "two-threads": Mode("a shortest, two threads", "The same by two threads", ("--optimal", "--threads=2")),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What one run came to: seconds for the whole command and for the search, states, bytes at the peak."""

    instance: str
    mode: str
    status: str
    length: int
    whole: float
    search: float
    visited: int
    states: int
    memory: int

    @property
    def proved(self) -> bool:
        """Whether the answer is proved: that the story is a shortest one, or that there is none."""
        return (self.status == "solved" and self.mode != "first") or self.status in {"impossible", "limits"}


def instances(folder: Path) -> list[Instance]:
    """Read `instances.csv` of a folder."""
    with (folder / "instances.csv").open(encoding="utf-8") as table:
        return [_instance(folder, row) for row in csv.DictReader(table)]


def _instance(folder: Path, row: dict[str, str]) -> Instance:
    file = folder / row["file"]
    author, character, epistemic = (
        int(row[f"{whose}_limit"]) for whose in ("author", "character", "epistemic")
    )
    place = file if file.exists() else folder / "problems" / row["file"]
    return Instance(row["instance"], place, float(row["goal"]), (author, character, epistemic), known=row)


def run(instance: Instance, mode: str, budget: Budget, core: Path | None = None) -> Result:
    """Run the instance in a process of its own; `core`: with another build of the native core."""
    command = [sys.executable, *(["-m", "fabula"] if core is None else ["-m", "benchmarks.other", str(core)])]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = perf_counter()
        process = subprocess.Popen([*command, *_words(instance, mode, budget)], stdout=out, stderr=err)
        with_grace = Timer(budget.seconds + GRACE, process.kill)
        with_grace.start()
        _, state, usage = os.wait4(process.pid, 0)
        whole = perf_counter() - began
        with_grace.cancel()
        process.returncode = os.waitstatus_to_exitcode(state)
        said, complaint = (_read(stream) for stream in (out, err))
    scale = 1 if sys.platform == "darwin" else 1024
    try:
        answer = json.loads(said)
    except ValueError:
        print(f"{instance.name}: exit code {process.returncode}: {complaint.strip()[:300]}", file=sys.stderr)
        return Result(instance.name, mode, "broken", 0, whole, 0.0, 0, 0, usage.ru_maxrss * scale)
    cost = answer["statistics"]
    return Result(
        instance.name,
        mode,
        answer["status"],
        len(answer["plan"]),
        whole,
        cost["seconds"],
        cost["visited"],
        cost["generated"],
        usage.ru_maxrss * scale,
    )


def _words(instance: Instance, mode: str, budget: Budget) -> Sequence[str]:
    """The command line after `fabula`."""
    limits = zip(("--author-limit", "--character-limit", "--epistemic-limit"), instance.limits, strict=True)
    return (
        *("plan", str(instance.file), "--json", f"--goal={instance.goal}", f"--time={budget.seconds}"),
        *(f"{name}={limit}" for name, limit in limits),
        *MODES[mode].words,
        *([f"--nodes={budget.nodes}"] if budget.nodes else []),
    )


def _read(stream: object) -> str:
    stream.seek(0)  # type: ignore[attr-defined]
    return stream.read().decode(errors="replace")  # type: ignore[attr-defined, no-any-return]
