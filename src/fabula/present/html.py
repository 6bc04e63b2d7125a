"""A telling as one HTML file without script: readable by eye, by keyboard and by ear, every sentence with its origin.

A sentence that a pointer rests on shows its note. A box that can be ticked puts a small button after every sentence, so that the notes
can be reached by keyboard, by touch and by ear; without it the story reads as plain prose. Behind the story stand the
events, each with who knew of it, and the pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from fabula.present.body import paragraphs, safe, title_lines, tongue
from fabula.present.origin import Origins
from fabula.present.record import events, pictures
from fabula.story.story import Story
from fabula.tell.telling import Sentence, Telling, Unit

GUIDE = """<div class="guide"{own}>
<p><input type="checkbox" id="origins"><label for="origins">Show where every sentence comes from</label></p>
<p>Rest a pointer on a sentence to see which event it tells of and who knew of it. With the box ticked, each sentence has a
button that shows the same to keyboard, touch and screen reader.</p>
<nav aria-label="On this page"><a href="#story">The story</a> <a href="#events">What happened, and who knew</a> <a href="#pictures">In pictures</a></nav>
</div>"""


class _Notes:
    """Writes the note behind each sentence; `own` is the attribute that says in which language notes are."""

    def __init__(self, origins: Origins, own: str) -> None:
        self.origins, self.own = origins, own

    def __call__(self, number: int, sentence: Sentence, unit: Unit | None) -> str:
        """A button and what it shows."""
        numbers = [str(e + 1) for e in sentence.events]
        label = f"event {' and '.join(numbers)}" if numbers else "how things stand"
        head, *rest = self.origins.note(sentence, unit)
        link = f'<a href="#e{numbers[0]}">All about it</a>' if numbers else ""
        lines = "".join(f"<span>{safe(line)}.</span>" for line in rest)
        made = safe(f"{sentence.variant}, {sentence.frame}, seed {sentence.seed}")
        return (
            f'<button type="button" class="m" popovertarget="n{number}" aria-label="origin: {label}" aria-describedby="n{number}">'
            f'{"+".join(numbers) or "·"}</button><span class="n" id="n{number}" popover{self.own}><b>{safe(head)}</b>{lines}'
            f"<small>{made}</small>{link}</span>"
        )


def _page(telling: Telling, story: Story) -> Iterator[str]:
    origins = Origins(story, telling)
    own = "" if tongue(telling.language).startswith("en") else ' lang="en"'
    title = dict(telling.front.lines).get("title") or telling.world
    style = files("fabula.present").joinpath("page.css").read_text(encoding="utf-8")
    yield "<!doctype html>"
    yield f'<html lang="{tongue(telling.language)}">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{safe(title)}</title>"
    yield f"<style>\n{style}</style></head>"
    yield "<body>"
    yield "<header>"
    yield from title_lines(telling.front)
    yield GUIDE.format(own=own)
    yield "</header>"
    yield '<main id="story">'
    yield from paragraphs(telling, _Notes(origins, own))
    yield "</main>"
    yield f'<aside class="behind" aria-label="Behind the story"{own}>'
    yield from events(origins)
    yield from pictures(origins)
    yield "</aside>"
    yield "</body></html>"


def html(telling: Telling, story: Story) -> str:
    """A telling as one HTML file: style inside, no script, nothing fetched."""
    return "\n".join(_page(telling, story)) + "\n"
