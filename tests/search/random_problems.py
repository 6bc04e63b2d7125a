"""Small problems at random, for comparing searches: every part of the language turns up in them.

Acts and wishes are drawn along a chain of things to be done one after the other, so that many have stories and
plans within plans; around it, everything is chance.

A problem depends on its seed only. Many have stories; in some, things break: triggers never rest, and in rough worlds,
of which every fifth is one, acts also divide by zero and give a thing two values.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from fabula.ground.expression import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    Arithmetic,
    Believed,
    Choice,
    Comparator,
    Compare,
    Condition,
    Const,
    EntityId,
    FluentId,
    Operator,
    Read,
    Thinks,
    Value,
    ValueExpression,
)
from fabula.ground.problem import Action, Assignment, Beat, Belief, Fluent, Path, Problem, Trigger
from fabula.search.outcome import Ambition, Limits

NUMBERS = (0.0, 1.0, 2.0, 1.5)


def random_problem(seed: int) -> Problem:
    """Return the problem of a seed: 2 or 3 characters, 3 to 7 fluents, 3 to 6 acts, up to 2 triggers."""
    return _Maker(Random(seed), rough=seed % 5 == 3).problem()


def random_limits(seed: int) -> Limits:
    """Return limits for the problem of a seed, small enough for an exhaustive search."""
    chance = Random(-1 - seed)
    return Limits(chance.randint(1, 4), chance.choice((0, 1, 2, 2, 3, 3)), chance.choice((-1, 0, 1, 1, 2)))


def random_demand(seed: int) -> tuple[Limits, Ambition]:
    """Return what is seldom asked: reasons of any length, or only the best reasons, or both."""
    chance, limits = Random(-1 - seed), random_limits(seed)
    character, epistemic = chance.choice((-1, -1, 0, 1, 2, 3)), chance.choice((-1, -1, 0, 1, 1, 2))
    return replace(limits, character=character, epistemic=epistemic), "improve" if seed % 3 == 0 else "best"


class _Maker:
    """Draws one problem, part by part; `heat` is how often beliefs come into it."""

    def __init__(self, chance: Random, rough: bool) -> None:
        self.chance, self.rough = chance, rough
        self.heat = chance.choice((0.0, 0.15, 0.3))
        self.characters = [EntityId(c) for c in range(chance.choice((2, 2, 3)))]
        self.count = len(self.characters) + chance.randint(0, 2)
        self.chain = [FluentId(f) for f in range(chance.randint(2, 4))]
        kinds = ["boolean" for _ in self.chain] + [self.kind() for _ in range(chance.randint(1, 3))]
        self.fluents = [self.fluent(name, kind) for name, kind in zip("abcdefg", kinds, strict=False)]

    def problem(self) -> Problem:
        """Put everything together."""
        chance = self.chance
        return Problem(
            entities=("Ann", "Bob", "Cy", "Dot", "Eve")[: self.count],
            character_count=len(self.characters),
            fluents=tuple(self.fluents),
            actions=tuple(self.action(f"act{i}") for i in range(chance.randint(3, 6))),
            triggers=tuple(self.trigger(f"trigger{i}") for i in range(chance.choice((0, 0, 0, 1, 2)))),
            initial=tuple(self.initial(fluent) for fluent in self.fluents),
            beliefs=tuple(self.belief() for _ in range(chance.choice((0, 0, 1, 2, 3)))),
            utility=self.wish(self.chain[-1:]),
            utilities=tuple(self.wish(self.chain) for _ in self.characters),
            beats=tuple(Beat(f"beat {i}", self.atom(1)) for i in range(chance.choice((0,) * 8 + (1, 2)))),
        )

    # --- things ---

    def kind(self) -> str:
        """Draw the kind of a fluent."""
        return self.chance.choice(("boolean", "number", "entity"))

    def fluent(self, name: str, kind: str) -> Fluent:
        """Return a fluent of a kind."""
        if kind == "boolean":
            return Fluent(name, (), "boolean", (0.0, 1.0))
        if kind == "number":
            return Fluent(name, (), "number", None)
        return Fluent(name, (), "entity", tuple(map(float, range(self.count))))

    def any_fluent(self, kind: str | None = None) -> FluentId | None:
        """Draw a fluent, of a kind if asked; None if there is none."""
        fits = [FluentId(i) for i, f in enumerate(self.fluents) if kind in {None, f.kind}]
        return self.chance.choice(fits) if fits else None

    def constant(self, fluent: Fluent) -> Value:
        """Draw a value that a fluent may have."""
        if fluent.kind != "boolean" and self.chance.random() < 0.15:
            return None
        return self.chance.choice(fluent.domain or NUMBERS)

    def initial(self, fluent: Fluent) -> Value:
        """Draw a value for the start, mostly the plainest."""
        return 0.0 if fluent.kind != "entity" and self.chance.random() < 0.85 else self.constant(fluent)

    def path(self) -> Path:
        """Draw whose belief: seldom deeper than two."""
        length = self.chance.choice((1, 1, 1, 2, 2, 3))
        return tuple(self.chance.choice(self.characters) for _ in range(length))

    def belief(self) -> Belief:
        """Draw an explicit belief."""
        fluent = self.any_fluent()
        assert fluent is not None
        return Belief(self.path(), fluent, self.constant(self.fluents[fluent]))

    # --- expressions ---

    def hot(self) -> bool:
        """Tell whether beliefs come in here."""
        return self.chance.random() < self.heat

    def reading(self, fluent: FluentId) -> ValueExpression:
        """Draw a reading of a fluent, perhaps in somebody's mind."""
        if self.hot():
            return Believed(self.chance.choice(self.characters), self.reading(fluent))
        return Read(fluent)

    def value(self, fluent: FluentId) -> ValueExpression:
        """Draw something of a fluent's kind."""
        kind, luck = self.fluents[fluent].kind, self.chance.random()
        other = self.any_fluent(kind)
        if kind == "boolean" and luck < 0.5:
            return Const(1.0)
        if luck < 0.75 or other is None:
            return Const(self.constant(self.fluents[fluent]))
        if kind == "number" and luck < 0.9:
            operator: Operator = self.chance.choice(("+", "+", "-", "*", "/"))
            divisor: ValueExpression = Const(self.chance.choice((1.0, 2.0)))
            if self.rough and operator in "-/":
                operator, divisor = "/", Read(other)
            return Arithmetic(operator, self.reading(other), divisor)
        if kind == "boolean" and luck < 0.9:
            return Choice(((self.condition(1), Const(1.0)),), Const(0.0))
        return self.reading(other)

    def atom(self, depth: int) -> Condition:
        """Draw a comparison, perhaps in somebody's mind."""
        if depth and self.hot():
            return Thinks(self.chance.choice(self.characters), self.condition(depth - 1))
        fluent = self.any_fluent()
        assert fluent is not None
        kind = self.fluents[fluent].kind
        if kind == "boolean":
            return Compare("==", self.reading(fluent), Const(self.chance.choice((0.0, 1.0, 1.0))))
        if kind == "number":
            operator: Comparator = self.chance.choice(("==", "!=", ">=", "<=", ">", "<"))
            return Compare(operator, self.reading(fluent), self.value(fluent))
        other = self.any_fluent("entity")
        assert other is not None
        operator = self.chance.choice(("==", "==", "!="))
        if self.chance.random() < 0.3:
            return Compare(operator, self.reading(fluent), self.reading(other), entities=True)
        return Compare(operator, self.reading(fluent), Const(self.constant(self.fluents[fluent])))

    def condition(self, depth: int = 2) -> Condition:
        """Draw a condition: an atom, or a few of them."""
        luck = self.chance.random()
        if depth == 0 or luck < 0.65:
            return self.atom(depth)
        parts = tuple(self.condition(depth - 1) for _ in range(2))
        return AllOf(parts) if luck < 0.9 else AnyOf(parts)

    def utility(self) -> ValueExpression:
        """Draw a utility: a condition, a number, or a sum."""
        number, luck = self.any_fluent("number"), self.chance.random()
        if number is not None and luck < 0.15:
            wealth = self.reading(number)
            return Arithmetic("/", Const(1.0), wealth) if self.rough else wealth
        gain = Const(self.chance.choice((1.0, 1.0, 2.0, -1.0)))
        here: ValueExpression = Choice(((self.condition(1), gain),), Const(0.0))
        return Arithmetic("+", here, self.utility()) if luck > 0.6 else here

    def wish(self, chain: list[FluentId]) -> ValueExpression:
        """Draw a utility, mostly that a link of the chain be done."""
        if self.chance.random() < 0.3:
            return self.utility()
        done = Compare("==", self.reading(self.chance.choice(chain)), Const(1.0))
        wish: ValueExpression = Choice(((done, Const(2.0)),), Const(0.0))
        return Arithmetic("+", wish, self.utility()) if self.chance.random() < 0.3 else wish

    # --- happenings ---

    def effects(self, most: int) -> tuple[Assignment, ...]:
        """Draw effects: on different things, but in a rough world."""
        drawn = {}
        for number in range(self.chance.randint(1, most)):
            fluent = self.any_fluent()
            assert fluent is not None
            path = self.path() if self.hot() else ()
            when = TRUE if self.chance.random() < 0.75 else self.condition(1)
            drawn[path, fluent, self.rough and number] = Assignment(path, fluent, when, self.value(fluent))
        return tuple(drawn.values())

    def action(self, name: str) -> Action:
        """Draw an act that up to two characters consent to and not everybody may see."""
        willing = self.chance.sample(self.characters, self.chance.choice((0, 1, 1, 1, 1, 2, 2)))
        seeing = tuple(self.seeing() for _ in self.characters)
        precondition = TRUE if self.chance.random() < 0.2 else self.condition()
        effects = self.effects(3)
        if self.chance.random() < 0.7:
            link = self.chance.choice(self.chain)
            before = Compare("==", self.reading(FluentId(link - 1)), Const(1.0)) if link else TRUE
            precondition = before if self.chance.random() < 0.6 else AllOf((before, precondition))
            effects = (
                Assignment((), link, TRUE, Const(1.0)),
                *(e for e in effects[:1] if self.rough or e.fluent != link),
            )
        return Action(name, (), precondition, effects, tuple(willing), seeing)

    def seeing(self) -> Condition:
        """Draw when a character sees an act."""
        luck = self.chance.random()
        return TRUE if luck < 0.65 else FALSE if luck < 0.8 else self.atom(1)

    def trigger(self, name: str) -> Trigger:
        """Draw a trigger."""
        return Trigger(name, (), self.condition(1), self.effects(2))
