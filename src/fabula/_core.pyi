"""
The native search core of fabula; only fabula.search.engine imports it.
"""

import array
from collections.abc import Callable


class Leaver:
    """Leaves places of a look around, in the flat format of docs/seam.md."""

    def __init__(self, words: array.array[int], numbers: array.array[float], options: array.array[int]) -> None: ...

    def leave(self, asked: array.array[int], seconds: float, memory: int, poll: Callable[[], bool] | None) -> tuple[list[int], list[float]]:
        """Leave places; one thread at a time."""

def solve(words: array.array[int], numbers: array.array[float], options: array.array[int], goal: float, seconds: float, nodes: int, memory: int, poll: Callable[[], bool] | None) -> tuple[list[int], list[float]]:
    """
    Solve a problem in the flat format of docs/seam.md; return the answer in it.
    """

def spread(words: array.array[int], numbers: array.array[float], options: array.array[int], goal: float, seconds: float, nodes: int, memory: int, poll: Callable[[], bool] | None) -> tuple[list[int], list[float]]:
    """
    Look at every course of events in a problem, in the flat format of docs/seam.md.
    """

def version() -> str:
    """Return the version of fabula that this core was built from."""
