"""States with minds: one value per fluent and, for each character, exactly one believed state, without end.

Beliefs go on for ever (what A thinks that B thinks that A thinks …), yet they form a finite graph with
cycles: a state in which everybody is right about everything is its own believed state. Two states
are the same when no path of beliefs tells them apart (bisimulation; Hopcroft 1971 and Park
1981), and `Space` keeps one object for each, so that sameness is identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from fabula.ground.expression import Value

Values = tuple[Value, ...]


class State:
    """A state of the world or of a mind. Made only by `Space`; compared by identity."""

    __slots__ = ("believed", "number", "values")

    def __init__(self, number: int, values: Values) -> None:
        """Make a state without beliefs; `Space` fills them in, since they may lead back here."""
        self.number = number
        self.values = values
        self.believed: Sequence[State] = ()


class Draft:
    """A state under construction: its values are known, its beliefs are worked out when first asked for.

    Being lazy lets a draft refer to itself and to drafts that are not finished.
    """

    __slots__ = ("_child", "_known", "values")

    def __init__(self, values: Values, child: Callable[[int], Node]) -> None:
        """`child(character)` gives the believed state; it is called at most once per character."""
        self.values = values
        self._child = child
        self._known: dict[int, Node] = {}

    @property
    def believed(self) -> Draft:
        """The draft itself, which answers `[character]`."""
        return self

    def __getitem__(self, character: int) -> Node:
        """Return the believed state of a character."""
        if character not in self._known:
            self._known[character] = self._child(character)
        return self._known[character]


Node = State | Draft


class Space:
    """All states seen so far, each once."""

    def __init__(self, characters: int) -> None:
        """Start empty, for worlds with so many characters."""
        self.characters = range(characters)
        self.states: list[State] = []
        self._by_content: dict[tuple[Values, tuple[int, ...]], State] = {}
        self._by_shape: dict[tuple[object, ...], tuple[State, ...]] = {}

    def intern(self, root: Node) -> State:
        """Return the one state that is like the draft, settling the drafts below it first."""
        if isinstance(root, State):
            return root
        settled: dict[Draft, State] = {}
        for knot in _knots(root, self.characters):
            self._settle(knot, settled)
        return settled[root]

    def _settle(self, knot: list[Draft], settled: dict[Draft, State]) -> None:
        """Settle drafts that refer to each other in a circle (or a single one); all below are settled."""

        def child(node: Node, character: int) -> Node:
            below = node.believed[character]
            return settled.get(below, below) if isinstance(below, Draft) else below

        if len(knot) == 1 and all(child(knot[0], c) is not knot[0] for c in self.characters):
            draft = knot[0]
            believed = [self._require(child(draft, c)) for c in self.characters]
            settled[draft] = self._by_content.get(_content(draft.values, believed)) or self._new(
                draft.values, believed
            )
            return
        block = _blocks(knot, child, self.characters)
        names = {block[node]: node for node in block if isinstance(node, State)}
        for draft in knot:
            if block[draft] not in names:
                self._tie(draft, _Circle(block, names, child, self.characters))
            settled[draft] = names[block[draft]]

    def _tie(self, root: Draft, circle: _Circle) -> None:
        """Name the states of a circle that `root` belongs to: those of the same shape, or new ones."""
        members, shape = circle.seen_from(root)
        if shape not in self._by_shape:
            made = {circle.block[draft]: State(-1, draft.values) for draft in members}
            views = [circle.seen_from(draft) for draft in members]
            for draft in members:
                state = made[circle.block[draft]]
                state.believed = tuple(circle.state(draft, c, made) for c in self.characters)
                self._register(state)
            for seen, key in views:
                self._by_shape[key] = tuple(made[circle.block[draft]] for draft in seen)
        for draft, state in zip(members, self._by_shape[shape], strict=True):
            circle.names[circle.block[draft]] = state

    def _new(self, values: Values, believed: Sequence[State]) -> State:
        state = State(-1, values)
        state.believed = tuple(believed)
        self._register(state)
        return state

    def _register(self, state: State) -> None:
        state.number = len(self.states)
        self.states.append(state)
        self._by_content[_content(state.values, state.believed)] = state

    @staticmethod
    def _require(node: Node) -> State:
        assert isinstance(node, State), "everything below is settled"
        return node


@dataclass(frozen=True, slots=True)
class _Circle:
    """Drafts that lead to each other, grouped into blocks of like ones; a named block has its state already."""

    block: dict[Node, int]
    names: dict[int, State]
    child: Callable[[Node, int], Node]
    characters: range

    def seen_from(self, root: Draft) -> tuple[list[Draft], tuple[object, ...]]:
        """Give one draft for each nameless block, in the order met from `root`, and the shape they form."""
        members: list[Draft] = [root]
        place = {self.block[root]: 0}
        shape: list[object] = []
        for draft in members:
            shape.append(draft.values)
            for c in self.characters:
                below = self.child(draft, c)
                number = self.block[below]
                if number in self.names:
                    shape.append(self.names[number])
                    continue
                assert isinstance(below, Draft), "a state names its own block"
                if number not in place:
                    place[number] = len(members)
                    members.append(below)
                shape.append(place[number])
        return members, tuple(shape)

    def state(self, draft: Draft, character: int, made: dict[int, State]) -> State:
        """Return the state that a member believes in."""
        number = self.block[self.child(draft, character)]
        return self.names.get(number) or made[number]


def _content(values: Values, believed: Iterable[State]) -> tuple[Values, tuple[int, ...]]:
    return values, tuple(map(id, believed))


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


def _blocks(knot: list[Draft], child: Callable[[Node, int], Node], characters: range) -> dict[Node, int]:
    """Number the drafts, and the states they lead to, so that like ones share a number (Moore 1956)."""
    nodes: dict[Node, None] = dict.fromkeys(knot)
    queue: list[Node] = list(knot)
    for node in queue:
        for c in characters:
            below = child(node, c)
            if below not in nodes:
                nodes[below] = None
                queue.append(below)
    block = _numbered((node, node.values) for node in nodes)
    while True:
        finer = _numbered((n, (block[n], *(block[child(n, c)] for c in characters))) for n in nodes)
        if len(set(finer.values())) == len(set(block.values())):
            return block
        block = finer


def _numbered(keyed: Iterable[tuple[Node, object]]) -> dict[Node, int]:
    numbers: dict[object, int] = {}
    return {node: numbers.setdefault(key, len(numbers)) for node, key in keyed}
