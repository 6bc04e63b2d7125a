"""Feelings over a story: a row for what each feels, a point where it comes, the larger the stronger; how bonds moved stands in the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.present.picture.drawing import COLOURS, SOFT, Drawing, Picture, headroom
from fabula.story.story import Story
from fabula.tell.bonds import BondMove
from fabula.tell.feelings import Feeling, Feelings

LEFT, STEP, ROW, LARGEST = 210.0, 34.0, 18.0, 7.0
BAD = frozenset(
    ("distress", "fear", "disappointment", "fears confirmed", "pity", "gloating", "resentment", "shame", "reproach", "anger",
     "regret", "guilt", "grief", "despair", "loneliness", "betrayal")
)  # fmt: skip
"""Feelings that hurt, or wish hurt."""
GLAD, SORE = COLOURS[0], COLOURS[5]


def feelings(story: Story, who: Sequence[str] = ()) -> Picture:
    """Draw what everybody feels, or only some: full points for what is glad, hollow for what hurts. The table has the moves of bonds, too."""
    felt = Feelings(story)
    people = [name for name in felt.people if not who or name in who]
    rows = [(name, row) for name in people for row in ("", *_names(felt, name))]
    names = [str(event) for event in story.events]
    high, beyond = headroom(names)
    top = 92 + high
    width = LEFT + STEP * (len(names) + 1) + max(beyond - STEP, 20)
    drawing = Drawing(max(width, 520), top + ROW * max(len(rows), 1) + 20)
    drawing.text(10, 24, "What they feel", size=16)
    drawing.text(10, 44, "a point where a feeling comes, the larger the stronger", colour=SOFT)
    drawing.legend(10, 66, [("glad", GLAD, False), ("sore", SORE, True)])
    drawing.heads(LEFT, STEP, top - 10, names)
    strongest = max((f.strength for f in felt.all), default=1.0)
    for number, (name, row) in enumerate(rows):
        _row(
            drawing,
            story,
            name,
            row,
            [f for f in felt.all if (f.character, f.name) == (name, row)],
            top + ROW * (number + 0.7),
            strongest,
        )
    moves = [move for move in felt.bonds() if move.character in people]
    return drawing.picture(
        "What they feel", _describe(felt.all, moves, people), list(_table(story, felt.all, moves, people))
    )


def _names(felt: Feelings, who: str) -> list[str]:
    """What somebody feels in the story, in the order in which it first comes."""
    return list(dict.fromkeys(f.name for f in felt.all if f.character == who))


def _row(
    drawing: Drawing, story: Story, who: str, name: str, felt: Sequence[Feeling], y: float, strongest: float
) -> None:
    if not name:
        drawing.text(10, y + 4, who)
        return
    drawing.text(LEFT - 8, y + 4, name, "end", 11, SOFT)
    drawing.line([(LEFT, y), (LEFT + STEP * (len(story.events) + 0.5), y)], "#eeeeee", 1)
    for index in dict.fromkeys(f.event for f in felt):
        here = [f for f in felt if f.event == index]
        strength = max(f.strength for f in here)
        toward = ", ".join(f.toward for f in here if f.toward)
        hint = (
            f"{who}: {name}{f' towards {toward}' if toward else ''} ({strength:.2g}), {story.events[index]}"
        )
        size = 2.5 + (LARGEST - 2.5) * (strength / strongest) ** 0.5
        drawing.dot(LEFT + STEP * (index + 1), y, SORE if name in BAD else GLAD, hint, name in BAD, size)


def _table(
    story: Story, felt: Sequence[Feeling], moves: Sequence[BondMove], people: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    yield ("event", "who", "feels", "towards", "strength")
    for f in felt:
        if f.character in people:
            yield (str(story.events[f.event]), f.character, f.name, f.toward, f"{f.strength:.2g}")
    for m in moves:
        yield (
            str(story.events[m.event]),
            m.character,
            "bond",
            m.toward,
            f"{m.before:g} → {m.after:g}{f' ({m.why})' if m.why else ''}",
        )


def _describe(felt: Sequence[Feeling], moves: Sequence[BondMove], people: Sequence[str]) -> str:
    """The strongest feelings of each, and how many moves of bonds the table lists."""
    parts = []
    for who in people:
        own = sorted((f for f in felt if f.character == who), key=lambda f: -f.strength)
        strongest = list(dict.fromkeys(f.name for f in own))[:3]
        parts.append(f"{who} feels most {', '.join(strongest)}" if strongest else f"{who} feels nothing")
    return "; ".join([*parts, f"{len(moves)} moves of bonds stand in the table"]) + "."
