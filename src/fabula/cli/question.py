"""One world, as a command asks about it: read once, grounded and searched when that is needed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from functools import cached_property
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, get_type_hints

from fabula.cli.ending import Ended
from fabula.cli.options import SHARED, WorldName
from fabula.cli.screen import TEXTS, Progress, show_mistakes
from fabula.frozen import dataclass

if TYPE_CHECKING:
    from fabula.ask.inquiry import Inquiry
    from fabula.ask.space import Space
    from fabula.ground.expression import Condition
    from fabula.ground.problem import ActionId, Problem
    from fabula.pipeline.many import Many
    from fabula.pipeline.read import Reading
    from fabula.search.outcome import Ambition, Budget, Examined, Going, Limits, Mode, Outcome, Plan
    from fabula.story.story import Story

_MOMENT = 1e-6
"""Seconds that are left where none are: a search without any would have no limit."""


@dataclass(frozen=True)
class Question:
    """The name of a world, and what the options that all questions share say; None where they say nothing."""

    world: str
    change: tuple[str, ...] = ()
    asked_goal: float | None = None
    asked_limits: tuple[int | None, int | None, int | None] = (None, None, None)
    seconds: float | None = None
    nodes: int | None = None
    mebibytes: int | None = None
    ambition: Ambition = "improve"
    threads: int = 1
    began: float = field(default_factory=time.monotonic)

    @cached_property
    def reading(self) -> Reading:
        """The world. Raises Mistakes."""
        from fabula.pipeline.read import read

        return read(self.world, self.change, TEXTS)

    @cached_property
    def goal(self) -> float | None:
        """The author's utility that a story must reach."""
        return self.reading.goal if self.asked_goal is None else self.asked_goal

    @property
    def wished(self) -> bool:
        """Whether the world says what its author wants."""
        return None in self.reading.world.utilities

    @cached_property
    def limits(self) -> Limits:
        """The limits that were asked for, or else those that stand beside the world."""
        from fabula.search.outcome import Limits

        own = self.reading.limits
        stated = zip(self.asked_limits, (own.author, own.character, own.epistemic), strict=True)
        return Limits(*(default if given is None else given for given, default in stated))

    @property
    def budget(self) -> Budget:
        """When to give up, from now on: reading and grounding have taken their share of the time."""
        from fabula.search.outcome import Budget

        left = None if self.seconds is None else max(self.began + self.seconds - time.monotonic(), _MOMENT)
        memory = None if self.mebibytes is None else self.mebibytes * 2**20
        return Budget(left, self.nodes, memory, self.threads)

    def changed(self, world: str | None, *more: str) -> Question:
        """Ask the same about another world, or about this one with more changes."""
        return replace(self, world=world or self.world, change=(*self.change, *more))

    def unchanged(self) -> Question:
        """Ask the same about the world as it stands."""
        return replace(self, change=())

    @cached_property
    def problem(self) -> Problem:
        """The acts and facts that can come about from the start of the world. Raises Mistakes."""
        return self._ground(any_start=False)

    @cached_property
    def whole(self) -> Problem:
        """The acts and facts that can come about from any start. Raises Mistakes."""
        return self._ground(any_start=True)

    def ambitious(self, ambition: Ambition) -> Question:
        """Ask the same where reasons are of this kind."""
        return replace(self, ambition=ambition)

    def unlimited(self) -> Question:
        """Ask the same about stories of any length, unless a length was asked for."""
        author, character, epistemic = self.asked_limits
        return replace(self, asked_limits=(-1 if author is None else author, character, epistemic))

    def _ground(self, any_start: bool) -> Problem:
        from fabula.ground import ground

        return ground(self.reading.world, any_start)

    def solve(
        self,
        mode: Mode = "first",
        told: Callable[[Plan], object] | None = None,
        going: Going | None = None,
    ) -> Outcome:
        """Search for stories for as long as `going` says so; `told` gets each as it is found. Raises Mistakes."""
        from fabula.search.engine import Session

        with waiting() as progress:

            def tell(plan: Plan) -> None:
                progress.wipe()
                assert told is not None
                told(plan)

            outcome = Session(self.problem, going, keep=False).search(
                self.limits,
                self.goal,
                mode,
                self.budget,
                self.ambition,
                progress,
                None if told is None else tell,
            )
        if outcome.mistake:
            show_mistakes((replace(outcome.mistake, level="warning", notes=(_ASIDE,)),))
        return outcome

    def examine(self, acts: Sequence[ActionId], going: Going | None = None) -> Examined:
        """Say whether acts are a story, for as long as `going` says so. Raises Mistakes."""
        from fabula.search.engine import Session

        session = Session(self.whole, going, keep=False)
        return session.examine(acts, self.limits, self.goal, self.budget, self.ambition)

    @cached_property
    def plan(self) -> Plan:
        """The acts of the story. Raises Mistakes, and Ended if there is none."""
        outcome = self.solve()
        if not outcome.plans:
            raise self.none(outcome)
        return outcome.plans[0]

    def none(self, outcome: Outcome, hint: str = "") -> Ended:
        """Return the end of a command for which there is no story."""
        from fabula.cli import plans

        words = plans.verdict(self.problem, outcome, self.limits, self.wished)
        return Ended(plans.ending(outcome), f"{words}\nhint: {hint}" if hint else words)

    @cached_property
    def story(self) -> Story:
        """The story. Raises Mistakes, and Ended if there is none."""
        return self.recount(self.plan)

    @cached_property
    def many(self) -> Many:
        """Many stories to choose from. Raises Mistakes, and Ended if nothing comes of anything."""
        from fabula.pipeline.many import many

        with waiting() as progress:
            found = many(self.reading, self.problem, self.limits, self.goal, self.budget, progress)
        if not found.stories + found.others:
            raise self.none(found.outcome)
        return found

    def recount(self, plan: Plan) -> Story:
        """Return what happens in a plan, to whom and why. Raises Mistakes."""
        from fabula.pipeline.solve import recount

        return recount(self.reading, self.problem, plan)

    def told(self, plan: Plan) -> str:
        """Tell a plan in the words of its world. Raises Mistakes."""
        from fabula.pipeline.tell import tell
        from fabula.present.text import text

        return text(tell(self.reading, self.recount(plan)))

    def inquiry(self, any_start: bool = False, asked: Sequence[Condition] = ()) -> Inquiry:
        """Return who is asked about what can come about from the start of the world, or from any; and about conditions. Raises Mistakes."""
        from fabula.ask.inquiry import Inquiry

        key = any_start, tuple(asked)
        if key not in self._inquiries:
            problem = self.whole if any_start else self.problem
            self._inquiries[key] = Inquiry(problem, self.limits, self.goal, asked)
        return self._inquiries[key]

    @cached_property
    def _inquiries(self) -> dict[tuple[bool, tuple[Condition, ...]], Inquiry]:
        return {}

    def space(self, any_start: bool = False, partial: bool = False, asked: Sequence[Condition] = ()) -> Space:
        """Look at all courses of the world, as far as it or what is asked about looks at counters.

        Raises Mistakes and, unless a part will do, Ended if it could not finish.
        """
        from fabula.ask.space import explore
        from fabula.cli.plans import stopped

        with waiting() as progress:
            found = explore(self.inquiry(any_start, asked), (), self.budget, progress=progress)
        if found.around.stopped and not partial:
            sentence = f"stopped: the stories of this world are more than {found.extent()}"
            raise Ended(stopped(found.around.stopped), sentence)
        return found


_ASIDE = "what would break the world is in no story; whose idea of the world breaks is at a loss from then on"
"""What there is to say of a mistake where there is an answer all the same."""


@contextmanager
def waiting() -> Iterator[Progress]:
    """Show how far a search is, and wipe that away in the end."""
    progress = Progress()
    try:
        yield progress
    finally:
        progress.wipe()


def asking(command: Callable[..., object]) -> Callable[..., object]:
    """Spell out the first parameter of a command, a Question, as WORLD and the options that all questions share."""
    hints = get_type_hints(command, include_extras=True)
    if Question not in hints.values():
        return command
    _, *own = signature(command).parameters.values()
    spelt = {"world": WorldName, **{p.name: hints[p.name] for p in own}, **SHARED}
    defaults = {p.name: p.default for p in own} | dict.fromkeys(SHARED)

    def run(**words: Any) -> object:  # noqa: ANN401 - whatever the parameters of the command are
        limits = tuple(words.pop(f"{whose}_limit") for whose in ("author", "character", "epistemic"))
        asked = Question(
            words.pop("world"),
            tuple(words.pop("change") or ()),
            words.pop("goal"),
            limits,
            words.pop("time"),
            words.pop("nodes"),
            words.pop("memory"),
        )
        return command(asked, **words)

    run.__doc__, run.__annotations__ = command.__doc__, spelt
    run.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter(
                name, Parameter.KEYWORD_ONLY, default=defaults.get(name, Parameter.empty), annotation=kind
            )
            for name, kind in spelt.items()
        ]
    )
    return run
