"""Many stories as one tree: shared beginnings run together, and where things might go otherwise, a branch leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field

from fabula.frozen import dataclass
from fabula.present.picture.drawing import COLOURS, SOFT, Drawing, Picture, headroom, short, wide
from fabula.story.story import Story
from fabula.tell.choose.choice import choose
from fabula.tell.choose.distance import traits, twins

LEFT, STEP, ROW = 30.0, 46.0, 30.0
MOST = 24
"""Stories that are drawn; of more, those most unlike each other."""
HOPED, OTHERWISE = COLOURS[0], COLOURS[5]


@dataclass(slots=True)
class _Branch:
    """A piece of the tree: the acts up to here are shared by all stories below."""

    acts: tuple[str, ...]
    ways: dict[str, _Branch] = field(default_factory=dict)
    story: int | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class _End:
    """How a story ends: what has changed that has not in all of them."""

    story: Story
    hoped: bool
    facts: tuple[str, ...]


def stories(hoped: Sequence[Story], others: Sequence[Story] = (), found: str = "") -> Picture:
    """Draw stories as branches of a tree, act after act to the right; `found` says what they were chosen from.

    `hoped` end as the author hopes (a full point), `others` otherwise (a hollow one). The same acts in another order are drawn once, and
    at most so many stories as can be told apart.
    """
    ends = _ends(_few(hoped, others), hoped)
    root = _tree(ends)
    rows = list(_rows(root))
    length = max((len(end.story.events) for end in ends), default=0)
    labels = [_label(end) for end in ends]
    names = [str(event) for event in ends[rows[0].story or 0].story.events] if rows else []
    high, beyond = headroom(names)
    top = 96 + high
    width = LEFT + STEP * length + max((wide(label, 11) for label in labels), default=0.0) + 40
    drawing = Drawing(max(width, LEFT + STEP * len(names) + beyond, 620), top + ROW * max(len(rows), 1))
    drawing.text(10, 24, "How it might go", size=16)
    drawing.text(
        10,
        44,
        "each step to the right is an act; the first story stands above, a branch is named by its first act",
        colour=SOFT,
    )
    drawing.legend(10, 66, [("ends as the author hopes", HOPED, False), ("ends otherwise", OTHERWISE, True)])
    drawing.heads(LEFT, STEP, top - 16, names)
    _draw(drawing, root, top)
    for row, branch in enumerate(rows):
        end = ends[branch.story or 0]
        x, y = LEFT + STEP * len(branch.acts), top + ROW * row
        drawing.dot(x, y, HOPED if end.hoped else OTHERWISE, _told(end), hollow=not end.hoped)
        drawing.text(x + 10, y + 4, _label(end), size=11)
    return drawing.picture(
        "How it might go", _describe(ends, len(hoped) + len(others), found), list(_table(ends, rows))
    )


def _few(hoped: Sequence[Story], others: Sequence[Story]) -> list[Story]:
    """Take of the same acts one order, the one that begins most like the others; of too many stories, the most unlike ones."""
    kept: list[Story] = []
    seen = [(story, traits(story)) for story in (*hoped, *others)]
    for _, trait in seen:
        alike = [one for one, other in seen if twins(trait, other)]
        if not any(one is two for one in alike for two in kept):
            kept.append(max(alike, key=lambda one: sum(_common(one, other) for other in others)))
    few = [story for story in kept if any(story is one for one in hoped)][: MOST // 2]
    rest = [story for story in kept if not any(story is one for one in few)]
    return [*few, *(choice.story for choice in choose(rest, MOST - len(few)))]


def _common(one: Story, other: Story) -> int:
    """How many acts two stories have in common from the start."""
    count = 0
    for a, b in zip(one.events, other.events, strict=False):
        if str(a) != str(b):
            break
        count += 1
    return count


def _ends(shown: Sequence[Story], hoped: Sequence[Story]) -> list[_End]:
    """Say of every story how it ends, what few others have first, and nothing that all have."""
    changed = [tuple(_changed(story)) for story in shown]
    often = Counter(fact for facts in changed for fact in facts)
    return [
        _End(
            story,
            any(story is one for one in hoped),
            tuple(sorted((fact for fact in facts if often[fact] < len(shown)), key=lambda f: often[f])),
        )
        for story, facts in zip(shown, changed, strict=True)
    ]


def _changed(story: Story) -> Iterator[str]:
    """The facts that are otherwise at the end than at the start, as an author writes them."""
    first, last = story.moments[0].facts.get((), {}), story.moments[-1].facts.get((), {})
    for fact, value in last.items():
        if first.get(fact) != value:
            known = {True: str(fact), False: f"not {fact}", None: f"{fact} = ?"}
            written = f"{value:g}" if isinstance(value, int | float) else value
            yield known[value] if value is None or isinstance(value, bool) else f"{fact} = {written}"


def _tree(ends: Sequence[_End]) -> _Branch:
    root = _Branch(())
    for number, end in enumerate(ends):
        branch = root
        for act in map(str, end.story.events):
            branch = branch.ways.setdefault(act, _Branch((*branch.acts, act)))
        branch.ways[""] = _Branch(branch.acts, story=number)
    return root


def _rows(branch: _Branch, first: int = 0) -> Iterator[_Branch]:
    """Give the ends from top to bottom; a branch goes straight on with its first way."""
    branch.row = first
    if branch.story is not None:
        yield branch
    for way in branch.ways.values():
        for end in _rows(way, first):
            yield end
            first += 1


def _draw(drawing: Drawing, branch: _Branch, top: float) -> None:
    """Draw what leads on from here: straight, or down to the row of a branch, which is named."""
    x, y = LEFT + STEP * len(branch.acts), top + ROW * branch.row
    ways = [(act, way, top + ROW * way.row) for act, way in branch.ways.items() if act]
    for _, _, below in ways:
        drawing.line([(x, y), (x + (0 if below > y else STEP), below), (x + STEP, below)], SOFT, 1.5)
    for act, way, below in ways:
        if below > y:
            drawing.text(x + 4, below - 7, short(act, 40), size=10, colour=SOFT)
        _draw(drawing, way, top)
    if len(branch.ways) > 1:
        after = branch.acts[-1] if branch.acts else "the beginning"
        hint = f"after {after}: {' or '.join(act or 'the end' for act in branch.ways)}"
        drawing.dot(x, y, SOFT, hint, hollow=True)


def _label(end: _End, most: int = 3) -> str:
    facts = ", ".join(end.facts[:most]) + (
        f" and {len(end.facts) - most} more" if len(end.facts) > most else ""
    )
    return facts or "nothing else has changed"


def _told(end: _End) -> str:
    return f"{'ends as the author hopes' if end.hoped else 'ends otherwise'} after {len(end.story.events)} acts: {', '.join(end.facts)}"


def _table(ends: Sequence[_End], rows: Sequence[_Branch]) -> Iterator[tuple[str, str, str, str]]:
    yield ("story", "ends", "with", "acts")
    for number, branch in enumerate(rows, 1):
        end = ends[branch.story or 0]
        hoped = "as the author hopes" if end.hoped else "otherwise"
        yield (str(number), hoped, ", ".join(end.facts), "; ".join(map(str, end.story.events)))


def _describe(ends: Sequence[_End], given: int, found: str) -> str:
    some = "" if len(ends) == given else f" of {given}"
    hoped = sum(end.hoped for end in ends)
    said = f"{len(ends)}{some} stories that differ in what happens: {hoped} end as the author hopes, {len(ends) - hoped} otherwise."
    return " ".join([said, *found.splitlines()])
