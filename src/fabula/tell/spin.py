"""Reads a spin, the choice of how a story is told, from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from typing import Any, get_args

from fabula.diagnostics.diagnostic import Diagnostic, Label, Mistakes
from fabula.diagnostics.span import Span
from fabula.diagnostics.suggest import alike
from fabula.tell.telling import Order, Spin

CHOICES: dict[str, tuple[str, ...]] = {
    "order": get_args(Order),
    "tense": ("past", "present"),
    "person": ("first", "third"),
}
KINDS: dict[str, tuple[type, ...]] = {
    "words": (int,), "seed": (int,), "memory_distance": (int,), "seen": (int,), "memory_share": (int, float),
}  # fmt: skip


def _mistake(text: str, source: str, key: str, headline: str, hint: str = "") -> Diagnostic:
    lines = text.split("\n")
    row = next((i for i, line in enumerate(lines) if line.strip().startswith(key)), 0)
    start = sum(len(line) + 1 for line in lines[:row])
    span = Span(source, start, start + len(lines[row]), row + 1, 1)
    return Diagnostic("error", "spin", headline, (Label(span),), (), (hint,) if hint else ())


def _check(key: str, value: object) -> tuple[str, str]:
    """What is wrong with a value, and the way out; ("", "") if nothing is."""
    names = [f.name for f in fields(Spin)]
    if key not in names:
        near = alike(key, names)
        return (
            f"a spin has no `{key}`",
            f"did you mean `{near[0]}`?" if near else f"it has {', '.join(names)}",
        )
    if key in CHOICES and value not in CHOICES[key]:
        return f"`{key}` cannot be `{value}`", f"write one of: {', '.join(CHOICES[key])}"
    kinds: tuple[Any, ...] = KINDS.get(key, (str,))
    if key == "opens_at" and isinstance(value, int):
        return "", ""
    if not isinstance(value, kinds) or isinstance(value, bool):
        return f"`{key}` should be {'a text in quotation marks' if str in kinds else 'a number'}", ""
    if isinstance(value, int | float) and value < 0:
        return f"`{key}` cannot be less than 0", ""
    return "", ""


def load_spin(text: str, source: str = "spin.toml", base: Spin | None = None) -> Spin:
    """Read a spin; what the text leaves out is taken from `base`. Raises `Mistakes` with every mistake found."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Mistakes(_mistake(text, source, "", f"this is no TOML: {error}".lower())) from None
    found = [(key, *_check(key, value)) for key, value in values.items()]
    mistakes = [_mistake(text, source, key, headline, hint) for key, headline, hint in found if headline]
    if mistakes:
        raise Mistakes(*mistakes)
    if "opens_at" in values:
        values["opens_at"] = str(values["opens_at"])
    return replace(base or Spin(), **values)
