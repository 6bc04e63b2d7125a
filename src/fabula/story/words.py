"""From numbers to words: the facts and values of a problem as an author writes them."""

from __future__ import annotations

from fabula.ground.expression import FluentId, Value
from fabula.ground.problem import Problem
from fabula.story.story import Fact, Word


class Words:
    """The names of one problem."""

    def __init__(self, problem: Problem) -> None:
        """Name every fluent once, so that facts can be compared and looked up."""
        self._problem = problem
        self.facts = tuple(Fact(f.name, f.arguments, f.kind) for f in problem.fluents)

    def entity(self, number: int) -> str:
        """Return the name of an entity."""
        return self._problem.entities[number]

    def value(self, fluent: FluentId, value: Value) -> Word:
        """Return a value of the fluent as a word."""
        if value is None:
            return None
        match self._problem.fluents[fluent].kind:
            case "boolean":
                return value == 1.0
            case "number":
                return value
            case "entity":
                return self._problem.entities[int(value)]
