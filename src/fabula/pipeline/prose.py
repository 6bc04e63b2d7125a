"""The prose that lies beside a world: read, held against the world, counted."""

from __future__ import annotations

import re
from functools import lru_cache

from fabula.diagnostics.diagnostic import Diagnostic
from fabula.pipeline.read import Reading, beside
from fabula.tell.bank import fit
from fabula.tell.bank.bank import ANYWHERE, SECTIONS, Bank, missing
from fabula.tell.bank.read import read_bank

SHOWN = SECTIONS[:6]
"""The sections that make up an act; the others are doors between them."""


def bank(reading: Reading, texts: dict[str, str] | None = None) -> Bank:
    """Return the prose that lies beside a world in its language; empty if there is none. Raises Mistakes.

    Its text is put into `texts` under the name that messages show.
    """
    file = beside(reading.file, name := _name(reading))
    text = "" if file is None else file.read_text("utf-8", errors="replace")
    if texts is not None:
        texts[name if file is None else file.name] = text
    return _read(text) if file is None else _read(text, file.name)


_read = lru_cache(maxsize=4)(read_bank)
"""Reads a bank once, however many stories are told with it."""


def misfits(reading: Reading, texts: dict[str, str] | None = None) -> tuple[Diagnostic, ...]:
    """Return warnings for prose about what the world does not have. Raises Mistakes about the prose itself."""
    world = reading.world
    return fit.misfits(
        bank(reading, texts),
        {action.name: len(action.signature) for action in world.actions},
        {*(entity.name for entity in world.entities), *world.supertypes},
        {known.name for known in world.properties},
    )


def stock(reading: Reading) -> str:
    """Return a table: for each act, how many variants of each section there are. Raises Mistakes."""
    written = bank(reading)
    acts = _acts(reading)
    width = max(map(len, acts), default=0)
    rows = [" " * width + "".join(f"{section:>10}" for section in SHOWN)]
    for act in acts:
        prose = written.actions.get(act, ANYWHERE)
        rows.append(f"{act:<{width}}" + "".join(f"{len(prose.of(section)):>10}" for section in SHOWN))
    return "\n".join(rows) + "\n" + _where(reading)


def lacking(reading: Reading) -> str:
    """Return a line for each act of which a full bank would say more. Raises Mistakes."""
    found = missing(bank(reading), _acts(reading))
    acts: dict[str, list[str]] = {}
    for gap in found:
        acts.setdefault(gap.action, []).append(f"{gap.section} {gap.have} of {gap.want}")
    rows = [f"{act}: {', '.join(gaps)}\n" for act, gaps in acts.items()]
    if not rows:
        return "nothing is missing\n"
    count = sum(gap.want - gap.have for gap in found)
    return "".join(rows) + f"{count:,} in all; what is missing is told in plain words\n" + _where(reading)


def _acts(reading: Reading) -> tuple[str, ...]:
    return tuple(dict.fromkeys(action.name for action in reading.world.actions))


def _where(reading: Reading) -> str:
    """Say where to write, if there is nothing yet."""
    name = _name(reading)
    if beside(reading.file, name) is not None:
        return ""
    own = name if reading.file.stem == "world" else f"{reading.file.stem}.{name}"
    return f"no prose is written yet; it would stand beside the world in `{own}`\n"


def _name(reading: Reading) -> str:
    language = re.sub(r"\W", "", reading.world.title_page.language)
    return f"prose.{language}.txt"
