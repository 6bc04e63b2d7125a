"""Telling to text, page, book and picture; touches neither disk nor network."""
