"""What if: two worlds compared by all the stories they have."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from fabula.ask.endings import Ending, difference, endings, shared
from fabula.ask.space import Space
from fabula.ask.whynot import WhyNot, why_not_act
from fabula.ask.whynot import text as why_not_text
from fabula.ground.problem import ActionId


@dataclass(frozen=True, slots=True)
class Parting:
    """After the same acts, what can happen only in the one world, and only in the other."""

    acts: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the stories of a second world differ from those of a first.

    `lost` and `gained` are endings, told apart by what has changed since the start; `acts_lost` are the acts that no story has any
    more, each with the reason (None where the act itself is gone); `parting` is the first moment at which the worlds go
    different ways, None if they never do.
    """

    parting: Parting | None
    lost: tuple[Ending, ...]
    gained: tuple[Ending, ...]
    kept: int
    acts_lost: tuple[tuple[str, WhyNot | None], ...]
    acts_gained: tuple[str, ...]
    extents: tuple[str, str]

    def __str__(self) -> str:
        """Write the comparison for reading."""
        return text(self)


def compare(before: Space, after: Space) -> Comparison:
    """Compare the stories of two worlds, or of one before and after a change."""
    old, new = ({(e.facts, e.hoped): e for e in endings(space).endings} for space in (before, after))
    done, now = _done(before), _done(after)
    numbers = {str(act): ActionId(i) for i, act in enumerate(after.problem.actions)}
    lost = [act for act in done if act not in now]
    return Comparison(
        _parting(before, after),
        tuple(ending for key, ending in old.items() if key not in new),
        tuple(ending for key, ending in new.items() if key not in old),
        len(old.keys() & new.keys()),
        tuple((act, why_not_act(after, numbers[act]) if act in numbers else None) for act in lost),
        tuple(act for act in now if act not in done),
        (before.extent(), after.extent()),
    )


def _done(space: Space) -> dict[str, None]:
    """Return every act that some course has, in order of first appearance."""
    return dict.fromkeys(str(space.problem.actions[t.action]) for p in space.places for t in p.turns)


def _parting(before: Space, after: Space) -> Parting | None:
    """Go through both spaces in step, and stop where the one has a turn that the other has not."""
    queue: deque[tuple[int, int, tuple[str, ...]]] = deque([(0, 0, ())])
    seen = {(0, 0)}
    while queue:
        one, other, acts = queue.popleft()
        here, there = _turns(before, one), _turns(after, other)
        if here.keys() != there.keys():
            only = (tuple(a for a in x if a not in y) for x, y in ((here, there), (there, here)))
            return Parting(acts, *only)
        for act in here:
            pair = here[act], there[act]
            if pair not in seen:
                seen.add(pair)
                queue.append((*pair, (*acts, act)))
    return None


def _turns(space: Space, number: int) -> dict[str, int]:
    return {str(space.problem.actions[t.action]): t.to for t in space.places[number].turns}


def text(answer: Comparison) -> str:
    """Write a comparison for reading, for instance in a review."""
    return "".join(f"{line}\n" for line in _lines(answer))


def _lines(answer: Comparison) -> Iterator[str]:
    yield f"before: {answer.extents[0]}"
    yield f"after:  {answer.extents[1]}"
    if answer.parting is None:
        yield "the same stories"
        return
    parting = answer.parting
    place = f"after {len(parting.acts)} acts, the last {parting.acts[-1]}" if parting.acts else "at the start"
    yield f"the ways part {place}:"
    yield from (f"  - {act}" for act in parting.only_before)
    yield from (f"  + {act}" for act in parting.only_after)
    yield f"endings: {len(answer.lost)} lost, {len(answer.gained)} gained, {answer.kept} as before"
    common = shared([ending.facts for ending in (*answer.lost, *answer.gained)])
    if common:
        yield f"  in all of them: {', '.join(common)}"
    for sign, found in (("-", answer.lost), ("+", answer.gained)):
        for ending in found:
            yield f"  {sign} {difference(ending, common)} ({len(ending.acts)} acts)"
    if answer.acts_lost:
        yield "acts that nobody does any more:"
    for act, why in answer.acts_lost:
        if why is None:
            yield f"  - {act}: it can no longer happen at all"
        else:
            first, *more = why_not_text(why).splitlines()
            yield f"  - {first}"
            yield from (f"  {line}" for line in more)
    if answer.acts_gained:
        yield f"acts that are new: {', '.join(answer.acts_gained)}"
