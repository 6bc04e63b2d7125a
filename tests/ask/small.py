"""Small worlds for the questions that can be asked of one."""

from __future__ import annotations

from fabula.ground import ground
from fabula.ground.problem import Problem
from fabula.language.parse import parse
from fabula.language.tree import Tree
from fabula.model.from_tree import resolve
from fabula.model.world import World
from fabula.search.outcome import Limits

LIMITS = Limits(-1, 4, 2)

PIE = """
type place;
entity Ada : character;
entity Ben : character;
entity Kitchen : place;
entity Cellar : place;
property at(who : character) : place;
property pie(where : place) : boolean;
property fed(who : character) : boolean;
property steps(who : character) : number;
at(Ada) = Kitchen; at(Ben) = Cellar; pie(Kitchen);
action walk(who : character, where : place) {
    precondition: at(who) != where;
    effect: at(who) = where & steps(who) = steps(who) + 1;
    consenting: who;
};
action eat(who : character, where : place) {
    precondition: at(who) == where & pie(where) & !fed(who);
    effect: fed(who) & !pie(where);
    consenting: who;
    observing(c : character): at(c) == where;
};
utility(Ada): fed(Ada);
utility(Ben): fed(Ben);
utility(): fed(Ada);
"""
"""Two people, one pie. Ben can be wrong about whether there is any left."""


def world(text: str) -> World:
    """Read and resolve a world without imports."""
    return resolve(parse(text, "world.fab"), _none)[0]


def problem(text: str) -> Problem:
    """Read, resolve and ground a world without imports."""
    return ground(world(text))


def _none(path: str, source: str) -> Tree:
    raise FileNotFoundError(path, source)
