"""What a search answers: stories with the reasons of everyone in them, or a proof that there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from enum import Enum
from math import ceil, inf, nextafter
from operator import index
from typing import Literal, get_args

from fabula.diagnostics.diagnostic import Diagnostic
from fabula.frozen import dataclass
from fabula.ground.expression import EntityId, Value
from fabula.ground.problem import ActionId, Belief
from fabula.search.most import MOST, MOST_PLANNED
from fabula.search.tables import Tables


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
    """How far to look; -1 means without limit. Defaults are the command line's.

    Raises ValueError for more than MOST, or plans of more than MOST_PLANNED acts: whoever wants that wants no limit.
    """

    author: int = 8
    character: int = 5
    epistemic: int = 2

    def __post_init__(self) -> None:
        """Refuse what the core has no numbers, or no room, for."""
        if max(self.author, self.epistemic) > MOST or self.character > MOST_PLANNED:
            raise ValueError(f"limits are at most {MOST:,} acts and minds, and {MOST_PLANNED} acts of a plan")


@dataclass(frozen=True, slots=True)
class Budget:
    """When to give up: seconds of wall time, visited nodes, bytes of memory; None means never.

    With two threads instead of one a proof is sooner done; story and visited states stay the same, how many were generated
    does not.

    Raises ValueError for what is no amount of anything: nothing, less than that, NaN, or more than there are numbers for.
    """

    seconds: float | None = None
    nodes: int | None = None
    memory: int | None = None
    threads: int = 1

    def __post_init__(self) -> None:
        """Refuse what the core would take for no limit, or has no numbers for."""
        if self.seconds is not None and not 0 < self.seconds <= nextafter(inf, 0):  # NaN is not, either
            raise ValueError(
                f"a budget of {self.seconds} seconds; there must be a finite number above 0, or None for no limit"
            )
        for name, amount in (("nodes", self.nodes), ("bytes of memory", self.memory)):
            if amount is not None and not 0 < index(amount) <= MOST**2:
                raise ValueError(
                    f"a budget of {amount} {name}; there must be 1 to {MOST**2:,}, or None for no limit"
                )
        if index(self.threads) not in (1, 2):
            raise ValueError(f"a budget of {self.threads} threads; there must be 1 or 2")


Ambition = Literal["improve", "best"]
"""What counts as a reason: any plan that improves on the present, or only a best conceivable one."""

Mode = Literal["first", "optimal", "all", "prove"]
"""The first story found, a shortest one (proved), every story within the limits, or the proof that there is none.

`prove` goes straight for the end of the space; a story that turns up on the way is a shortest one."""


def refuse_unknown(what: str, given: object, words: object) -> None:
    """Refuse what is none of the words of a Literal, such as Mode. Raises ValueError.

    Whoever takes such a word calls this: each search would take a wrong one for another of its words.
    """
    if given not in (known := get_args(words)):
        raise ValueError(f"{what}: {given!r} is none of {', '.join(map(repr, known))}")


@dataclass(frozen=True, slots=True)
class Start:
    """Where stories begin, if not where the problem says: one value per fluent, and explicit beliefs."""

    initial: tuple[Value, ...]
    beliefs: tuple[Belief, ...] = ()


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
    """What the search cost.

    `visited` counts the steps of stories that were looked at, `generated` all states, those in minds among them. `bodies` counts
    the states without minds, where everybody does anything, from which estimates and proofs are made. `seconds` are of wall time,
    `peak` are bytes (0 where nobody counted).
    """

    visited: int = 0
    generated: int = 0
    seconds: float = 0.0
    bodies: int = 0
    peak: int = 0


Progress = Callable[[Statistics], None]
"""Called now and then with what the search has cost so far."""

Going = Callable[[], bool]
"""Called often; False means that the user has had enough."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one question. `plans` is empty unless the status is SOLVED (or STOPPED with a find).

    `reason` is why it was STOPPED: `time`, `nodes`, `memory` or `interrupt`. `tables` show the states that were visited and those
    along each plan; None where they were not kept (see `Session`).
    """

    status: Status
    plans: tuple[Plan, ...] = ()
    statistics: Statistics = Statistics()
    reason: str = ""
    tables: Tables | None = field(default=None, compare=False, repr=False)
    mistake: Diagnostic | None = None
    """What broke on the way, in something that is no part of any story (one of what the search came across)."""


def default_goal(floor: Value) -> float:
    """Return the least goal worth telling: one above a whole utility, else the next whole number."""
    if floor is None:
        return 1.0
    return floor + 1 if floor.is_integer() else float(ceil(floor))


@dataclass(frozen=True, slots=True)
class Barred:
    """A plan that would improve somebody's lot, and the act of it for which others have no reason, in her eyes."""

    plan: tuple[ActionId, ...]
    act: ActionId
    by: tuple[EntityId, ...]


@dataclass(frozen=True, slots=True)
class Willing:
    """Whether a character would do an act, and why: her `explanation`, None if she has no reason.

    `before` and `after` are her utility, in her own eyes, without the act and right after it; None where she believes it to be
    impossible. `short`: she might have one, if the limits on reasons allowed a longer or deeper one. `barred` is what she would do it for if
    only the others were willing.
    """

    character: EntityId
    explanation: Explanation | None
    before: Value = None
    after: Value = None
    short: bool = False
    barred: Barred | None = None


class Beyond(Exception):  # noqa: N818 - not an error: another way is taken
    """The core leaves this to its plain twin."""


Flaw = Literal["", "empty", "too long", "impossible", "unwilling", "goal", "beats", "needless"]
"""Why a plan is no story; empty if it is one."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is to be said of a plan, up to the first thing that is wrong with it.

    `at` is the act that is `impossible`, or that somebody is `unwilling` to do, by its index; of a plan that is `too long` it is the
    number of acts allowed, of one that misses `beats` how many are met. `unwilling` would not do the act; `short`: they
    might, if the limits on reasons allowed a longer or deeper one. `part` are those acts of a `needless` plan that would do.
    `before` and `after` are the author's utility at the start and at the end, `goal` is what she asks for. `plan` has everybody's
    reasons, if all would do all of it, whether or not that is a story. `stopped` is why it was not examined to the end (see `Outcome.reason`).
    """

    flaw: Flaw = ""
    at: int = 0
    unwilling: tuple[EntityId, ...] = ()
    short: bool = False
    part: tuple[ActionId, ...] = ()
    before: Value = None
    after: Value = None
    goal: Value = None
    plan: Plan | None = None
    stopped: str = ""
    seconds: float = 0.0

    @property
    def valid(self) -> bool:
        """Whether it is a story."""
        return not self.flaw and not self.stopped
