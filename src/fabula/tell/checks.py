"""What must hold of every telling, whatever its world: checked through the provenance of its sentences.

A telling that fails one is a mistake in fabula or in a bank, never a matter of taste. None of them measures enjoyment.
"""

from __future__ import annotations

from collections.abc import Iterator

from fabula.story.story import Story
from fabula.tell.discourse.view import Knowledge, View
from fabula.tell.front import narrowed
from fabula.tell.telling import Sentence, Telling


def faults(story: Story, telling: Telling, knowledge: Knowledge | None = None) -> tuple[str, ...]:
    """Everything that is wrong with a telling, in words; empty if all is well. See `tell` for `knowledge`."""
    knowledge = knowledge or Knowledge(story)
    found = [*_uncovered(story, telling), *_page(story, telling)]
    for sentence in telling.sentences:
        found += [f"{reason}: {sentence.text}" for reason in _sentence(knowledge, telling, sentence)]
    return tuple(found)


def _uncovered(story: Story, telling: Telling) -> Iterator[str]:
    """Every event is told, summarised, or left out with a reason."""
    planned = {e for u in telling.units for e in u.events if u.kind != "ellipsis" or u.reason}
    left_out = {e for u in telling.units if u.kind == "ellipsis" for e in u.events}
    said = {e for s in telling.sentences for e in s.events}
    for event in story.events:
        if event.index not in planned:
            yield f"{event} is neither told nor left out with a reason"
        elif event.index not in said | left_out:
            yield f"{event} is planned and not told"


def _page(story: Story, telling: Telling) -> Iterator[str]:
    """Warnings and gate are at least as computed."""
    need = narrowed(story, telling.units)
    shown = telling.front.matter
    if not set(need.warnings) <= set(shown.warnings):
        yield "the title page lacks a warning"
    if shown.gate < need.gate:
        yield f"the title page gives away episode {shown.gate}, the telling episode {need.gate}"


def _sentence(knowledge: Knowledge, telling: Telling, sentence: Sentence) -> Iterator[str]:
    """No leak, no wrong belief in narration, nobody speaks who is dead or away."""
    viewpoint = telling.spin.viewpoint
    wrongly = sentence.mode in {"free indirect", "thought"}
    for index in sentence.events:
        event = knowledge.story.events[index]
        view = View(knowledge, event, viewpoint)
        if knowledge.learned(index, viewpoint) is None:
            yield f"{viewpoint} cannot know of {event}"
        for claim in sentence.asserts:
            if not view.may_claim(claim.fact, claim.value, wrongly):
                yield f"{viewpoint or 'the narrator'} cannot claim that {claim.fact} is {claim.value}"
        for piece in sentence.pieces:
            if piece.mode == "speech" and knowledge.value((), "alive", (piece.speaker,), index) is False:
                yield f"{piece.speaker} is dead and speaks"
            if piece.mode == "thought" and viewpoint and piece.speaker not in {viewpoint, ""}:
                yield f"{viewpoint} cannot know what {piece.speaker} thinks"
