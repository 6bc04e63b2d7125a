"""What speaks for a story: a vector of scores, never only a sum.

| score | what it measures | where it comes from |
|---|---|---|
| reversals | turns of the hero's fortune, each as deep as the smaller of its two sides | Knight, Rocklage & Bart (2024): readers prefer more and deeper ones |
| suspense | how much of everybody's end the next act may decide, over all the stories | Ely, Frankel & Kamenica (2015) |
| surprise | how much of it each act does decide | the same |
| stakes | what she may gain and lose at once by plans under way | Ortony, Clore & Collins (1988): suspense is hope with fear; the sum is ours |
| conflict | what some lose by the acts that others gain by | after Ware et al. (2014); the reduction to utilities is ours |
| irony | how far below their hopes those fall whose plans rest on wrong beliefs | ours |
| coherence | how much two neighbouring events have in common | salience after Indexter (Kives, Ware & Baker 2015); the mean is ours |
| fit | whether her fortune, as the reader sees it, has the shape that is asked for | Reagan et al. (2016) |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import pairwise

from fabula.frozen import dataclass
from fabula.story.story import Event, Story
from fabula.tell.bank.bank import Bank
from fabula.tell.choose.openness import openness
from fabula.tell.choose.shape import Shape, arc, fit, fortune, turns
from fabula.tell.discourse.memory import Recaller
from fabula.tell.discourse.suspense import tension
from fabula.tell.discourse.view import Knowledge


@dataclass(frozen=True, slots=True)
class Scores:
    """What speaks for one story, each at least 0. `reversals`, `stakes`, `conflict` and `irony` are in units of utility.

    `coherence` and `fit` lie between 0 and 1; `fit` is None where no shape is asked for.
    """

    reversals: float
    suspense: float
    surprise: float
    stakes: float
    conflict: float
    irony: float
    coherence: float
    fit: float | None = None

    def items(self) -> Iterator[tuple[str, float]]:
        """Give every score with its name, without the fit where no shape is asked for."""
        for name in SCORES:
            value = getattr(self, name)
            if value is not None:
                yield name, value


SCORES: tuple[str, ...] = tuple(field.name for field in fields(Scores))


def score(stories: Sequence[Story], who: str, shape: Shape | None = None) -> tuple[Scores, ...]:
    """Return the scores of every story, with `who` as its hero ("" for one without)."""
    return tuple(
        _scores(story, who, shape, *open_) for story, open_ in zip(stories, openness(stories), strict=True)
    )


def ranks(values: Sequence[float]) -> tuple[float, ...]:
    """Return for each value which share of the others it is above, those that are like it counted half; 0.5 if there are no others."""
    others = max(len(values) - 1, 1)
    alone = 0.5 if len(values) == 1 else 0.0
    return tuple(
        alone + (sum(v < value for v in values) + (sum(v == value for v in values) - 1) / 2) / others
        for value in (values)
    )


def _scores(story: Story, who: str, shape: Shape | None, suspense: float, surprise: float) -> Scores:
    knowledge, values = Knowledge(story), arc(story, who)
    return Scores(
        reversals=round(sum(turns(values)), 6),
        suspense=round(suspense, 6),
        surprise=round(surprise, 6),
        stakes=round(stakes(knowledge, who), 6),
        conflict=round(_conflict(story), 6),
        irony=round(_irony(story), 6),
        coherence=round(_coherence(knowledge, who), 6),
        fit=None if shape is None else round(fit(fortune(story, who), shape), 6),
    )


def stakes(knowledge: Knowledge, who: str) -> float:
    """Return what hangs in the balance for somebody, on the average over the moments."""
    moments = knowledge.story.moments
    return sum(tension(knowledge, who, moment) for moment in range(len(moments))) / len(moments)


def _conflict(story: Story) -> float:
    """Sum, over the events, what those lose by them who did not choose them, as far as somebody who did gains."""
    return sum(min(_gained(story, event), _lost(story, event)) for event in story.events)


def _gained(story: Story, event: Event) -> float:
    return max((0.0, *(_change(story, event, who) for who in event.consenting)))


def _lost(story: Story, event: Event) -> float:
    others = [who for who in story.moments[0].utility if who not in event.consenting]
    return sum(max(-_change(story, event, who), 0.0) for who in others)


def _change(story: Story, event: Event, who: str) -> float:
    before, after = (story.moments[event.index + i].utility.get(who) for i in (0, 1))
    return 0.0 if before is None or after is None else after - before


def _irony(story: Story) -> float:
    """Sum, over the characters, how far they come to stand in truth below the most that they wrongly hoped for."""
    return sum(max(_falls(story, who), default=0.0) for who in story.moments[0].true_utility)


def _falls(story: Story, who: str) -> Iterator[float]:
    for event in story.events:
        for motive in event.motives:
            if motive.character == who and motive.mistaken and motive.came in {"failed", "dropped"}:
                later = [moment.true_utility.get(who) for moment in story.moments[event.index + 1 :]]
                lowest = min((value for value in later if value is not None), default=motive.hoped)
                yield max((motive.hoped or 0.0) - (lowest or 0.0), 0.0)


def _coherence(knowledge: Knowledge, who: str) -> float:
    """Return how many of the four indices two neighbouring events share on the average (the fifth, time, all do)."""
    recaller = Recaller(knowledge, Bank(), who)
    events = knowledge.story.events
    shared = [len(set(recaller.shared(one, other)) - {"time"}) / 4 for one, other in pairwise(events)]
    return sum(shared) / len(shared) if shared else 0.0
