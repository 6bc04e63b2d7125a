"""World to Problem: no variables left, only numbers."""

from fabula.ground.from_world import ground

__all__ = ["ground"]
