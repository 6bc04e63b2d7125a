"""Contracts: how they are written. What they mean is specified in tests/ask."""

import pytest

from fabula.language import tree
from fabula.language.parse import parse
from fabula.language.unparse import unparse


@pytest.mark.parametrize(
    ("text", "demand", "halves"),
    [
        ('contract "Nobody dies.": never dead()', "never", 1),
        ('contract peace "Nobody dies.": never dead()', "never", 1),
        ("contract peace: eat(Ada) before fed()", "before", 2),
        ('contract secret "It is known.": someone knows a() when b()', "someone knows", 2),
        ("contract: possible (dead() & !fed())", "possible", 1),
        ("contract: always finally believes(Ada, fed())", "always finally", 1),
        ("contract: dead() only after eat(?)", "only after", 2),
        ("contract: (a() | b()) before c()", "before", 2),
        ("contract: someone knows a() when b() & c()", "someone knows", 2),
    ],
)
def test_each_kind_of_contract_is_read_and_written(text: str, demand: str, halves: int) -> None:
    """A contract has perhaps a name, a demand, and one or two things that it is about."""
    read = parse(text, "world.fab")
    (contract,) = read.definitions
    assert isinstance(contract, tree.ContractDefinition)
    assert contract.demand == demand
    assert (contract.second is None) == (halves == 1)
    assert parse(unparse(read), "world.fab").definitions == read.definitions


def test_a_contract_has_a_name_and_a_sentence() -> None:
    """Both may be missing; what has no name is none the worse for it."""
    read = parse(
        'contract peace "Nobody dies.": never dead(); contract "It ends.": never fed(); contract: never a()',
        "w",
    )
    found = [(d.label, d.name) for d in read.definitions if isinstance(d, tree.ContractDefinition)]
    assert found == [("peace", "Nobody dies."), ("", "It ends."), ("", "")]


def test_the_words_of_contracts_are_free_elsewhere() -> None:
    """`contract`, `before`, `never` and their like may name anything: a plain world stays valid."""
    parse(
        "property contract(who : character) : boolean; property never() : number; entity before : character;"
        "contract(before); never() = 3; utility(): if(contract(before)) never() else 0",
        "world.fab",
    )
