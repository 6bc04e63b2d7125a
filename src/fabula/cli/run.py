"""Runs a command and turns whatever happens into words and an exit code."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import typer

from fabula.cli.app import COMMANDS, app
from fabula.cli.ending import Ended, Ending
from fabula.cli.screen import complain, show_mistakes
from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.suggest import alike

_NAMED = {
    *("no-such-world", "not-a-file", "cannot-read"),
    *("no-such-store", "not-a-store", "store-in-use", "cannot-store", "damaged-store", "other-version"),
    *("other-limits", "another-world", "missing-extra", "no-cluster", "workers-died"),
    *("unknown-clause", "unknown-choice", "not-kept", "wrong-query"),
    *("no-such-character", "no-such-spin", "unknown-action", "unknown-message", "polish"),
}
"""The mistakes about names and addresses that stand on the command line."""
_TYPED = re.compile(r"asked|(change|contract) \d+")
"""What messages call a text that stands on the command line, where others have the name of a file."""
_REWORDED = (
    (r"Invalid value(?: for)?(.*?): (.*)", r"\1: \2"),
    (r"Missing argument '(\w+)'", r"\1 is missing"),
    (r"(?s)Missing argument '(\S+)'\. Choose from:.*", r"one of `\1` is missing"),
    (r"Missing option '(\S+)'", r"the option `\1` is missing"),
    (r"Option '(\S+)' requires an argument", r"`\1` needs a value"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"there is no place for `\1`"),
    (r"No such option: (\S+).*", r"there is no option `\1`"),
    (r"No such command '(.*?)'.*", r"there is no command `\1`"),
    (r"is not a valid int(eger)?( range)?", "is no whole number"),
    (r"is not a valid float( range)?", "is no number"),
    (r"is not in the range x>=(\S+)", r"is less than \1"),
    (r"is not in the range (\S+)<=x<=(\S+)", r"is not between \1 and \2"),
    (r"'([^']*)'", r"`\1`"),
)
"""What the option parser says, and how fabula says it."""

_CONTROL_C = 130
"""What typer returns where it has caught an interrupt."""


def main() -> None:
    """Run the command line of this process and end it."""
    for name in ("stdout", "stderr"):  # whoever has closed one does not want to read it
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - it stays open
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a sign that the screen does not have is no reason to stop
            stream.reconfigure(errors="replace")
    code = run(sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is said: what comes now would only hide how it ended
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    # To take apart what a long search has made would take a while, and nobody needs the pieces.
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns its exit code; whatever goes wrong has been told in words."""
    try:
        words = list(arguments) or ["--help"]
        result = app(words[0])(args=words, prog_name="fabula", standalone_mode=False)
        sys.stdout.flush()
    except Ended as end:
        complain(end.sentence)
        return int(end.ending)
    except Mistakes as mistakes:
        show_mistakes(mistakes.diagnostics)
        return int(Ending.USAGE if all(map(_is_misuse, mistakes.diagnostics)) else Ending.MISTAKES)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as misuse:
        complain(_misused(misuse, f"fabula {words[0]}" if words[0] in COMMANDS else "fabula"))
        return int(Ending.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        complain("interrupted")
        return int(Ending.INTERRUPTED)
    except (BrokenPipeError, SystemExit) as gone:
        # Typer, too, ends where a pipe is closed, with a code of its own.
        if not isinstance(gone, BrokenPipeError) and not isinstance(gone.__context__, BrokenPipeError):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Ending.DONE)  # whoever read the output has read enough
    except MemoryError:
        complain(
            "error[memory]: there is not enough memory for this\nhint: `--memory MIB` ends a search before that"
        )
        return int(Ending.MEMORY)
    except RecursionError:
        complain("error[too-deep]: something in this world nests too deeply to be worked out")
        return int(Ending.MISTAKES)
    except OSError as error:
        complain(
            f"error[cannot-write]: {error.filename or 'what is printed'}: {(error.strerror or str(error)).lower()}"
        )
        return int(Ending.USAGE)
    except Exception as error:  # noqa: BLE001 - a reader never sees a traceback
        return _bug(error)
    if result == _CONTROL_C:
        complain("interrupted")
        return int(Ending.INTERRUPTED)
    return result if isinstance(result, int) else 0


def _is_misuse(mistake: Diagnostic) -> bool:
    """Whether a mistake is one of the command line and not of a file."""
    typed = mistake.labels and _TYPED.fullmatch(mistake.labels[0].span.source)
    return bool(typed) or mistake.name in _NAMED


def _misused(misuse: typer.TyperException, command: str) -> str:
    """Word what the option parser says of a command as the other messages are worded: lower case, no full stop, the way out below."""
    said = misuse.format_message().strip().removesuffix(".")
    for pattern, words in _REWORDED:
        said = re.sub(pattern, words, said)
    said = said.removeprefix(":").strip()
    if said[1:2].islower():
        said = said[0].lower() + said[1:]
    wrong = re.match(r"there is no (?:option|command) `(.*)`", said)
    near = alike(wrong[1], getattr(misuse, "possibilities", COMMANDS) or ()) if wrong else ()
    hint = f"did you mean `{near[0]}`?" if near else f"`{command} --help` lists what there is"
    return f"error[usage]: {said}\nhint: {hint}"


def _bug(error: Exception) -> int:
    if os.environ.get("FABULA_DEBUG") == "1":
        raise error
    complain(
        f"error[bug]: fabula has made a mistake of its own ({type(error).__name__}); "
        "a report with the world and this command would help, FABULA_DEBUG=1 shows where it happened"
    )
    return int(Ending.BUG)
