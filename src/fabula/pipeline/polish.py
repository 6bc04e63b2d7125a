"""Polishing a telling: a model asked paragraph by paragraph, and a title page that says so."""

from __future__ import annotations

from dataclasses import replace

from fabula.diagnostics.visible import visible
from fabula.pipeline.prose import bank
from fabula.pipeline.read import Reading
from fabula.story.story import Story
from fabula.tell.front import title_page
from fabula.tell.polish import Ask, Polished
from fabula.tell.polish import polish as by_paragraph
from fabula.tell.telling import Telling


def polish(reading: Reading, story: Story, telling: Telling, ask: Ask, model: str) -> Polished:
    """Have a telling polished; where anything was changed, its title page says by which model. Raises Mistakes about the bank."""
    words = bank(reading)
    names = [n for name in words.names.values() for n in (name.text, *(e.text for e in name.epithets))]
    done = by_paragraph(story, telling, ask, names)
    if not done.changed:
        return done
    front = title_page(story, words, telling.spin, telling.units, done.telling.paragraphs)
    many = "one paragraph" if done.changed == 1 else f"{done.changed} paragraphs"
    line = f"Polished in {many} by the language model {visible(model)}; what is said, thought, named and done is untouched."
    return replace(
        done, telling=replace(done.telling, front=replace(front, lines=(*front.lines, ("polished", line))))
    )
