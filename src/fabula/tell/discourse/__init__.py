"""Discourse: what is told, in which order, from whose head, called up by what."""
