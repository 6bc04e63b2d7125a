"""The telling map: across, the order in which it is told; down, the order in which it happened. A jump up is a memory."""

from __future__ import annotations

from fabula.present.picture.drawing import COLOURS, SOFT, Drawing, Picture, short
from fabula.story.story import Story
from fabula.tell.telling import Telling

LEFT, TOP, STEP, ROW = 250.0, 92.0, 26.0, 20.0
KINDS = ("scene", "summary", "flashback", "thought", "speech")


def _colour(kind: str) -> str:
    return COLOURS[KINDS.index(kind)] if kind in KINDS else SOFT


def _meant(kind: str, memory: bool) -> str:
    return f"{kind} in a memory" if memory and kind != "flashback" else kind


def order(story: Story, telling: Telling) -> Picture:
    """Draw the units of a telling: filled for the present, hollow for memories; what is left out has a row without a point."""
    units = [u for u in telling.units if u.kind != "ellipsis"]
    drawing = Drawing(max(LEFT + STEP * len(units), 560) + 30, TOP + ROW * len(story.events) + 30)
    drawing.text(10, 24, "In which order it is told", size=16)
    drawing.text(10, 44, "across: as told; down: as it happened; grey: left out", colour=SOFT)
    kinds = sorted({(u.kind, u.anchor is not None) for u in units}, key=lambda k: (k[1], k[0]))
    drawing.legend(10, 66, [(_meant(kind, memory), _colour(kind), memory) for kind, memory in kinds])
    left_out = {e: u.reason for u in telling.units if u.kind == "ellipsis" for e in u.events}
    for event in story.events:
        y = TOP + ROW * event.index
        drawing.text(
            LEFT - 12, y + 4, short(str(event), 40), "end", 11, SOFT if event.index in left_out else "#222222"
        )
        drawing.line([(LEFT, y), (LEFT + STEP * len(units), y)], "#eeeeee", 1)
    points = [(LEFT + STEP * (i + 0.5), TOP + ROW * u.events[0]) for i, u in enumerate(units)]
    drawing.line(points, SOFT, 1)
    for unit, (x, y) in zip(units, points, strict=True):
        memory = unit.anchor is not None
        called = (
            f", called up by {story.events[unit.anchor]} ({', '.join(unit.indices)})"
            if unit.anchor is not None
            else ""
        )
        drawing.dot(
            x, y, _colour(unit.kind), f"{unit.kind}: {story.events[unit.events[0]]}{called}", hollow=memory
        )
    table = [("told as", "event", "happened as", "manner", "called up by")]
    table += [
        (
            str(i + 1),
            str(story.events[u.events[0]]),
            str(u.events[0] + 1),
            u.kind,
            "" if u.anchor is None else str(story.events[u.anchor]),
        )
        for i, u in enumerate(units)
    ]
    table += [
        ("", str(story.events[e]), str(e + 1), f"left out: {reason}", "") for e, reason in left_out.items()
    ]
    memories = sum(u.kind == "flashback" for u in units)
    return drawing.picture(
        "In which order it is told",
        f"{len(units)} units, {memories} of them memories; {len(left_out)} events are left out.",
        table,
    )
