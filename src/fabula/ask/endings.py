"""A map of the space of stories by meaning: how stories end, how many end so, and where that is decided.

Endings are told apart by what has become of the world, who is wrong about it, and whether the author hopes for it. Those that
mean the same to everybody make a cluster: who lives (or how else the facts of some property stand), who gains and who loses, who is
deceived; of each it says which plans failed on the way. Of a large space nothing is listed without end: see `text`, and `part` for a part of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict

from fabula.ask.map import fates
from fabula.ask.map.graph import dot, graphml
from fabula.ask.space import Space
from fabula.ask.words.show import counted, course, first, table
from fabula.frozen import dataclass
from fabula.ground.expression import Value
from fabula.ground.problem import ActionId
from fabula.search.minds.evaluate import Sight
from fabula.search.tables import Place

__all__ = ["Cluster", "Ending", "Map", "Turning", "as_json", "dot", "endings", "graphml", "text"]

_LONGEST = 200
"""Courses longer than this are not counted where acts may go round in circles."""

_CLOSELY = 100
_EFFORT = 200_000
"""So many endings, those with most stories, are looked at closely, fewer where that takes more looks at places: a large map is
drawn in seconds, too.
"""

_LISTED = 4
"""So many plans and turning points are named on a line."""

LIVING = ("alive", "dead")
"""Properties that say who lives, if a world has them."""


@dataclass(frozen=True, slots=True)
class Turning:
    """The act with which an ending goes out of reach, and the course up to the last state from which it was within."""

    act: str
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """One way in which stories end.

    `facts` are those of the world that have changed since the start, `beliefs` who is wrong about that. `hoped`: it is what the
    author hopes for. `stories` counts the courses that end so, `more` says that there are more (acts may go round in circles). `acts`
    are a shortest course. `marks` says how the facts stand by which endings are put together, `gains` by how much each is better
    off than at the start, as things really are; `deceived` are those who are wrong; `failed` are the plans that failed on the shortest course,
    each as whose and with which act it should have come true; `turnings` are where it goes out of reach, each act once. These two
    are known of endings that were looked at `closely`.
    """

    facts: tuple[str, ...]
    beliefs: tuple[str, ...]
    hoped: bool
    stories: int
    more: bool
    acts: tuple[str, ...]
    marks: tuple[str, ...]
    gains: tuple[tuple[str, Value], ...]
    deceived: tuple[str, ...]
    closely: bool
    failed: tuple[str, ...] = ()
    turnings: tuple[Turning, ...] = ()

    @property
    def better(self) -> tuple[str, ...]:
        """Those who are better off than at the start."""
        return tuple(name for name, gain in self.gains if gain is not None and gain > 0)

    @property
    def worse(self) -> tuple[str, ...]:
        """Those who are worse off than at the start."""
        return tuple(name for name, gain in self.gains if gain is not None and gain < 0)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Endings that mean the same; `stories` come to one of them. The first of them, which most come to, stands for all.

    `failed` are the plans that failed in all of them, `sometimes` those that failed in some, as far as they were looked at closely.
    `turnings` are the acts with which all of them go out of reach.
    """

    stories: int
    more: bool
    endings: tuple[Ending, ...]
    failed: tuple[str, ...]
    sometimes: tuple[str, ...]
    turnings: tuple[Turning, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """All endings, in clusters, most stories first.

    `locks` are the turnings after which no ending that the author hopes for is left. `locked` counts the states in which the story
    goes on without any way to such an ending (soft locks), `endless` those from which it comes to no end at all. `hopeless`: no story
    comes to such an ending.
    """

    clusters: tuple[Cluster, ...]
    locks: tuple[Turning, ...]
    locked: int
    endless: int
    hopeless: bool
    extent: str

    @property
    def endings(self) -> tuple[Ending, ...]:
        """All endings, most stories first."""
        every = (ending for cluster in self.clusters for ending in cluster.endings)
        return tuple(sorted(every, key=_rank))

    def __str__(self) -> str:
        """Write the map as a list."""
        return text(self)

    def _repr_html_(self) -> str:
        """Show the clusters as a table in a notebook."""
        head = ("stories", "shortest", "hoped", "what it means", "what has become of the world")
        rows = (
            (
                _stories(c.stories, c.more),
                counted(len(c.endings[0].acts), "act"),
                "yes" if c.endings[0].hoped else "",
                "; ".join(_fates(c)),
                ", ".join(c.endings[0].facts),
            )
            for c in self.clusters
        )
        return table(head, rows, _headline(self))


_Key = tuple[tuple[str, ...], tuple[str, ...], bool]
"""What tells endings apart: facts, beliefs, whether it is hoped for."""


def endings(
    space: Space,
    by: Sequence[str] = LIVING,
    where: Callable[[Sight], bool] | None = None,
    too: Collection[str] = (),
) -> Map:
    """Map the endings of a space, or those of its end states that fit.

    `by` names properties whose facts tell clusters apart, beside gains and errors; `too` are facts that are said of every ending,
    whether or not they have changed.
    """
    groups: dict[_Key, list[Place]] = {}
    for place in space.endings:
        if where is None or where(space.state(place.number)):
            said = fates.facts(space, place, too), fates.beliefs(space, place, too)
            groups.setdefault((*said, space.around.is_hoped(place)), []).append(place)
    counts, more = _counted(space)
    ranked = sorted(groups.items(), key=lambda group: (-_sum(counts, group[1]), group[1][0].depth))
    found = [
        _ending(space, key, places, (_sum(counts, places), more), by, number < _closely(space))
        for number, (key, places) in enumerate(ranked)
    ]
    hoped = [place.number for place in space.endings if space.around.is_hoped(place)]
    locks = tuple(_turnings(space, hoped)) if hoped else ()
    hopeless = not hoped and not _unfinished(space)
    clusters = _clusters(space, found, [places for _, places in ranked])
    return Map(clusters, locks, *_stuck(space, hoped), hopeless, space.extent())


def _closely(space: Space) -> int:
    return min(_CLOSELY, max(10, _EFFORT // len(space.places)))


def _ending(
    space: Space, key: _Key, places: list[Place], stories: tuple[int, bool], by: Sequence[str], closely: bool
) -> Ending:
    first_ = places[0]
    return Ending(
        *key,
        *stories,
        space.acts_written(space.acts(first_.number)),
        fates.marks(space, first_, by),
        tuple(fates.gains(space, first_)),
        fates.deceived(space, first_),
        closely,
        fates.failed(space, first_.number) if closely else (),
        tuple(_turnings(space, [place.number for place in places])) if closely else (),
    )


def _sum(counts: Counter[int], places: Sequence[Place]) -> int:
    return sum(counts[place.number] for place in places)


def _counted(space: Space) -> tuple[Counter[int], bool]:
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
    return total, any(space.places[number].turns for number in level)


def _turnings(space: Space, targets: Sequence[int]) -> Iterator[Turning]:
    """Give every act, once, that leads from a place where the targets are within reach to one where they are not."""
    alive, aims = space.leading_to((*targets, *_unfinished(space))), set(targets)
    seen: set[ActionId] = set()
    for place in space.places:
        if place.number in alive and place.number not in aims:
            for turn in place.turns:
                if turn.to not in alive and turn.action not in seen:
                    seen.add(turn.action)
                    acts = space.acts_written((*space.origin, *space.acts(place.number)))
                    yield Turning(str(space.problem.actions[turn.action]), acts)


def _unfinished(space: Space) -> tuple[int, ...]:
    """Return the places beyond which nobody has looked: what is within reach from there, is not known."""
    return tuple(place.number for place in space.places if place.open)


def _stuck(space: Space, hoped: Sequence[int]) -> tuple[int, int]:
    """Count the places without a way to a hoped-for ending where the story goes on, and those without a way to any."""
    unfinished = _unfinished(space)
    ends = space.leading_to((*(place.number for place in space.endings), *unfinished))
    alive = space.leading_to((*hoped, *unfinished))
    going = [place.number for place in space.places if place.turns]
    locked = sum(number not in alive for number in going) if hoped else 0
    return locked, sum(number not in ends for number in going)


def _rank(ending: Ending) -> tuple[int, int]:
    return -ending.stories, len(ending.acts)


def _clusters(space: Space, found: Sequence[Ending], places: Sequence[list[Place]]) -> tuple[Cluster, ...]:
    """Put endings together that mean the same: to everybody, and to the author."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, ending in enumerate(found):
        key = ending.hoped, ending.marks, ending.better, ending.worse, ending.deceived
        groups.setdefault(key, []).append(number)
    clusters: list[Cluster] = []
    for numbers in groups.values():
        at = [place.number for number in numbers for place in places[number]]
        turnings = tuple(_turnings(space, at)) if len(clusters) < _closely(space) else ()
        clusters.append(_cluster([found[number] for number in numbers], turnings))
    return tuple(sorted(clusters, key=lambda c: (-c.stories, len(c.endings[0].acts))))


def _cluster(group: Sequence[Ending], turnings: tuple[Turning, ...]) -> Cluster:
    looked = [ending.failed for ending in group if ending.closely]
    always = shared(looked)
    sometimes = dict.fromkeys(plan for failed in looked for plan in failed if plan not in always)
    stories = sum(ending.stories for ending in group)
    return Cluster(stories, group[0].more, tuple(group), always, tuple(sometimes), turnings)


def text(answer: Map, most: int = 8) -> str:
    """Write the map: what each cluster means, how many stories come to it, and where it is decided; no more than so many clusters."""
    lines = [_headline(answer)]
    common = shared([ending.facts for ending in answer.endings]) if len(answer.endings) > 1 else ()
    lines += [f"in all of them: {', '.join(common)}"] if common else []
    for cluster in answer.clusters[:most]:
        lines += _lines(cluster, common)
    if rest := answer.clusters[most:]:
        stories = sum(cluster.stories for cluster in rest)
        lines.append(
            f"and {counted(len(rest), 'other thing')} that endings mean, {counted(stories, 'story', 'stories')}"
        )
    return "".join(f"{line}\n" for line in (*lines, *_decided(answer)))


def _headline(answer: Map) -> str:
    count = counted(len(answer.endings), "ending")
    groups = len(answer.clusters)
    mean = f", which mean {groups} different things," if 1 < groups < len(answer.endings) else ""
    return f"{count}{mean} in {answer.extent}"


def _decided(answer: Map) -> Iterator[str]:
    if answer.hopeless:
        yield "no story comes to what the author hopes for"
    if answer.locks:
        yield f"no way back to a hoped-for ending: {_places(answer.locks)}"
    if answer.locked:
        yield f"  the story then goes on in {counted(answer.locked, 'state')} without any hope"
    if answer.endless:
        yield f"{counted(answer.endless, 'state')} from which the story comes to no end at all"


def shared(many: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the facts that stand in every list, in the order of the first."""
    return tuple(fact for fact in many[0] if all(fact in facts for facts in many)) if many else ()


def difference(ending: Ending, common: tuple[str, ...]) -> str:
    """Write the facts of an ending but for those that go without saying."""
    nothing = "nothing else has changed" if common else "nothing has changed"
    return ", ".join(fact for fact in ending.facts if fact not in common) or nothing


def _lines(cluster: Cluster, common: tuple[str, ...]) -> Iterator[str]:
    ending = cluster.endings[0]
    hoped = ", as the author hopes" if ending.hoped else ""
    shortest = min(len(e.acts) for e in cluster.endings)
    others = len(cluster.endings) - 1
    yield f"{_stories(cluster.stories, cluster.more)}, the shortest of {counted(shortest, 'act')}{hoped}"
    yield from (f"  {line}" for line in _fates(cluster))
    alike = f" (and {counted(others, 'ending')} like it)" if others else ""
    yield f"  {difference(ending, common)}{alike}"
    if cluster.turnings:
        yield f"  out of reach with {_places(cluster.turnings)}"


def _stories(number: int, more: bool) -> str:
    return f"{number:,} or more stories" if more else counted(number, "story", "stories")


def _fates(cluster: Cluster) -> Iterator[str]:
    """Say what endings mean, a line for each respect."""
    ending = cluster.endings[0]
    yield from _marks(ending.marks)
    said = {"better off": ending.better, "worse off": ending.worse, "deceived": ending.deceived}
    yield from (f"{title}: {', '.join(names)}" for title, names in said.items() if names)
    for often, plans in (("", cluster.failed), (" in some of them", cluster.sometimes)):
        if plans:
            yield f"plans that failed{often}: {'; '.join(first(plans, _LISTED, 'plan'))}"


def _marks(marks: Sequence[str]) -> Iterator[str]:
    """Write facts property by property: `alive: Ada, Ben; not Cy`, or `at(Ada) = Town, at(Ben) = Sea`."""
    properties = dict.fromkeys(mark.lstrip("!").split("(")[0] for mark in marks)
    for name in properties:
        own = [mark for mark in marks if mark.lstrip("!").split("(")[0] == name]
        if any("=" in mark for mark in own):
            yield ", ".join(own)
            continue
        who = [(mark[0] != "!", mark.split("(", 1)[1][:-1]) for mark in own]
        yes, no = (", ".join(said for so, said in who if so is wanted) for wanted in (True, False))
        yield f"{name}: {yes or 'nobody'}{f'; not {no}' if no else ''}"


def _places(turnings: Sequence[Turning], most: int = _LISTED) -> str:
    """Name turnings, and no more than so many."""
    return "; ".join(first([f"{t.act} {course(t.acts)}" for t in turnings], most, "act"))


def data(answer: Map) -> dict[str, object]:
    """Write the map as data: clusters with their endings, where it is decided, what was looked at."""
    return asdict(answer)


def as_json(answer: Map) -> str:
    """Write the map as JSON."""
    return json.dumps(data(answer), indent=2, ensure_ascii=False)
