"""Clause banks: the prose that authors write for a world, and how it is read."""
