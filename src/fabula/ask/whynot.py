"""Why not: why an act never happens, or an ending never comes about; why somebody does not simply do something.

The answer is the first of these that is true: it does happen; nothing can bring about what it needs; what it needs never comes
together in any course; somebody whose consent it needs has no reason wherever it is possible; the limits hide it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from fabula.ask.asked import asking
from fabula.ask.moment.closed import Closed, closed
from fabula.ask.moment.closed import text as closed_text
from fabula.ask.space import Space
from fabula.ask.words.show import counted, course, missing, table
from fabula.ask.words.write import Written, listed, unmet
from fabula.diagnostics.span import Span
from fabula.frozen import dataclass
from fabula.ground.expression import AllOf, Compare, Condition, Const, FluentId, Read, Value
from fabula.ground.problem import Action, ActionId, Trigger
from fabula.search.reach import Reach

Kind = Literal["happens", "beyond reach", "never together", "not now", "unwilling", "limits"]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why an act or an ending does not come about.

    `acts` are a shortest course to it where it `happens`, else to the moment that comes nearest. `missing` are the conditions
    that fail there (`beyond reach`: those that nothing can bring about, and `roots` what that would take). `unwilling` are those
    who would not, and why. `helped` are the acts that would bring about what is missing, each with why it is not done. `lost` are
    the acts after which an ending that was still to be had at that moment no longer is. `is_condition`: not an act was asked about;
    `is_moment`: nothing but one moment was.
    """

    asked: str
    kind: Kind
    acts: tuple[str, ...]
    missing: tuple[str, ...] = ()
    unwilling: tuple[Closed, ...] = ()
    roots: tuple[str, ...] = ()
    helped: tuple[WhyNot, ...] = ()
    lost: tuple[str, ...] = ()
    extent: str = ""
    is_condition: bool = False
    is_moment: bool = False

    def __str__(self) -> str:
        """Write the answer as a paragraph."""
        return text(self)

    def _repr_html_(self) -> str:
        """Show the answer in a notebook."""
        return table((self.asked, self.kind), [(line,) for line in text(self).splitlines()])


def why_not_act(space: Space, action: ActionId) -> WhyNot:
    """Say why an act is in no course, or that it is."""
    asked = str(space.problem.actions[action])
    for place in space.places:
        if any(turn.action == action for turn in place.turns):
            return WhyNot(asked, "happens", space.acts_written((*space.acts(place.number), action)))
    refusing = [place.number for place in space.places if action in place.refused]
    if not refusing:
        return _never(space, asked, space.problem.actions[action].precondition)
    number = refusing[0]
    who = refusals(space, action, number)
    acts = space.acts_written(space.acts(number))
    return WhyNot(asked, "unwilling", acts, unwilling=who, extent=space.extent())


def why_not_now(space: Space, action: ActionId, number: int) -> WhyNot:
    """Say why an act is not done at one place: why does she not simply do it."""
    act, state = space.problem.actions[action], space.state(number)
    acts, asked = space.acts_written(space.acts(number)), str(act)
    if any(turn.action == action for turn in space.places[number].turns):
        return WhyNot(asked, "happens", (*acts, asked))
    lacking = tuple(map(Written(space.problem).condition, unmet(act.precondition, state)))
    if lacking:
        return WhyNot(asked, "not now", acts, lacking, extent=space.extent(), is_moment=True)
    unwilling = refusals(space, action, number)
    return WhyNot(asked, "unwilling", acts, (), unwilling, extent=space.extent(), is_moment=True)


def why_not_so(
    space: Space, condition: Condition, number: int, asked: str = "", span: Span | None = None
) -> WhyNot:
    """Say why a condition does not hold at one place, or that it does. Raises Mistakes as `why_not_ending` does."""
    state, acts = space.state(number), space.acts_written(space.acts(number))
    asked = asked or Written(space.problem).condition(condition)
    if asking(condition, span)(state):
        return WhyNot(asked, "happens", acts)
    lacking = tuple(map(Written(space.problem).condition, unmet(condition, state)))
    return WhyNot(asked, "not now", acts, lacking, extent=space.extent(), is_condition=True, is_moment=True)


def why_not_ending(space: Space, ending: Condition, asked: str = "", span: Span | None = None) -> WhyNot:
    """Say why a condition holds at no ending of any course, or that it does. Raises Mistakes, at the span, where it divides by zero."""
    holds = asking(ending, span)
    asked = asked or Written(space.problem).condition(ending)
    holds(space.state(0))  # where nothing ever ends, it is compared with the start
    for place in space.endings:
        if holds(space.state(place.number)):
            return WhyNot(asked, "happens", space.acts_written(space.acts(place.number)))
    answer = _never(space, asked, ending, [place.number for place in space.endings])
    if answer.kind == "beyond reach":
        return answer
    at = _nearest(space, ending, [place.number for place in space.endings] or [0])
    helped = tuple(_help(space, ending, at))
    lost = _lost(space, ending)
    return replace(answer, helped=helped, lost=lost)


def refusals(space: Space, action: ActionId, number: int) -> tuple[Closed, ...]:
    """Return why each of those who would not do an act at a place would not."""
    here = space.here(number)
    answers = (closed(here, who, action) for who in space.problem.actions[action].consenting)
    return tuple(answer for answer in answers if answer.kind != "open" and answer.refusing != answer.act)


def _never(space: Space, asked: str, needed: Condition, among: Iterable[int] | None = None) -> WhyNot:
    """Say why a condition never holds: what is beyond reach, or what is missing where it comes nearest."""
    written = Written(space.problem)
    reach = space.reach
    if beyond := tuple(_beyond(needed, reach)):
        parts, roots = (
            [written.condition(c) for c in found] for found in (beyond, _roots(space, beyond, reach))
        )
        return WhyNot(asked, "beyond reach", (), tuple(parts), roots=tuple(roots), extent=space.extent())
    number = _nearest(space, needed, list(among or range(len(space.places))) or [0])
    lacking = tuple(map(written.condition, unmet(needed, space.state(number))))
    kind: Kind = "never together" if space.whole else "limits"
    return WhyNot(asked, kind, space.acts_written(space.acts(number)), lacking, extent=space.extent())


def _beyond(needed: Condition, reach: Reach) -> Iterator[Condition]:
    """Give the least parts of a condition that nothing can ever bring about."""
    if isinstance(needed, AllOf):
        for part in needed.parts:
            yield from _beyond(part, reach)
    elif not reach.possible(needed):
        yield needed


def _roots(space: Space, beyond: Iterable[Condition], reach: Reach) -> Iterator[Condition]:
    """Give what it would take, in the end, to bring about what nothing can: conditions that no effect ever makes true."""
    waiting, seen = list(beyond), set(beyond)
    for condition in waiting:
        needs = [part for effect in _effects(space, condition) for part in _beyond(effect, reach)]
        if not needs:
            yield condition
        fresh = [part for part in dict.fromkeys(needs) if part not in seen]
        seen.update(fresh)
        waiting += fresh


def _effects(space: Space, condition: Condition) -> Iterator[Condition]:
    """For each effect that would make a condition true: when it happens."""
    wanted = set(_wanted([condition]))
    happenings: tuple[Action | Trigger, ...] = (*space.problem.actions, *space.problem.triggers)
    for what in happenings:
        for effect in what.effects:
            value = effect.value
            if not effect.path and isinstance(value, Const) and (effect.fluent, value.value) in wanted:
                yield AllOf((what.precondition, effect.condition))


def _lost(space: Space, ending: Condition) -> tuple[str, ...]:
    """Return the acts that end it: it holds before them, and never again."""
    holds = asking(ending)
    good = [place.number for place in space.places if holds(space.state(place.number))]
    alive = space.leading_to(good)
    acts = (t.action for n in good for t in space.places[n].turns if t.to not in alive)
    return space.acts_written(dict.fromkeys(acts))


def _nearest(space: Space, needed: Condition, among: Iterable[int]) -> int:
    """Return the place at which the fewest parts of a condition are missing; of several the last to be reached."""
    return min(among, key=lambda n: (len(list(unmet(needed, space.state(n)))), -n))


def _help(space: Space, ending: Condition, number: int) -> Iterator[WhyNot]:
    """Give the acts that would bring about what is missing at a place and that are in no course."""
    wanted = set(_wanted(unmet(ending, space.state(number))))
    for index, act in enumerate(space.problem.actions):
        sets = ((e.fluent, e.value.value) for e in act.effects if not e.path and isinstance(e.value, Const))
        if not wanted.isdisjoint(sets):
            answer = why_not_act(space, ActionId(index))
            if answer.kind != "happens":
                yield answer


def _wanted(conditions: Iterable[Condition]) -> Iterator[tuple[FluentId, Value]]:
    for condition in conditions:
        match condition:
            case Compare("==", Read(fluent), Const(value)):
                yield fluent, value


def text(answer: WhyNot) -> str:
    """Write an answer as a paragraph."""
    return "".join(f"{line}\n" for line in _lines(answer))


def _lines(answer: WhyNot) -> Iterator[str]:
    after = course(answer.acts)
    lacking = missing(answer.missing)
    match answer.kind:
        case "happens":
            yield f"{answer.asked} does come about{':' if answer.acts else ', at the start'}"
            yield from (f"    {act}" for act in answer.acts)
        case "beyond reach":
            yield f"{answer.asked} never comes about: nothing can bring about {listed(answer.missing)}"
            if answer.roots and answer.roots != answer.missing:
                hangs = "it would take" if len(answer.roots) == 1 else "it hangs on"
                yield f"  {hangs} {listed(answer.roots)}"
        case "unwilling":
            yield f"{answer.asked} is possible {after}, but:"
        case "never together":
            yield f"{answer.asked} never comes about; it is nearest {after}, where {lacking}"
        case "not now":
            yield f"{answer.asked} is not {'so' if answer.is_condition else 'possible'} {after}: {lacking}"
        case "limits":
            yield f"{answer.asked} does not come about within the limits; nearest {after}, where {lacking}"
    yield from (f"  {closed_text(refusal)}" for refusal in answer.unwilling)
    if answer.kind != "happens" and len(answer.acts) > 1 and not answer.is_moment:
        yield f"  that is after {', '.join(answer.acts)}"
    if answer.lost:
        yield f"  it is over with {listed(answer.lost, 'or')}"
    for help_ in answer.helped[:_HELPED]:
        yield from (f"  {line}" for line in _lines(replace(help_, acts=help_.acts[-1:])))
    if len(answer.helped) > _HELPED:
        yield f"  and {counted(len(answer.helped) - _HELPED, 'more act')} would help, if anybody did them"


_HELPED = 6
"""So many acts that would help are told in words."""
