"""Frozen classes: what `fabula.frozen` makes of a class is what `dataclasses` makes of it."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, InitVar, asdict, field, fields, replace
from inspect import signature
from typing import Any

import pytest

from fabula import frozen


def written(dataclass: Callable[..., Any]) -> type[Any]:
    """Return a class with fields of every kind, made by a decorator."""

    @dataclass(frozen=True, slots=True)
    class Gem:
        owner: str
        light: float | None = 1.0
        marks: list[str] = field(default_factory=list)
        seen: int = field(default=0, compare=False, repr=False)
        note: str = field(default="", kw_only=True)

        def __post_init__(self) -> None:
            if not self.owner:
                raise ValueError("a gem without an owner")

        @property
        def dark(self) -> bool:
            return not self.light

    return Gem


OURS, THEIRS = written(frozen.dataclass), written(dataclasses.dataclass)


@frozen.dataclass(frozen=True, slots=True)
class Wish:
    """Something at the top of a module, so that it can be pickled."""

    of: str
    granted: bool = False


@pytest.mark.parametrize(
    ("given", "named"),
    [(("Sayaka",), {}), (("Kyoko", None, ["red"]), {"note": "spear"}), (("Mami", 0.5), {"seen": 3})],
)
def test_objects_are_the_same_to_whoever_looks(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    """They show, compare, hash, convert and change into others alike."""
    ours, theirs = OURS(*given, **named), THEIRS(*given, **named)
    assert repr(ours) == repr(theirs)
    assert asdict(ours) == asdict(theirs)
    assert ours.dark == theirs.dark
    assert ours == OURS(*given, **named)
    assert ours != theirs
    assert repr(replace(ours, light=0.0)) == repr(replace(theirs, light=0.0))
    assert replace(ours, seen=9) == ours
    assert replace(ours, owner="Homura") != ours
    assert [f.name for f in fields(ours)] == [f.name for f in fields(theirs)]
    assert OURS.__match_args__ == THEIRS.__match_args__


def test_signatures_are_the_same() -> None:
    """Whoever asks for help sees names, types and defaults."""
    ours, theirs = signature(OURS), signature(THEIRS)
    assert str(ours) == str(theirs)
    assert OURS.__init__.__module__ == __name__


def test_names_of_fields_are_nobody_elses() -> None:
    """A field may be called what the writing of classes uses, too."""

    @frozen.dataclass(frozen=True, slots=True)
    class Odd:
        self: int
        missing: list[int] = field(default_factory=list)
        set_missing: int = 1
        fields: int = 2

    assert repr(Odd(0)).endswith("Odd(self=0, missing=[], set_missing=1, fields=2)")


def test_who_compares_by_herself_still_has_a_hash() -> None:
    """A class with an equality of its own is hashed by its fields."""

    @frozen.dataclass(frozen=True, slots=True)
    class Loose:  # noqa: PLW1641 - the hash comes from the decorator
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Loose)

    assert Loose("a") == Loose("b")
    assert hash(Loose("a")) == hash(Loose("a"))


def refused() -> Iterator[type[Any]]:
    """Give classes that want more."""

    class Unasked:
        name: str = field(init=False, default="")

    class Hashed:
        name: str = field(hash=False)

    class Passing:
        name: InitVar[str]

    class Setting:
        name: str

        def __setattr__(self, name: str, value: object) -> None:
            raise AssertionError

    yield from (Unasked, Hashed, Passing, Setting)


@pytest.mark.parametrize("raw", tuple(refused()), ids=lambda raw: raw.__name__)
def test_more_is_refused_at_once(raw: type[Any]) -> None:
    """A class that it does not make as `dataclasses` would ends the import."""
    with pytest.raises(TypeError, match=r"no class for fabula\.frozen"):
        frozen.dataclass(frozen=True, slots=True)(raw)
    with pytest.raises(TypeError, match="order"):
        frozen.dataclass(frozen=True, slots=True, order=True)


def test_every_object_has_its_own_defaults() -> None:
    """A list that is made for one is not another's."""
    OURS("Sayaka").marks.append("blue")
    assert OURS("Mami").marks == []


def test_equal_objects_have_one_hash() -> None:
    """They stand for each other in sets."""
    assert len({Wish("a"), Wish("a", False), Wish("a", True), Wish("b")}) == 3
    assert hash(Wish("a")) == hash(Wish("a"))


@pytest.mark.parametrize("made", [OURS, THEIRS])
def test_nothing_can_be_changed(made: type[Any]) -> None:
    """No field can be set or deleted, and none added."""
    gem = made("Sayaka")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'light'"):
        gem.light = 0
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'light'"):
        del gem.light
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        gem.other = 1
    assert not hasattr(gem, "__dict__")


@pytest.mark.parametrize("made", [OURS, THEIRS])
def test_wrong_arguments_are_refused(made: type[Any]) -> None:
    """What is missing, too much or against the rules of the class raises what it raises elsewhere."""
    for given, named in (((), {}), ((1, 2, [], 4, 5), {}), (("a",), {"colour": "red"})):
        with pytest.raises(TypeError):
            made(*given, **named)
    with pytest.raises(ValueError, match="without an owner"):
        made("")


def test_objects_survive_pickling() -> None:
    """Workers send them to each other."""
    assert pickle.loads(pickle.dumps(Wish("a", True))) == Wish("a", True)
