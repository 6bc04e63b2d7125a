"""What can break in a world while it runs, in words: a division by zero, two values at once, triggers without rest."""

from __future__ import annotations

from typing import NoReturn

from fabula.diagnostics.diagnostic import Diagnostic, Label, Mistakes
from fabula.ground.expression import Condition
from fabula.ground.problem import Action, Fluent, Trigger
from fabula.search.minds.evaluate import Test, test

Culprit = Action | Trigger | str
"""What breaks something: also `the utility of Ann`, or what is asked of a world."""

ASKED = "what is asked"


def asked(condition: Condition) -> Test:
    """Make a condition callable that is a question; the function raises Mistakes where it divides by zero."""

    def divided() -> NoReturn:
        raise Mistakes(division(ASKED))

    return test(condition, divided)


def division(culprit: Culprit) -> Diagnostic:
    """Something divides by zero."""
    headline = f"{_name(culprit)} divides by zero"
    hints = ("test for zero first: `if(n() != 0) … / n() else …`",)
    return Diagnostic("error", "division-by-zero", headline, _where(culprit), hints=hints)


def contradiction(culprit: Culprit, fluent: Fluent) -> Diagnostic:
    """An act or trigger gives one fluent two values."""
    headline = f"{_name(culprit)} gives `{fluent}` two different values at once"
    hints = ("put the two assignments under conditions that cannot both hold",)
    return Diagnostic("error", "contradictory-effect", headline, _where(culprit), hints=hints)


def endless(culprit: Culprit) -> Diagnostic:
    """Triggers never come to rest."""
    headline = f"triggers never come to rest: {_name(culprit)} fires again and again"
    hints = ("give the trigger a condition that its own effect makes false",)
    return Diagnostic("error", "endless-triggers", headline, _where(culprit), hints=hints)


def _name(culprit: Culprit) -> str:
    return culprit if isinstance(culprit, str) else f"`{culprit}`"


def _where(culprit: Culprit) -> tuple[Label, ...]:
    span = None if isinstance(culprit, str) else culprit.span
    return (Label(span),) if span else ()
