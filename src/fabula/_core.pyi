"""
The native search core of fabula; only fabula.search.engine imports it.
"""

from typing import Annotated

import numpy
from numpy.typing import NDArray


def solve(words: Annotated[NDArray[numpy.int32], dict(shape=(None,), order='C', device='cpu', writable=False)], numbers: Annotated[NDArray[numpy.float64], dict(shape=(None,), order='C', device='cpu', writable=False)], options: Annotated[NDArray[numpy.int32], dict(shape=(None,), order='C', device='cpu', writable=False)], goal: float, seconds: float, nodes: int, memory: int, poll: object | None) -> tuple[list[int], list[float]]:
    """
    Solve a problem in the flat format of docs/seam.md; return the answer in it.
    """

def spread(words: Annotated[NDArray[numpy.int32], dict(shape=(None,), order='C', device='cpu', writable=False)], numbers: Annotated[NDArray[numpy.float64], dict(shape=(None,), order='C', device='cpu', writable=False)], options: Annotated[NDArray[numpy.int32], dict(shape=(None,), order='C', device='cpu', writable=False)], goal: float, seconds: float, nodes: int, memory: int, poll: object | None) -> tuple[list[int], list[float]]:
    """
    Look at every course of events in a problem, in the flat format of docs/seam.md.
    """

def version() -> str:
    """Return the version of fabula that this core was built from."""
