"""A part of the space of stories: what lies ahead of one place, so many acts deep. Nobody need look at everything at once."""

from __future__ import annotations

from dataclasses import replace

from fabula.ask.space import Space
from fabula.frozen import dataclass
from fabula.ground.problem import ActionId
from fabula.search.tables import Place


@dataclass(frozen=True, slots=True)
class _Seen:
    """A place of the part: its number in the whole, how deep it lies in the part, and how one comes to it there."""

    number: int
    depth: int = 0
    came: tuple[int, ActionId] | None = None


def part(space: Space, start: int = 0, depth: int | None = None, most: int | None = None) -> Space:
    """Return what lies ahead of a place: at most so many acts, and no more than the nearest so many places.

    It is a space like any other, and says of itself what was left out.
    """
    seen = [_Seen(start)]
    index = {start: 0}
    for here in seen:  # grows while it is read
        for turn in space.places[here.number].turns if here.depth != depth else ():
            if turn.to not in index and (most is None or len(seen) < most):
                seen.append(_Seen(turn.to, here.depth + 1, (index[here.number], turn.action)))
                index[turn.to] = len(seen) - 1
    places = tuple(_place(space, here, index, depth) for here in seen)
    deep = any(here.depth == depth and place.open for here, place in zip(seen, places, strict=True))
    short = any(here.depth != depth and place.open for here, place in zip(seen, places, strict=True))
    around = replace(
        space.around,
        places=places,
        cut=deep or (space.around.cut and short),
        stopped=space.around.stopped or ("nodes" if len(seen) == most and short else ""),
        tables=None,
    )
    limits = replace(space.limits, author=depth) if deep and depth is not None else space.limits
    origin = (*space.origin, *space.acts(start))
    return Space(space.lore, around, space.asked, space.start, origin, limits)


def _place(space: Space, here: _Seen, index: dict[int, int], depth: int | None) -> Place:
    old = space.places[here.number]
    turns = tuple(replace(turn, to=index[turn.to]) for turn in old.turns if turn.to in index)
    if here.depth == depth:
        turns = ()
    left_out = old.open or len(turns) < len(old.turns)
    return replace(
        old, number=index[here.number], depth=here.depth, came=here.came, turns=turns, open=left_out
    )
