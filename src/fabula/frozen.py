"""Frozen dataclasses that are quickly made: of what `dataclasses` writes and compiles for every class, only `__init__` is.

A command makes more than a hundred classes before it begins, which took longer than all else that it loads. What `dataclass` makes here behaves
as what `dataclasses` makes of the same class, and is known to `fields`, `replace`, `asdict` and `match`.
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
    """Make a class as `dataclasses.dataclass` does, quickly if its objects are frozen and have slots."""
    if not (frozen and slots):
        return dataclasses.dataclass(frozen=frozen, slots=slots, eq=eq)

    def make(raw: type[Any]) -> type[Any]:
        own = set(vars(raw))
        made: type[Any] = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(raw)
        shared = _SHARED | {"__init__": _init(made)} | (_equality(made) if eq else {})
        for name, function in shared.items():
            if name not in own:
                setattr(made, name, function)
        return made

    return make


def _init(made: type[Any]) -> Callable[..., None]:
    """Write `__init__`. It fills each slot by itself, past what refuses changes."""
    known: dict[str, Any] = {"missing": MISSING}
    parameters: dict[bool, list[str]] = {False: ["self"], True: []}
    lines = []
    for field in fields(made):
        name = given = parameter = field.name
        known[f"set_{name}"] = getattr(made, name).__set__
        if field.default_factory is not MISSING:
            known[f"make_{name}"] = field.default_factory
            given, parameter = f"make_{name}() if {name} is missing else {name}", f"{name}=missing"
        elif field.default is not MISSING:
            known[f"default_{name}"], parameter = field.default, f"{name}=default_{name}"
        parameters[field.kw_only is True].append(parameter)
        lines.append(f"set_{name}(self, {given})")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    named = ["*", *parameters[True]] if parameters[True] else []
    head = f"def __init__({', '.join(parameters[False] + named)}):"
    exec("\n ".join([head, *lines, "pass"]), known)  # noqa: S102 - so does `dataclasses`
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
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


def _refuse(_: object, name: str, *__: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _state(self: Any) -> list[Any]:  # noqa: ANN401 - any of the classes
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:  # noqa: ANN401 - any of the classes
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_SHARED: dict[str, Callable[..., Any]] = {
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__getstate__": _state,
    "__setstate__": _restore,
}

if not TYPE_CHECKING:  # who checks types knows what that of `dataclasses` does
    dataclass = _dataclass
