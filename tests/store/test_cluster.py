"""Many workers: the same space and the same sweep as one process would make, also when a worker is killed half-way."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.store.explore import explore
from fabula.store.sweep import sweep, ways
from fabula.store.work.crew import crew
from tests.store.worlds import everything, lamps, pie

pytest.importorskip("ray")
if not sys.platform.startswith("linux"):
    pytest.skip("workers are found in /proc", allow_module_level=True)


class Killer(Thread):
    """Kills the first worker that is seen at work."""

    def __init__(self) -> None:
        """Have killed nobody."""
        super().__init__(daemon=True)
        self.killed = 0

    def run(self) -> None:
        """Look for a worker until one is found."""
        end = time.monotonic() + 60
        while not self.killed and time.monotonic() < end:
            for worker in working():
                os.kill(worker, signal.SIGKILL)
                self.killed = worker
                return
            time.sleep(0.005)


def working() -> Iterator[int]:
    """Give the workers that are at a piece of work now."""
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                title = (place / "cmdline").read_bytes()
            except OSError:
                continue
            if title.startswith(b"ray::_done"):
                yield int(place.name)


def test_many_workers_are_as_good_as_one(tmp_path: Path) -> None:
    """A real cluster of two workers makes what one process makes: sweeps, a worker killed half-way, and large spaces.

    One test, since a cluster takes seconds to start.
    """
    with crew("local", 2):
        a_killed_worker_costs_only_its_task(tmp_path)
        a_space_is_the_same_whoever_looks(tmp_path)
        a_mistake_comes_back_as_one(tmp_path)


def a_killed_worker_costs_only_its_task(folder: Path) -> None:
    """A sweep whose worker is killed half-way has every world once, as one process sees it."""
    choices = ways(["steps(Ben) = 1..3", "pie(Cellar) |", "pie(Kitchen) | without action eat"])
    sweep(folder / "one.db", pie(), choices)
    killer = Killer()
    killer.start()
    found = sweep(folder / "many.db", pie(), choices, cluster="local")
    killer.join()
    assert killer.killed
    assert (found.worlds, found.done, found.stopped) == (12, 12, "")
    for world in range(12):
        assert everything(folder / "many.db", world) == everything(folder / "one.db", world)


def a_space_is_the_same_whoever_looks(folder: Path) -> None:
    """Two workers who look at one space together number its places as one would."""
    recorded = pie(text=lamps())
    explore(folder / "alone.db", recorded)
    explore(folder / "together.db", recorded, cluster="local")
    assert everything(folder / "together.db") == everything(folder / "alone.db")


def a_mistake_comes_back_as_one(folder: Path) -> None:
    """What a worker finds wrong with a world is said as it would be here."""
    endless = lamps("A") + "trigger on() { precondition: lit(A) == 1; effect: lit(A) = 0; };"
    endless += "trigger off() { precondition: lit(A) == 0; effect: lit(A) = 1; };"
    with pytest.raises(Mistakes) as refused:
        explore(folder / "wrong.db", pie(text=endless), cluster="local")
    assert [d.name for d in refused.value.diagnostics] == ["endless-triggers"]
