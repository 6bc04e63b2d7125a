"""Answers in a notebook."""

import importlib
import pkgutil

import fabula.ask


def answers() -> list[type]:
    """Return every class of `ask` that writes itself as text: those are what a question is answered with."""
    names = [m.name for m in pkgutil.walk_packages(fabula.ask.__path__, "fabula.ask.")]
    classes = (vars(importlib.import_module(name)).values() for name in names)
    every = {
        c
        for members in classes
        for c in members
        if isinstance(c, type) and c.__module__.startswith("fabula.ask")
    }
    return sorted((c for c in every if "__str__" in vars(c)), key=lambda c: c.__name__)


def test_every_answer_shows_itself_in_a_notebook() -> None:
    """Whatever can be printed can be shown as a table, too."""
    found = answers()
    assert {"Verdicts", "WhyNot", "Why", "Comparison", "Answer", "LastResort", "Ledger", "Map", "Space"} <= {
        c.__name__ for c in found
    }
    assert [c.__name__ for c in found if not hasattr(c, "_repr_html_")] == []
