"""Frozen dataclasses that are quickly made: of what `dataclasses` writes and compiles for every class, only `__init__` is.

A command makes more than a hundred classes before it begins, which took two fifths of the time that loading took. What `dataclass` makes here
behaves as what `dataclasses` makes of the same class, and is known to `fields`, `replace`, `asdict` and `match`. It makes no class that wants more
of it than those of this package do: to order objects, `init=False`, `hash=`, `InitVar`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]


def _dataclass(
    *, frozen: bool = False, slots: bool = False, eq: bool = True
) -> Callable[[type[Any]], type[Any]]:
    """Make a class as `dataclasses.dataclass` does, quickly if its objects are frozen and have slots.

    Raises TypeError for what it does not make.
    """
    if not (frozen and slots):
        return dataclasses.dataclass(frozen=frozen, slots=slots, eq=eq)

    def make(raw: type[Any]) -> type[Any]:
        # That it has `__eq__` makes Python say that it has no `__hash__`.
        own = {name for name, value in vars(raw).items() if not (name == "__hash__" and value is None)}
        made: type[Any] = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(raw)
        _refuse_more(made, own)
        shared = _SHARED | {"__init__": _init(made)} | (_equality(made) if eq else {})
        for name, function in shared.items():
            if name not in own:
                setattr(made, name, function)
        return made

    return make


def _refuse_more(made: type[Any], own: set[str]) -> None:
    """Raise TypeError for a class that wants what is not made here."""
    real = fields(made)
    pseudo = [field for name, field in made.__dataclass_fields__.items() if field not in real]
    if (
        own & {"__setattr__", "__delattr__"}
        or any(not field.init or field.hash is not None for field in real)
        or any("InitVar" in str(field.type) for field in pseudo)
    ):
        raise TypeError(f"{made.__qualname__} is no class for fabula.frozen: see its first lines")


class _Made:
    """What stands for a default that is made anew for each object."""

    def __repr__(self) -> str:
        return "<factory>"


def _init(made: type[Any]) -> Callable[..., None]:
    """Write `__init__`. It fills each slot by itself, past what refuses changes."""
    known: dict[str, Any] = {"__made": _Made()}
    parameters: dict[bool, list[str]] = {False: ["__self"], True: []}
    lines = []
    for field in fields(made):
        name = given = parameter = field.name
        known[f"__set_{name}"] = getattr(made, name).__set__
        if field.default_factory is not MISSING:
            known[f"__make_{name}"] = field.default_factory
            given, parameter = f"__make_{name}() if {name} is __made else {name}", f"{name}=__made"
        elif field.default is not MISSING:
            known[f"__default_{name}"], parameter = field.default, f"{name}=__default_{name}"
        parameters[field.kw_only is True].append(parameter)
        lines.append(f"__set_{name}(__self, {given})")
    if hasattr(made, "__post_init__"):
        lines.append("__self.__post_init__()")
    named = ["*", *parameters[True]] if parameters[True] else []
    head = f"def __init__({', '.join(parameters[False] + named)}):"
    exec("\n ".join([head, *lines, "pass"]), known)  # noqa: S102 - so does `dataclasses`
    init: Callable[..., None] = known["__init__"]
    init.__qualname__, init.__module__ = f"{made.__qualname__}.__init__", made.__module__
    init.__annotations__ = {field.name: field.type for field in fields(made)} | {"return": None}
    return init


def _equality(made: type[Any]) -> dict[str, Callable[..., Any]]:
    """Return what compares and hashes the fields that count."""
    names = [field.name for field in fields(made) if field.compare]
    read: Callable[[object], Any] = attrgetter(*names) if names else lambda _: ()
    key = read if len(names) != 1 else lambda self: (read(self),)

    def equal(self: object, other: object) -> bool:
        return key(self) == key(other) if type(self) is type(other) else NotImplemented

    return {"__eq__": equal, "__hash__": lambda self: hash(key(self))}


def _repr(self: Any) -> str:  # noqa: ANN401 - any of the classes
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_setting(_: object, name: str, __: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:  # noqa: ANN401 - any of the classes
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:  # noqa: ANN401 - any of the classes
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_SHARED: dict[str, Callable[..., Any]] = {
    "__repr__": _repr,
    "__setattr__": _refuse_setting,
    "__delattr__": _refuse_deleting,
    "__getstate__": _state,
    "__setstate__": _restore,
}

if not TYPE_CHECKING:  # who checks types knows what that of `dataclasses` does
    dataclass = _dataclass
