"""Arcs: how well each fares, as she sees it and as it is, with the turns of fortune marked."""

from __future__ import annotations

from fabula.present.picture.drawing import COLOURS, SOFT, Drawing, Picture, headroom
from fabula.story.story import Story

LEFT, STEP, HIGH, GAP = 130.0, 40.0, 70.0, 26.0


def turns(values: list[float]) -> list[int]:
    """The moments at which fortune turns: it rose last and falls now, or the other way round."""
    found, direction = [], 0
    for i in range(1, len(values)):
        change = (values[i] > values[i - 1]) - (values[i] < values[i - 1])
        if change and direction and change != direction:
            found.append(i - 1)
        direction = change or direction
    return found


def arcs(story: Story) -> Picture:
    """Draw a small curve for every character whose utility ever changes: full as seen by herself, dashed in truth."""
    people = [
        p
        for p in story.moments[0].utility
        if len({m.utility.get(p) for m in story.moments} | {m.true_utility.get(p) for m in story.moments}) > 1
    ]
    names = [str(event) for event in story.events] if people else []
    high, beyond = headroom(names)
    top = 60 + high
    width = LEFT + STEP * len(story.moments) + max(beyond - STEP, 20) if people else 3 * LEFT
    drawing = Drawing(width, top + 10 + (HIGH + GAP) * max(len(people), 1))
    drawing.text(10, 24, "How well they fare", size=16)
    drawing.text(10, 44, "full: as they see it; dashed: as it is; hollow: a turn of fortune", colour=SOFT)
    drawing.heads(LEFT, STEP, top - 8, names)
    table = [("character", "moment", "as seen", "as it is", "turn")]
    words = []
    for row, who in enumerate(people):
        seen = [m.utility.get(who) or 0.0 for m in story.moments]
        true = [m.true_utility.get(who) or 0.0 for m in story.moments]
        points = turns(seen)
        _curve(story, drawing, who, seen, true, top + 8 + row * (HIGH + GAP), COLOURS[row % len(COLOURS)])
        table += [
            (who, str(i), f"{s:g}", f"{t:g}", "yes" if i in points else "")
            for i, (s, t) in enumerate(zip(seen, true, strict=True))
        ]
        words.append(f"{who} goes from {seen[0]:g} to {seen[-1]:g} with {len(points)} turns of fortune")
    return drawing.picture(
        "How well they fare", "; ".join(words) + "." if words else "Nobody's fortune changes.", table
    )


def _curve(
    story: Story, drawing: Drawing, who: str, seen: list[float], true: list[float], top: float, colour: str
) -> None:
    low, high = min(*seen, *true), max(*seen, *true)

    def at(i: int, value: float) -> tuple[float, float]:
        return LEFT + STEP * (i + 0.5), top + HIGH - (value - low) / ((high - low) or 1) * (HIGH - 10)

    drawing.text(LEFT - 34, top + HIGH / 2, who, "end")
    for value in (low, high):
        drawing.text(LEFT - 4, at(0, value)[1] + 4, f"{value:g}", "end", 10, SOFT)
        drawing.line([(LEFT, at(0, value)[1]), (at(len(seen) - 1, 0)[0], at(0, value)[1])], "#eeeeee", 1)
    drawing.line([at(i, v) for i, v in enumerate(true)], SOFT, 1.5, dashed=True)
    drawing.line([at(i, v) for i, v in enumerate(seen)], colour, 2.5)
    for i in turns(seen):
        after = story.events[i - 1] if i else "the beginning"
        drawing.dot(*at(i, seen[i]), colour, f"{who}'s fortune turns after {after}", hollow=True)
