"""States with minds: one value per fluent and, for each character, exactly one believed state, without end.

Beliefs go on for ever (what A thinks that B thinks that A thinks …), yet they form a finite graph with
cycles: a state in which everybody is right about everything is its own believed state. Two states
are the same when no path of beliefs tells them apart (bisimulation; Hopcroft 1971 and Park
1981), and `Space` keeps one object for each, so that sameness is identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from fabula.ground.expression import Value

Values = tuple[Value, ...]


class State:
    """A state of the world or of a mind. Made only by `Space`; compared by identity."""

    __slots__ = ("believed", "broken", "number", "values")

    def __init__(self, number: int, values: Values, broken: bool = False) -> None:
        """Make a state without beliefs; `Space` fills them in, since they may lead back here."""
        self.number = number
        self.values = values
        self.broken = broken
        self.believed: Sequence[State] = ()


class Draft:
    """A state under construction: its values are known, its beliefs are worked out when first asked for.

    Being lazy lets a draft refer to itself and to drafts that are not finished. `settled` is the
    state that it has become, once `Space` has seen it.
    """

    __slots__ = ("_child", "_known", "settled", "values")
    broken = False

    def __init__(self, values: Values, child: Callable[[int], Node]) -> None:
        """`child(character)` gives the believed state; it is called at most once per character."""
        self.values = values
        self.settled: State | None = None
        self._child = child
        self._known: dict[int, Node] = {}

    @property
    def believed(self) -> Draft:
        """The draft itself, which answers `[character]`."""
        return self

    def __getitem__(self, character: int) -> Node:
        """Return the believed state of a character."""
        node = self._known.get(character)
        if node is None:
            node = self._known[character] = self._child(character)
        if isinstance(node, Draft) and node.settled is not None:
            node = self._known[character] = node.settled
        return node


Node = State | Draft


class Space:
    """All states seen so far, each once; and `broken`, which stands for what is no state: nothing is known in it, for ever."""

    def __init__(self, characters: int, fluents: int) -> None:
        """Start empty, for worlds with so many characters and fluents."""
        self.characters = range(characters)
        self.broken = State(-1, (None,) * fluents, broken=True)
        self.broken.believed = (self.broken,) * characters
        self.states: list[State] = []
        self._by_values: dict[Values, list[State]] = {}

    def intern(self, root: Node) -> State:
        """Return the one state that is like the draft, settling the drafts below it first."""
        if isinstance(root, State):
            return root
        if root.settled is None:
            for knot in _knots(root, self.characters):
                self._settle(knot)
        assert root.settled is not None, "the root's knot comes last"
        return root.settled

    def _settle(self, knot: list[Draft]) -> None:
        """Settle drafts that lead to each other, or a single one; all that they lead to besides is settled."""
        for state in self._by_values.get(knot[0].values, ()):
            if (pairs := _alike(knot[0], state, self.characters)) is not None:
                for draft, same in pairs.items():
                    draft.settled = same
                return
        block = _blocks(knot, self.characters)
        made = {block[draft]: State(-1, draft.values) for draft in knot}
        believed = {
            block[draft]: tuple(made[block[n]] if isinstance(n, Draft) else n for n in self._below(draft))
            for draft in knot
        }
        for number, state in made.items():
            state.number, state.believed = len(self.states), believed[number]
            self.states.append(state)
            self._by_values.setdefault(state.values, []).append(state)
        for draft in knot:
            draft.settled = made[block[draft]]

    def _below(self, draft: Draft) -> list[Node]:
        return [draft[c] for c in self.characters]


def _alike(draft: Draft, state: State, characters: range) -> dict[Draft, State] | None:
    """Pair the draft, and all drafts below it, with states that no path tells apart from them, if there are such.

    A pair is taken for alike until it is found to differ (coinduction).
    """
    pairs = {draft: state}
    queue = [draft]
    for one in queue:
        same = pairs[one]
        if one.values != same.values:
            return None
        for c in characters:
            below, other = one[c], same.believed[c]
            if isinstance(below, Draft) and below not in pairs:
                pairs[below] = other
                queue.append(below)
            elif (pairs[below] if isinstance(below, Draft) else below) is not other:
                return None
    return pairs


def _drafts_below(draft: Draft, characters: range) -> Iterator[Draft]:
    for c in characters:
        below = draft[c]
        if isinstance(below, Draft):
            yield below


def _knots(root: Draft, characters: range) -> Iterator[list[Draft]]:
    """Give the drafts reachable from `root` in strongly connected groups, lowest first (Tarjan 1972)."""
    order: dict[Draft, int] = {root: 0}
    low: dict[Draft, int] = {root: 0}
    open_: list[Draft] = [root]
    inside = {root}
    walk = [(root, _drafts_below(root, characters))]
    while walk:
        draft, below = walk[-1]
        for lower in below:
            if lower not in order:
                order[lower] = low[lower] = len(order)
                open_.append(lower)
                inside.add(lower)
                walk.append((lower, _drafts_below(lower, characters)))
                break
            if lower in inside:
                low[draft] = min(low[draft], order[lower])
        else:
            walk.pop()
            if walk:
                low[walk[-1][0]] = min(low[walk[-1][0]], low[draft])
            if low[draft] == order[draft]:
                at = open_.index(draft)
                knot = open_[at:]
                del open_[at:]
                inside.difference_update(knot)
                yield knot


def _blocks(knot: list[Draft], characters: range) -> dict[Draft, int]:
    """Number the drafts of a knot so that like ones share a number (Moore 1956)."""
    block = _numbered((draft, draft.values) for draft in knot)
    while True:
        finer = _numbered(
            (
                draft,
                (block[draft], *(block[n] if isinstance(n := draft[c], Draft) else n for c in characters)),
            )
            for draft in knot
        )
        if len(set(finer.values())) == len(set(block.values())):
            return block
        block = finer


def _numbered(keyed: Iterable[tuple[Draft, object]]) -> dict[Draft, int]:
    numbers: dict[object, int] = {}
    return {draft: numbers.setdefault(key, len(numbers)) for draft, key in keyed}
