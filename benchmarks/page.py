"""The results page, as Markdown and CSV."""

from __future__ import annotations

import csv
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import Result

HEAD = (
    "instance",
    "mode",
    "status",
    "length",
    "known",
    "command s",
    "search s",
    "states",
    "peak MiB",
    "published ms",
)


def write(out: Path, results: Sequence[Result], grown: Sequence[Result]) -> None:
    """Write `results.md` and `results.csv` into a folder."""
    with (out / "results.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(_row(result) for result in (*results, *grown))
    machine = f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}"
    page = [
        "# What the search costs",
        f"Machine: {machine}. One thread, one default configuration, every run a process of its own from a cold start; ",
        "`published` is the fastest of the configurations that the collection lists, search alone.",
        "",
        table(results),
        "",
        "## Worlds that grow",
        "",
        table(grown),
        "",
        "![seconds against size](growth.svg)",
        "",
    ]
    (out / "results.md").write_text("\n".join(page), encoding="utf-8")


def table(results: Sequence[Result]) -> str:
    """Return the results as a Markdown table."""
    rows = [HEAD, tuple("---" for _ in HEAD), *(_row(result) for result in results)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(result: Result) -> tuple[str, ...]:
    known = result.instance.known
    return (
        result.instance.name,
        result.mode,
        result.status,
        "-" if result.length is None else str(result.length),
        known.get("shortest_known_length") or "-",
        f"{result.whole:.2f}",
        f"{result.search:.3f}",
        str(result.states),
        f"{result.memory / 2**20:.0f}",
        known.get("peer_best_ms") or "-",
    )
