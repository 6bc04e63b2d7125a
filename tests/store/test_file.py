"""Files that are none, or not ours to write: one clear message each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.store.explore import explore
from fabula.store.kept import opened
from tests.store.worlds import child, pie

Broken = Callable[[Path], Path]


def text(folder: Path) -> Path:
    """Make a file of text."""
    (folder / "f.db").write_text("once upon a time\n" * 1000)
    return folder / "f.db"


def empty(folder: Path) -> Path:
    """Make a file with nothing in it."""
    (folder / "f.db").touch()
    return folder / "f.db"


def foreign(folder: Path) -> Path:
    """Make a database of something else."""
    with duckdb.connect(str(folder / "f.db")) as connection:
        connection.execute("CREATE TABLE about (key VARCHAR, value VARCHAR)")
    return folder / "f.db"


def cut(folder: Path) -> Path:
    """Make a file of stories and lose half of it."""
    explore(folder / "f.db", pie())
    whole = (folder / "f.db").read_bytes()
    (folder / "f.db").write_bytes(whole[: len(whole) // 2])
    return folder / "f.db"


def damaged(folder: Path) -> Path:
    """Make a file of stories and overwrite a part of it."""
    explore(folder / "f.db", pie())
    whole = bytearray((folder / "f.db").read_bytes())
    whole[12288:13000] = b"?" * 712
    (folder / "f.db").write_bytes(whole)
    return folder / "f.db"


def older(folder: Path) -> Path:
    """Make a file in a form of another time."""
    explore(folder / "f.db", pie())
    with duckdb.connect(str(folder / "f.db")) as connection:
        connection.execute("UPDATE about SET value = '0' WHERE key = 'format'")
    return folder / "f.db"


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (text, "not-a-store"),
        (empty, "not-a-store"),
        (foreign, "not-a-store"),
        (cut, "damaged-store"),
        (damaged, "damaged-store"),
        (older, "other-version"),
        (lambda folder: folder, "cannot-store"),
        (lambda folder: folder / "nowhere" / "f.db", "cannot-store"),
        (lambda _: Path("/dev/null"), "cannot-store"),
    ],
)
def test_a_file_that_will_not_do_is_refused(make: Broken, name: str, tmp_path: Path) -> None:
    """Whatever is in the way is said, with the way out, and nothing is overwritten."""
    path = make(tmp_path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(Mistakes) as refused:
        explore(path, pie())
    (diagnostic,) = refused.value.diagnostics
    assert (diagnostic.name, bool(diagnostic.hints)) == (name, True)
    assert not path.is_file() or path.read_bytes() == before
    with pytest.raises(Mistakes), opened(path):
        pass


@pytest.mark.parametrize("name", [":memory:", "md:stories", "s3:x", "a'b; c.db", "pié 山.db"])
def test_a_name_is_the_name_of_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the name of a file makes it anything but a file here."""
    monkeypatch.chdir(tmp_path)
    explore(Path(name), pie())
    assert [file.name for file in tmp_path.iterdir()] == [name]
    with opened(Path(name)) as kept:
        assert kept.stories().num_rows == 4


def test_a_file_goes_on_with_the_version_that_began_it(tmp_path: Path) -> None:
    """Another version may read a file, and not add to it: it may name states otherwise."""
    explore(tmp_path / "f.db", pie())
    with duckdb.connect(str(tmp_path / "f.db")) as connection:
        connection.execute("UPDATE about SET value = '0.0.1' WHERE key = 'fabula'")
    with pytest.raises(Mistakes, match=r"begun with fabula 0\.0\.1"):
        explore(tmp_path / "f.db", pie())
    with opened(tmp_path / "f.db") as kept:
        assert kept.stories().num_rows == 4


def test_a_file_has_one_writer(tmp_path: Path) -> None:
    """Who comes while another process writes is told which one."""
    explore(tmp_path / "f.db", pie())
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "f.db")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(Mistakes, match=str(other.pid)):
            explore(tmp_path / "f.db", pie())
        other.kill()


def test_without_the_extra_one_message_says_what_to_install() -> None:
    """A clone without duckdb says what to install, in one sentence."""
    code = """
import sys
sys.modules["duckdb"] = None
from fabula.cli.run import run
sys.exit(run(["stories", "f.db"]))
"""
    with child(code.replace("import sys\n", "import sys\nsys.stderr = sys.stdout\n", 1)) as process:
        assert process.stdout is not None
        said = process.stdout.read()
    assert process.returncode == 31
    assert said == (
        "error[missing-extra]: files of stories need `duckdb`, which is not installed\n"
        "hint: install what they need: `pip install 'fabula[store]'`\n"
    )
