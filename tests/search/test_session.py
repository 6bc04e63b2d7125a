"""One question after the other about a problem: what is known already changes no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice, product
from random import Random
from typing import TypeVar

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.problem import ActionId, Problem
from fabula.search import engine, reference
from fabula.search.minds.nature import Nature
from fabula.search.outcome import (
    Budget,
    Examined,
    Limits,
    Mode,
    Outcome,
    Plan,
    Start,
    Status,
    Willing,
)
from fabula.search.plain import examining
from fabula.search.seam import VERSION
from fabula.search.tables import Spread
from tests.search.problems import ANN, BOB, CY, act, no, problem, put, yes
from tests.search.random_problems import random_limits, random_problem

BUDGET = Budget(seconds=20)
EASY = Limits(author=5, character=3, epistemic=2)
T = TypeVar("T")
MODES: tuple[Mode, ...] = ("first", "all", "optimal", "prove")

HEIST = problem(
    "door gold",
    (
        act("open", no(0), put(0), by=(BOB,)),
        act("take", yes(0), put(1), by=(ANN,)),
        act("wait", no(1), put(0), by=(CY,)),
    ),
    goal=yes(1),
    wants=(yes(1), yes(0), no(0)),
)
OPEN, TAKE, WAIT = map(ActionId, range(3))


def _plain(outcome: Outcome) -> object:
    return outcome.status, outcome.reason, outcome.plans if outcome.status is not Status.STOPPED else ()


def _flat(found: Spread) -> Spread:
    return replace(found, seconds=0.0)


def _elsewhere(drawn: Problem, seed: int) -> Start:
    """Return another start of a random problem."""
    other = random_problem(seed)
    chance = Random(seed)
    values = tuple(
        chance.choice(fluent.domain) if fluent.domain else start
        for fluent, start in zip(drawn.fluents, drawn.initial, strict=True)
    )
    fits = (b for b in other.beliefs if b.fluent < len(drawn.fluents) and max(b.path) < drawn.character_count)
    return Start(
        values, tuple(b for b in fits if b.value is None or drawn.fluents[b.fluent].domain == (0.0, 1.0))
    )


def _ask(session: engine.Session, limits: Limits, mode: Mode, start: Start | None) -> object:
    try:
        found = session.search(limits, mode=mode, budget=BUDGET, start=start)
        around = session.spread(limits, budget=BUDGET, start=start)
    except Mistakes as mistakes:
        return [m.name for m in mistakes.diagnostics]
    return _plain(found), len(found.plans), _flat(around)


@pytest.mark.parametrize("seed", range(60))
def test_a_session_answers_as_if_it_knew_nothing(seed: int) -> None:
    """Limits, modes and starts in any order: each answer is that of a fresh session."""
    drawn = random_problem(seed)
    session = engine.Session(drawn)
    questions = list(product(MODES, (seed, seed + 1), (None, _elsewhere(drawn, seed + 7))))
    Random(seed).shuffle(questions)
    for mode, limits_seed, start in questions:
        limits = random_limits(limits_seed)
        known = _ask(session, limits, mode, start)
        fresh = _ask(engine.Session(drawn), limits, mode, start)
        assert known == fresh or mode in {"first", "optimal", "prove"}, (mode, limits, start)
        if known != fresh:  # which of several good stories comes first may differ
            assert _same_kind(known, fresh), (mode, limits, start)


def _same_kind(one: object, other: object) -> bool:
    """Whether two answers differ in the story that was picked, and in nothing else."""
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return one[0][:2] == other[0][:2] and one[1:] == other[1:]


@pytest.mark.parametrize("seed", range(2, 400, 5))
def test_what_begins_elsewhere_has_the_stories_of_a_world_that_begins_there(seed: int) -> None:
    """What can never come about from where a problem begins may well do so from elsewhere, in the world or in a mind."""
    drawn, limits = random_problem(seed), replace(random_limits(seed), author=3)
    session = engine.Session(drawn)
    for start in (None, *(_elsewhere(drawn, seed + number) for number in range(4))):
        there = drawn if start is None else replace(drawn, initial=start.initial, beliefs=start.beliefs)
        try:
            book = reference.search(there, limits, mode="all", budget=BUDGET)
            found = session.search(limits, mode="all", budget=BUDGET, start=start)
        except Mistakes:
            continue
        assert _rows(found) == _rows(book), start
        if Status.STOPPED not in (found.status, book.status) and not found.plans:
            assert (
                found.status is not Status.IMPOSSIBLE
                or not reference.search(there, EASY, budget=BUDGET).plans
            )


def _rows(found: Outcome) -> set[tuple[ActionId, ...]]:
    return {tuple(step.action for step in plan.steps) for plan in found.plans}


def test_a_question_may_begin_elsewhere() -> None:
    """With the door open from the start, taking the gold is the whole story; the next question begins at the start again."""
    session = engine.Session(HEIST)
    ajar = Start((1.0, 0.0))
    assert [step.action for step in session.search(Limits(), start=ajar).plans[0].steps] == [TAKE]
    assert [step.action for step in session.search(Limits()).plans[0].steps] == [OPEN, TAKE]
    assert session.examine([TAKE], Limits(), start=ajar).valid
    assert session.examine([TAKE], Limits()).flaw == "impossible"


def test_a_little_memory_is_enough_for_many_questions() -> None:
    """What a question has needed is given back: a bounded session answers the thousandth like the first."""
    session = engine.Session(HEIST, keep=False)
    little = Budget(memory=2 * session.search(Limits()).statistics.peak)
    assert all(session.search(Limits(), budget=little).status is Status.SOLVED for _ in range(1_000))


@pytest.mark.parametrize(
    ("acts", "limits", "goal", "found"),
    [
        ((OPEN, TAKE), Limits(), None, Examined(after=1.0)),
        ((), Limits(), None, Examined("empty")),
        ((OPEN, TAKE), Limits(author=1), None, Examined("too long", 1)),
        ((TAKE,), Limits(), None, Examined("impossible", 0)),
        ((WAIT, TAKE), Limits(), None, Examined("unwilling", 0, (CY,))),
        ((OPEN,), Limits(), None, Examined("goal", 1)),
        ((OPEN, TAKE), Limits(), 5.0, Examined("goal", 2, after=1.0, goal=5.0)),
    ],
)
def test_a_plan_is_examined_up_to_the_first_thing_that_is_wrong(
    acts: tuple[ActionId, ...], limits: Limits, goal: float | None, found: Examined
) -> None:
    """Each flaw has a name, and says which act it is about and who; reasons are given wherever all would do their part."""
    expected = replace(found, before=0.0, goal=found.goal or 1.0, after=found.after or 0.0)
    for twin in (engine, examining):
        answer = twin.examine(HEIST, acts, limits, goal)
        assert replace(answer, plan=None, seconds=0.0) == expected
        assert (answer.plan is not None) == (answer.flaw in {"", "goal"})
        assert answer.valid == (not answer.flaw)


def test_what_could_be_left_out_is_named() -> None:
    """A story is not told with acts that it does not need: the part that would do is given."""
    spare = replace(HEIST, utilities=(HEIST.utilities[0], HEIST.utilities[1], HEIST.utility))
    idle = act("hum", no(1), put(1), by=(CY,))
    for twin in (engine, examining):
        answer = twin.examine(replace(spare, actions=(*spare.actions, idle)), [OPEN, ActionId(3)], Limits())
        assert (answer.flaw, answer.part) == ("needless", (ActionId(3),))


@pytest.mark.parametrize("seed", range(0, 400, 4))
def test_exactly_the_stories_pass(seed: int) -> None:
    """Of all rows of acts up to a length, those pass that the definition gives as stories."""
    drawn, limits = random_problem(seed), replace(random_limits(seed), author=3)
    try:
        book = reference.search(drawn, limits, mode="all", budget=BUDGET)
    except Mistakes:
        return
    stories = {tuple(step.action for step in plan.steps) for plan in book.plans}
    session = engine.Session(drawn)
    acts = tuple(map(ActionId, range(len(drawn.actions))))
    for length in range(4):
        for row in product(acts, repeat=length):
            try:
                answer = session.examine(row, limits)
            except Mistakes:
                continue
            assert answer.valid == (row in stories), (row, answer)
            if answer.plan is not None:
                assert tuple(step.action for step in answer.plan.steps) == row


@pytest.mark.parametrize("seed", range(1, 400, 8))
def test_both_twins_say_the_same_of_acts(seed: int) -> None:
    """What is wrong with a plan, and who would do what after it, is the same from the core and from its plain twin.

    Where a plan is no story, either may name a mistake that it came across instead.
    """
    drawn, limits = random_problem(seed), replace(random_limits(seed), author=2)
    if _unless_broken(Nature(drawn).start) is None:
        return
    session = engine.Session(drawn)
    acts = tuple(map(ActionId, range(len(drawn.actions))))
    for length in range(4):
        for row in islice(product(acts, repeat=length), 40):
            found = [
                _unless_broken(partial(examining.examine, drawn, row, limits)),
                _unless_broken(partial(session.examine, row, limits)),
            ]
            if None in found:
                assert not any(one.valid for one in found if one is not None), row
            else:
                assert _brief(*found[:1]) == _brief(*found[1:]), row
            minds = _unless_broken(partial(examining.willing, drawn, row, acts, limits))
            assert minds is None or _bare(session.willing(row, acts, limits)) == _bare(minds), row


def _unless_broken(ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except Mistakes:
        return None


def _brief(found: Examined | None) -> object:
    """What is said of a plan but for how long it took, which of several reasons is shown, and how much limits may hide."""
    assert found is not None
    return replace(found, seconds=0.0, plan=None, part=(), short=False), found.plan is None, bool(found.part)


def _bare(minds: Sequence[Sequence[Willing]]) -> object:
    """Who would do what, for how long a plan, or else what only others keep her from, and what the act would bring her."""
    return [
        [
            (one.explanation and len(one.explanation.steps), replace(one, explanation=None, short=False))
            for one in who
        ]
        for who in minds
    ]


class _Nothing:
    """A core to which everything is beyond its means."""

    def ask(self, *_: object) -> tuple[list[int], list[float], None]:
        """Say so."""
        return [VERSION, 5, 0, 0, 0], [], None


def test_what_is_beyond_the_core_is_answered_by_its_twins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked: stories, courses, plans, minds, from wherever it begins; with tables, and told one by one."""
    ajar = Start((1.0, 0.0))
    able = engine.Session(HEIST)
    unable = engine.Session(HEIST)
    monkeypatch.setattr(unable, "_core", _Nothing())
    for start in (None, ajar):
        for mode in MODES:
            assert _plain(unable.search(Limits(), mode=mode, start=start)) == _plain(
                able.search(Limits(), mode=mode, start=start)
            )
        around = unable.spread(Limits(), [yes(0)], start=start)
        assert _flat(around) == _flat(able.spread(Limits(), [yes(0)], start=start))
        assert around.tables is not None
        assert list(around.tables.depth) == [place.depth for place in around.places]
        for row in ((OPEN, TAKE), (TAKE,), (WAIT,)):
            assert _brief(unable.examine(row, Limits(), start=start)) == _brief(
                able.examine(row, Limits(), start=start)
            )
            assert unable.willing(row, [OPEN, WAIT], Limits(), start=start) == able.willing(
                row, [OPEN, WAIT], Limits(), start=start
            )
    told: list[Plan] = []
    assert unable.search(Limits(), mode="all", told=told.append).plans == tuple(told) != ()


def test_stories_come_one_by_one() -> None:
    """Who reads stories as they are found gets those of the mode `all`, and at the end its outcome."""
    drawn, limits = next(_told())
    whole = engine.search(drawn, limits, mode="all")
    told = engine.stories(drawn, limits)
    found = [next(told) for _ in whole.plans]
    with pytest.raises(StopIteration) as end:
        next(told)
    assert _plain(end.value.value) == _plain(whole)
    assert tuple(found) == whole.plans
    assert len(found) > 1


def _told() -> Iterator[tuple[Problem, Limits]]:
    """Give random problems with several stories."""
    for seed in range(500):
        drawn, limits = random_problem(seed), random_limits(seed)
        try:
            if len(engine.search(drawn, limits, mode="all").plans) > 1:
                yield drawn, limits
        except Mistakes:
            continue


def test_who_has_read_enough_closes_the_book() -> None:
    """The search ends when nobody reads on."""
    drawn, limits = next(_told())
    told = engine.stories(drawn, limits)
    next(told)
    told.close()
    with pytest.raises(StopIteration):
        next(told)


def test_a_reader_may_interrupt() -> None:
    """Ctrl-C between two stories ends the search, and those that were told are kept."""
    drawn, limits = next(_told())

    def enough(_: object) -> None:
        raise KeyboardInterrupt

    outcome = engine.search(drawn, limits, mode="all", told=enough)
    assert (outcome.status, outcome.reason, len(outcome.plans)) == (Status.STOPPED, "interrupt", 1)


def test_what_a_reader_raises_is_not_lost() -> None:
    """A mistake of whoever listens comes out of the search, and the session answers on."""
    drawn, limits = next(_told())
    session = engine.Session(drawn)

    def stumble(_: object) -> None:
        raise ValueError("stumbled")

    with pytest.raises(ValueError, match="stumbled"):
        session.search(limits, mode="all", told=stumble)
    assert session.search(limits, mode="all").plans


def test_a_proof_counts_what_it_has_seen() -> None:
    """No story: where not even bodies come to the goal, the states without minds are counted, and no state of a story."""
    stuck = replace(HEIST, actions=(HEIST.actions[0], HEIST.actions[2]))
    outcome = engine.search(stuck, Limits(8), mode="prove")
    assert outcome.status is Status.IMPOSSIBLE
    assert (outcome.statistics.visited, outcome.statistics.bodies > 0) == (0, True)


def test_a_proof_finds_the_story_that_there_is() -> None:
    """Who goes for the end of the space comes by a shortest story, if there is one."""
    outcome = engine.search(HEIST, Limits(-1), mode="prove")
    assert [step.action for step in outcome.plans[0].steps] == [OPEN, TAKE]


def test_a_mistake_that_was_met_before_changes_no_answer() -> None:
    """What is proved of bodies holds whether or not an act that breaks the world has been looked at by then."""
    broken, limits = random_problem(10373), Limits(4, 1, 1)
    session = engine.Session(broken)
    session.search(Limits(2, 1, 0), 1.0, "optimal", Budget(nodes=5))
    assert session.search(limits).status is engine.search(broken, limits).status is Status.LIMITS
