"""Small worlds for files of stories."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fabula.search.outcome import Limits
from fabula.store import file, worlds
from fabula.store.record import Record, looked
from tests.ask.small import PIE

CONTRACTS = """
contract "The pie feeds only one.": never (fed(Ada) & fed(Ben));
contract "Ada goes hungry.": never finally fed(Ada);
contract "Ben knows.": always believes(Ben, !pie(Kitchen)) | pie(Kitchen);
"""
LIMITS = Limits(-1, 4, 2)


def pie(
    *changes: str, text: str = PIE + CONTRACTS, limits: Limits = LIMITS, goal: float | None = None
) -> Record:
    """Keep the world with a pie, two people and three contracts."""
    return Record("pie", (("pie.fab", text),), changes, limits, goal)


def lamps(names: str = "ABCDE") -> str:
    """Write a world with some lamps, each of which is lit and put out: 3 to the power of so many states."""
    start = "".join(f"entity {name} : lamp; lit({name}) = 0; " for name in names)
    gain = " + ".join(f"lit({name})" for name in names)
    return f"""
type lamp; entity Ann : character; entity Bob : character;
property lit(l : lamp) : number; {start}
action light(l : lamp) {{ precondition: lit(l) == 0; effect: lit(l) = 1; consenting: Ann; }};
action snuff(l : lamp) {{ precondition: lit(l) == 1; effect: lit(l) = 2; consenting: Bob; observing(c : character): c == Bob; }};
utility(Ann): {gain}; utility(Bob): {gain};
"""


def everything(path: Path, world: int = 0) -> object:
    """Return all that a file keeps of a world, in an order of its own."""
    with file.reading(path) as connection:
        tables = ("met", "gone", "turns", "refused", "verdicts")
        queries = (
            f"SELECT * EXCLUDE (world) FROM {table} WHERE world = {world} ORDER BY ALL" for table in tables
        )
        return [connection.execute(query).fetchall() for query in queries]


def seen(path: Path, recorded: Record, world: int = 0) -> object:
    """Return the places of a world as a look around in memory has them."""
    with file.reading(path) as connection:
        return worlds.space(connection, world, looked(recorded)).places


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Run Python in a process of its own, which hears Ctrl-C even where a shell has put the tests in the background."""
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    command = [sys.executable, "-c", heard + code, *map(str, arguments)]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE)
