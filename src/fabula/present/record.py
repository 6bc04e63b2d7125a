"""What stands behind the story on its page: every event with its reasons and who knew of it, and the pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.diagnostics.visible import visible
from fabula.present.body import safe
from fabula.present.origin import Origins, deed, listed, word, wrongly
from fabula.present.picture import Picture, arcs, causes, feelings, lanes, order
from fabula.story.story import Event, Motive
from fabula.tell.feelings import Feeling


def _links(events: tuple[int, ...]) -> str:
    return listed(tuple(f'<a href="#e{e + 1}">event {e + 1}</a>' for e in events))


def _motive(motive: Motive) -> str:
    """A plan, what it was hoped to bring, and what came of it."""
    plan = " → ".join(str(step) for step in motive.plan)
    hope = (
        ""
        if motive.before is None or motive.hoped is None
        else f", from {motive.before:g} to {motive.hoped:g}"
    )
    wrong = "".join(f"; {wrongly(mistake)}" for mistake in motive.mistaken)
    return safe(f"{plan}{hope} ({motive.came}){wrong}")


def _felt(feelings: tuple[Feeling, ...]) -> str:
    """What each feels, strongest first."""
    people: dict[str, list[str]] = {}
    for feeling in feelings:
        words = f"{feeling.name} towards {feeling.toward}" if feeling.toward else feeling.name
        people.setdefault(feeling.character, []).append(words)
    return safe("; ".join(f"{who}: {', '.join(dict.fromkeys(felt))}" for who, felt in people.items()))


def _sentences(numbers: tuple[int, ...]) -> str:
    """Links to the sentences that tell of an event, those in a row as one."""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and number == rows[-1][1] + 1:
            rows[-1][1] = number
        else:
            rows.append([number, number])
    return ", ".join(
        f'<a href="#s{first}">sentence{"" if first == last else "s"} {first}{"" if first == last else f"–{last}"}</a>'
        for first, last in rows
    )


def _rows(origins: Origins, event: Event) -> Iterator[tuple[str, str]]:
    """What there is to say of an event: a heading and markup."""
    yield "Chosen by", safe(listed(event.consenting) or "nobody: it happened to them")
    yield "Known", safe(origins.known(event.index))
    if event.causes:
        yield "Follows from", _links(event.causes)
    for motive in event.motives:
        yield safe(f"{motive.character} meant"), _motive(motive)
    changes = [c for c in event.changes if not c.mind]
    if changes:
        yield "Changed", safe("; ".join(f"{c.fact}: {word(c.before)} → {word(c.after)}" for c in changes))
    if origins.feelings(event.index):
        yield "Felt", _felt(origins.feelings(event.index))
    if event.index in origins.told:
        yield "Told in", _sentences(origins.told[event.index])
    elif event.index in origins.left_out:
        yield "Left out", safe(origins.left_out[event.index])


def events(origins: Origins) -> Iterator[str]:
    """Every event in the order in which it happened, as a list with headings."""
    yield '<section class="record" id="events"><h2>What happened, and who knew</h2><ol>'
    for event in origins.story.events:
        rows = "".join(f"<div><dt>{head}</dt><dd>{text}</dd></div>" for head, text in _rows(origins, event))
        yield f'<li id="e{event.index + 1}"><h3>{safe(deed(event))}</h3><dl>{rows}</dl></li>'
    yield "</ol></section>"


def pictures(origins: Origins) -> Iterator[str]:
    """The pictures of the story and of this telling, each with its table."""
    drawn = {
        "lanes": lanes(origins.story),
        "arcs": arcs(origins.story),
        "feelings": feelings(origins.story),
        "map": order(origins.story, origins.telling),
        "causes": causes(origins.story),
    }
    yield '<section class="pictures" id="pictures"><h2>In pictures</h2>'
    for name, picture in drawn.items():
        yield from _figure(name, picture)
    yield "</section>"


def _figure(name: str, picture: Picture) -> Iterator[str]:
    title = safe(picture.title)
    yield f'<figure id="{name}"><figcaption><h3>{title}</h3></figcaption>'
    yield f'<div class="drawing" tabindex="0" role="group" aria-label="{title}">{_apart(picture.svg, name)}</div>'
    heads, *rows = picture.table
    head = "".join(f'<th scope="col">{safe(cell)}</th>' for cell in heads)
    body = "".join("<tr>" + "".join(f"<td>{safe(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    yield f'<details><summary>The same in words</summary><p>{safe(picture.description)}</p><div class="drawing"><table><thead><tr>{head}</tr></thead>'
    yield f"<tbody>\n{body}</tbody></table></div></details></figure>"


def _apart(svg: str, name: str) -> str:
    """A drawing whose names are its own, so that several can stand on one page."""
    svg = svg.replace(
        'aria-labelledby="title description"', f'aria-labelledby="{name}-title {name}-description"'
    )
    return re.sub(r'(id="|url\(#)(?=(title|description|hatch)\b)', rf"\g<1>{name}-", visible(svg))
