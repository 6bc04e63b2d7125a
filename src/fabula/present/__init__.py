"""Telling to text, Markdown, HTML, EPUB and JSON. Pure: no disk, no network."""

from fabula.present.data import json
from fabula.present.epub import epub
from fabula.present.html import html
from fabula.present.markdown import markdown
from fabula.present.text import text

__all__ = ["epub", "html", "json", "markdown", "text"]
