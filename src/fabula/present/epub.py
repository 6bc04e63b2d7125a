"""A telling as an EPUB 3 book: title page, story, table of contents; the same bytes for the same telling.

The archive is written into a buffer of our own, because this room touches no files and opens no streams.
"""

from __future__ import annotations

import hashlib
import re
import uuid
import zipfile
from html import escape
from importlib.resources import files

from fabula.present.html import story
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
    title = escape(front.get("title", telling.world), quote=False)
    words = {
        "title": title,
        "language": escape(telling.language),
        "author": escape(front.get("author", "") or telling.world, quote=False),
        "identifier": str(uuid.UUID(hashlib.sha256(repr(telling).encode()).hexdigest()[:32])),
        "opening": escape(
            " ".join(telling.sentences[0].text.split()[:6]) if telling.sentences else "", quote=False
        ),
    }
    lines = [f"<h1>{title}</h1>"]
    lines += [f'<p class="{k}">{escape(t, quote=False)}</p>' for k, t in telling.front.lines if k != "title"]
    body = re.sub(r' (title|id|aria-label)="[^"]*"', "", "\n".join(p for p in story(telling) if p))
    return {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": PACKAGE.format(**words),
        "OEBPS/nav.xhtml": PAGE.format(body=CONTENTS.format(**words), **words),
        "OEBPS/title.xhtml": PAGE.format(body=f'<section class="front">{"".join(lines)}</section>', **words),
        "OEBPS/story.xhtml": PAGE.format(body=f"<main>\n{body}\n</main>", **words),
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
