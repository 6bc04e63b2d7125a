"""What the checker answers: valid, or which act or reason fails and why."""

from __future__ import annotations

from typing import Literal

from fabula.frozen import dataclass

Kind = Literal[
    "valid",
    "empty",  # a plan or an explanation without acts
    "unknown-act",  # an act that the problem does not have
    "too-long",  # more acts than a limit allows
    "impossible",  # a precondition does not hold where the act stands
    "unexplained",  # somebody consents and no reason is given
    "stray",  # a reason that nobody asked for: of a stranger, given twice, or for another act
    "nobody",  # a character counts on something that nobody chooses
    "claim",  # a printed utility is not the one reached
    "no-gain",  # the end is not better than the beginning
    "early",  # rule 5: the end's utility was there before
    "needless",  # rule 6: some acts could be left out
    "not-best",  # ambition "best": she could hope for more
    "goal",  # the story ends below its goal
    "beats",  # the story misses a beat
    "too-deep",  # cannot be decided: beliefs about beliefs without end would have to be followed
    "mistake",  # the world itself breaks: no rest, a contradiction, a division by zero
]
"""Why a plan is no story; `valid` if it is one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to `check`.

    `path` leads to what fails, by indices from 0: act, explanation in it, act in that, and so on. Of
    odd length it names an act, of even length a whole plan; () is the story itself.
    """

    valid: bool
    kind: Kind = "valid"
    path: tuple[int, ...] = ()
    reason: str = ""


class RejectedError(Exception):
    """Carries the first thing found wrong to the end of the check."""

    def __init__(self, kind: Kind, path: tuple[int, ...], reason: str) -> None:
        super().__init__(reason)
        self.verdict = Verdict(False, kind, path, reason)
