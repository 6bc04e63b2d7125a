"""Pictures of stories and tellings: SVG of our own, readable without colour, each with the table it shows."""

from fabula.present.picture.arcs import arcs
from fabula.present.picture.causes import causes
from fabula.present.picture.drawing import Picture, page
from fabula.present.picture.feelings import feelings
from fabula.present.picture.lanes import lanes
from fabula.present.picture.order import order
from fabula.present.picture.stories import stories

__all__ = ["Picture", "arcs", "causes", "feelings", "lanes", "order", "page", "stories"]
