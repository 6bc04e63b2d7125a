"""Worlds of our own that grow: a grid of rooms, people in it, things that they want, and secrets about some of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

from benchmarks.measure import Instance

USUAL = {"rooms": 4, "people": 3, "things": 3, "secrets": 2}
"""How many there are of what does not grow; secrets are things, too."""
SIZES = {"rooms": range(2, 13), "people": range(2, 9), "things": range(2, 9), "secrets": range(1, 7)}


def families(folder: Path) -> dict[str, list[Instance]]:
    """Write worlds of growing size into a folder: rooms, people, things or secrets grow, one at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    return {family: [_grown(folder, family, size) for size in sizes] for family, sizes in SIZES.items()}


def _grown(folder: Path, family: str, size: int) -> Instance:
    many = {**USUAL, family: size}
    many["things"] = max(many["things"], many["secrets"])
    file = folder / f"{family}-{size}.fab"
    file.write_text(world(**many), encoding="utf-8")
    way = _way(many["rooms"])
    acts = 2 * many["secrets"] + way * min(many["secrets"], many["people"] - 1)
    return Instance(f"{family}-{size}", file, many["secrets"], (acts + 1, way + 2, 1), size)


def _way(rooms: int) -> int:
    """How many doors there are between the first room and the last."""
    return (rooms - 1) // 2 + (rooms - 1) % 2


def world(rooms: int, people: int, things: int, secrets: int) -> str:
    """Return the text of a world in which secrets must be told for everybody to get what the author wants them to have.

    Rooms stand in a grid of two rows; all people are in the first. The last `secrets` things lie in the last room; only
    the first person knows, and the others want them. The other things lie here and there, everybody
    knows where, and somebody wants each. Whoever is in a room sees what happens there; one may tell another where a thing is.
    """
    names = [f"Person{i}" for i in range(people)]
    places = [f"Room{i}" for i in range(rooms)]
    goods = [f"Thing{i}" for i in range(things)]
    hidden = goods[things - secrets :]
    doors = [(a, b) for a, b in product(range(rooms), repeat=2) if _neighbours(a, b)]
    lie = {thing: places[-1] if thing in hidden else places[i % rooms] for i, thing in enumerate(goods)}
    wanted = [(names[1 + i % (people - 1)], thing) for i, thing in enumerate(hidden)]
    others = [(names[i % people], thing) for i, thing in enumerate(goods) if thing not in hidden]
    lines = [
        "// A generated world: people in a grid of rooms, things they want, and secrets about some of them.",
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
        *(f"lies({thing}) = {place};" for thing, place in lie.items()),
        *(f"believes({name}, lies({thing})) = ?;" for name in names[1:] for thing in hidden),
        *RULES,
        f"utility(): {_count(wanted)};",
        *(f"utility({n}): {_count([w for w in (*wanted, *others) if w[0] == n])};" for n in names),
    ]
    return "\n".join(lines) + "\n"


def _count(wishes: Sequence[tuple[str, str]]) -> str:
    """Write how many of these people have these things."""
    return " + ".join(f"(if(has({name}, {thing})) 1 else 0)" for name, thing in wishes) or "0"


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
