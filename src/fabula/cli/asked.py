"""What a question is about: text turned into acts, conditions, events and characters of its world."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.ask.space import Space
from fabula.cli.ending import Ended, Ending
from fabula.cli.question import Question
from fabula.diagnostics.suggest import alike
from fabula.ground.expression import Condition
from fabula.ground.problem import ActionId, Contract, Deed


def acts(question: Question) -> list[str]:
    """Write the acts of the story. Raises Ended if there is none, and Mistakes."""
    return [str(question.problem.actions[step.action]) for step in question.plan.steps]


def place(question: Question, space: Space, event: str) -> int:
    """Return the place of a space at which the story stands right before an event. Raises Ended."""
    known = acts(question)
    here = space.places[0]
    for act in known[: number_of(known, event)]:
        turns = (t.to for t in here.turns if str(space.problem.actions[t.action]) == act)
        here = space.places[next(turns)]
    return here.number


def contract(question: Question, text: str) -> Contract:
    """Read what is asked about, as a contract that it is possible. Raises Mistakes."""
    return question.changed(None, f"contract: possible {text}").whole.contracts[-1]


def condition(question: Question, text: str) -> Condition:
    """Read a condition that is asked about. Raises Mistakes, and Ended if it is an act."""
    first = contract(question, f"({text})").first
    if isinstance(first, Deed):
        raise Ended(Ending.USAGE, "error[usage]: this question is about a condition, not about an act")
    return first


def acts_or_condition(question: Question, text: str) -> tuple[Sequence[ActionId], Condition | None]:
    """Read what is asked about: acts, or a condition. Raises Mistakes, and Ended if no such act can ever happen."""
    first = contract(question, text).first
    if not isinstance(first, Deed):
        return (), first
    if not first.acts:
        raise Ended(Ending.DONE, f"{text} never comes about: nothing could ever make it possible")
    return sorted(first.acts), None


def character(question: Question, name: str) -> str:
    """Return the name of a character. Raises Ended if there is none."""
    people = question.problem.entities[: question.problem.character_count]
    if name in people:
        return name
    headline = f"error[unknown-name]: there is no character called `{name}`"
    raise Ended(Ending.USAGE, f"{headline}\nhint: there are: {', '.join(people)}")


def number_of(acts: Sequence[str], event: str) -> int:
    """Return the index of an event: by number (from 1), by name, or as plans write it. Raises Ended."""
    plain = "".join(event.split())
    if plain.isdecimal() and 0 < int(plain) <= len(acts):
        return int(plain) - 1
    for index, act in enumerate(acts):
        if plain in {"".join(act.split()), act.split("(", maxsplit=1)[0]}:
            return index
    near = alike(event, acts)
    hint = f"\nhint: did you mean `{near[0]}`?" if near else ""
    raise Ended(Ending.USAGE, f"error[no-such-event]: nothing called `{event}` happens in this story{hint}")
