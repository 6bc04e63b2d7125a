"""The README and the docs are true: what they show is run, and what they print is what comes out.

- A `python` block runs; blocks of one page share their names.
- A `fabula` block whose first line is `// NAME.fab: ...` is saved under that name and must be free of mistakes.
- A `toml` block whose first line is `# NAME.toml: ...` is saved under that name.
- In a `console` block every line `$ fabula ...` runs in a folder of the page's own. The lines below it are
  compared with what it prints, where `...` stands for anything; with none below, it must end with exit code 0.
  Other commands are for the reader only.
"""

import doctest
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from sybil import Example, Sybil
from sybil.document import Document
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "src").rglob("*.md"))]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a reader would type it, on a screen without colours that is 100 columns wide."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    screen = {**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "100", "TERM": "dumb"}
    return subprocess.run(
        command, shell=True, cwd=folder, env=screen, text=True, capture_output=True, check=False, timeout=120
    )


def world(example: Example) -> str | None:
    """Save a world under the name that it gives itself, and check it."""
    named = re.match(r"// (\w[\w-]*\.fab)\b", example.parsed)
    if named is None:
        return None
    folder: Path = example.namespace["folder"]
    (folder / named[1]).write_text(example.parsed, encoding="utf-8")
    checked = run(f"fabula check {named[1]}", folder)
    return None if checked.returncode == 0 else checked.stdout + checked.stderr


def settings(example: Example) -> None:
    """Save a TOML file under the name that it gives itself."""
    if named := re.match(r"# ([\w.-]+\.toml)\b", example.parsed):
        folder: Path = example.namespace["folder"]
        (folder / named[1]).write_text(example.parsed, encoding="utf-8")


def console(example: Example) -> str | None:
    """Run the commands of a console block and compare what they print."""
    for command, expected in re.findall(
        r"^\$ (fabula\b.*)\n?((?:(?!\$ ).*\n?)*)", example.parsed, re.MULTILINE
    ):
        ended = run(command, example.namespace["folder"])
        printed = ended.stdout + ended.stderr
        if not expected.strip() and ended.returncode != 0:
            return f"$ {command}\nended with exit code {ended.returncode}:\n{printed}"
        if expected.strip() and not doctest.OutputChecker().check_output(
            expected.strip() + "\n", printed.strip() + "\n", doctest.ELLIPSIS
        ):
            return f"$ {command}\nshould print\n{expected}\nbut prints\n{printed}"
    return None


READER = Sybil(
    parsers=[
        PythonCodeBlockParser(),
        CodeBlockParser("fabula", world),
        CodeBlockParser("toml", settings),
        CodeBlockParser("console", console),
    ],
    encoding="utf-8",
)


def read(page: Path) -> Document:
    """Find the code blocks of a page."""
    return READER.parse(page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_shows_is_true(page: Path, tmp_path: Path) -> None:
    """Every code block of a page runs and does what the page says."""
    document = read(page)
    document.namespace["folder"] = tmp_path
    for example in document.examples():
        example.evaluate()


def test_a_page_that_is_wrong_is_noticed(tmp_path: Path) -> None:
    """A page that promises what does not come out fails."""
    page = tmp_path / "page.md"
    page.write_text("```console\n$ fabula --no-such-option\nonce upon a time\n```\n", encoding="utf-8")
    document = read(page)
    document.namespace["folder"] = tmp_path
    with pytest.raises(Exception, match="should print"):
        next(iter(document.examples())).evaluate()


def test_every_command_is_in_the_readme() -> None:
    """The README lists every command of `fabula`."""
    group = typer.main.get_command(importlib.import_module("fabula.cli.app").app())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = group.list_commands(typer.Context(group)) if isinstance(group, typer.core.TyperGroup) else []
    assert [command for command in commands if f"`fabula {command}" not in readme] == []
    assert commands
