"""Causes and intentions: events from top to bottom, what made them possible on the left, whose plans they carry on, on the right."""

from __future__ import annotations

from fabula.present.picture.drawing import COLOURS, SOFT, Drawing, Picture
from fabula.story.story import Motive, Story

SIDE, TOP, ROW, WORDS = 170.0, 66.0, 24.0, 300.0


def _next(story: Story, motive: Motive, index: int) -> int | None:
    """The event that carries a plan on: the next of its acts that happens."""
    rest = {str(step) for step in motive.plan[1:]}
    return next((e.index for e in story.events[index + 1 :] if str(e) in rest), None)


def causes(story: Story) -> Picture:
    """Draw an event per row; arcs on the left are causes, on the right plans, dashed where the plan failed or was dropped."""
    drawing = Drawing(2 * SIDE + WORDS, TOP + ROW * len(story.events) + 20)
    drawing.text(10, 24, "What led to what", size=16)
    drawing.text(10, 44, "left: made possible by; right: whose plan goes on, dashed: it failed", colour=SOFT)
    people = [e.name for e in story.entities if "character" in e.types]
    chosen = {m.character for e in story.events for m in e.motives}
    for i, who in enumerate(p for p in people if p in chosen):
        drawing.text(
            SIDE + WORDS + 60,
            TOP + 4 + 16 * i,
            who,
            size=11,
            colour=COLOURS[people.index(who) % len(COLOURS)],
        )
    table = [("event", "made possible by", "plans")]
    for event in story.events:
        y = TOP + ROW * event.index
        drawing.text(SIDE + 8, y + 4, str(event)[:44], size=12)
        for cause in event.causes:
            top = TOP + ROW * cause
            drawing.arc(
                SIDE,
                top,
                y,
                -_bulge(event.index - cause),
                SOFT,
                False,
                f"{story.events[cause]} made {event} possible",
            )
        for motive in event.motives:
            _plan(story, drawing, motive, event.index, COLOURS[people.index(motive.character) % len(COLOURS)])
        plans = "; ".join(f"{m.character}: {', '.join(map(str, m.plan))} ({m.came})" for m in event.motives)
        table.append((str(event), ", ".join(str(story.events[c]) for c in event.causes), plans))
    failed = sum(m.came == "failed" for e in story.events for m in e.motives)
    return drawing.picture(
        "What led to what", f"{len(story.events)} events; {failed} reasons came to nothing.", table
    )


def _plan(story: Story, drawing: Drawing, motive: Motive, index: int, colour: str) -> None:
    later = _next(story, motive, index)
    if later is None:
        return
    dashed = motive.came in {"failed", "dropped"}
    hint = f"{motive.character}'s plan from {story.events[index]} to {story.events[later]} ({motive.came})"
    drawing.arc(
        SIDE + WORDS, TOP + ROW * index, TOP + ROW * later, _bulge(later - index), colour, dashed, hint
    )


def _bulge(distance: int) -> float:
    """How far an arc swings out: more for longer ones, never beyond the margin."""
    return min(18.0 + 9.0 * distance, SIDE - 20)
