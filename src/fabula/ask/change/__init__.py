"""Worlds that are a little different: which changes there are, what they open and close, and how two worlds compare."""
