"""The last resort: what somebody could do at a moment of a story, and why every way but one is closed.

Listed are the plans that she acted upon before, each with what became of it and what closes it now, and every act that
would need her consent: those that she would do, those that bring her nothing, and those that she believes impossible.
"""

from __future__ import annotations

from collections.abc import Iterator

from fabula.ask.inquiry import Inquiry
from fabula.ask.moment.closed import Closed, closed
from fabula.ask.moment.closed import text as closed_text
from fabula.ask.moment.here import Here
from fabula.ask.words.show import missing, table
from fabula.ask.words.write import Written, unmet
from fabula.frozen import dataclass
from fabula.ground.expression import EntityId
from fabula.ground.problem import ActionId, Problem
from fabula.search.minds.evaluate import Sight
from fabula.search.outcome import Plan, Start
from fabula.story.from_plan import Recounting
from fabula.story.story import Motive

_ORDER = ("open", "refused", "no gain", "believed impossible")


@dataclass(frozen=True, slots=True)
class Tried:
    """A plan that she acted upon at an earlier event (counted from 0): what became of it, and what closes it now.

    `closed_by` says what its last act is missing in her eyes; "" if she still believes that act to be possible.
    """

    event: int
    plan: tuple[str, ...]
    came: str
    closed_by: str


@dataclass(frozen=True, slots=True)
class LastResort:
    """Everything that a character could think of before an event of a story, and what speaks against it."""

    character: str
    event: int
    done: str
    tried: tuple[Tried, ...]
    options: tuple[Closed, ...]

    def __str__(self) -> str:
        """Write it as a list."""
        return text(self)

    def _repr_html_(self) -> str:
        """Show it as a table in a notebook."""
        tried = ((", then ".join(t.plan), f"tried, {t.came}{_why(t)}") for t in self.tried)
        options = ((option.act, closed_text(option)) for option in self.options)
        return table(("plan", "why not"), [*tried, *options], f"{self.character}, before {self.done}")


def last_resort(
    inquiry: Inquiry, plan: Plan, event: int, character: str, start: Start | None = None
) -> LastResort:
    """List what a character could do right before an event (counted from 0) of the story that a plan is.

    `start`: it begins elsewhere. Raises ValueError if nobody of that name has a mind.
    """
    problem, told = inquiry.problem, inquiry.told(plan, start)
    if character not in problem.entities[: problem.character_count]:
        raise ValueError(f"there is no character called {character}")
    who = EntityId(problem.entities.index(character))
    here = Here(inquiry.lore, tuple(told.acts[:event]), told.states[event], start)
    own = [ActionId(a) for a, act in enumerate(problem.actions) if who in act.consenting]
    here.ask(own)
    every = [closed(here, who, action) for action in own]
    later = {act for option in every if option.kind == "open" for act in option.plan[1:]}
    options = [option for option in every if option.act not in later]
    done = str(problem.actions[told.acts[event]]) if event < len(told.acts) else ""
    tried = tuple(_tried(told, who, event))
    options.sort(key=lambda option: (_ORDER.index(option.kind), len(option.unmet)))
    return LastResort(character, event, done, tried, tuple(options))


def _tried(told: Recounting, who: EntityId, event: int) -> Iterator[Tried]:
    """Give her plans before an event, the last event of each that aimed at the same end, in the order of the story."""
    name, state = told.problem.entities[who], told.states[event]
    last: dict[str, tuple[int, Motive]] = {}
    for index in range(event):
        for motive in told.motives(index):
            if motive.character == name and len(motive.plan) > 1:
                last[str(motive.plan[-1])] = (index, motive)
    for index, motive in last.values():
        plan = tuple(map(str, motive.plan))
        yield Tried(index, plan, motive.came, _closed_by(told.problem, who, state, plan))


def _closed_by(problem: Problem, who: EntityId, state: Sight, plan: tuple[str, ...]) -> str:
    """Say what, in her mind as it is now, the last act of a plan is missing."""
    last = next(act for act in problem.actions if str(act) == plan[-1])
    lacking = list(map(Written(problem).condition, unmet(last.precondition, state.believed[who])))
    return f"{plan[-1]}: {missing(lacking)}" if lacking else ""


def text(answer: LastResort) -> str:
    """Write the answer as a list."""
    lines = [f"{answer.character}, before {answer.event + 1}. {answer.done}"]
    lines += [
        f"  tried from {t.event + 1}. on, {t.came}: {', then '.join(t.plan)}{_why(t)}" for t in answer.tried
    ]
    lines += [f"  {option.act}: {closed_text(option)}" for option in answer.options]
    return "".join(f"{line}\n" for line in lines)


def _why(tried: Tried) -> str:
    return f"; closed now, {tried.closed_by}" if tried.closed_by else ""
