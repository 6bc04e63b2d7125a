"""What somebody asks of a world: conditions that are no part of it, and the mistakes in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from fabula.ask.inquiry import Inquiry
from fabula.ask.space import Space
from fabula.ask.words.show import course
from fabula.diagnostics.diagnostic import Diagnostic, Label, Mistakes
from fabula.diagnostics.span import Span
from fabula.ground.expression import Condition
from fabula.search.minds.evaluate import Test, test
from fabula.search.outcome import Budget


def asking(condition: Condition, span: Span | None = None, where: str = "") -> Test:
    """Make an asked condition callable; the function raises Mistakes, at the span, where it divides by zero: `after go(Ann)`."""

    def divided() -> NoReturn:
        raise _division(span, where)

    return test(condition, divided)


def blame(inquiry: Inquiry, asked: Mapping[Condition, Span | None], budget: Budget | None) -> None:
    """Raise Mistakes where an asked condition divides by zero, in a state that acts lead to, and the world itself does not."""
    lore = inquiry.lore
    space = Space(lore, lore.session.spread(lore.limits, (), inquiry.goal, budget))
    for place in space.places:
        for condition, span in asked.items():
            where = course(space.acts_written(space.acts(place.number)))
            asking(condition, span, where)(space.state(place.number))


def _division(span: Span | None, where: str = "") -> Mistakes:
    return Mistakes(
        Diagnostic(
            "error",
            "division-by-zero",
            "what is asked divides by zero",
            (Label(span),) if span else (),
            (f"it does so {where}",) if where else (),
            ("test for zero first: `if(n() != 0) … / n() else …`",),
        )
    )
