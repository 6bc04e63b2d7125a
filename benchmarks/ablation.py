"""What each piece of the search is worth: the same questions, asked of a core that lacks one of them.

The core has no switches for this. For each entry of `ablations.toml` its sources are copied, one place is changed, and
a core is built from that. A place that is not found exactly once is refused, and so is a core whose
counters are everywhere those of the whole one: it would be the whole one under another name.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from benchmarks.measure import MODES, Budget, Instance, Result, run

ROOT = Path(__file__).parent.parent
LIST = Path(__file__).parent / "ablations.toml"
BUILT = ROOT / "build" / "ablations"


@dataclass(frozen=True, slots=True)
class Ablation:
    r"""One piece: what it is called, where it is found, what is written instead (`\g<0>` stands for what was there).

    `mode`: what is asked to see what it is worth, a first story or a proof that one is shortest.
    """

    without: str
    find: str
    write: str
    mode: str = "first"


def ablations() -> list[Ablation]:
    """Read the list."""
    return [Ablation(**entry) for entry in tomllib.loads(LIST.read_text(encoding="utf-8"))["ablation"]]


def without(piece: Ablation, sources: dict[str, str]) -> dict[str, str]:
    """Return sources in which the one place is changed. Ends the program if it is not found exactly once."""
    found = {name: len(re.findall(piece.find, text)) for name, text in sources.items()}
    if sum(found.values()) != 1:
        places = {name: count for name, count in found.items() if count}
        sys.exit(f"ablations.toml: `{piece.without}` is to be found once, and is in {places or 'no file'}")
    return {name: re.sub(piece.find, piece.write, text) for name, text in sources.items()}


def read() -> dict[str, str]:
    """Read all that a core is built from, by path."""
    files = [ROOT / "CMakeLists.txt", ROOT / "pyproject.toml", *sorted((ROOT / "native").rglob("*.[ch]pp"))]
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}


def build(name: str, piece: Ablation | None, sources: dict[str, str]) -> Path:
    """Build the core of these sources, whole or without a piece; returns the extension module."""
    folder = BUILT / re.sub(r"\W+", "-", name)
    core = {file: text for file, text in sources.items() if file.startswith("native/core/")}
    sources = sources | (core if piece is None else without(piece, core))
    for old in folder.glob("native/**/*.[ch]pp"):
        if old.relative_to(folder).as_posix() not in sources:
            old.unlink()
    for file, text in sources.items():
        _write(folder / file, text)
    made = folder / "build"
    tools = Path(sys.executable).parent
    given = [f"-DCMAKE_MAKE_PROGRAM={tools / 'ninja'}", f"-DPython_EXECUTABLE={sys.executable}"]
    for command in (["-S", str(folder), "-B", str(made), "-G", "Ninja", *given], ["--build", str(made)]):
        done = subprocess.run([tools / "cmake", *command], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(
                f"the core without `{name}` cannot be built:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
            )
    return next(made.glob("_core*.so"))


def _write(file: Path, text: str) -> None:
    """Write only what is new, so that only that is compiled again."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")


def insert(page: Path, found: str) -> None:
    """Put a table into a page, between the two marks that it has for that."""
    begins, ends = "<!-- ablations -->", "<!-- end of ablations -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(begins)
    _, there, after = rest.partition(ends)
    if not there:
        sys.exit(f"{page} has no place for the table: {begins} … {ends}")
    page.write_text(f"{before}{begins}\n\n{found}\n\n{ends}{after}", encoding="utf-8")


def table(asked: Sequence[Instance], budget: Budget) -> str:
    """Ask with each piece missing; returns a Markdown table."""
    if not asked:
        sys.exit("ablations need --problems FOLDER")
    sources = read()  # once: they may change meanwhile
    pieces = ablations()
    core = build("nothing", None, sources)
    whole = {
        mode: _measured(asked, "nothing", core, budget, mode) for mode in sorted({p.mode for p in pieces})
    }
    rows = []
    for piece in pieces:
        results = _measured(asked, piece.without, build(piece.without, piece, sources), budget, piece.mode)
        if [_counters(r) for r in results] == [_counters(r) for r in whole[piece.mode]]:
            sys.exit(
                f"without `{piece.without}` every counter is the same: that core is the whole one, or the piece does nothing"
            )
        rows.append((MODES[piece.mode].asked, *_row(piece.without, results, whole[piece.mode])))
    rows += [
        (MODES[mode].asked, *_row("nothing: the core as it is", found, found))
        for mode, found in whole.items()
    ]
    head = ("asked for", "without", "found", "times as many states", "times as long", "most affected")
    return "\n".join(
        f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *sorted(rows, key=itemgetter(0)))
    )


def _measured(asked: Sequence[Instance], name: str, core: Path, budget: Budget, mode: str) -> list[Result]:
    print(f"without {name}:", file=sys.stderr)
    results = []
    for instance in asked:
        results.append(run(instance, mode, budget, core))
        last = results[-1]
        print(
            f"  {last.instance:<18} {last.status:<10} {last.states:>12,} {last.search:9.3f} s",
            file=sys.stderr,
        )
    return results


def _counters(result: Result) -> tuple[str, int, int, int]:
    return result.status, result.length, result.visited, result.states


def _row(name: str, results: Sequence[Result], whole: Sequence[Result]) -> tuple[str, ...]:
    """Sums over the instances that both have solved, and the one that suffers most."""
    pairs = [(r, w) for r, w in zip(results, whole, strict=True) if r.status == w.status == "solved"]
    lost = [r.instance for r, w in zip(results, whole, strict=True) if r.status != "solved" == w.status]
    worst = max(pairs, key=lambda pair: pair[0].states / max(1, pair[1].states), default=None)
    most = (
        ""
        if worst is None or results is whole
        else f"{worst[0].instance}: {_times(worst[0].states, worst[1].states)} times the states"
    )
    return (
        name,
        f"{sum(r.status == 'solved' for r in results)} of {len(results)}",
        _times(sum(r.states for r, _ in pairs), sum(w.states for _, w in pairs)),
        _times(sum(r.search for r, _ in pairs), sum(w.search for _, w in pairs)),
        f"not found any more: {', '.join(lost)}" if lost else most,
    )


def _times(one: float, other: float) -> str:
    return f"{one / other:.3g}" if other else "-"
