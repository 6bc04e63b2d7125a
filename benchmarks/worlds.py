"""Worlds of our own that grow: a grid of rooms, people in it, things they want, and a secret about one of them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from benchmarks.measure import Instance


def scaled(folder: Path) -> list[Instance]:
    """Write worlds of growing size into a folder; size is what grows: rooms, people or things."""
    (folder / "worlds").mkdir(exist_ok=True)
    found = []
    for family, sizes in (("rooms", range(2, 9)), ("people", range(2, 6)), ("things", range(1, 6))):
        for size in sizes:
            rooms = size if family == "rooms" else 3
            people = size if family == "people" else 3
            things = size if family == "things" else 2
            file = folder / "worlds" / f"{family}-{size}.fab"
            file.write_text(world(rooms, people, things), encoding="utf-8")
            found.append(Instance(f"{family}-{size}", file, 1.0, (rooms + 4, rooms + 3, 1), size))
    return found


def world(rooms: int, people: int, things: int) -> str:
    """Return the text of a world: everybody wants a thing of their own, and only the first knows where hers is.

    Rooms stand in a grid of two rows; whoever is in a room sees what happens there; one may tell another where
    a thing is. The author wants the last person to have the last thing, which lies in the last room and of which only
    the first person knows.
    """
    names = [f"Person{i}" for i in range(people)]
    places = [f"Room{i}" for i in range(rooms)]
    goods = [f"Thing{i}" for i in range(things)]
    doors = [(a, b) for a, b in product(range(rooms), repeat=2) if _neighbours(a, b)]
    lines = [
        "// A generated world: people in a grid of rooms, things they want, and a secret.",
        "type place; type thing;",
        *(f"entity {name} : character;" for name in names),
        *(f"entity {name} : place;" for name in places),
        *(f"entity {name} : thing;" for name in goods),
        "property at(who : character) : place;",
        "property lies(what : thing) : place;",
        "property has(who : character, what : thing) : boolean;",
        "property door(from : place, to : place) : boolean;",
        *(f"door({places[a]}, {places[b]});" for a, b in doors),
        *(f"at({name}) = {places[0]};" for name in names),
        *(f"lies({thing}) = {places[-1 - i % rooms]};" for i, thing in enumerate(goods)),
        *(f"believes({name}, lies({goods[-1]})) = ?;" for name in names[1:]),
        *RULES,
        f"utility(): has({names[-1]}, {goods[-1]});",
        *(f"utility({name}): has({name}, {goods[i % things]});" for i, name in enumerate(names[:-1])),
        f"utility({names[-1]}): has({names[-1]}, {goods[-1]});",
    ]
    return "\n".join(lines) + "\n"


def _neighbours(a: int, b: int) -> bool:
    return abs(a // 2 - b // 2) + abs(a % 2 - b % 2) == 1


RULES = (
    """action go(who : character, from : place, to : place) {
    precondition: door(from, to) & at(who) == from;
    effect: at(who) = to;
    consenting: who;
    observing(c : character): at(c) == from | at(c) == to;
};""",
    """action take(who : character, what : thing, where : place) {
    precondition: at(who) == where & lies(what) == where;
    effect: lies(what) = ? & has(who, what);
    consenting: who;
    observing(c : character): at(c) == where;
};""",
    """action tell(who : character, whom : character, what : thing, where : place) {
    precondition: who != whom & at(who) == at(whom) & lies(what) == where;
    effect: believes(whom, lies(what) = where);
    observing(c : character): c == who | c == whom;
};""",
)
