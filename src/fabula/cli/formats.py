"""The forms in which a telling can be written, and a picture of a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from fabula.cli.ending import Ended, Ending
from fabula.cli.question import Question
from fabula.pipeline.tell import tell
from fabula.present import choices
from fabula.present.data import json
from fabula.present.epub import epub
from fabula.present.html import html
from fabula.present.markdown import markdown
from fabula.present.picture import Picture, arcs, causes, feelings, lanes, order, page, stories
from fabula.present.text import text
from fabula.story.story import Story
from fabula.tell.choose.choice import Choice
from fabula.tell.telling import Telling

FORMS: Mapping[str, Callable[[Telling, Story], str | bytes]] = {
    "text": lambda telling, _: text(telling),
    "markdown": lambda telling, _: markdown(telling),
    "html": html,
    "json": json,
    "epub": lambda telling, _: epub(telling),
}
"""The name of each form, as `--format` takes it, and what writes it; some show what lies behind the telling, too."""

TOGETHER: Mapping[str, Callable[[Sequence[Choice], Sequence[Telling], str], str]] = {
    "text": choices.text,
    "markdown": choices.markdown,
    "json": choices.json,
}
"""The forms that hold several stories, and what writes them; the others take a file for each story."""

_SUFFIXES = {".md": "markdown", ".html": "html", ".json": "json", ".epub": "epub"}


def form_of(file: Path | None) -> str:
    """Return the form that the name of a file asks for; plain text where it asks for none."""
    return "text" if file is None else _SUFFIXES.get(file.suffix.lower(), "text")


PICTURES: Mapping[str, Callable[[Question, str], Picture]] = {
    "lanes": lambda question, _: lanes(question.story),
    "arcs": lambda question, _: arcs(question.story),
    "feelings": lambda question, _: feelings(question.story),
    "map": lambda question, spin: order(question.story, tell(question.reading, question.story, spin)),
    "causes": lambda question, _: causes(question.story),
    "stories": lambda question, _: stories(question.many.stories, question.many.others, str(question.many)),
}
"""The name of each picture, and what draws it; the second argument is a way of telling."""

PAINTERS: Mapping[str, Callable[[Picture, str], str | bytes]] = {
    ".svg": lambda picture, _: picture.svg,
    ".html": page,
    ".png": lambda picture, _: _png(picture.svg),
}
"""The kinds of file that hold a picture, and what writes them; the second argument is the language."""


def painter(file: Path | None) -> Callable[[Picture, str], str | bytes]:
    """Return what writes a picture into such a file; SVG without one. Raises Ended."""
    suffix = ".svg" if file is None else file.suffix.lower()
    if suffix not in PAINTERS:
        kinds = ", ".join(f"`{kind}`" for kind in PAINTERS)
        raise Ended(
            Ending.USAGE,
            f"error[usage]: a picture cannot be written to `{file}`\nhint: let its name end in one of {kinds}",
        )
    if suffix == ".png" and find_spec("vl_convert") is None:
        raise Ended(
            Ending.USAGE,
            "error[usage]: a PNG needs the extra `fabula[png]`, which is not installed\n"
            "hint: install it, or write a `.svg`, which needs nothing",
        )
    return PAINTERS[suffix]


def _png(svg: str) -> bytes:
    """Paint an SVG, two pixels for one."""
    import vl_convert

    return vl_convert.svg_to_png(svg, scale=2)
