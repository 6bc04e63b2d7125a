"""Looks at fabula as it was installed from a wheel: everything that belongs in it is there, nothing else is, and it works.

python check_wheel.py PROJECT       in an environment with the wheel and nothing else
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
from importlib.metadata import files
from pathlib import Path

COMMANDS = (
    ("--help",),
    ("worlds",),
    ("explain", "unknown-name"),
    ("check", "herring-pie"),
    ("tell", "never-alone"),
    ("tell", "brass-hare", "--format", "epub", "-o", "book.epub"),
    ("picture", "never-alone", "lanes", "-o", "lanes.html"),
)


def main() -> None:
    """Compare the installed package with the project's, and run what a reader runs first; end with a message if not all is well."""
    package = Path(sys.argv[1]).resolve() / "src" / "fabula"
    wanted = {_name(file, package) for file in package.rglob("*") if file.is_file()}
    found = {file.as_posix() for file in files("fabula") or () if file.parts[0] == "fabula"}
    differing = {name for name in wanted ^ found if not _made(name)}
    cores = [name for name in found if name.startswith("fabula/_core.") and not name.endswith(".pyi")]
    if differing or len(cores) != 1:
        sys.exit(f"the wheel does not hold what src/fabula holds: {sorted(differing)}; cores: {cores}")
    with tempfile.TemporaryDirectory() as elsewhere:
        for command in COMMANDS:
            _run(command, elsewhere)
    print(f"the wheel is whole: {len(found)} files, {len(COMMANDS)} commands")


def _name(file: Path, package: Path) -> str:
    return f"fabula/{file.relative_to(package).as_posix()}"


def _made(name: str) -> bool:
    """Whether a file is made by Python, by a tool or by the build, and not written."""
    return (
        "/." in name
        or "__pycache__" in name
        or (name.startswith("fabula/_core.") and not name.endswith(".pyi"))
    )


def _run(command: tuple[str, ...], folder: str) -> None:
    script = Path(sysconfig.get_path("scripts")) / "fabula"
    done = subprocess.run(
        [script, *command], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode or not (done.stdout or "-o" in command):
        sys.exit(f"fabula {' '.join(command)} ends with {done.returncode}:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
