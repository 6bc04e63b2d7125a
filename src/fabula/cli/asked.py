"""What a question is about: text turned into acts, conditions, events and characters of its world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from fabula.ask.space import Space
from fabula.cli.ending import Ended, Ending
from fabula.cli.question import Question
from fabula.cli.screen import TEXTS, complain
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.span import Span
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
        here = space.places[next(turns, here.number)]  # an act that changes nothing leads nowhere
        if here.open:
            raise Ended(looked(space), f"`{event}` lies beyond what was looked at")
    return here.number


_POSSIBLE = "contract: possible "


def contract(question: Question, text: str) -> Contract:
    """Read what is asked about, as a contract that it is possible; its span is in the text as it was typed. Raises Mistakes."""
    wrapped = question.changed(None, f"{_POSSIBLE}{text}")
    with as_typed(text, _POSSIBLE):
        found = wrapped.whole.contracts[-1]
    TEXTS["asked"] = text
    return replace(found, span=found.span and _back(found.span, len(_POSSIBLE), "asked"))


@contextmanager
def as_typed(text: str, before: str, name: str = "asked") -> Iterator[None]:
    """Show, in messages about a change that is asked text with something before it, the text as it was typed, under a name."""
    try:
        yield
    except Mistakes as mistakes:
        TEXTS[name] = text
        source = next((known for known, read in TEXTS.items() if read == before + text), "")
        raise Mistakes(*(_moved(d, source, len(before), name) for d in mistakes.diagnostics)) from None


def _moved(diagnostic: Diagnostic, source: str, by: int, name: str) -> Diagnostic:
    """Let a message point into the text as it was typed."""
    labels = tuple(
        replace(label, span=_back(label.span, by, name)) if label.span.source == source else label
        for label in diagnostic.labels
    )
    return replace(diagnostic, labels=labels)


def _back(span: Span, by: int, name: str) -> Span:
    column = span.column - by if span.line == 1 else span.column
    start, end = max(0, span.start - by), max(1, span.end - by)
    return replace(span, source=name, start=start, end=end, column=max(1, column))


def condition(question: Question, text: str) -> tuple[Condition, Span | None]:
    """Read a condition that is asked about, and where it stands. Raises Mistakes, and Ended if it is an act."""
    found = contract(question, text)
    if isinstance(found.first, Deed):
        raise Ended(Ending.USAGE, "error[usage]: this question is about a condition, not about an act")
    return found.first, found.span


def acts_or_condition(
    question: Question, text: str
) -> tuple[Sequence[ActionId], tuple[Condition, Span | None] | None]:
    """Read what is asked about: acts, or a condition; the name of an act alone stands for all of that name.

    Raises Mistakes, and Ended if no such act can ever happen.
    """
    name = text.strip()
    if name in {action.name for action in question.reading.world.actions}:
        acts = frozenset(ActionId(i) for i, act in enumerate(question.whole.actions) if act.name == name)
    else:
        found = contract(question, text)
        if not isinstance(found.first, Deed):
            return (), (found.first, found.span)
        acts = found.first.acts
    if not acts:
        raise Ended(Ending.DONE, f"{text} never comes about: nothing could ever make it possible")
    return sorted(acts), None


def property_(question: Question, name: str) -> str:
    """Return the name of a property. Raises Ended if there is none."""
    known = dict.fromkeys(property_.name for property_ in question.reading.world.properties)
    if name in known:
        return name
    near = "".join(f"\nhint: did you mean `{word}`?" for word in alike(name, known))
    raise Ended(Ending.USAGE, f"error[unknown-property]: there is no property called `{name}`{near}")


def contracts_called(question: Question, names: Sequence[str]) -> tuple[Contract, ...]:
    """Return the contracts of these names, or sentences. Raises Ended if there is none of one of them."""
    known = question.problem.contracts
    for name in names:
        if not any(name in {contract.label, contract.name} for contract in known):
            near = alike(name, filter(None, (contract.label or contract.name for contract in known)))
            hint = "".join(f"\nhint: did you mean `{word}`?" for word in near)
            raise Ended(Ending.USAGE, f"error[no-such-contract]: there is no contract called `{name}`{hint}")
    return tuple(contract for contract in known if {contract.label, contract.name} & set(names))


def near(question: Question, event: str | None, depth: int | None) -> Question:
    """Ask the same, but look no further than so many acts beyond an event of the story (None: its start). Raises Ended."""
    if depth is None:
        return question
    furthest = depth if event is None else depth + number_of(acts(question), event)
    author = question.limits.author
    if 0 <= author <= furthest:
        return question
    return replace(question, asked_limits=(furthest, *question.asked_limits[1:]))


def looked(space: Space) -> Ending:
    """Return how a question ends that looked at a space, which may not be all of it; says so."""
    from fabula.cli.plans import stopped

    if not space.around.stopped:
        return Ending.DONE
    complain(f"stopped: the stories of this world are more than {space.extent()}")
    return stopped(space.around.stopped)


def character(question: Question, name: str) -> str:
    """Return the name of a character. Raises Ended if there is none."""
    people = question.problem.entities[: question.problem.character_count]
    if name in people:
        return name
    headline = f"error[no-such-character]: there is no character called `{name}`"
    others = f"there are: {', '.join(people)}" if people else "this world has none"
    raise Ended(Ending.USAGE, f"{headline}\nhint: {others}")


def number_of(acts: Sequence[str], event: str) -> int:
    """Return the index of an event, the first of those that are meant. Raises Ended if none is."""
    return named(acts, event)[0]


def named(acts: Sequence[str], event: str) -> list[int]:
    """Return the indices of events: by number (from 1), by name, or as plans write them. Raises Ended if none is meant."""
    plain = "".join(event.split())
    if plain.isdecimal() and 0 < int(plain) <= len(acts):
        return [int(plain) - 1]
    names = [act.split("(", maxsplit=1)[0] for act in acts]
    found = [i for i, act in enumerate(acts) if plain in {"".join(act.split()), names[i]}]
    if found:
        return found
    hints = [f"hint: did you mean `{near}`?" for near in alike(event, [*acts, *names])[:1]]
    listed = [f"  {number}. {act}" for number, act in enumerate(acts, 1)]
    headline = f"error[no-such-event]: nothing called `{event}` happens in this story"
    raise Ended(Ending.USAGE, "\n".join([headline, *hints, *listed]))
