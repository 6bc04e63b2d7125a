"""A telling as an EPUB 3 book: title page, story, table of contents; the same bytes for the same telling.

The archive is written into a buffer of our own, because this room touches no files and opens no streams.
"""

from __future__ import annotations

import hashlib
import uuid
import zipfile
from importlib.resources import files

from fabula.present.body import paragraphs, safe, title_lines, tongue
from fabula.tell.telling import Telling

DAY = (2000, 1, 1, 0, 0, 0)
"""The date of everything inside: a book that is told again is the same book."""

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="page.css"/></head>
<body>
{body}
</body>
</html>
"""

PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book">urn:uuid:{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:creator>{author}</dc:creator>
<dc:language>{language}</dc:language>
<meta property="dcterms:modified">2000-01-01T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilitySummary">Words only, in reading order; memories are labelled groups.</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="title" href="title.xhtml" media-type="application/xhtml+xml"/>
<item id="story" href="story.xhtml" media-type="application/xhtml+xml"/>
<item id="style" href="page.css" media-type="text/css"/>
</manifest>
<spine><itemref idref="title"/><itemref idref="story"/></spine>
</package>
"""

CONTENTS = """<nav epub:type="toc" id="toc"><h1>{title}</h1><ol>
<li><a href="title.xhtml">{title}</a></li>
<li><a href="story.xhtml">{opening} …</a></li>
</ol></nav>
<nav epub:type="landmarks" hidden="hidden"><ol>
<li><a epub:type="titlepage" href="title.xhtml">{title}</a></li>
<li><a epub:type="bodymatter" href="story.xhtml">{opening} …</a></li>
</ol></nav>"""


class _Buffer:
    """A file in memory, as far as `zipfile` asks for one."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.at = 0

    def write(self, data: bytes) -> int:
        self.data[self.at : self.at + len(data)] = data
        self.at += len(data)
        return len(data)

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + (0, self.at, len(self.data))[whence]
        return self.at

    def flush(self) -> None:
        """Everything is written at once."""


def _pages(telling: Telling) -> dict[str, str]:
    """The files of the book by name."""
    front = dict(telling.front.lines)
    first = telling.sentences[0].text.split()[:6] if telling.sentences else []
    words = {
        "title": safe(front.get("title") or telling.world),
        "language": tongue(telling.language),
        "author": safe(front.get("author") or telling.world),
        "identifier": str(uuid.UUID(hashlib.sha256(repr(telling).encode()).hexdigest()[:32])),
        "opening": safe(" ".join(first)),
    }
    title = "".join(title_lines(telling.front))
    story = "\n".join(paragraphs(telling))
    return {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": PACKAGE.format(**words),
        "OEBPS/nav.xhtml": PAGE.format(body=CONTENTS.format(**words), **words),
        "OEBPS/title.xhtml": PAGE.format(body=f'<section class="front">{title}</section>', **words),
        "OEBPS/story.xhtml": PAGE.format(body=f"<main>\n{story}\n</main>", **words),
        "OEBPS/page.css": files("fabula.present").joinpath("book.css").read_text(encoding="utf-8"),
    }


def epub(telling: Telling) -> bytes:
    """A telling as the bytes of an EPUB 3 file."""
    buffer = _Buffer()
    with zipfile.ZipFile(buffer, "w") as archive:  # type: ignore[call-overload] # a buffer is file enough
        archive.writestr(zipfile.ZipInfo("mimetype", DAY), "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in _pages(telling).items():
            archive.writestr(zipfile.ZipInfo(name, DAY), text, zipfile.ZIP_DEFLATED)
    return bytes(buffer.data)
