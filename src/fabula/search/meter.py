"""What a search in Python costs, and when it has cost enough: time, states, memory."""

from __future__ import annotations

import time
import tracemalloc
from types import TracebackType
from typing import Self

from fabula.search.outcome import Budget, Going, Progress, Statistics


class Stopped(Exception):  # noqa: N818 - not an error: a budget that is spent
    """The budget is spent; the first argument says which part: `time`, `nodes` or `memory`; or `interrupt`."""


STOPS = (Stopped, KeyboardInterrupt, MemoryError, RecursionError)
"""What ends a search before its time, with an answer."""


def why(stop: BaseException) -> str:
    """Say which of `Outcome.reason` it was. Thoughts too long for Python's stack want memory, too."""
    if isinstance(stop, Stopped):
        return str(stop.args[0])
    return "interrupt" if isinstance(stop, KeyboardInterrupt) else "memory"


class Meter:
    """Counts what one search costs; both searches in Python use it; `tick` and `visit` raise `Stopped`.

    Works inside a `with`. Memory is that which Python has handed out since then, and is measured only if it is bounded: being
    exact costs about half the speed.
    """

    def __init__(
        self, budget: Budget | None, progress: Progress | None = None, going: Going | None = None
    ) -> None:
        """Have counted nothing yet."""
        self._budget, self._progress, self._going = budget or Budget(), progress, going
        self._began = self._told = time.monotonic()
        self._ours = False
        self._before = 0
        self.visited = self.generated = 0

    def __enter__(self) -> Self:
        """Begin to count bytes."""
        if self._budget.memory is not None:
            self._ours = not tracemalloc.is_tracing()
            if self._ours:
                tracemalloc.start()
            self._before = tracemalloc.get_traced_memory()[0]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the measuring of memory as it was."""
        if self._ours:
            tracemalloc.stop()

    def visit(self, states: int = 1) -> None:
        """Count states of the story."""
        self.visited += states
        self.tick()

    def tick(self) -> None:
        """Look at counter, clock and memory; tell how far it is, about once a second."""
        now, budget = time.monotonic(), self._budget
        if self._going is not None and not self._going():
            raise Stopped("interrupt")
        if budget.nodes is not None and self.visited > budget.nodes:
            raise Stopped("nodes")
        if budget.seconds is not None and now - self._began > budget.seconds:
            raise Stopped("time")
        if budget.memory is not None and tracemalloc.get_traced_memory()[0] - self._before > budget.memory:
            raise Stopped("memory")
        if self._progress is not None and now - self._told > 1:
            self._told = now
            self._progress(self.statistics())

    def statistics(self) -> Statistics:
        """Return what it has cost so far."""
        return Statistics(self.visited, self.generated, time.monotonic() - self._began)
