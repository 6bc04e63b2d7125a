"""Several stories of one world, each behind the scores that speak for it: as text, as Markdown, as JSON."""

from __future__ import annotations

import json as standard
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from fabula.present.data import data
from fabula.present.markdown import markdown as told_in_markdown
from fabula.present.text import text as told_in_text
from fabula.tell.choose.choice import Choice
from fabula.tell.telling import Telling

VERSION = 1
"""Of the JSON; it changes when a field changes its meaning or goes."""

KEY = "In brackets: the share of all the stories weighed that it is above."


def text(choices: Sequence[Choice], tellings: Sequence[Telling], found: str = "") -> str:
    """Return the stories as plain text; `found` says what they were chosen from."""
    head = "\n".join([*found.splitlines(), KEY, ""])
    return "\n".join([head, *_each(choices, tellings, lambda h, t: f"{_boxed(h)}\n\n{told_in_text(t)}")])


def markdown(choices: Sequence[Choice], tellings: Sequence[Telling], found: str = "") -> str:
    """Return the stories as Markdown, the scores of each as a list above it."""
    head = "\n".join(f"> {line}  " for line in [*found.splitlines(), KEY])
    listed = _each(choices, tellings, lambda h, t: f"{_listed(h)}\n\n{told_in_markdown(t)}")
    return "\n".join([f"{head}\n", *listed])


def json(choices: Sequence[Choice], tellings: Sequence[Telling], found: str = "") -> str:
    """Return the stories as JSON text: what they were chosen from, and for each its scores, ranks and telling."""
    stories = [
        scores(choice) | {"telling": data(telling, choice.story)}
        for choice, telling in zip(choices, tellings, strict=True)
    ]
    whole = {"format": VERSION, "found": found.splitlines(), "stories": stories}
    return standard.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def scores(choice: Choice) -> dict[str, Any]:
    """Return what speaks for a story as data: `scores` in their own units, `ranks` and `worth` from 0 to 1."""
    return {
        "number": choice.number,
        "hero": choice.hero,
        "scores": {name: value for name, value in asdict(choice.scores).items() if value is not None},
        "ranks": dict(choice.ranks),
        "worth": choice.worth,
        "author": choice.story.moments[-1].author,
        "apart": choice.apart,
        "acts": [str(event) for event in choice.story.events],
    }


def vector(choice: Choice) -> str:
    """Return the scores of a story in one line: `reversals 5 (0.90), suspense 0.5 (0.41), …`."""
    return ", ".join(
        f"{name} {value:.3g} ({choice.ranks[name]:.2f})" for name, value in choice.scores.items()
    )


def headings(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    """Return for each story a heading and its scores."""
    found = []
    for number, choice in enumerate(choices, 1):
        unlike = f", {choice.apart:.0%} unlike those before" if number > 1 else ""
        whose = f"; the scores are {choice.hero}'s" if choice.hero else ""
        ends = choice.story.moments[-1].author
        author = "" if ends is None else f"; the author's utility becomes {ends:g}"
        lead = f"Story {number} of {len(choices)}: worth {choice.worth:.2f}{unlike}{author}{whose}"
        found.append((lead, vector(choice)))
    return found


def _each(
    choices: Sequence[Choice],
    tellings: Sequence[Telling],
    form: Callable[[tuple[str, str], Telling], str],
) -> list[str]:
    return [form(head, telling) for head, telling in zip(headings(choices), tellings, strict=True)]


def _boxed(head: tuple[str, str], width: int = 80) -> str:
    lines = [*textwrap.wrap(head[0], width), *textwrap.wrap(head[1], width)]
    return "\n".join(["=" * width, *lines, "=" * width])


def _listed(head: tuple[str, str]) -> str:
    return "\n".join([f"**{head[0]}**\n", *(f"- {score}" for score in head[1].split(", "))])
