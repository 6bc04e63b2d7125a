"""The stages in a row: read, ground, solve, recount, tell. The only room besides the edge that reads files.

Each stage is a module of its own, so that a command loads no more than it needs.
"""
