"""fabula finds the story that a written world's rules make happen, and tells it."""

__version__ = "0.1.0"
