"""Facts as a file of stories writes them, and back: exact, also where a number is long."""

from __future__ import annotations

from fabula.ground.expression import FluentId, Value
from fabula.ground.problem import Problem

Fact = tuple[FluentId, Value]


class Naming:
    """Writes facts of a problem as an author would, and reads them again."""

    def __init__(self, problem: Problem) -> None:
        """Know the names."""
        self._problem = problem
        self._fluents = {str(fluent): FluentId(f) for f, fluent in enumerate(problem.fluents)}
        self._entities = {name: float(e) for e, name in enumerate(problem.entities)}
        self._written: dict[Fact, str] = {}
        self._read: dict[str, Fact] = {}

    def write(self, fact: Fact) -> str:
        """Write a fact: `fed(Ada)`, `!fed(Ada)`, `at(Ada) = Cellar`, `steps(Ada) = 3`."""
        if fact not in self._written:
            self._written[fact] = self._spelt(*fact)
        return self._written[fact]

    def read(self, written: str) -> Fact:
        """Read a fact. Raises KeyError if it is none of this problem."""
        if written not in self._read:
            self._read[written] = self._understood(written)
        return self._read[written]

    def _spelt(self, fluent: FluentId, value: Value) -> str:
        name, kind = str(self._problem.fluents[fluent]), self._problem.fluents[fluent].kind
        if kind == "boolean" and value is not None:
            return name if value else f"!{name}"
        if value is None:
            return f"{name} = ?"
        said = self._problem.entities[int(value)] if kind == "entity" else repr(value).removesuffix(".0")
        return f"{name} = {said}"

    def _understood(self, written: str) -> Fact:
        name, equals, value = written.rpartition(" = ")
        if not equals:
            return self._fluents[written.removeprefix("!")], float(not written.startswith("!"))
        fluent = self._fluents[name]
        if value == "?":
            return fluent, None
        entity = self._problem.fluents[fluent].kind == "entity"
        return fluent, self._entities[value] if entity else float(value)
