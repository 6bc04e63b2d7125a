"""How a command ends: the exit codes, and what ends it before its time."""

from __future__ import annotations

import _thread
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from threading import TIMEOUT_MAX, Timer
from typing import Self


class Ending(IntEnum):
    """The exit codes of `fabula`."""

    DONE = 0
    NO_STORY = 10
    """Proved: no acts whatsoever make a story."""
    NONE_WITHIN_LIMITS = 11
    TIME = 20
    """Or the number of states that were allowed."""
    MEMORY = 21
    INTERRUPTED = 22
    MISTAKES = 30
    """The world has mistakes."""
    USAGE = 31
    """What stands on the command line cannot be done, also where it is a change, a contract or a question that has mistakes."""
    CONTRACT = 32
    SPOILER = 33
    """The telling would give away more than the reader has seen."""
    BUG = 40


class Ended(Exception):  # noqa: N818 - a command that has said all it has to say
    """Ends a command with an exit code and, perhaps, a sentence for the reader."""

    def __init__(self, ending: Ending, sentence: str = "") -> None:
        """Remember both."""
        super().__init__(sentence)
        self.ending, self.sentence = ending, sentence


class Interrupts:
    """Ctrl-C, and the end of the time that a command was given.

    Behaves like a handler of signals for as long as it is entered; a command that searches enters it. Both raise
    KeyboardInterrupt, except while they are `heeded`: then the search asks `going`, nobody is cut off in the middle of
    saying what was found, and searches look at the clock themselves. A second Ctrl-C raises in any case.
    """

    def __init__(self, seconds: float | None) -> None:
        """Be told how long the command may take; None: as long as it likes."""
        self.why = ""
        """What has come: `interrupt`, `time` or nothing yet."""
        self._heeded = self._rung = False
        self._clock = None if seconds is None else Timer(min(seconds, TIMEOUT_MAX), self._ring)
        self._before: object = signal.SIG_DFL

    def __enter__(self) -> Self:
        """Let the time begin."""
        try:
            with suppress(ValueError):  # only the first thread of a process can be interrupted
                self._before = signal.signal(signal.SIGINT, self._come)
            if self._clock is not None:
                self._clock.daemon = True
                self._clock.start()
        except KeyboardInterrupt:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Leave everything as it was."""
        if self._clock is not None:
            self._clock.cancel()
        with suppress(ValueError):
            signal.signal(signal.SIGINT, self._before)  # type: ignore[arg-type]

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Raise nothing in here: somebody asks `going`, and what is said here is said to its end."""
        self._heeded = True
        try:
            yield
        finally:
            self._heeded = False

    def going(self) -> bool:
        """Whether there was no Ctrl-C yet."""
        return self.why != "interrupt"

    def _ring(self) -> None:
        self._rung = True
        _thread.interrupt_main()

    def _come(self, *_: object) -> None:
        impatient = self.why == "interrupt" and not self._rung
        if not self._rung:
            self.why = "interrupt"
        self.why, self._rung = self.why or "time", False
        if impatient or not self._heeded:
            raise KeyboardInterrupt
