"""Causes and intentions: events from top to bottom, what made them possible on the left, everybody's plans in lanes on the right."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.present.picture.drawing import COLOURS, SOFT, Drawing, Picture, short
from fabula.story.story import Motive, Story

SIDE, TOP, ROW, WORDS, LANE = 170.0, 96.0, 24.0, 270.0, 74.0
VAIN = frozenset(("failed", "dropped"))
"""What becomes of plans that come to nothing."""


def _next(story: Story, motive: Motive, index: int) -> int | None:
    """The event that carries a plan on: the next of its acts that happens."""
    rest = {str(step) for step in motive.plan[1:]}
    return next((e.index for e in story.events[index + 1 :] if str(e) in rest), None)


def causes(story: Story) -> Picture:
    """Draw an event per row; arcs on the left are causes, points and arcs on the right plans: hollow and dashed where they came to nothing."""
    chosen = {m.character for e in story.events for m in e.motives}
    people = [e.name for e in story.entities if e.name in chosen]
    drawing = Drawing(SIDE + WORDS + LANE * max(len(people), 1) + 20, TOP + ROW * len(story.events) + 10)
    drawing.text(10, 24, "What led to what", size=16)
    drawing.text(10, 44, "left: made possible by; right: who chose it, and whose plan goes on", colour=SOFT)
    drawing.legend(
        10, 64, [("the plan succeeded, or is still open", SOFT, False), ("it came to nothing", SOFT, True)]
    )
    for i, who in enumerate(people):
        drawing.text(_lane(i), TOP - 20, short(who, 12), "middle", colour=SOFT)
    table = [("event", "made possible by", "plans")]
    for event in story.events:
        y = TOP + ROW * event.index
        drawing.line([(SIDE + 8, y + 10), (_lane(len(people) - 1) + 30, y + 10)], "#eeeeee", 1)
        drawing.text(SIDE + 8, y + 4, short(str(event), 42), size=12)
        for cause in event.causes:
            hint = f"{story.events[cause]} made {event} possible"
            drawing.arc(SIDE, TOP + ROW * cause, y, -_bulge(event.index - cause), SOFT, False, hint)
        for motive in event.motives:
            _plan(story, drawing, motive, event.index, people.index(motive.character))
        plans = "; ".join(_said(motive) for motive in event.motives)
        table.append((str(event), ", ".join(str(story.events[c]) for c in event.causes), plans))
    return drawing.picture("What led to what", " ".join(_describe(story)), table)


def _lane(number: int) -> float:
    return SIDE + WORDS + LANE * (number + 0.4)


def _plan(story: Story, drawing: Drawing, motive: Motive, index: int, number: int) -> None:
    """A point where somebody chose an event, and an arc to the event with which her plan goes on."""
    x, y, colour = _lane(number), TOP + ROW * index, COLOURS[number % len(COLOURS)]
    later = _next(story, motive, index)
    if later is not None:
        hint = (
            f"{motive.character}'s plan from {story.events[index]} to {story.events[later]} ({motive.came})"
        )
        bulge = min(14.0 + 4.0 * (later - index), LANE - 30)
        drawing.arc(x, y, TOP + ROW * later, bulge, colour, motive.came in VAIN, hint)
    drawing.dot(x, y, colour, _said(motive), hollow=motive.came in VAIN)


def _said(motive: Motive) -> str:
    return f"{motive.character}: {', '.join(map(str, motive.plan))} ({motive.came})"


def _describe(story: Story) -> Iterator[str]:
    """The picture in words: how many, and which plans came to nothing."""
    vain = {
        f"{m.character}'s {m.plan[-1]}": None
        for e in story.events
        for m in e.motives
        if m.came in VAIN and m.plan
    }
    yield f"{len(story.events)} events, {sum(len(e.causes) for e in story.events)} causes."
    yield f"Plans that came to nothing: {', '.join(vain)}." if vain else "No plan came to nothing."


def _bulge(distance: int) -> float:
    """How far an arc swings out: more for longer ones, never beyond the margin."""
    return min(18.0 + 9.0 * distance, SIDE - 20)
