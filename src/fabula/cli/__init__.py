"""The command line: words only, no logic. Heavy rooms are imported by the command that needs them."""

import gc
import sys
from collections.abc import Sequence

_OFTEN_ENOUGH = 100_000
"""After so many new things Python looks for garbage: most of what a command makes, it keeps until its end."""


def main() -> None:
    """Run the command line of this process and end it; Ctrl-C counts from the first moment, while modules load."""
    gc.set_threshold(_OFTEN_ENOUGH)
    try:
        from fabula.cli.run import main as begin

        gc.freeze()  # what is loaded by now stays to the end: nobody need look for garbage in it
        begin()
    except KeyboardInterrupt:
        # Not before: what is loaded outside of this function is not guarded.
        from fabula.cli.ending import Ending

        sys.exit(int(Ending.INTERRUPTED))


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns its exit code; whatever goes wrong has been told in words."""
    from fabula.cli.run import run as one

    return one(arguments)
