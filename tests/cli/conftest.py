"""A desk for every test of the command line."""

from pathlib import Path

import pytest

from tests.cli.command import PIE, Desk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A folder of its own, with the world `pie.fab` in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FABULA_DEBUG", raising=False)
    made = Desk(tmp_path, capsys)
    made.write("pie.fab", PIE)
    return made
