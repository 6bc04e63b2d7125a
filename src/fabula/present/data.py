"""A telling as JSON: every sentence with where it comes from."""

from __future__ import annotations

import json as standard
from typing import Any

from fabula.tell.telling import Sentence, Telling, Unit

VERSION = 1
"""Of this format; it changes when a field changes its meaning or goes."""


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "events": list(sentence.events),
        "asserts": [{"fact": str(a.fact), "value": a.value} for a in sentence.asserts],
        "mode": sentence.mode,
        "speaker": sentence.speaker,
        "frame": sentence.frame,
        "language": sentence.language,
        "variant": sentence.variant,
        "seed": sentence.seed,
        "pieces": [{"text": p.text, "mode": p.mode, "speaker": p.speaker} for p in sentence.pieces],
    }


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "kind": unit.kind,
        "events": list(unit.events),
        "order": unit.order,
        "frame": unit.frame,
        "focalizer": unit.focalizer,
        "anchor": unit.anchor,
        "purpose": unit.purpose,
        "called_by": list(unit.indices),
        "reason": unit.reason,
    }


def json(telling: Telling) -> str:
    """A telling as JSON text, in the order of reading, ending with a newline."""
    spin = telling.spin
    matter = telling.front.matter
    data = {
        "format": VERSION,
        "world": telling.world,
        "language": telling.language,
        "spin": {name: getattr(spin, name) for name in spin.__dataclass_fields__},
        "front": {
            "lines": dict(telling.front.lines),
            "warnings": list(matter.warnings),
            "gate": matter.gate,
            "words": telling.front.words,
            "minutes": telling.front.minutes,
        },
        "units": [_unit(u) for u in telling.units],
        "paragraphs": [
            {"unit": p.unit, "sentences": [_sentence(s) for s in p.sentences]} for p in telling.paragraphs
        ],
    }
    return standard.dumps(data, ensure_ascii=False, indent=1) + "\n"
