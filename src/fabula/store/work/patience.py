"""How long to go on: until the time is up, enough was seen, or somebody has had enough. Nothing is cut off in the middle."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from types import FrameType

from fabula.frozen import dataclass
from fabula.search.outcome import Budget

_MOMENT = 0.001
"""Seconds in which something can be done: a budget without any is none."""


@dataclass(slots=True)
class Patience:
    """Knows when to stop; called, it says whether to go on. Seconds and nodes of the budget count from when it was made."""

    budget: Budget
    began: float = field(default_factory=time.monotonic)
    interrupted: bool = False

    def __call__(self) -> bool:
        """Whether nobody has interrupted."""
        return not self.interrupted

    @property
    def seconds(self) -> float:
        """The seconds since the beginning."""
        return time.monotonic() - self.began

    def left(self) -> float | None:
        """Return the seconds that are left, a moment where none are; None: as many as it takes."""
        return None if self.budget.seconds is None else max(_MOMENT, self.budget.seconds - self.seconds)

    def end(self, done: int) -> str:
        """Say why to stop after so many states: `interrupt`, `time`, `nodes`, or nothing."""
        if self.interrupted:
            return "interrupt"
        if self.budget.seconds is not None and self.seconds >= self.budget.seconds:
            return "time"
        return "nodes" if self.budget.nodes is not None and done >= self.budget.nodes else ""


@contextmanager
def patience(budget: Budget) -> Iterator[Patience]:
    """While this lasts, Ctrl-C asks for an end instead of breaking off; pressed again, it breaks off after all."""
    made = Patience(budget)
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN or threading.current_thread() is not threading.main_thread():
        yield made
        return

    def heed(_: int, __: FrameType | None) -> None:
        if made.interrupted:
            raise KeyboardInterrupt
        made.interrupted = True

    signal.signal(signal.SIGINT, heed)
    try:
        yield made
    finally:
        signal.signal(signal.SIGINT, before)
