"""Finding stories in a file: for every ending a shortest one in which all that is asked for is so.

The courses of the space are walked breadth-first together with a few marks: who has acted, which acts have happened, what the
contracts have seen, how long it is. Marks take few values, so the walk ends however many courses there are, and what it does not find does
not exist (the product of an automaton with what it watches; Vardi & Wolper 1986).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from duckdb import DuckDBPyConnection as Connection

from fabula.ask.asked import asking
from fabula.ask.contracts import Stand, Watch
from fabula.frozen import dataclass
from fabula.ground.expression import Value
from fabula.ground.problem import ActionId
from fabula.search.minds.evaluate import Believing, Test
from fabula.search.minds.nature import Nature
from fabula.store.find.query import Query
from fabula.store.naming import Naming


@dataclass(frozen=True, slots=True)
class Found:
    """A story: the place where it ends, its acts, and whether the author hopes for that."""

    place: int
    acts: tuple[str, ...]
    hoped: bool


@dataclass(frozen=True, slots=True)
class _Values:
    """A state as far as its facts go; nobody looks into minds here."""

    values: tuple[Value, ...]
    broken: bool = False

    @property
    def believed(self) -> Believing:
        raise AssertionError(
            "whoever asks about beliefs asks for what was noted when the space was looked at"
        )


_Marks = tuple[int, int, tuple[tuple[Stand, bool], ...], int]
"""Which chosen acts have happened, which conditions have held, what contracts have seen and told, how long it is."""

_At = tuple[int, _Marks]


class Finder:
    """One question about one world of a file."""

    def __init__(self, connection: Connection, world: int, query: Query) -> None:
        """Read what the question needs: turns, endings, and where its conditions hold."""
        self._query, self._problem = query, query.at.problem
        self._connection, self._world = connection, world
        self._asked = query.at.asked
        self._acts, self._next, self._first = array("i"), array("q"), array("q", [0])
        self._read_turns()
        rows = self._rows("place, ending, hoped FROM gone")
        self._endings = {place: bool(hoped) for place, ending, hoped in rows if ending}
        self._holds = self._read_holds()
        self._numbers = {condition: number for number, condition in enumerate(self._asked)}
        self._watches = tuple(Watch(self._problem, contract, self._asked) for contract, _ in query.contracts)
        numbers = [n for least, most, _ in query.lengths for n in (least, most or 0)]
        self._longest = max(numbers, default=-1) + 1

    def _rows(self, what: str) -> Iterator[tuple]:  # type: ignore[type-arg]
        found = self._connection.execute(f"SELECT {what} WHERE world = ? ORDER BY place", (self._world,))
        while rows := found.fetchmany(10_000):
            yield from rows

    def _read_turns(self) -> None:
        ids = {str(action): number for number, action in enumerate(self._problem.actions)}
        for place, act, to in self._rows("place, act, next FROM turns"):
            while len(self._first) <= place:
                self._first.append(len(self._acts))
            self._acts.append(ids[act])
            self._next.append(to)

    def _read_holds(self) -> list[frozenset[int]]:
        """Find out which of the asked conditions hold at every place: as noted, or by the facts."""
        if not self._asked:
            return []
        old = self._query.noted
        fresh = [(n, asking(condition)) for n, condition in enumerate(self._asked) if n >= old]
        if not fresh:
            return [frozenset(holds) for _, holds in self._rows("place, holds FROM met")]
        return list(self._tested(old, fresh))

    def _tested(self, old: int, fresh: list[tuple[int, Test]]) -> Iterator[frozenset[int]]:
        naming, start = Naming(self._problem), Nature(self._problem).start().values
        for _, holds, facts in self._rows("place, holds, facts FROM met"):
            values = list(start)
            for fluent, value in map(naming.read, facts):
                values[fluent] = value
            state = _Values(tuple(values))
            yield frozenset(h for h in holds if h < old) | {n for n, holds_at in fresh if holds_at(state)}

    def find(self) -> Iterator[Found]:
        """Give the stories, shortest first, one for each place at which such a story can end."""
        start: _At = (0, self._marks(None, 0, None))
        came: dict[_At, tuple[_At, int] | None] = {start: None}
        told: set[int] = set()
        queue = [start]
        for at in queue:
            if at[0] in self._endings and at[0] not in told and self._fits(at):
                told.add(at[0])
                yield Found(at[0], self._course(came, at), self._endings[at[0]])
            for turn in self._turns(at[0]):
                to = self._next[turn]
                further = (to, self._marks(at[1], to, self._acts[turn]))
                if further not in came:
                    came[further] = (at, self._acts[turn])
                    queue.append(further)

    def _turns(self, place: int) -> range:
        if place >= len(self._first):
            return range(0)
        end = self._first[place + 1] if place + 1 < len(self._first) else len(self._acts)
        return range(self._first[place], end)

    def _marks(self, before: _Marks | None, place: int, act: int | None) -> _Marks:
        chosen, sometime, watched, length = before or (0, 0, (), -1)
        holds = self._holds[place] if self._holds else frozenset[int]()
        for bit, (acts, _) in enumerate(self._query.chosen):
            chosen |= (act in acts) << bit
        for bit, (condition, _) in enumerate(self._query.sometime):
            sometime |= (self._numbers[condition] in holds) << bit
        stands = []
        for n, watch in enumerate(self._watches):
            last = watched[n][0] if watched else None
            stand = watch.stand(last, place, holds, None if act is None else ActionId(act))
            told = watch.tells(stand, is_ending=False) or (bool(watched) and watched[n][1])
            stands.append((stand, told))
        return chosen, sometime, tuple(stands), min(length + 1, self._longest)

    def _fits(self, at: _At) -> bool:
        """Whether a story that ends here is one that was asked for."""
        place, (chosen, sometime, watched, length) = at
        query, holds = self._query, self._holds[place] if self._holds else frozenset[int]()
        return (
            all(bool(chosen >> bit & 1) == wanted for bit, (_, wanted) in enumerate(query.chosen))
            and all(bool(sometime >> bit & 1) == wanted for bit, (_, wanted) in enumerate(query.sometime))
            and all((self._numbers[c] in holds) == wanted for c, wanted in query.ends)
            and all(self._kept(n, *watched[n]) == wanted for n, (_, wanted) in enumerate(query.contracts))
            and all(
                (least <= length and (most is None or length <= most)) == w
                for least, most, w in query.lengths
            )
            and all(self._endings[place] == wanted for wanted in query.hoped)
        )

    def _kept(self, number: int, stand: Stand, told: bool) -> bool:
        """Whether a course that ends here has kept a contract."""
        watch = self._watches[number]
        return (told or watch.tells(stand, is_ending=True)) == watch.wanted

    def _course(self, came: dict[_At, tuple[_At, int] | None], at: _At) -> tuple[str, ...]:
        acts: list[str] = []
        before = came[at]
        while before is not None:
            acts.append(str(self._problem.actions[before[1]]))
            before = came[before[0]]
        return tuple(reversed(acts))
