"""Holds a bank against the world it was written for: prose for acts and people that the world does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from fabula.diagnostics.diagnostic import Diagnostic, Label
from fabula.diagnostics.suggest import alike
from fabula.tell.bank.bank import ActionProse, Bank
from fabula.tell.bank.condition import Condition, Pattern


def misfits(
    bank: Bank, actions: Mapping[str, int], entities: Collection[str], properties: Collection[str]
) -> tuple[Diagnostic, ...]:
    """Warnings for what a bank says about things that its world does not have.

    `actions` maps the world's actions to their number of roles; `entities` and `properties` are its names (types too, for `is a`).
    """
    found = []
    for name, prose in bank.actions.items():
        labels = (Label(bank.places[name]),) if name in bank.places else ()
        if name not in actions:
            near = alike(name, actions)
            hints = (f"did you mean `{near[0]}`?",) if near else ()
            found.append(
                Diagnostic(
                    "warning",
                    "bank-no-such-action",
                    f"this world has no action called `{name}`",
                    labels,
                    (),
                    hints,
                )
            )
        elif len(prose.roles) != actions[name]:
            headline = f"`{name}` has {actions[name]} roles, not {len(prose.roles)}"
            hints = ("name all of them, in the order of the world",)
            found.append(Diagnostic("warning", "bank-roles", headline, labels, (), hints))
        for unknown in dict.fromkeys(
            _unknown(prose, {*entities, *bank.names, "viewpoint", "outside", "nobody"}, properties)
        ):
            near = alike(unknown, (*entities, *properties))
            hints = (f"did you mean `{near[0]}`?",) if near else ()
            headline = f"a condition of `{name}` speaks of `{unknown}`, which this world does not have"
            found.append(Diagnostic("warning", "bank-unknown-name", headline, labels, (), hints))
    strangers = (entity for entity in bank.names if entity not in entities)
    for stranger in strangers:
        near = alike(stranger, entities)
        hints = (
            (f"did you mean `{near[0]}`?",) if near else ("take the name out, or write it as the world does",)
        )
        headline = f"this world has nothing called `{stranger}`"
        found.append(Diagnostic("warning", "bank-unknown-name", headline, (), (), hints))
    return tuple(found)


def _unknown(prose: ActionProse, known: Collection[str], properties: Collection[str]) -> Iterator[str]:
    names = {*known, *prose.roles}
    for variant in prose.variants:
        for pattern in variant.says:
            yield from _of_pattern(pattern, names, properties)
        for condition in variant.conditions:
            yield from _of_condition(condition, names, properties)


def _of_condition(condition: Condition, names: Collection[str], properties: Collection[str]) -> Iterator[str]:
    if condition.word != "a":
        yield from (n for n in condition.names if n and n not in names)
    if condition.pattern:
        yield from _of_pattern(condition.pattern, names, properties)


def _of_pattern(pattern: Pattern, names: Collection[str], properties: Collection[str]) -> Iterator[str]:
    if pattern.name not in properties:
        yield pattern.name
    values = [pattern.value] if isinstance(pattern.value, str) else []
    yield from (n for n in (*pattern.mind, *pattern.arguments, *values) if n not in names)
