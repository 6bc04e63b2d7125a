"""What an ending means: what has become of the world, who gained by it, who is wrong, whose plans failed on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fabula.ask.space import Space
from fabula.ask.words.write import Written
from fabula.ground.expression import EntityId, FluentId, Value
from fabula.search.tables import Place
from fabula.story.motives import Motives

Said = tuple[str, ...]


def changed(space: Space, place: Place, too: Collection[str] = ()) -> list[FluentId]:
    """Return what is no longer as it was at the start of the space, and the fluents written `too`."""
    start, end = space.state(0), space.state(place.number)
    values = zip(space.problem.fluents, start.values, end.values, strict=True)
    return [
        FluentId(f)
        for f, (fluent, before, after) in enumerate(values)
        if before != after or (too and str(fluent) in too)
    ]


def facts(space: Space, place: Place, too: Collection[str] = ()) -> Said:
    """Write what has changed since the start, and the fluents written `too`, as they are now."""
    written, end = Written(space.problem), space.state(place.number)
    return tuple(written.fact(f, end.values[f]) for f in changed(space, place, too))


def beliefs(space: Space, place: Place, too: Collection[str] = ()) -> Said:
    """Write who has come to be wrong about what: `believes(Ben, !fed(Ada))`."""
    written, end = Written(space.problem), space.state(place.number)
    return tuple(
        written.fact(fluent, end.believed[who].values[fluent], (who,))
        for who in map(EntityId, range(space.problem.character_count))
        for fluent in _wrong(space, place, who, too)
    )


def deceived(space: Space, place: Place) -> Said:
    """Name those who have come to be wrong about something."""
    people = map(EntityId, range(space.problem.character_count))
    return tuple(space.problem.entities[who] for who in people if _wrong(space, place, who))


def _wrong(space: Space, place: Place, who: EntityId, too: Collection[str] = ()) -> list[FluentId]:
    """Return what somebody is wrong about, unless the error and what it is about are both as they were at the start."""
    start, end, about = space.state(0), space.state(place.number), set(changed(space, place, too))
    before, after = start.believed[who].values, end.believed[who].values
    fluents = map(FluentId, range(len(end.values)))
    return [f for f in fluents if after[f] != end.values[f] and (f in about or before[f] != after[f])]


def gains(space: Space, place: Place) -> Iterator[tuple[str, Value]]:
    """Give by how much each character is better off than at the start, as things really are."""
    start, end = space.state(0), space.state(place.number)
    for number in range(space.problem.character_count):
        who = EntityId(number)
        before, after = space.reasons.worth(who, start), space.reasons.worth(who, end)
        gain = None if before is None or after is None else after - before
        yield space.problem.entities[who], gain


def marks(space: Space, place: Place, by: Collection[str]) -> Said:
    """Write how every fact of some properties stands: with `alive`, who lives and who does not."""
    written, end = Written(space.problem), space.state(place.number)
    about = (FluentId(f) for f, fluent in enumerate(space.problem.fluents) if fluent.name in by)
    return tuple(written.fact(f, end.values[f]) for f in about)


def failed(space: Space, number: int) -> Said:
    """Write the plans that failed on a shortest course to a place: whose, and the act with which it should have come true."""
    plan = space.plan(space.acts(number))
    acts = [step.action for step in plan.steps]
    motives = Motives(space.nature, space.words, space.lore.states(plan, space.start), acts)
    found: dict[str, None] = {}
    for index, step in enumerate(plan.steps):
        for motive in (motives.motive(index, explanation) for explanation in step.explanations):
            if motive.came == "failed":
                found[f"{motive.character}: {motive.plan[-1]}"] = None
    return tuple(found)
