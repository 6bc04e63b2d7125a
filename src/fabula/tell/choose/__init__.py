"""Choosing: which of many valid stories deserve to be told, by scores that are shown, and which of them differ."""

from fabula.tell.choose.choice import FITS, Choice, choose, weigh
from fabula.tell.choose.distance import Traits, distance, traits, twins
from fabula.tell.choose.score import SCORES, Scores, score
from fabula.tell.choose.shape import SHAPES, Shape, arc, fit, fortune, hero, nearest

__all__ = [
    "FITS", "SCORES", "SHAPES", "Choice", "Scores", "Shape", "Traits", "arc", "choose", "distance", "fit", "fortune", "hero", "nearest",
    "score", "traits", "twins", "weigh",
]  # fmt: skip
