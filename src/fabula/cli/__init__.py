"""The command line: words only, no logic. Heavy rooms are imported by the command that needs them."""

import sys
from collections.abc import Sequence

from fabula.cli.ending import Ending


def main() -> None:
    """Run the command line of this process and end it; Ctrl-C counts from the first moment, while modules load."""
    try:
        from fabula.cli.run import main as begin

        begin()
    except KeyboardInterrupt:
        sys.exit(int(Ending.INTERRUPTED))


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns its exit code; whatever goes wrong has been told in words."""
    from fabula.cli.run import run as one

    return one(arguments)
