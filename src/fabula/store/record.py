"""The world that a file of stories is about: its texts, how it is changed and asked, and a mark that tells worlds apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from fabula.ask.contracts import questions
from fabula.ask.finite import finite
from fabula.frozen import dataclass
from fabula.ground.expression import Condition
from fabula.ground.problem import Beat, Problem
from fabula.model.world import World
from fabula.pipeline.read import Reading, recall
from fabula.pipeline.solve import ground
from fabula.search.outcome import Limits
from fabula.search.seam import flatten


@dataclass(frozen=True, slots=True)
class Record:
    """A world as it was read, from its texts (the first file first), and how it is asked.

    Behaves like a world that needs no files: it can be kept, sent to another machine, and resolved again there.
    """

    name: str
    texts: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]
    limits: Limits
    goal: float | None

    def world(self, *more: str) -> World:
        """Resolve the world, with more changes. Raises Mistakes."""
        return recall(dict(self.texts), (*self.changes, *more))

    def changed(self, more: Iterable[str]) -> Record:
        """Return the same world with more changes."""
        return replace(self, changes=(*self.changes, *more))


def record(
    reading: Reading, texts: Mapping[str, str], changes: Iterable[str], limits: Limits, goal: float | None
) -> Record:
    """Keep what was read: `texts` and `changes` are those given to `read`."""
    files = tuple((source, text) for source, text in texts.items() if not source.startswith("change "))
    return Record(reading.name, files, tuple(changes), limits, goal)


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at: a problem whose counters end, its limits, the conditions that its contracts ask about."""

    problem: Problem
    limits: Limits
    goal: float | None
    asked: tuple[Condition, ...]
    mark: str


@lru_cache(maxsize=4)  # a sweep has many
def looked(recorded: Record) -> Looked:
    """Ground a world and find out what to ask. Raises Mistakes."""
    problem = ground(recorded.world())
    asked = tuple(questions(problem, problem.contracts))
    bounded = finite(problem, asked)
    return Looked(bounded, recorded.limits, recorded.goal, asked, _mark(bounded, asked))


def _mark(problem: Problem, asked: tuple[Condition, ...]) -> str:
    """Name a problem by all that its courses depend on: comments and the order of files are not among it."""
    flat, numbers = flatten(replace(problem, beats=tuple(Beat("", condition) for condition in asked)))
    names = (
        *problem.entities,
        *map(str, problem.fluents),
        *map(str, problem.actions),
        *(f"{c.name}|{c.demand}" for c in problem.contracts),
    )
    sum_ = hashlib.sha256(flat.tobytes() + numbers.tobytes())
    sum_.update("\n".join(names).encode())
    return sum_.hexdigest()
