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


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Start a real cluster of two workers on this machine."""
    with crew("local", 2):
        yield "local"


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


def test_a_killed_worker_costs_only_its_task(cluster: str, tmp_path: Path) -> None:
    """A sweep whose worker is killed half-way ends as if nothing had happened: every world once, and as one process sees it."""
    choices = ways(["steps(Ben) = 1..3", "pie(Cellar) |", "pie(Kitchen) | without action eat"])
    sweep(tmp_path / "one.db", pie(), choices)
    killer = Killer()
    killer.start()
    found = sweep(tmp_path / "many.db", pie(), choices, cluster=cluster)
    killer.join()
    assert killer.killed
    assert (found.worlds, found.done, found.stopped) == (12, 12, "")
    for world in range(12):
        assert everything(tmp_path / "many.db", world) == everything(tmp_path / "one.db", world)


def test_a_space_is_the_same_whoever_looks(cluster: str, tmp_path: Path) -> None:
    """Two workers look at one space together, and it comes out as if one had; a mistake in a world comes back as one."""
    recorded = pie(text=lamps())
    explore(tmp_path / "one.db", recorded)
    explore(tmp_path / "many.db", recorded, cluster=cluster)
    assert everything(tmp_path / "many.db") == everything(tmp_path / "one.db")
    endless = lamps("A") + "trigger on() { precondition: lit(A) == 1; effect: lit(A) = 0; };"
    endless += "trigger off() { precondition: lit(A) == 0; effect: lit(A) = 1; };"
    with pytest.raises(Mistakes) as refused:
        explore(tmp_path / "wrong.db", pie(text=endless), cluster=cluster)
    assert [d.name for d in refused.value.diagnostics] == ["endless-triggers"]
