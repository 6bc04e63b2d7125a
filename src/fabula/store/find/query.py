"""What somebody asks of stories: clauses such as `ends: alive(Ada); not with: Ben; length: ..8`, all of which must hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fabula.ask.contracts import name, questions
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.suggest import alike
from fabula.frozen import dataclass
from fabula.ground.expression import (
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
    Compare,
    Condition,
    Thinks,
    ValueExpression,
)
from fabula.ground.problem import ActionId, Contract, Deed, Problem
from fabula.store.record import Looked, Record, looked

KEYS = {
    "ends": "a condition that holds at the end",
    "sometime": "a condition that holds at some moment",
    "act": "an act that happens, `eat(Ada, ?)`",
    "with": "people who choose to act in it, `Ada, Ben`",
    "length": "how many acts it has, `5`, `3..8`, `..8`",
    "keeps": "a contract of the world by its sentence, or a new one, `never fed(Ben)`",
    "breaks": "the same, broken",
    "hoped": "the author's hope is fulfilled (nothing after it)",
}
_CLAUSE = re.compile(r"\s*(?P<no>not\s+)?(?P<key>[a-z]+)\s*(?::(?P<what>.*))?", re.DOTALL)
_LENGTH = re.compile(r"(?P<least>\d*)\s*(?P<to>\.\.)?\s*(?P<most>\d*)")


@dataclass(frozen=True, slots=True)
class Clause:
    """One of the things asked: `wanted` is False after `not`."""

    key: str
    what: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, resolved: every part with whether it is wanted.

    `chosen` are acts by one of which somebody is in a story, `lengths` are least and most. `at` is the world with the asked
    conditions, numbered as `at.asked`; the first `noted` of them were asked about when the space was looked at.
    """

    at: Looked
    noted: int = 0
    ends: tuple[tuple[Condition, bool], ...] = ()
    sometime: tuple[tuple[Condition, bool], ...] = ()
    chosen: tuple[tuple[frozenset[ActionId], bool], ...] = ()
    contracts: tuple[tuple[Contract, bool], ...] = ()
    lengths: tuple[tuple[int, int | None, bool], ...] = ()
    hoped: tuple[bool, ...] = ()


def parse(text: str) -> tuple[Clause, ...]:
    """Take a query apart. Raises Mistakes."""
    return tuple(_clause(part) for part in text.split(";") if part.strip())


def _clause(text: str) -> Clause:
    found = _CLAUSE.fullmatch(text)
    key, what = (found["key"], (found["what"] or "").strip()) if found else ("", "")
    if key not in KEYS or (key == "hoped") != (not what):
        near = [f"did you mean `{word}`?" for word in alike(key, KEYS)] if key not in KEYS else []
        known = "; ".join(f"`{key}`: {said}" for key, said in KEYS.items())
        hint = f"clauses are separated by `;`, `not` may stand before each. {known}"
        headline = f"`{text.strip()}` asks nothing that stories can be asked"
        raise Mistakes(Diagnostic("error", "unknown-clause", headline, (), (), (*near, hint)))
    assert found is not None
    return Clause(key, what, not found["no"])


def resolve(clauses: Sequence[Clause], recorded: Record) -> Query:
    """Find out what clauses mean in a world. Raises Mistakes, also where its file does not keep what is asked for."""
    before = looked(recorded)
    known = {name(c).lower().rstrip(".!?"): c for c in before.problem.contracts}
    texts = {c: text for c in clauses if (text := _statement(c, known)) is not None}
    after = _asking(recorded, tuple(texts.values())) if texts else before
    fresh = after.problem.contracts[len(before.problem.contracts) :]
    meant = dict(zip(texts, fresh, strict=True))
    meant |= {c: known[_sentence(c)] for c in clauses if c.key in ("keeps", "breaks") and c not in meant}
    _check(before, after, meant)
    conditions = {
        key: [(meant[c].first, c.wanted) for c in clauses if c.key == key] for key in ("ends", "sometime")
    }
    chosen = [(_deed(c, meant[c]), c.wanted) for c in clauses if c.key == "act"]
    chosen += [(acts, c.wanted) for c in clauses if c.key == "with" for acts in _people(c, after.problem)]
    return Query(
        after,
        len(before.asked),
        tuple((_condition(first), wanted) for first, wanted in conditions["ends"]),
        tuple((_condition(first), wanted) for first, wanted in conditions["sometime"]),
        tuple(chosen),
        tuple((meant[c], c.wanted == (c.key == "keeps")) for c in clauses if c.key in ("keeps", "breaks")),
        tuple((*_length(c), c.wanted) for c in clauses if c.key == "length"),
        tuple(c.wanted for c in clauses if c.key == "hoped"),
    )


def _asking(recorded: Record, statements: tuple[str, ...]) -> Looked:
    """Ground the world with more contracts. Raises Mistakes, without the places in a text that nobody has written."""
    try:
        return looked(recorded.changed(statements))
    except Mistakes as mistakes:
        raise Mistakes(*(replace(d, labels=()) for d in mistakes.diagnostics)) from None


def _statement(clause: Clause, known: dict[str, Contract]) -> str | None:
    """Write a clause as a contract of the world's language, if it is one that must be resolved there."""
    if clause.key in ("ends", "sometime", "act"):
        return f"contract: possible {clause.what};"
    if clause.key in ("keeps", "breaks") and _sentence(clause) not in known:
        return f"contract: {clause.what};"
    return None


def _sentence(clause: Clause) -> str:
    return clause.what.strip("\"'").lower().rstrip(".!?")


def _check(before: Looked, after: Looked, meant: dict[Clause, Contract]) -> None:
    """Raise Mistakes if the file cannot tell what is asked: states that only the new question tells apart are one in it."""
    same = _lived(before.problem) == _lived(after.problem)
    for clause, contract in meant.items():
        fresh = (c for c in questions(after.problem, (contract,)) if c not in before.asked)
        if any(not same or _looks_inside(condition) for condition in fresh):
            demand = f"possible {clause.what}" if clause.key in ("ends", "sometime", "act") else clause.what
            note = "states that only this question tells apart are kept as one"
            hint = f"explore again into another file with `--contract '{demand}'`"
            headline = f"the file does not keep what `{clause.what}` asks for"
            raise Mistakes(Diagnostic("error", "not-kept", headline, (), (note,), (hint,)))


def _lived(problem: Problem) -> tuple[object, ...]:
    """Return what must be the same for the places of one problem to be those of another."""
    return problem.entities, problem.fluents, problem.actions, problem.triggers


def _looks_inside(what: Condition | ValueExpression) -> bool:
    """Whether somebody's beliefs are looked at."""
    match what:
        case Thinks() | Believed():
            return True
        case AllOf(parts) | AnyOf(parts):
            return any(map(_looks_inside, parts))
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return _looks_inside(left) or _looks_inside(right)
        case Choice(branches, otherwise):
            inner = (part for branch in branches for part in branch)
            return any(map(_looks_inside, inner)) or _looks_inside(otherwise)
    return False


def _condition(happening: Condition | Deed) -> Condition:
    if isinstance(happening, Deed):
        hint = "`act: …` asks for an act"
        raise Mistakes(Diagnostic("error", "unknown-clause", "an act is no condition", hints=(hint,)))
    return happening


def _deed(clause: Clause, contract: Contract) -> frozenset[ActionId]:
    if not isinstance(contract.first, Deed):
        headline, hint = f"`{clause.what}` is no act", "`ends: …` and `sometime: …` ask for conditions"
        raise Mistakes(Diagnostic("error", "unknown-clause", headline, hints=(hint,)))
    return contract.first.acts


def _people(clause: Clause, problem: Problem) -> list[frozenset[ActionId]]:
    people = problem.entities[: problem.character_count]
    found = []
    for who in map(str.strip, clause.what.split(",")):
        if who not in people:
            near = tuple(f"did you mean `{word}`?" for word in alike(who, people))
            headline = f"there is no character called `{who}`"
            hints = near or (f"there are: {', '.join(people)}",)
            raise Mistakes(Diagnostic("error", "no-such-character", headline, hints=hints))
        number = people.index(who)
        acts = (ActionId(a) for a, act in enumerate(problem.actions) if number in act.consenting)
        found.append(frozenset(acts))
    return found


def _length(clause: Clause) -> tuple[int, int | None]:
    found = _LENGTH.fullmatch(clause.what)
    if not found or not (found["least"] or found["most"]):
        hint = "`length: 5`, `length: 3..8`, `length: ..8` and `length: 3..` do"
        raise Mistakes(Diagnostic("error", "unknown-clause", f"`{clause.what}` is no length", hints=(hint,)))
    least = int(found["least"] or 0)
    if not found["to"]:
        return least, least
    return least, int(found["most"]) if found["most"] else None
