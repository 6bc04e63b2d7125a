"""What can happen at some places: the step of which a look around is made, for those who keep the places elsewhere.

`spread` looks at everything at once and must have room for it. Whoever keeps places in a file, or sends them to other
machines, asks a `Leaver` about some of them at a time. A place is named by its course, a state by its digest, so that a question
can be asked again anywhere, with the same answer. `engine.leaver` gives one: `plain.leaving` is the readable definition.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fabula.frozen import dataclass
from fabula.ground.expression import FluentId, Value
from fabula.ground.problem import ActionId
from fabula.search.outcome import Budget, Going

Branch = tuple[int, ActionId]
"""How one comes to a place: the number of the place before it in the same tree, and the act between them."""


@dataclass(frozen=True, slots=True)
class Met:
    """A state that came into sight.

    `digest` (16 bytes) is the same for the same state wherever it is met. `worth` is the author's utility, `worths` those of the
    characters, as things really are. `facts` differ from the start. `holds` are the indices of the asked conditions that hold.
    """

    digest: bytes
    worth: Value
    worths: tuple[Value, ...]
    facts: tuple[tuple[FluentId, Value], ...]
    holds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What can happen at one place.

    `turns` are the acts that everybody in them would do, each with the index of what it leads to among those met. `refused` are
    possible, and somebody would not. `short`: she might, if the limits allowed a longer or deeper reason.
    """

    turns: tuple[tuple[ActionId, int], ...]
    refused: tuple[ActionId, ...]
    short: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """The answer: one `Left` for each place, in order, unless `stopped` (`time`, `memory`, `interrupt`) came before the last.

    The first of those met is always the start.
    """

    left: tuple[Left, ...]
    met: tuple[Met, ...]
    stopped: str = ""


class Leaver(Protocol):
    """Answers what can happen at places; remembers from call to call, which changes no answer."""

    def leave(
        self, tree: Sequence[Branch], places: Sequence[int], budget: Budget, going: Going | None = None
    ) -> Leaving:
        """Leave places of a tree of courses: place 0 is the start, place *n* is what the *n*-th branch leads to.

        Of the budget, seconds and memory count; the memory is for all that the leaver remembers. Raises Mistakes where
        something breaks, wherever; Beyond, see there.
        """
