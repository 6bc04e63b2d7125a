"""Polishing by a language model: our sentences go out, and what comes back is kept only where it cannot have changed what is told."""

from fabula.tell.polish.polish import Ask, NoAnswer, Polished, Verdict, polish

__all__ = ["Ask", "NoAnswer", "Polished", "Verdict", "polish"]
