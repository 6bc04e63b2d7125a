"""World to Problem: every act, trigger and wish for every choice of characters and things.

| in a `World` | in a `Problem` |
|---|---|
| property | fluents, one for each choice of arguments |
| action, trigger | actions, triggers, one for each binding that is ever possible |
| effect | assignments |
| initial-state statements | values and explicit beliefs |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from fabula.diagnostics.diagnostic import Diagnostic, Label, Mistakes
from fabula.diagnostics.span import Span
from fabula.ground import reach
from fabula.ground.bind import Part, arguments, bindings, conjuncts
from fabula.ground.effects import Flattener, contradiction, contradictory
from fabula.ground.expand import Expander
from fabula.ground.expression import TRUE, Arithmetic, Condition, Const, FluentId, Value, walk
from fabula.ground.initial import Start
from fabula.ground.names import Environment, Names
from fabula.ground.problem import Action, ActionId, Assignment, Beat, Contract, Deed, Mark, Problem, Trigger
from fabula.model import expression as lifted
from fabula.model import world as model

_NOTHING: lifted.Expression = lifted.Constant(0.0)
_ZERO = Const(0.0)


def ground(world: model.World, any_start: bool = False) -> Problem:
    """Bind every variable of a world and leave out what can never happen.

    What is left out is excluded in reality and in everybody's imagination. With `any_start` it is excluded
    whatever the world and its minds are like at the start, so that `initial` and `beliefs` of the problem may be
    replaced. Raises Mistakes for what only the bound world shows: an effect that contradicts itself, a division by
    zero, far too many cases.
    """
    names = Names(world)
    start = Start(names)
    start.carry_out(world.statements)
    fixed = _fixed(world)
    facts = None if any_start else _facts(world, fixed, names, start)
    expander = Expander(names, frozenset(f for prop in fixed for f in names.every(prop)), facts)
    wishes = Expander(names)  # in full, so that what cannot be brought about can be named
    actions = tuple(_actions(world, expander))
    triggers = tuple(_triggers(world, expander))
    problem = Problem(
        entities=names.entities,
        character_count=names.character_count,
        fluents=names.fluents,
        actions=actions,
        triggers=triggers,
        initial=tuple(start.world),
        beliefs=start.beliefs,
        utility=wishes.value(world.utilities.get(None, _NOTHING), {}),
        utilities=tuple(
            expander.value(world.utilities.get(name, _NOTHING), {})
            for name in names.entities[: names.character_count]
        ),
        beats=tuple(Beat(b.name, wishes.condition(b.condition, {})) for b in world.beats),
        marks=tuple(Mark(expander.condition(m.condition, {}), m.reveals, m.tags) for m in world.marks),
        types=names.types(world),
    )
    pruned = _pruned(problem, _anything(problem) if any_start else _stated(problem))
    written = (world.actions, world.triggers, tuple(world.utilities.values()))
    if any(isinstance(node, lifted.Arithmetic) and node.operator == "/" for node in walk(written)):
        _refuse_division_by_zero(pruned)
    pruned = replace(pruned, utility=problem.utility, beats=problem.beats)
    return replace(pruned, contracts=tuple(_contract(c, pruned, expander) for c in world.contracts))


def _contract(contract: model.Contract, problem: Problem, expander: Expander) -> Contract:
    def happening(what: lifted.Expression | model.Deed) -> Condition | Deed:
        if not isinstance(what, model.Deed):
            return expander.condition(what, {})
        wanted = [
            None if a is None else expander.names.written(a, expander.names.constant(a))
            for a in what.arguments
        ]
        return Deed(
            frozenset(
                ActionId(number)
                for number, act in enumerate(problem.actions)
                if act.name == what.action and _fits(act.arguments, wanted)
            )
        )

    second = None if contract.second is None else happening(contract.second)
    first = happening(contract.first)
    return Contract(contract.name, contract.demand, first, second, contract.label, contract.span)


def _fits(arguments: Sequence[str], wanted: Sequence[str | None]) -> bool:
    pairs = zip(arguments, wanted, strict=False)
    return len(arguments) == len(wanted) and all(w in (None, a) for a, w in pairs)


def _fixed(world: model.World) -> frozenset[lifted.Property]:
    """Return the properties that no effect sets."""
    effects = (*(a.effect for a in world.actions), *(t.effect for t in world.triggers))
    assigned = {_assigned(node.target) for node in walk(effects) if isinstance(node, lifted.Assign)}
    return frozenset(world.properties) - assigned


def _facts(world: model.World, fixed: frozenset[lifted.Property], names: Names, start: Start) -> reach.Reach:
    """Return the values of what no effect sets and nobody is ever wrong about; of all else, that they may be any."""
    explicit = {belief.fluent for belief in start.beliefs}
    wrong = frozenset(prop for prop in fixed if not explicit.isdisjoint(names.every(prop)))
    preconditions = [action.precondition for action in world.actions]
    comparisons = [node for node in walk(preconditions) if isinstance(node, lifted.Compare)]
    sides = [pair for c in comparisons for pair in ((c.left, c.right), (c.right, c.left))]
    doubted, before = frozenset[lifted.Property](), None
    while doubted != before:
        before = doubted
        doubted |= {
            p
            for one, other in sides
            if _casts_doubt(other, fixed, wrong | before)
            for p in _read(one) & fixed
        }
    known = {fluent for prop in fixed - doubted for fluent in names.every(prop)} - explicit
    values = ({value} if FluentId(f) in known else None for f, value in enumerate(start.world))
    return reach.Reach(list(values), (), ())


def _casts_doubt(
    side: lifted.Expression, fixed: frozenset[lifted.Property], unsure: frozenset[lifted.Property]
) -> bool:
    """Whether surprise by a comparison with this side may leave somebody with `?` for what nothing sets.

    Not if the side depends on what some effect sets; but an `if` or a quantifier may turn out not to.
    """
    nodes, read = list(walk(side)), _read(side)
    if not read <= fixed and not any(isinstance(node, lifted.If | lifted.Quantified) for node in nodes):
        return False
    return not read.isdisjoint(unsure) or any(isinstance(node, lifted.Believes) for node in nodes)


def _read(expression: lifted.Expression) -> frozenset[lifted.Property]:
    return frozenset(node.property for node in walk(expression) if isinstance(node, lifted.Fluent))


def _assigned(target: lifted.Expression) -> lifted.Property | None:
    while isinstance(target, lifted.Believes):
        target = target.body
    return target.property if isinstance(target, lifted.Fluent) else None


def _actions(world: model.World, expander: Expander) -> Iterator[Action]:
    mistakes: list[Diagnostic] = []
    for action in world.actions:
        observing = _observing(action, expander)
        for environment, precondition, effects, written in _cases(action, expander, mistakes):
            expander.spend(expander.names.character_count)
            consenting = (expander.names.character(term, environment) for term in action.consenting)
            yield Action(
                action.name,
                written,
                precondition,
                effects,
                tuple(dict.fromkeys(consenting)),
                observing(environment),
                action.reveals,
                action.tags,
                action.span,
            )
    expander.subject = "this world"
    if mistakes:
        raise Mistakes(*mistakes)


def _triggers(world: model.World, expander: Expander) -> Iterator[Trigger]:
    mistakes: list[Diagnostic] = []
    for trigger in world.triggers:
        for _, precondition, effects, written in _cases(trigger, expander, mistakes):
            yield Trigger(trigger.name, written, precondition, effects, trigger.span)
    expander.subject = "this world"
    if mistakes:
        raise Mistakes(*mistakes)


def _cases(
    act: model.Action | model.Trigger, expander: Expander, mistakes: list[Diagnostic]
) -> Iterator[tuple[Environment, Condition, tuple[Assignment, ...], tuple[str, ...]]]:
    """Yield environment, precondition, effects and written arguments of every case of an act.

    Of the cases that contradict themselves the first is added to `mistakes`.
    """
    expander.subject = f"`{act.name}`"
    flattener = Flattener(expander)
    parameters = [term.name for term in act.signature if isinstance(term, lifted.Variable)]
    parts = [
        Part(part, parameters, partial(flattener.all, part))
        for part in (() if act.effect is None else conjuncts(act.effect))
    ]
    write = arguments(expander, act.signature)
    told = False
    for environment, precondition in bindings(expander, act.name, act.signature, act.precondition):
        effects = tuple(effect for part in parts for effect in part(environment))
        expander.spend(len(effects))
        written = write(environment)
        if not told and (pair := contradiction(effects)):
            text = f"{act.name}({', '.join(written)})"
            mistakes.append(contradictory(expander.names, text, pair, act.span))
            told = True
        yield environment, precondition, effects, written


def _observing(action: model.Action, expander: Expander) -> Callable[[Environment], tuple[Condition, ...]]:
    """Return, for an environment, the conditions under which each character sees the act."""
    count = expander.names.character_count
    if action.observing is None:
        everybody = (TRUE,) * count
        return lambda _: everybody
    variable, expression = action.observing
    parameters = [term.name for term in action.signature if isinstance(term, lifted.Variable)]

    def seen_by_each(environment: Environment) -> tuple[Condition, ...]:
        return tuple(
            expander.condition(expression, {**environment, variable.name: float(c)}) for c in range(count)
        )

    return Part(expression, parameters, seen_by_each)


def _stated(problem: Problem) -> list[reach.Values]:
    """For each fluent, the values that it has at the start, in the world or in somebody's mind."""
    start: list[set[Value]] = [{value} for value in problem.initial]
    for belief in problem.beliefs:
        start[belief.fluent].add(belief.value)
    return list(start)


def _anything(problem: Problem) -> list[reach.Values]:
    """For each fluent, every value that it could ever have."""
    return [None if f.domain is None else {None, *f.domain} for f in problem.fluents]


def _pruned(problem: Problem, start: Sequence[reach.Values]) -> Problem:
    """Leave out the acts and triggers that never happen, and fold what never varies."""
    able = reach.Reach(start, problem.actions, problem.triggers)
    triggers = (
        Trigger(t.name, t.arguments, able.fold(t.precondition), able.fold_effects(t.effects), t.span)
        for t in problem.triggers
        if able.possible(t.precondition)
    )
    return Problem(
        entities=problem.entities,
        character_count=problem.character_count,
        fluents=problem.fluents,
        actions=tuple(_folded(a, able) for a in problem.actions if able.possible(a.precondition)),
        triggers=tuple(trigger for trigger in triggers if trigger.effects),
        initial=problem.initial,
        beliefs=problem.beliefs,
        utility=able.fold_value(problem.utility),
        utilities=tuple(able.fold_value(utility) for utility in problem.utilities),
        beats=tuple(Beat(b.name, able.fold(b.condition)) for b in problem.beats),
        marks=tuple(Mark(able.fold(m.condition), m.reveals, m.tags) for m in problem.marks),
        types=problem.types,
    )


def _folded(action: Action, able: reach.Reach) -> Action:
    return Action(
        action.name,
        action.arguments,
        able.fold(action.precondition, keep_ways=True),
        able.fold_effects(action.effects),
        action.consenting,
        tuple(able.fold(condition) for condition in action.observing),
        action.reveals,
        action.tags,
        action.span,
    )


def _refuse_division_by_zero(problem: Problem) -> None:
    """Raise Mistakes for what divides by zero whatever happens."""
    characters = (f"the utility of `{name}`" for name in problem.entities)
    places: list[tuple[str, object, Span | None]] = [("the author's utility", problem.utility, None)]
    places += [(who, value, None) for who, value in zip(characters, problem.utilities, strict=False)]
    acts: tuple[Action | Trigger, ...] = (*problem.actions, *problem.triggers)
    places += [(f"`{act}`", (act.precondition, act.effects), act.span) for act in acts]
    found = [
        Diagnostic(
            "error",
            "division-by-zero",
            f"{where} divides by zero",
            labels=() if span is None else (Label(span, "divided by zero here"),),
            hints=("test for zero first: `if(n() != 0) … / n() else …`",),
        )
        for where, expression, span in places
        if any(isinstance(n, Arithmetic) and n.operator == "/" and n.right == _ZERO for n in walk(expression))
    ]
    if found:
        raise Mistakes(*found)
