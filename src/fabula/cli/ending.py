"""How a command ends: the exit codes."""

from __future__ import annotations

from enum import IntEnum


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
