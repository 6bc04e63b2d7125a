"""What if: two worlds compared by all the stories they have."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from fabula.ask.endings import Ending, endings, shared
from fabula.ask.space import Space
from fabula.ask.whynot import WhyNot, why_not_act, why_not_now
from fabula.ask.whynot import text as why_not_text
from fabula.ask.words.show import counted, course, first, missing, table
from fabula.frozen import dataclass
from fabula.ground.problem import ActionId

_LISTED = 12
"""So many endings and acts of a kind are told in words."""

Lost = tuple[str, WhyNot | None]
"""An act and why it is not done; None where the world has no such act."""


@dataclass(frozen=True, slots=True)
class Parting:
    """After the same acts, what can happen only in the one world, and only in the other; each with why not in the other."""

    acts: tuple[str, ...]
    before: tuple[Lost, ...]
    after: tuple[Lost, ...]

    @property
    def only_before(self) -> tuple[str, ...]:
        """The acts of the first world."""
        return tuple(act for act, _ in self.before)

    @property
    def only_after(self) -> tuple[str, ...]:
        """The acts of the second world."""
        return tuple(act for act, _ in self.after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the stories of a second world differ from those of a first.

    `names` are those of the worlds. `lost` and `gained` are endings, told apart by what has become of the world, who is wrong about
    it, and whether it is hoped for; `acts_lost` are the acts that no story has any more, each with the reason (None where the act itself is
    gone); `parting` is the first moment at which the worlds go different ways, None if they never do.
    """

    names: tuple[str, str]
    parting: Parting | None
    lost: tuple[Ending, ...]
    gained: tuple[Ending, ...]
    kept: int
    acts_lost: tuple[Lost, ...]
    acts_gained: tuple[str, ...]
    extents: tuple[str, str]

    def __str__(self) -> str:
        """Write the comparison for reading."""
        return text(self)

    def _repr_html_(self) -> str:
        """Show in a notebook what is lost and what is gained."""
        rows: list[tuple[object, ...]] = [("-", act, _why(why)) for act, why in self.acts_lost]
        rows += [("+", act, "") for act in self.acts_gained]
        rows += [("-", "ending", ", ".join(ending.facts)) for ending in self.lost]
        rows += [("+", "ending", ", ".join(ending.facts)) for ending in self.gained]
        return table(("", "what", ""), rows, " / ".join(self.names))


def compare(before: Space, after: Space, names: tuple[str, str] = ("before", "after")) -> Comparison:
    """Compare the stories of two worlds, or of one before and after a change."""
    too = _otherwise(before, after)
    maps = (endings(space, too=too).endings for space in (before, after))
    old, new = ({(e.facts, e.beliefs, e.hoped): e for e in every} for every in maps)
    done, now = _done(before), _done(after)
    return Comparison(
        names,
        _parting(before, after),
        tuple(ending for key, ending in old.items() if key not in new),
        tuple(ending for key, ending in new.items() if key not in old),
        len(old.keys() & new.keys()),
        tuple(_lost(after, (act for act in done if act not in now))),
        tuple(act for act in now if act not in done),
        (before.extent(), after.extent()),
    )


def _otherwise(before: Space, after: Space) -> frozenset[str]:
    """Return the facts that are otherwise at the start: of them it is not enough to say whether they have changed since."""
    one, other = (
        dict(zip(map(str, space.problem.fluents), space.state(0).values, strict=True))
        for space in (before, after)
    )
    return frozenset(fact for fact in one.keys() & other.keys() if one[fact] != other[fact])


def _done(space: Space) -> dict[str, None]:
    """Return every act that some course has, in order of first appearance."""
    return dict.fromkeys(str(space.problem.actions[t.action]) for p in space.places for t in p.turns)


def _lost(space: Space, acts: Iterable[str], number: int | None = None) -> Iterator[Lost]:
    """Give acts with why they are not done, at one place or at all."""
    known = {str(act): ActionId(i) for i, act in enumerate(space.problem.actions)}
    for act in acts:
        if act not in known:
            yield act, None
        else:
            yield (
                act,
                (
                    why_not_act(space, known[act])
                    if number is None
                    else why_not_now(space, known[act], number)
                ),
            )


def _parting(before: Space, after: Space) -> Parting | None:
    """Go through both spaces in step, and stop where the one has a turn that the other has not."""
    queue: deque[tuple[int, int, tuple[str, ...]]] = deque([(0, 0, ())])
    seen = {(0, 0)}
    while queue:
        one, other, acts = queue.popleft()
        here, there = _turns(before, one), _turns(after, other)
        if here.keys() != there.keys():
            gone = tuple(_lost(after, (act for act in here if act not in there), other))
            come = tuple(_lost(before, (act for act in there if act not in here), one))
            return Parting(acts, gone, come)
        for act in here:
            pair = here[act], there[act]
            if pair not in seen:
                seen.add(pair)
                queue.append((*pair, (*acts, act)))
    return None


def _turns(space: Space, number: int) -> dict[str, int]:
    return {str(space.problem.actions[t.action]): t.to for t in space.places[number].turns}


def text(answer: Comparison) -> str:
    """Write a comparison for reading, for instance in a review: what only the first world has after `-`, what only the second after `+`."""
    return "".join(f"{line}\n" for line in _lines(answer))


def _lines(answer: Comparison) -> Iterator[str]:
    for sign, name, extent in zip(("---", "+++"), answer.names, answer.extents, strict=True):
        yield f"{sign} {name}: {extent}"
    if answer.parting is None:
        yield "the same acts lead to the same acts" if answer.lost or answer.gained else "the same stories"
    else:
        yield f"the ways part {course(answer.parting.acts)}:"
        yield from _listed("-", answer.parting.before)
        yield from _listed("+", answer.parting.after, "before: ")
    if answer.lost or answer.gained:
        yield from _endings(answer)
    told = (*answer.parting.only_before, *answer.parting.only_after) if answer.parting else ()
    if lost := [(act, why) for act, why in answer.acts_lost if act not in told]:
        yield "acts that nobody does any more:"
        yield from _listed("-", lost)
    if gained := [act for act in answer.acts_gained if act not in told]:
        yield "acts that are new:"
        yield from (f"  + {act}" for act in first(gained, _LISTED, "act"))


def _endings(answer: Comparison) -> Iterator[str]:
    lost, gained, every = len(answer.lost), len(answer.gained), (*answer.lost, *answer.gained)
    yield f"endings: {lost} lost, {gained} gained, {answer.kept} as before"
    common = shared([_said(ending) for ending in every]) if len(every) > 1 else ()
    if common:
        yield f"  in all of them: {', '.join(common)}"
    for sign, found in (("-", answer.lost), ("+", answer.gained)):
        lines = [_ending(ending, common) for ending in found]
        yield from (f"  {sign} {line}" for line in first(lines, _LISTED, "ending"))


def _ending(ending: Ending, common: Sequence[str]) -> str:
    said = ", ".join(fact for fact in _said(ending) if fact not in common) or "nothing else has changed"
    hoped = ", as the author hopes" if ending.hoped else ""
    return f"{said} ({counted(len(ending.acts), 'act')}{hoped})"


def _said(ending: Ending) -> tuple[str, ...]:
    return (*ending.facts, *ending.beliefs)


def _listed(sign: str, acts: Sequence[Lost], when: str = "") -> Iterator[str]:
    """Write acts, each with why it is not done in the other world."""
    for act, why in acts[:_LISTED]:
        yield f"  {sign} {act}"
        yield from (f"      {when}{line}" for line in _why(why).splitlines())
    if len(acts) > _LISTED:
        yield f"  and {counted(len(acts) - _LISTED, 'more act')}"


def _why(why: WhyNot | None) -> str:
    """Say why an act is not done, without naming it again."""
    if why is None:
        return "it cannot happen at all"
    head, *more = why_not_text(why).splitlines()
    details = [line.strip() for line in more if not line.startswith("  that is after")]
    if why.kind == "not now":
        return f"not possible: {missing(why.missing)}"
    if why.kind == "unwilling":
        return "\n".join(details)
    return "\n".join((head.removeprefix(f"{why.asked} "), *details))
