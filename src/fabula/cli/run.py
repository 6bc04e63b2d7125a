"""Runs a command and turns whatever happens into words and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

import typer

from fabula.cli.app import app
from fabula.cli.ending import Ended, Ending
from fabula.cli.screen import complain, show_mistakes
from fabula.diagnostics.diagnostic import Mistakes

_CANNOT_OPEN = {"no-such-world", "not-a-file", "cannot-read", "unknown-message"}


_CONTROL_C = 130
"""What typer returns where it has caught an interrupt."""


def main() -> None:
    """Run the command line of this process and end it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a sign that the screen does not have is no reason to stop
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns its exit code; whatever goes wrong has been told in words."""
    try:
        result = app(args=list(arguments), prog_name="fabula", standalone_mode=False)
    except Ended as end:
        complain(end.sentence)
        return int(end.ending)
    except Mistakes as mistakes:
        show_mistakes(mistakes.diagnostics)
        known = {d.name for d in mistakes.diagnostics} <= _CANNOT_OPEN
        return int(Ending.USAGE if known else Ending.MISTAKES)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as misuse:
        complain(
            f"error[usage]: {_sentence(misuse.format_message())}\nhint: `fabula --help` lists everything"
        )
        return int(Ending.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        complain("interrupted")
        return int(Ending.INTERRUPTED)
    except BrokenPipeError:  # whoever read the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Ending.DONE)
    except ZeroDivisionError:
        complain(
            "error[division-by-zero]: what was asked divides by zero\nhint: test for zero first: `if(n() != 0) … / n() else …`"
        )
        return int(Ending.MISTAKES)
    except MemoryError:
        complain("stopped: there is not enough memory for this")
        return int(Ending.MEMORY)
    except RecursionError:
        complain("error[too-deep]: something in this world nests too deeply to be worked out")
        return int(Ending.MISTAKES)
    except OSError as error:
        complain(
            f"error[cannot-write]: {error.filename or 'a file'}: {(error.strerror or str(error)).lower()}"
        )
        return int(Ending.USAGE)
    except Exception as error:  # noqa: BLE001 - a reader never sees a traceback
        return _bug(error)
    if result == _CONTROL_C:
        complain("interrupted")
        return int(Ending.INTERRUPTED)
    return result if isinstance(result, int) else 0


def _sentence(message: str) -> str:
    """Write a message of the option parser as the others are written: lower case, no full stop."""
    return message[:1].lower() + message[1:].rstrip(".")


def _bug(error: Exception) -> int:
    if os.environ.get("FABULA_DEBUG") == "1":
        raise error
    complain(
        f"error[bug]: fabula has made a mistake of its own ({type(error).__name__}); "
        "a report with the world and this command would help, FABULA_DEBUG=1 shows where it happened"
    )
    return int(Ending.BUG)
