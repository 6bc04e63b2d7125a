"""`python -m benchmarks`: run every instance of a folder, and generated worlds, and write a results page.

    python -m benchmarks --problems FOLDER [--mode first|optimal] [--seconds N] [--only NAME] [--out FOLDER]

FOLDER has `instances.csv` (instance, file, goal, author_limit, character_limit, epistemic_limit; further columns are
compared with if they are there) and the files in it or in `FOLDER/problems`. Without it only generated worlds run.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.curve import svg
from benchmarks.measure import Instance, Result, instances, run
from benchmarks.page import table, write
from benchmarks.worlds import scaled


def main() -> None:
    """Read the command line, measure, write `results.md`, `results.csv` and `growth.svg`."""
    options = _options()
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    results: list[Result] = []
    if options.problems is None or not (options.problems / "instances.csv").exists():
        print("no --problems folder with an instances.csv: only generated worlds are measured")
    else:
        chosen = [i for i in instances(options.problems) if options.only in {None, i.name}]
        results = [_measured(i, mode, options.seconds) for mode in options.mode for i in chosen]
    grown = [] if options.only else [_measured(i, "first", options.seconds) for i in scaled(out)]
    write(out, results, grown)
    (out / "growth.svg").write_text(svg(grown), encoding="utf-8")
    print(table([*results, *grown]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure the search.")
    parser.add_argument("--problems", type=Path)
    parser.add_argument("--mode", nargs="+", choices=("first", "optimal"), default=["first", "optimal"])
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--only")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    return parser.parse_args()


def _measured(instance: Instance, mode: str, seconds: float) -> Result:
    result = run(instance, mode, seconds)
    print(
        f"{instance.name:<20} {mode:<8} {result.status:<10} {result.length or '-':>3} {result.whole:8.2f} s"
    )
    return result


if __name__ == "__main__":
    main()
