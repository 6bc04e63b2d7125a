"""Writes sound problems as the fuzzing of the seam begins with them: `python -m tests.search.fuzz_seeds FOLDER`.

The form is that of `native/tests/fuzz_seam.cpp`: a question of seven bytes, the numbers, the words.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from pathlib import Path

from fabula.ground.problem import Problem
from fabula.search.outcome import Limits
from fabula.search.seam import flatten
from tests.search.random_problems import random_limits, random_problem

DOORS = 9
"""Four modes of solving, one of checking, three ends of a look around, and its tables."""
SEEDS = 300
_ESCAPE = b"\x80"


def seed(problem: Problem, limits: Limits, door: int) -> bytes:
    """Write a problem and a question about it as bytes for the fuzzer."""
    words, numbers = flatten(problem)
    question = bytes(
        (door, limits.author % 6, limits.character % 6, limits.epistemic % 6, 0, 0, len(numbers))
    )
    return question + b"".join(_halves(numbers)) + b"".join(map(_word, words[2:]))


def _halves(numbers: Iterable[float]) -> Iterable[bytes]:
    for number in numbers:
        yield _ESCAPE if math.isnan(number) else int(max(-60, min(60, number)) * 2).to_bytes(1, signed=True)


def _word(word: int) -> bytes:
    return (
        word.to_bytes(1, signed=True)
        if -128 < word < 128
        else _ESCAPE + word.to_bytes(4, "little", signed=True)
    )


def main() -> None:
    """Write the seeds into the folder that the command line names."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(SEEDS):
        written = seed(random_problem(number), random_limits(number), number % DOORS)
        (folder / f"world-{number:03}").write_bytes(written)


if __name__ == "__main__":
    main()
