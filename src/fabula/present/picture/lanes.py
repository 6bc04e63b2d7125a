"""Belief lanes: what is so, and under it what each believes; where a belief is wrong, it is hatched: irony at a glance."""

from __future__ import annotations

from itertools import pairwise

from fabula.present.picture.drawing import COLOURS, SOFT, Drawing, Picture, headroom
from fabula.story.story import Fact, Story, Word

LEFT, CELL, LANE = 190.0, 46.0, 20.0


def word(value: Word) -> str:
    """A value as it is shown: `?` for unknown, whole numbers without decimals."""
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else value


def _wrong(story: Story) -> dict[Fact, dict[str, int]]:
    """For every fact about which somebody is ever wrong: who, and for how many moments."""
    found: dict[Fact, dict[str, int]] = {}
    for moment in story.moments:
        for mind, facts in moment.facts.items():
            for fact, value in facts.items() if len(mind) == 1 else ():
                if value != moment.facts[()].get(fact):
                    people = found.setdefault(fact, {})
                    people[mind[0]] = people.get(mind[0], 0) + 1
    return found


def lanes(story: Story, facts: int = 8) -> Picture:
    """Draw the beliefs about at most `facts` facts: those on which a plan wrongly rests, then those mistaken most and longest.

    Facts on which nobody errs are not drawn; a story without a wrong belief gives a picture that says so.
    """
    wrong = _wrong(story)
    costly = {m.fact for e in story.events for motive in e.motives for m in motive.mistaken}
    chosen = sorted(wrong, key=lambda f: (f not in costly, -sum(wrong[f].values()), str(f)))[:facts]
    chosen.sort(key=str)
    rows = sum(2 + len(wrong[f]) for f in chosen)
    names = [str(event) for event in story.events] if chosen else []
    high, beyond = headroom(names)
    top = 60 + high
    width = LEFT + CELL * len(story.moments) + max(beyond - CELL, 20) if chosen else 2 * LEFT
    drawing = Drawing(width, top + LANE * max(rows, 1) + 20)
    drawing.text(10, 24, "Who believes what", size=16)
    drawing.text(
        10,
        44,
        "a column is a moment, an event leads from each to the next; hatched: wrong; ?: not known"
        if chosen
        else "nobody is wrong about anything",
        colour=SOFT,
    )
    table = [("fact", "whose view", "moment", "value", "is it so")]
    drawing.heads(LEFT, CELL, top - 8, names)
    y = top
    for fact in chosen:
        drawing.text(10, y + 14, str(fact))
        y += LANE
        for who in ("", *sorted(wrong[fact])):
            table += _lane(story, drawing, fact, who, y)
            y += LANE
    return drawing.picture("Who believes what", _describe(chosen, wrong), table)


def _lane(
    story: Story, drawing: Drawing, fact: Fact, who: str, y: float
) -> list[tuple[str, str, str, str, str]]:
    values = list(dict.fromkeys(word(m.facts[()].get(fact)) for m in story.moments))
    drawing.text(LEFT - 8, y + 14, who or "so it is", "end", colour=SOFT)
    rows, labels, last = [], [], None
    for i, moment in enumerate(story.moments):
        view = moment.facts.get((who,) if who else (), moment.facts[()])
        value, true = word(view.get(fact)), word(moment.facts[()].get(fact))
        if value not in values:
            values.append(value)
        colour = COLOURS[values.index(value) % len(COLOURS)] + "66"
        hint = f"{fact} = {value}, {f'as {who} believes' if who else 'truly'}, {_when(story, i)}"
        drawing.box(LEFT + CELL * i, y, CELL, LANE - 2, colour, hint, hatched=value != true)
        if value != last:
            labels.append((LEFT + CELL * i + 3, value))
        rows.append((str(fact), who or "so it is", str(i), value, "yes" if value == true else "no"))
        last = value
    for (x, value), (end, _) in pairwise([*labels, (LEFT + CELL * len(story.moments), "")]):
        drawing.text(x, y + 13, value[: int((end - x) / 6.5)], size=10)
    return rows


def _when(story: Story, moment: int) -> str:
    return f"after {story.events[moment - 1]}" if moment else "at the beginning"


def _describe(chosen: list[Fact], wrong: dict[Fact, dict[str, int]]) -> str:
    parts = [
        f"{who} is wrong about {fact} for {n} moments"
        for fact in chosen
        for who, n in sorted(wrong[fact].items())
    ]
    return "; ".join(parts) + "." if parts else "Nobody is wrong about anything."
