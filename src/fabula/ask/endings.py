"""A map of the space of stories by meaning: how stories end, how many end so, and where that is decided."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape

from fabula.ask.space import Space
from fabula.ask.words.write import Written
from fabula.ground.expression import EntityId, FluentId, Value
from fabula.search.spread import Place

_LONGEST = 200
"""Courses longer than this are not counted where acts may go round in circles."""


@dataclass(frozen=True, slots=True)
class Turning:
    """The act with which an ending goes out of reach, and the course up to the last state from which it was within."""

    act: str
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """One way in which stories end.

    `facts` are those of the world that have changed since the start. `hoped`: it is what the author hopes for. `stories` counts the
    courses that end so, `more` says that there are more (acts may go round in circles). `acts` are a shortest course. `gains` is by how much
    each is better off than at the start, as things really are; `deceived` are those who end with a wrong belief about what has changed.
    """

    facts: tuple[str, ...]
    hoped: bool
    stories: int
    more: bool
    acts: tuple[str, ...]
    gains: tuple[tuple[str, Value], ...]
    deceived: tuple[str, ...]
    turnings: tuple[Turning, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Endings that mean the same to everybody; the one that most stories come to is first."""

    hoped: bool
    better: tuple[str, ...]
    worse: tuple[str, ...]
    deceived: tuple[str, ...]
    endings: tuple[Ending, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """All endings, most stories first. `locks` are the turnings after which no ending that the author hopes for is left."""

    endings: tuple[Ending, ...]
    locks: tuple[Turning, ...]
    extent: str

    def __str__(self) -> str:
        """Write the map as a list."""
        return text(self)

    def _repr_html_(self) -> str:
        """Show the endings as a table in a notebook."""
        rows = "".join(
            f"<tr><td>{e.stories:,}</td><td>{len(e.acts)}</td><td><code>{escape(', '.join(e.facts))}</code></td></tr>"
            for e in self.endings
        )
        return (
            f"<table><tr><th>stories</th><th>shortest</th><th>what has become of it</th></tr>{rows}</table>"
        )


def endings(space: Space) -> Map:
    """Map the endings of a space; places at which the same facts have changed, hoped for or not, are one ending."""
    groups: dict[tuple[tuple[str, ...], bool], list[Place]] = {}
    for place in space.endings:
        groups.setdefault((_facts(space, place), space.around.is_hoped(place)), []).append(place)
    counts, more = _stories(space)
    found = [_ending(space, facts, places, counts, more) for (facts, _), places in groups.items()]
    found.sort(key=lambda ending: (-ending.stories, len(ending.acts)))
    hoped = [place.number for place in space.endings if space.around.is_hoped(place)]
    locks = tuple(_turnings(space, hoped)) if hoped else ()
    return Map(tuple(found), locks, space.extent())


def _ending(
    space: Space, facts: tuple[str, ...], places: list[Place], counts: Counter[int], more: bool
) -> Ending:
    first = places[0]
    return Ending(
        facts,
        space.around.is_hoped(first),
        sum(counts[place.number] for place in places),
        more,
        space.acts_written(space.acts(first.number)),
        tuple(_gains(space, first)),
        tuple(_deceived(space, first)),
        tuple(_turnings(space, [place.number for place in places])),
    )


def _changed(space: Space, place: Place) -> list[FluentId]:
    start, end = space.state(0), space.state(place.number)
    pairs = enumerate(zip(start.values, end.values, strict=True))
    return [FluentId(f) for f, (before, after) in pairs if before != after]


def _facts(space: Space, place: Place) -> tuple[str, ...]:
    written, end = Written(space.problem), space.state(place.number)
    return tuple(written.fact(f, end.values[f]) for f in _changed(space, place))


def _gains(space: Space, place: Place) -> Iterator[tuple[str, Value]]:
    start, end = space.state(0), space.state(place.number)
    for number in range(space.problem.character_count):
        who = EntityId(number)
        before, after = space.reasons.worth(who, start), space.reasons.worth(who, end)
        gain = None if before is None or after is None else after - before
        yield space.problem.entities[who], gain


def _deceived(space: Space, place: Place) -> Iterator[str]:
    end = space.state(place.number)
    for who in range(space.problem.character_count):
        if any(end.believed[who].values[f] != end.values[f] for f in _changed(space, place)):
            yield space.problem.entities[who]


def _stories(space: Space) -> tuple[Counter[int], bool]:
    """Count the courses to every place, by length; whether there are longer ones that were not counted."""
    most = space.limits.author if space.limits.author >= 0 else _LONGEST
    ending = {place.number for place in space.endings}
    total: Counter[int] = Counter()
    level = Counter({0: 1})
    for _ in range(most):
        further: Counter[int] = Counter()
        for number, courses in level.items():
            for turn in space.places[number].turns:
                further[turn.to] += courses
        total += Counter({number: courses for number, courses in further.items() if number in ending})
        level = further
        if not level:
            return total, False
    return total, True


def _turnings(space: Space, targets: list[int]) -> Iterator[Turning]:
    """Give every act that leads from a place where the targets are within reach to one where they are not."""
    alive = space.leading_to(targets)
    for place in space.places:
        if place.number in alive and place.number not in targets:
            for turn in place.turns:
                if turn.to not in alive:
                    acts = space.acts_written(space.acts(place.number))
                    yield Turning(str(space.problem.actions[turn.action]), acts)


def clusters(answer: Map) -> tuple[Cluster, ...]:
    """Put endings together that mean the same to everybody: who gains, who loses, who is deceived, whether it is hoped for."""
    groups: dict[tuple[bool, tuple[str, ...], tuple[str, ...], tuple[str, ...]], list[Ending]] = {}
    for ending in answer.endings:
        groups.setdefault((ending.hoped, *_fates(ending)), []).append(ending)
    return tuple(Cluster(*key, tuple(endings)) for key, endings in groups.items())


def _fates(ending: Ending) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    known = [(name, gain) for name, gain in ending.gains if gain is not None]
    better = tuple(name for name, gain in known if gain > 0)
    return better, tuple(name for name, gain in known if gain < 0), ending.deceived


def text(answer: Map, most: int = 8) -> str:
    """Write the map: what each ending means, how many stories come to it, and where it is decided.

    Where there are more than so many endings, each meaning is listed once, with the ending that most stories come to.
    """
    count = len(answer.endings)
    groups = clusters(answer)
    lines = [f"{count} ending{'s' if count != 1 else ''} in {answer.extent}"]
    if count > most:
        lines.append(
            f"they mean {len(groups)} different things; of each, the ending that most stories come to:"
        )
    common = shared([ending.facts for ending in answer.endings]) if count > 1 else ()
    lines += [f"in all of them: {', '.join(common)}"] if common else []
    for group in groups:
        for ending in group.endings[:1] if count > most else group.endings:
            lines += _lines(ending, common, group if count > most else None)
    if answer.locks:
        lines.append(f"no way back to a hoped-for ending: {_places(answer.locks)}")
    return "".join(f"{line}\n" for line in lines)


def shared(many: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the facts that stand in every list, in the order of the first."""
    return tuple(fact for fact in many[0] if all(fact in facts for facts in many)) if many else ()


def difference(ending: Ending, common: tuple[str, ...]) -> str:
    """Write the facts of an ending but for those that go without saying."""
    nothing = "nothing else has changed" if common else "nothing has changed"
    return ", ".join(fact for fact in ending.facts if fact not in common) or nothing


def _lines(ending: Ending, common: tuple[str, ...], group: Cluster | None) -> Iterator[str]:
    more = " or more" if ending.more else ""
    hoped = ", as the author hopes" if ending.hoped else ""
    plural = "story" if ending.stories == 1 and not more else "stories"
    alike = f" (one of {len(group.endings)} endings like it)" if group and len(group.endings) > 1 else ""
    yield f"{ending.stories:,}{more} {plural}, the shortest of {len(ending.acts)} acts{hoped}{alike}"
    yield f"  {difference(ending, common)}"
    for title, names in zip(("better off", "worse off", "deceived"), _fates(ending), strict=True):
        if names:
            yield f"  {title}: {', '.join(names)}"
    if ending.turnings:
        yield f"  out of reach with {_places(ending.turnings)}"


def _places(turnings: Sequence[Turning], most: int = 4) -> str:
    """Name turnings, each act once, and no more than so many."""
    first: dict[str, Turning] = {}
    for turning in turnings:
        first.setdefault(turning.act, turning)
    said = [f"{t.act} {f'after {t.acts[-1]}' if t.acts else 'at the start'}" for t in first.values()]
    rest = f"; and {len(said) - most} other acts" if len(said) > most else ""
    return "; ".join(said[:most]) + rest


def as_json(answer: Map) -> str:
    """Write the map as JSON."""
    return json.dumps(asdict(answer), indent=2, ensure_ascii=False)


def dot(space: Space) -> str:
    """Write the space as a graph in the DOT language: places, turns, endings with a double border."""
    ending = {place.number for place in space.endings}
    lines = [f'  {n.number} [label="", shape={_shape(n.number in ending)}];' for n in space.places]
    lines += [
        f'  {place.number} -> {turn.to} [label="{space.problem.actions[turn.action]}"];'
        for place in space.places
        for turn in place.turns
    ]
    return "\n".join(["digraph stories {", "  node [width=0.2, height=0.2];", *lines, "}"]) + "\n"


def _shape(is_ending: bool) -> str:
    return "doublecircle" if is_ending else "circle"


def graphml(space: Space) -> str:
    """Write the space as GraphML, for programs that draw and measure graphs."""
    ending = {place.number for place in space.endings}
    nodes = [
        f'    <node id="n{p.number}"><data key="ending">{str(p.number in ending).lower()}</data></node>'
        for p in space.places
    ]
    edges = [
        f'    <edge source="n{p.number}" target="n{t.to}"><data key="act">{space.problem.actions[t.action]}</data></edge>'
        for p in space.places
        for t in p.turns
    ]
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        '  <key id="ending" for="node" attr.name="ending" attr.type="boolean"/>',
        '  <key id="act" for="edge" attr.name="act" attr.type="string"/>',
        '  <graph edgedefault="directed">',
    ]
    return "\n".join([*head, *nodes, *edges, "  </graph>", "</graphml>"]) + "\n"
