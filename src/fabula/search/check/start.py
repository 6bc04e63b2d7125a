"""The state with minds that a problem begins with, before any trigger."""

from __future__ import annotations

from fabula.frozen import dataclass
from fabula.ground.expression import EntityId, FluentId, Value
from fabula.ground.problem import Path, Problem
from fabula.search.check.mind import Mind


@dataclass(frozen=True, slots=True)
class Store:
    """Values by path: those of the state itself, and the explicit entries about what is believed."""

    values: tuple[Value, ...]
    entries: frozenset[tuple[Path, FluentId, Value]]

    def seen_by(self, character: EntityId) -> Store:
        """Return the character's belief state as a store of its own.

        What stands at `[A] + p` comes to stand at p and stays at `[A] + p`, A's idea of herself; where
        both speak of one place, the deeper entry, which is about that place, wins.
        """
        own = [(path, f, v) for path, f, v in self.entries if path[0] == character]
        here = {f: v for path, f, v in own if len(path) == 1}
        entries = {(path, f): v for path, f, v in own}
        entries |= {(path[1:], f): v for path, f, v in own if len(path) > 1}
        values = tuple(here.get(FluentId(f), value) for f, value in enumerate(self.values))
        return Store(values, frozenset((path, f, v) for (path, f), v in entries.items()))


def opening(problem: Problem) -> Mind:
    """Return the start as it is written, triggers still to come."""
    last = {(belief.path, belief.fluent): belief.value for belief in problem.beliefs}
    entries = frozenset((path, fluent, value) for (path, fluent), value in last.items())
    return _unfolded(Store(problem.initial, entries), {})


def _unfolded(store: Store, known: dict[Store, Mind]) -> Mind:
    """Return the mind that a store stands for."""
    if store not in known:
        known[store] = Mind(store.values, lambda c: _unfolded(store.seen_by(c), known))
    return known[store]
