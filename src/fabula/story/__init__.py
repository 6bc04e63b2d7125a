"""Outcome and World to Story: events, causes, motives and who knew what."""
