"""The command line: words only, no logic. Heavy rooms are imported by the command that needs them."""

from fabula.cli.commands import app
from fabula.cli.run import main, run

__all__ = ["app", "main", "run"]
