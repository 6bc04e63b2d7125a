"""The results as a page in Markdown, and as CSV, from which a run that was broken off goes on."""

from __future__ import annotations

import csv
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from statistics import median

import fabula
from benchmarks.measure import AGAIN, MODES, SHORT, Instance, Result

_COLUMNS = tuple(column.name for column in fields(Result))
_KINDS = {"length": int, "visited": int, "states": int, "memory": int, "whole": float, "search": float}
_STATUS = {
    "solved": "solved",
    "impossible": "impossible",
    "limits": "none within limits",
    "stopped": "gave up",
}
_HEAD = (
    *("instance", "asked for", "answer", "acts", "shortest known", "proved", "command, s", "search, s"),
    *("states", "peak, MiB", "published best, ms", "our search, ms"),
)


def save(file: Path, results: Iterable[Result]) -> None:
    """Write results as CSV: seconds, counts, bytes."""
    with file.open("w", newline="", encoding="utf-8") as table:
        writer = csv.writer(table)
        writer.writerow(_COLUMNS)
        writer.writerows([getattr(result, column) for column in _COLUMNS] for result in results)


def load(file: Path) -> list[Result]:
    """Read what `save` has written; nothing if there is no such file."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8") as table:
        return [Result(**{k: _KINDS.get(k, str)(v) for k, v in row.items()}) for row in csv.DictReader(table)]


def page(asked: Sequence[Instance], results: Sequence[Result], grown: Sequence[Result]) -> str:
    """Return the whole page."""
    known = {instance.name: instance.known for instance in asked}
    system = f"fabula {fabula.__version__}, Python {platform.python_version()}, {_machine()}"
    lines = ["# What the search costs", "", f"Measured with {system}.", *_HOW, ""]
    if results:
        lines += [
            "## Public problems",
            "",
            *_summary(results),
            "",
            table(results, known),
            "",
            *_PUBLISHED,
            "",
        ]
    if grown:
        lines += [
            "## Worlds that grow",
            "",
            *_GROWTH,
            "",
            "![states against size](growth.svg)",
            "",
        ]
        lines += [table(grown, {}), ""]
    return "\n".join(lines)


_HOW = (
    "One default configuration; every run is a process of its own from a cold start. *Command* is all of `fabula plan FILE`, from its",
    f"start over reading and grounding to its end; *search* is the core alone. Of what takes less than {SHORT:g} s the fastest of {AGAIN} runs is given.",
    "`make bench-page` renews this page.",
)
_PUBLISHED = (
    "*Published best* is what the collection of these problems lists for the fastest of twelve configurations of its planner, search",
    "alone, on its authors' machine, to a first story; empty where none of them found one.",
)
_GROWTH = (
    "Generated worlds: people in a grid of rooms, things that they want, and secrets: things of which only the first person knows where",
    "they lie, which the author wants those to have who want them. One number grows at a time; there are otherwise 4 rooms, 3 people,",
    "3 things and 2 of them secret. Solid lines are first stories, broken ones proofs that a story is a shortest one; a line ends before the",
    "first size that takes longer than the time allowed.",
)


def _summary(results: Sequence[Result]) -> list[str]:
    """Say the most important figures in a sentence for each mode."""
    said = []
    for mode, asked in MODES.items():
        runs = [r for r in results if r.mode == mode]
        done = [r for r in runs if r.status == "solved"]
        if done:
            whole = [r.whole for r in done]
            said.append(
                f"- {asked.summary}: {len(done)} of {len(runs)}. The whole command takes {median(whole):.2f} s in the middle and "
                f"{max(whole):.2f} s at most ({max(done, key=lambda r: r.whole).instance}); "
                f"memory is at most {max(r.memory for r in done) / 2**20:,.0f} MiB."
            )
    return said + _gain(results)


def _gain(results: Sequence[Result]) -> list[str]:
    """Say how much sooner two threads are done with the three slowest proofs."""
    by_one, by_two = (
        {r.instance: r.whole for r in results if r.mode == mode and r.proved}
        for mode in ("optimal", "two-threads")
    )
    slowest = sorted(by_one.keys() & by_two.keys(), key=lambda name: by_one[name])[-3:]
    gains = ", ".join(f"{name} {by_one[name] / by_two[name]:.2f}" for name in slowest)
    return [f"- Of the slowest proofs, two threads are so many times as fast: {gains}."] if gains else []


def table(results: Sequence[Result], known: dict[str, dict[str, str]]) -> str:
    """Return the results as a Markdown table; columns for comparison only where there is something to compare with."""
    compared = any(row.get("peer_best_ms") for row in known.values())
    head = _HEAD if compared else tuple(name for i, name in enumerate(_HEAD) if i not in {4, 10, 11})
    rows = [
        head,
        tuple("---" for _ in head),
        *(_row(r, known.get(r.instance, {}), compared) for r in results),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(result: Result, known: dict[str, str], compared: bool) -> tuple[str, ...]:
    solved = result.status == "solved"
    return (
        result.instance,
        MODES[result.mode].asked,
        _STATUS.get(result.status, result.status),
        str(result.length) if solved else "",
        *([known.get("shortest_known_length", "")] if compared else []),
        "yes" if result.proved else "",
        f"{result.whole:.2f}",
        f"{result.search:.3f}",
        f"{result.states:,}",
        f"{result.memory / 2**20:,.0f}",
        *(_beside(result, known) if compared else []),
    )


def _beside(result: Result, known: dict[str, str]) -> tuple[str, str]:
    """Milliseconds to a first story: published, and here."""
    if result.mode != "first":
        return "", ""
    return known.get("peer_best_ms", ""), f"{result.search * 1000:,.1f}" if result.status == "solved" else ""


def _machine() -> str:
    """Describe the machine: processor, how many, memory."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor() or platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} × {name}, {memory:.0f} GiB, {platform.system()}"
