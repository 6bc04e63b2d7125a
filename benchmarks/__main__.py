"""`python -m benchmarks`: run every instance of a folder, and generated worlds that grow, and write a results page.

    python -m benchmarks --problems FOLDER [--only NAME ...] [--mode first optimal two-threads] [--seconds N] [--resume] [--out FOLDER]
    python -m benchmarks --problems FOLDER --ablations [--only NAME ...] [--nodes N] [--into PAGE]

FOLDER has `instances.csv` (instance, file, goal, author_limit, character_limit, epistemic_limit; further columns are
compared with if they are there) and the files in it or in `FOLDER/problems`. Without it only generated worlds run.
Results are kept after every run, so that `--resume` goes on where a run was broken off.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks import ablation, worlds
from benchmarks.curve import CURVES, svg
from benchmarks.measure import AGAIN, MODES, SHORT, Budget, Instance, Result, instances, run
from benchmarks.page import load, page, save

WORLDS = Path("build/benchmarks/worlds")
GROWN_SECONDS = 20.0
"""What a generated world may take; the next larger ones are then left out."""


def main() -> None:
    """Read the command line, measure, write `results.md`, `results.csv`, `growth.csv` and `growth.svg`."""
    options = _options()
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    asked = _asked(options)
    if options.ablations:
        found = ablation.table(asked, Budget(options.seconds, options.nodes))
        print(found)
        if options.into:
            ablation.insert(options.into, found)
        return
    budget = Budget(options.seconds, options.nodes)
    runs = [(instance, mode) for instance in asked for mode in options.mode]
    results = _kept(out / "results.csv", runs, budget, options.resume)
    grown = [] if options.only else _grown(out / "growth.csv", options)
    (out / "results.md").write_text(page(asked, results, grown), encoding="utf-8")
    if grown:
        (out / "growth.svg").write_text(svg(grown), encoding="utf-8")
    print(f"written: {out / 'results.md'}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure the search.")
    parser.add_argument("--problems", type=Path, help="a folder with an instances.csv")
    parser.add_argument(
        "--only", nargs="+", default=[], help="these instances of the folder, and no generated worlds"
    )
    parser.add_argument("--mode", nargs="+", choices=MODES, default=list(MODES))
    parser.add_argument("--seconds", type=float, default=300.0, help="for each run")
    parser.add_argument("--nodes", type=int, default=0, help="states of stories for each run; 0: any number")
    parser.add_argument("--resume", action="store_true", help="keep what an earlier run has written to --out")
    parser.add_argument(
        "--ablations", action="store_true", help="the core with one piece of it missing at a time"
    )
    parser.add_argument("--into", type=Path, help="with --ablations: the page that has a place for the table")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    options = parser.parse_args()
    if not 0 < options.seconds < math.inf or options.nodes < 0:  # every single run would be refused
        parser.error("--seconds must be more than 0, and --nodes 0 (any number) or more")
    return options


def _asked(options: argparse.Namespace) -> list[Instance]:
    """The instances of the folder that were asked for; ends with a message where there is none of a name."""
    if options.problems is None or not (options.problems / "instances.csv").exists():
        print(
            "no --problems FOLDER with an instances.csv: only generated worlds are measured", file=sys.stderr
        )
        return []
    found = instances(options.problems)
    unknown = set(options.only) - {instance.name for instance in found}
    if unknown:
        sys.exit(
            f"there is no instance {', '.join(sorted(unknown))}; there are: {', '.join(i.name for i in found)}"
        )
    return [instance for instance in found if not options.only or instance.name in options.only]


def _kept(file: Path, runs: Iterable[tuple[Instance, str]], budget: Budget, resume: bool) -> list[Result]:
    """Measure what is not in the file yet, and write the file anew after every run."""
    results = []
    measure = _keeper(file, budget, resume)
    for instance, mode in runs:
        results.append(measure(instance, mode))
    return results


def _keeper(file: Path, budget: Budget, resume: bool) -> Callable[[Instance, str], Result]:
    known = {(r.instance, r.mode): r for r in (load(file) if resume else [])}

    def measure(instance: Instance, mode: str) -> Result:
        key = instance.name, mode
        if key not in known:
            runs = [run(instance, mode, budget)]
            while len(runs) < AGAIN and runs[0].whole < SHORT:
                runs.append(run(instance, mode, budget))
            known[key] = min(runs, key=lambda one: one.whole)
            save(file, known.values())
        _say(known[key])
        return known[key]

    return measure


def _grown(file: Path, options: argparse.Namespace) -> Sequence[Result]:
    """Let worlds grow until one takes too long."""
    results: list[Result] = []
    measure = _keeper(file, Budget(min(GROWN_SECONDS, options.seconds)), options.resume)
    for family in worlds.families(WORLDS).values():
        for mode in (mode for mode in options.mode if mode in CURVES):
            for instance in family:
                results.append(measure(instance, mode))
                if results[-1].status != "solved":
                    break
    return results


def _say(result: Result) -> None:
    length = f"{result.length} acts" if result.status == "solved" else ""
    print(
        f"{result.instance:<18} {result.mode:<8} {result.status:<10} {length:>8} {result.whole:8.2f} s",
        flush=True,
    )


if __name__ == "__main__":
    main()
