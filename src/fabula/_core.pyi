"""
The native search core of fabula; only fabula.search.engine imports it.
"""

import array
from collections.abc import Callable


class Chart:
    """
    The tables of a question (see fabula.search.tables). IndexError: a number stands for nothing.
    """

    @property
    def depth(self) -> object: ...

    @property
    def before(self) -> object: ...

    @property
    def act(self) -> object: ...

    @property
    def open(self) -> object: ...

    @property
    def worth(self) -> object: ...

    @property
    def turns_of(self) -> object: ...

    @property
    def turn_act(self) -> object: ...

    @property
    def turn_to(self) -> object: ...

    @property
    def refused_of(self) -> object: ...

    @property
    def refused_act(self) -> object: ...

    @property
    def stories_of(self) -> object: ...

    @property
    def story_state(self) -> object: ...

    def node(self, place: int) -> int:
        """Name the state at a place, for the functions below."""

    def row(self, node: int) -> tuple[float | None, ...]:
        """Return the values of a state, as a row of `values`; None is `?`."""

    def mind(self, node: int, character: int) -> int:
        """
        Name the state that somebody takes for true; 2**32 - 1 where it is not kept.
        """

    def after(self, node: int, act: int) -> int:
        """
        Name the state that an act leads to; 2**32 - 1 where that cannot be worked out.
        """

    @staticmethod
    def broken(node: int) -> bool:
        """Say whether that is no state: what broke in somebody's mind."""

    @property
    def holds(self) -> object: ...

    @property
    def values(self) -> object: ...

    @property
    def believed(self) -> object: ...

class Leaver:
    """Leaves places of a look around, in the flat format of docs/seam.md."""

    def __init__(self, words: array.array[int], numbers: array.array[float], options: array.array[int]) -> None: ...

    def leave(self, asked: array.array[int], seconds: float, memory: int, poll: Callable[[], bool] | None) -> tuple[list[int], list[float]]:
        """Leave places; one thread at a time."""

class Session:
    """Answers questions about a problem, in the flat format of docs/seam.md."""

    def __init__(self, words: array.array[int], numbers: array.array[float]) -> None: ...

    def ask(self, words: array.array[int], numbers: array.array[float], seconds: float, nodes: int, memory: int, threads: int, poll: Callable[[], bool] | None, told: Callable[[list[int], list[float]], object] | None) -> tuple[list[int], list[float], Chart | None]:
        """Answer a question; `told` is called with every story as it is found."""

def version() -> str:
    """Return the version of fabula that this core was built from."""
