"""The forms in which a telling can be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fabula.present.data import json
from fabula.present.html import html
from fabula.present.markdown import markdown
from fabula.present.text import text
from fabula.tell.telling import Telling

FORMS: Mapping[str, Callable[[Telling], str]] = {
    "text": text,
    "markdown": markdown,
    "html": html,
    "json": json,
}
"""The name of each form, as `--format` takes it, and what writes it."""
