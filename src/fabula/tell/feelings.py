"""What everybody feels, computed from what they want, expect and know, at the moment when they learn it.

Sources: OCC (Ortony, Clore & Collins 1988), FAtiMA (Dias, Mascarenhas & Paiva 2014), EMA (Marsella & Gratch 2009), Shirvani & Ware (2020).
The operational form is our own. For a character c at a moment: U is c's utility as c sees it, E what c's present plan leads to (U without
one), T what another's plan that c saw begin led to, if it is worse than U; r(c, d) is the bond in [-1, 1].

A `Story` has no plans that were not taken and no utility of one in the eyes of another. So regret is asked of acts that were taken, the change of d's fortune is
d's own, seen by c if c sees the event; and reproach and betrayal take any act that somebody chose for one with an alternative.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from fabula.frozen import dataclass
from fabula.story.story import Change, Event, Motive, Story
from fabula.tell.bonds import BondMove, Bonds, Judgement

LASTING = frozenset(("grief", "guilt", "despair", "loneliness"))
"""Feelings that stay once they are there."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """That `character` feels `name`, towards somebody ("" where it is towards nobody), since `event`; `strength` > 0 in units of utility."""

    event: int
    character: str
    name: str
    strength: float
    toward: str = ""


class Feelings:
    """All feelings of a story, by event. `feels` is what conditions in a bank ask."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.people = [e.name for e in story.entities if "character" in e.types]
        self._death = {who: died(story, who) for who in self.people}
        self._bonds = Bonds(story, self._judged)

    @cached_property
    def all(self) -> tuple[Feeling, ...]:
        """Every feeling in the order of events; of one that has several grounds, the strongest."""
        found: dict[tuple[int, str, str, str], Feeling] = {}
        for event in self.story.events:
            for who in self.people:
                for f in self._at(event, who) if self._feels_yet(who, event) else ():
                    key = (f.event, f.character, f.name, f.toward)
                    if f.strength > 0 and (key not in found or found[key].strength < f.strength):
                        found[key] = f
        return tuple(found.values())

    def feels(self, character: str, name: str, toward: str, event: int) -> bool:
        """Whether a character feels so after an event; what lasts may have begun earlier."""
        return any(
            f.character == character and f.name == name and toward in {"", f.toward}
            for f in self.all
            if f.event == event or (f.event < event and name in LASTING)
        )

    def bonds(self) -> tuple[BondMove, ...]:
        """Every move of a bond, with the event that moved it: as the world states it, or as it drifted (see `bonds`)."""
        return self._bonds.moves

    def bond(self, one: str, other: str, moment: int) -> float:
        """r(one, other) in [-1, 1], as `one` sees it."""
        return self._bonds.bond(one, other, moment)

    def hope(self, who: str, moment: int) -> float:
        """E - U: how much more than she has the plan that somebody follows at a moment leads to, in her eyes."""
        return self._expects(who, moment) - self._u(who, moment)

    def fear(self, who: str, moment: int) -> float:
        """U - T: how much the plans of others that she saw begin will take from her."""
        return self._u(who, moment) - self._dreads(who, moment)

    # --- quantities ---------------------------------------------------------------------------

    def _u(self, who: str, moment: int) -> float:
        return self.story.moments[moment].utility.get(who) or 0.0

    def _change(self, who: str, event: int) -> float:
        return self._u(who, event + 1) - self._u(who, event)

    def _ends(self, motive: Motive, begun: int) -> int:
        """The event at which a plan is over: reached, seen to fail, or left for another."""
        who = motive.character
        wrong = {(m.fact, m.true) for m in motive.mistaken}
        for event in self.story.events[begun:]:
            reached = motive.came == "fulfilled" and self._u(who, event.index + 1) >= (motive.hoped or 0)
            seen = motive.came == "failed" and any(
                c.mind == (who,) and (c.fact, c.after) in wrong for c in event.changes
            )
            left = event.index > begun and any(
                m.character == who and m.plan[-1] != motive.plan[-1] for m in event.motives
            )
            if reached or seen or left:
                return event.index
        return len(self.story.events) - 1

    @cached_property
    def _plans(self) -> list[tuple[Motive, int, int]]:
        return [(m, e.index, self._ends(m, e.index)) for e in self.story.events for m in e.motives]

    def _expects(self, who: str, moment: int) -> float:
        """E: what the plan that `who` follows at a moment leads to; U without one."""
        hopes = [
            m.hoped
            for m, begun, ends in self._plans
            if m.character == who and begun < moment <= ends and m.hoped is not None
        ]
        return max([self._u(who, moment), *hopes[-1:]])

    def _dreads(self, who: str, moment: int) -> float:
        """T: where the plan of another led that `who` saw begin and that is not over; U without one."""
        worst = self._u(who, moment)
        for motive, begun, ends in self._plans:
            seen = who in self.story.events[begun].observers and motive.character != who
            if seen and len(motive.plan) > 1 and begun < moment <= ends and motive.came == "fulfilled":
                worst = min(worst, self._u(who, ends + 1))
        return worst

    # --- appraisal ----------------------------------------------------------------------------

    def _at(self, event: Event, who: str) -> Iterator[Feeling]:
        i = event.index
        for name, strength, toward in (*self._own(event, who), *self._plan(event, who)):
            yield Feeling(i, who, name, strength, toward)
        for other in self.people:
            if other != who and self._learns_death(event, who, other):
                yield from self._bereft(event, who, other)
        if _there(event, who):
            for name, strength, toward in (*self._others(event, who), *self._acts(event, who)):
                yield Feeling(i, who, name, strength, toward)

    def _own(self, event: Event, who: str) -> Iterator[tuple[str, float, str]]:
        change = self._change(who, event.index)
        yield "joy", change, ""
        yield "distress", -change, ""
        now, after = event.index, event.index + 1
        yield "hope", self._expects(who, after) - self._u(who, after), ""
        dread, before = (
            self._u(who, after) - self._dreads(who, after),
            self._u(who, now) - self._dreads(who, now),
        )
        yield "fear", dread, ""
        if before > 0 >= dread:
            yield ("fears confirmed" if change < 0 else "relief"), before, ""

    def _plan(self, event: Event, who: str) -> Iterator[tuple[str, float, str]]:
        """What becomes of hopes: reached, disappointed, given up; or taken up against fear."""
        i = event.index
        hope = self._expects(who, i) - self._u(who, i)
        for motive, begun, ends in self._plans:
            if motive.character == who and ends == i and begun < i:
                gained = motive.came == "fulfilled"
                yield (
                    ("satisfaction" if gained else "disappointment"),
                    (motive.hoped or 0) - (motive.before or 0),
                    "",
                )
        if hope > 0 and self._expects(who, i + 1) <= self._u(who, i + 1) < 0:
            yield "despair", hope - self._u(who, i + 1), ""
        fear = self._u(who, i) - self._dreads(who, i)
        aim = max((m.hoped or 0 for m in event.motives if m.character == who), default=0) - self._u(who, i)
        if fear > 0 and aim > 0:
            yield "resolve", min(fear, aim), ""

    def _others(self, event: Event, who: str) -> Iterator[tuple[str, float, str]]:
        """Fortunes of others: by the bond with them."""
        for other in self.people:
            change = self._change(other, event.index)
            bond = self.bond(who, other, event.index + 1)
            if other == who:
                continue
            if change:
                name = (
                    ("happy for" if change > 0 else "pity")
                    if bond > 0
                    else ("resentment" if change > 0 else "gloating")
                )
                yield name, abs(change * bond), other
            guilty = any(who in self.story.events[c].consenting for c in (*event.causes, event.index))
            if bond > 0 and self._falls_for_good(other, event):
                yield "grief", bond * max(-change, 1.0), other
            if bond > 0 and change < 0 and guilty:
                yield "guilt", bond * -change, other

    def _bereft(self, event: Event, who: str, other: str) -> Iterator[Feeling]:
        """Grief, and guilt where she had a hand in it: when she learns of a death, which may be long after."""
        bond = self.bond(who, other, event.index + 1)
        if bond <= 0:
            return
        yield Feeling(event.index, who, "grief", bond, other)
        died = self._death[other]
        deed = event if died is None else self.story.events[died]
        if any(who in self.story.events[c].consenting for c in (*deed.causes, deed.index)):
            yield Feeling(event.index, who, "guilt", bond, other)

    def _feels_yet(self, who: str, event: Event) -> bool:
        """Whether somebody still feels anything at an event: the dead do not, those who die in it do."""
        died = self._death[who]
        return died is None or event.index <= died

    def _learns_death(self, event: Event, who: str, other: str) -> bool:
        return any(change.mind == (who,) and _death(change, other) for change in event.changes)

    def _falls_for_good(self, who: str, event: Event) -> bool:
        """Whether an event lowers somebody's fortune, in truth, and no later event makes it good."""
        values = [moment.true_utility.get(who) or 0.0 for moment in self.story.moments[event.index :]]
        return all(value < values[0] for value in values[1:])

    def _judged(self, event: Event, who: str) -> Iterator[Judgement]:
        """What is thought of those who chose an event, by who was there; and with whom one has succeeded in it."""
        if not (_there(event, who) and self._feels_yet(who, event)):
            return
        mine = self._change(who, event.index)
        for actor in event.consenting:
            if actor == who:
                continue
            sum_ = self._good(event, actor)
            yield "admiration", sum_, actor
            yield "reproach", -sum_, actor
            if sum_ > 0 and mine > 0:
                yield "gratitude", (sum_ + mine) / 2, actor
                if who in event.consenting:
                    yield "shared success", mine, actor
            if sum_ < 0 and mine < 0:
                yield "anger", (-sum_ - mine) / 2, actor

    def _good(self, event: Event, actor: str) -> float:
        """What an event brought to all but the one who chose it."""
        return sum(self._change(other, event.index) for other in self.people if other != actor)

    def _acts(self, event: Event, who: str) -> Iterator[Judgement]:
        """What is thought of those who act, and of oneself."""
        i, mine = event.index, self._change(who, event.index)
        for name, strength, actor in self._judged(event, who):
            if name != "shared success":
                yield name, strength, actor
            if name == "anger":
                yield "betrayal", self.bond(who, actor, i) * -mine, actor
        if who in event.consenting:
            yield "pride", self._good(event, who), ""
            yield "shame", -self._good(event, who), ""
            for other in self.people:
                if other in event.arguments and other not in event.observers and other != who:
                    yield "loneliness", self.bond(who, other, i), other
        caused = any(who in self.story.events[c].consenting for c in event.causes)
        if caused and mine < 0:
            yield "regret", -mine, ""


def died(story: Story, who: str) -> int | None:
    """Return the index of the event with which somebody dies, None if never."""
    return next((e.index for e in story.events for c in e.changes if not c.mind and _death(c, who)), None)


def _there(event: Event, who: str) -> bool:
    return who in event.observers or who in event.consenting


def _death(change: Change, who: str) -> bool:
    """Whether a change is somebody's death: what is never undone."""
    dead = (change.fact.name, change.after) in {("alive", False), ("dead", True)} or change.after in {
        "Dead",
        "Broken",
    }
    return dead and who in change.fact.arguments[:1]
