"""What a search answers: stories with the reasons of everyone in them, or a proof that there are none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from fabula.ground.expression import EntityId, Value
from fabula.ground.problem import ActionId


class Status(Enum):
    """How a search ended.

    `IMPOSSIBLE`: the whole space was searched and no limit cut anything off; `LIMITS`: none within
    the limits, all of which was searched; `STOPPED`: time, nodes, memory or the user ended it.
    """

    SOLVED = "solved"
    IMPOSSIBLE = "impossible"
    LIMITS = "limits"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Limits:
    """How far to look; -1 means without limit. Defaults are the command line's."""

    author: int = 8
    character: int = 5
    epistemic: int = 2


@dataclass(frozen=True, slots=True)
class Budget:
    """When to give up: seconds of wall time, visited nodes, bytes of memory; None means never."""

    seconds: float | None = None
    nodes: int | None = None
    memory: int | None = None


Ambition = Literal["improve", "best"]
"""What counts as a reason: any plan that improves on the present, or only a best conceivable one."""

Mode = Literal["first", "optimal", "all"]
"""The first story found, a shortest one (proved), or every story within the limits."""


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a plan and why everybody in it consents, as the plan's owner imagines it."""

    action: ActionId
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The plan for whose sake `character` consents to its first act.

    `before` and `after` are her utility, in her own imagination, at both ends of the plan. The first
    step carries no explanations of its own: it is the act being explained. A later step of her own is
    explained, for her, by the rest of the plan or another improving one.
    """

    character: EntityId
    steps: tuple[Step, ...]
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Plan:
    """A story as acts: each with the explanation of every character who consents to it."""

    steps: tuple[Step, ...]
    utility: Value


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the search cost: states visited and generated, seconds of wall time."""

    visited: int = 0
    generated: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one question. `plans` is empty unless the status is SOLVED (or STOPPED with a find)."""

    status: Status
    plans: tuple[Plan, ...] = ()
    statistics: Statistics = Statistics()
    reason: str = ""
    """For STOPPED: `time`, `nodes`, `memory` or `interrupt`."""
