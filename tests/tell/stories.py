"""Stories to test tellings with, built from a few words per event: no search, no world file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fabula.story.story import (
    Change,
    Entity,
    Event,
    Fact,
    FrontMatter,
    Intended,
    Mind,
    Moment,
    Motive,
    Story,
    Word,
)

Facts = Mapping[str, Word]


def fact(text: str, value: Word = None) -> Fact:
    """Read `at(Ann)` as a fact; the kind follows from a value."""
    name, _, arguments = text.rstrip(")").partition("(")
    kind: Literal["boolean", "number", "entity"] = (
        "boolean" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "entity"
    )
    return Fact(name, tuple(a.strip() for a in arguments.split(",") if a.strip()), kind)


@dataclass
class Act:
    """One event of a literal: `by` chose it, `seen` noticed it (None: everybody), `then` is what it changes.

    `minds` are beliefs that it changes beyond what is seen; `plans` maps a character to the acts she means to do, the first of them
    this one, as `name(Argument, …)`; `came` to what became of it.
    """

    text: str
    by: Sequence[str] = ()
    seen: Sequence[str] | None = None
    then: Facts = field(default_factory=dict)
    minds: Mapping[str, Facts] = field(default_factory=dict)
    plans: Mapping[str, Sequence[str]] = field(default_factory=dict)
    came: Mapping[str, str] = field(default_factory=dict)
    causes: Sequence[int] = ()
    utility: Mapping[str, float] = field(default_factory=dict)
    reveals: int = 0
    tags: Sequence[str] = ()


def intended(text: str, character: str) -> Intended:
    """Read an intended act; `Bob: give(Bob, Ann)` names another who does it."""
    by, _, act = text.rpartition(": ")
    name, _, arguments = act.rstrip(")").partition("(")
    return Intended(name, tuple(a.strip() for a in arguments.split(",") if a.strip()), (by or character,))


def build(
    world: str, people: Sequence[str], things: Mapping[str, str], start: Facts, beliefs: Mapping[str, Facts], acts: Sequence[Act],
    front: FrontMatter | None = None, types: Mapping[str, Sequence[str]] | None = None,
) -> Story:  # fmt: skip
    """Build a story: states follow from the acts, and who sees an act believes what it changes."""
    entities = [Entity(p, (*(types or {}).get(p, ()), "character", "entity")) for p in people]
    entities += [Entity(t, (*kind.split(), "entity")) for t, kind in things.items()]
    state: dict[Mind, dict[Fact, Word]] = {(): {fact(k, v): v for k, v in start.items()}}
    for p in people:
        state[p,] = {**state[()], **{fact(k, start.get(k, v)): v for k, v in beliefs.get(p, {}).items()}}
    utility: dict[str, float | None] = dict.fromkeys(people, 0.0)
    moments = [Moment({m: dict(f) for m, f in state.items()}, dict(utility), dict(utility), 0.0)]
    events = []
    for i, act in enumerate(acts):
        seen = tuple(people if act.seen is None else act.seen)
        changes = _apply(state, act, seen)
        utility.update(act.utility)
        one = intended(act.text, "")
        motives = tuple(
            Motive(c, tuple(intended(s, c) for s in plan), 0.0, 1.0, act.came.get(c, "fulfilled"))  # type: ignore[arg-type]
            for c, plan in act.plans.items()
        )
        events.append(
            Event(
                i,
                one.action,
                one.arguments,
                tuple(act.by),
                seen,
                changes,
                tuple(act.causes),
                motives,
                act.reveals,
                tuple(act.tags),
            )
        )
        moments.append(Moment({m: dict(f) for m, f in state.items()}, dict(utility), dict(utility), 0.0))
    return Story(world, front or FrontMatter(), tuple(entities), tuple(events), tuple(moments))


def _apply(state: dict[Mind, dict[Fact, Word]], act: Act, seen: Sequence[str]) -> tuple[Change, ...]:
    changes = []
    targets: list[tuple[Mind, Facts]] = [((), act.then), *(((p,), act.then) for p in seen)]
    targets += [((p,), facts) for p, facts in act.minds.items()]
    for mind, facts in targets:
        for text, value in facts.items():
            one = next((f for f in state[()] if str(f) == text), fact(text, value))
            before = state[mind].get(one)
            state[mind][one] = value
            if before != value:
                changes.append(Change(mind, one, before, value))
    return tuple(changes)


def shopping() -> Story:
    """Two acts: somebody goes to buy something."""
    return build(
        "errand", ["Tom", "Merchant"], {"Cottage": "place location", "Market": "place location", "Potion": "item"},
        {"at(Tom)": "Cottage", "at(Merchant)": "Market", "at(Potion)": "Merchant", "alive(Tom)": True},
        {"Merchant": {"at(Tom)": None}},
        [
            Act("walk(Tom, Cottage, Market)", ["Tom"], None, {"at(Tom)": "Market"},
                plans={"Tom": ["walk(Tom, Cottage, Market)", "buy(Tom, Potion, Merchant)"]}),
            Act("buy(Tom, Potion, Merchant)", ["Tom", "Merchant"], None, {"at(Potion)": "Tom"},
                plans={"Tom": ["buy(Tom, Potion, Merchant)"], "Merchant": ["buy(Tom, Potion, Merchant)"]}, causes=[0]),
        ],
    )  # fmt: skip


def hunt() -> Story:
    """One person's chain of acts; fate gives the reason."""
    seen = ["Bess"]
    plan = [
        "pickup(Bess, Gun, Farm)",
        "load(Bess, Gun, Shells)",
        "walk(Bess, Farm, Wood)",
        "shoot(Bess, Stag, Gun, Wood)",
        "eat(Bess, Stag, Wood)",
    ]
    return build(
        "hunt", ["Bess", "Stag"], {"Farm": "place location", "Wood": "place location", "Gun": "gun container item", "Shells": "item"},
        {"at(Bess)": "Farm", "at(Stag)": "Wood", "at(Gun)": "Farm", "at(Shells)": "Farm", "hungry(Bess)": False, "alive(Stag)": True},
        {},
        [
            Act("decide_to_eat(Bess)", [], seen, {"hungry(Bess)": True}),
            Act(plan[0], ["Bess"], seen, {"at(Gun)": "Bess"}, plans={"Bess": plan}, causes=[0]),
            Act("pickup(Bess, Shells, Farm)", ["Bess"], seen, {"at(Shells)": "Bess"}, plans={"Bess": plan}),
            Act(plan[1], ["Bess"], seen, {"at(Shells)": "Gun"}, plans={"Bess": plan[1:]}),
            Act(plan[2], ["Bess"], None, {"at(Bess)": "Wood"}, plans={"Bess": plan[2:]}),
            Act(plan[3], ["Bess"], None, {"alive(Stag)": False}, plans={"Bess": plan[3:]}),
            Act(plan[4], ["Bess"], ["Bess"], {"hungry(Bess)": False, "at(Stag)": None}, plans={"Bess": plan[4:]}),
        ],
        types={"Stag": ["animal"]},
    )  # fmt: skip


def tragedy() -> Story:
    """The bones of a tragedy told from one head: hearsay, fights, a fall, a false hope, a sacrifice."""
    rescue = ["persuade(Kyoko, Madoka)", "go_in(Kyoko, Madoka)", "Madoka: call(Madoka, Octavia)"]
    last = ["free_gem(Kyoko)", "kneel(Kyoko)", "break_gem(Kyoko, Octavia)"]
    inside = ["Kyoko", "Madoka", "Octavia"]
    two = ["Kyoko", "Sayaka"]
    front = FrontMatter("Never Alone", "the fabula authors", "A note.", "Credits.", "A disclaimer.")
    return build(
        "never-alone", ["Kyoko", "Sayaka", "Madoka", "Homura", "Kyubey", "Octavia"],
        {"Alley": "place", "Church": "place", "Labyrinth": "place"},
        {"at(Kyoko)": "Church", "at(Sayaka)": "Alley", "at(Madoka)": "Alley", "at(Homura)": "Alley", "at(Octavia)": "Labyrinth",
         "bond(Kyoko, Sayaka)": 0.0, "weak(Sayaka)": False, "hears(Octavia)": False, "alive(Kyoko)": True, "witch(Sayaka)": False,
         "wall()": False, "conscious(Madoka)": True, "knows_wish(Sayaka, Kyoko)": False},
        {"Kyoko": {"hears(Octavia)": True, "weak(Sayaka)": True}},
        [
            Act("hear_rumour(Kyubey, Kyoko)", ["Kyubey"], ["Kyubey", "Kyoko"], {}, minds={"Kyoko": {"weak(Sayaka)": True}}),
            Act("fight(Kyoko, Sayaka)", two, two, {"at(Kyoko)": "Alley"}, causes=[0]),
            Act("get_up(Sayaka, Kyoko)", ["Sayaka"], two, {"bond(Kyoko, Sayaka)": 1.0}, minds={"Kyoko": {"weak(Sayaka)": False}}, causes=[1]),
            Act("taunt(Kyoko, Sayaka)", ["Kyoko"], two, {}, causes=[2]),
            Act("get_up(Sayaka, Kyoko)", ["Sayaka"], two, {"bond(Kyoko, Sayaka)": 2.0}, causes=[3]),
            Act("tell_own_wish(Kyoko, Sayaka)", ["Kyoko"], two, {"knows_wish(Sayaka, Kyoko)": True, "bond(Kyoko, Sayaka)": 3.0}, causes=[4], reveals=7),
            Act("learn_truth(Sayaka, Kyubey)", ["Kyubey"], ["Sayaka", "Kyubey"], {}, causes=[5]),
            Act("fall(Sayaka, Octavia)", [], two, {"witch(Sayaka)": True}, causes=[6], reveals=8, tags=["despair"], utility={"Kyoko": -1.0}),
            Act(rescue[0], ["Kyoko", "Madoka"], ["Kyoko", "Madoka"], {}, plans={"Kyoko": rescue}, came={"Kyoko": "failed"}, causes=[5, 7]),
            Act(rescue[1], ["Kyoko", "Madoka"], ["Kyoko", "Madoka"], {"at(Kyoko)": "Labyrinth", "at(Madoka)": "Labyrinth"}, plans={"Kyoko": rescue[1:]}, came={"Kyoko": "failed"}, causes=[8]),
            Act("call(Madoka, Octavia)", ["Madoka"], ["Kyoko", "Madoka"], {}, causes=[9]),
            Act("strike(Octavia, Madoka)", ["Octavia"], inside, {"conscious(Madoka)": False}, minds={"Kyoko": {"hears(Octavia)": False}}, causes=[10], reveals=9, utility={"Kyoko": -2.0}),
            Act("arrive(Homura)", ["Homura"], ["Homura", "Kyoko"], {"at(Homura)": "Labyrinth"}, causes=[11]),
            Act("entrust(Kyoko, Homura, Madoka)", ["Kyoko", "Homura"], ["Kyoko", "Homura"], {}, causes=[12], reveals=9),
            Act("raise_wall(Kyoko)", ["Kyoko"], ["Kyoko", "Homura"], {"wall()": True}, causes=[13]),
            Act("carry_off(Homura, Madoka)", ["Homura"], ["Homura", "Kyoko"], {"at(Madoka)": "Alley"}, causes=[13, 14]),
            Act(last[0], ["Kyoko"], ["Kyoko"], {}, plans={"Kyoko": last}, causes=[15]),
            Act(last[1], ["Kyoko"], ["Kyoko"], {}, plans={"Kyoko": last[1:]}, causes=[16]),
            Act("confess(Kyoko, Octavia)", ["Kyoko"], ["Kyoko"], {}, causes=[5, 17]),
            Act(last[2], ["Kyoko"], ["Kyoko", "Octavia"], {"alive(Kyoko)": False}, plans={"Kyoko": last[2:]}, causes=[16, 17], reveals=9, tags=["death", "sacrifice"]),
        ],
        front,
    )  # fmt: skip
