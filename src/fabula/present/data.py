"""A telling as JSON: every sentence with where it comes from, every event with its reasons and who knew of it."""

from __future__ import annotations

import json as standard
from typing import Any

from fabula.present.origin import Origins
from fabula.story.story import Change, Event, Motive, Story
from fabula.tell.telling import Sentence, Telling, Unit

VERSION = 1
"""Of this format; it changes when a field changes its meaning or goes."""


def _sentence(origins: Origins, sentence: Sentence) -> dict[str, Any]:
    claims = (origins.claim(sentence, assertion) for assertion in sentence.asserts)
    return {
        "text": sentence.text,
        "events": list(sentence.events),
        "asserts": [
            {
                "fact": str(claim.fact),
                "value": claim.value,
                "so": claim.so,
                "believed_by": list(claim.believers),
                "not_believed_by": list(claim.doubters),
            }
            for claim in claims
        ],
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


def _event(origins: Origins, event: Event) -> dict[str, Any]:
    knowing = origins.knowing(event.index)
    return {
        "event": str(event),
        "consenting": list(event.consenting),
        "seen_by": list(knowing.seen),
        "learned_by": [{"character": who, "event": at} for who, at in knowing.later],
        "never_known_by": list(knowing.never),
        "causes": list(event.causes),
        "motives": [_motive(motive) for motive in event.motives],
        "changes": [_change(change) for change in event.changes],
        "feelings": [
            {"character": f.character, "feeling": f.name, "toward": f.toward, "strength": f.strength}
            for f in origins.feelings(event.index)
        ],
        "bonds": [
            {"character": m.character, "toward": m.toward, "before": m.before, "after": m.after, "why": m.why}
            for m in origins.bonds(event.index)
        ],
        "reveals": event.reveals,
        "tags": list(event.tags),
    }


def _motive(motive: Motive) -> dict[str, Any]:
    return {
        "character": motive.character,
        "plan": [str(step) for step in motive.plan],
        "before": motive.before,
        "hoped": motive.hoped,
        "came": motive.came,
        "mistaken": [{"fact": str(m.fact), "believed": m.believed, "true": m.true} for m in motive.mistaken],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "mind": list(change.mind),
        "fact": str(change.fact),
        "before": change.before,
        "after": change.after,
    }


def json(telling: Telling, story: Story) -> str:
    """A telling as JSON text, in the order of reading, ending with a newline."""
    return standard.dumps(data(telling, story), ensure_ascii=False, indent=1) + "\n"


def data(telling: Telling, story: Story) -> dict[str, Any]:
    """A telling as data, in the order of reading."""
    spin, matter, origins = telling.spin, telling.front.matter, Origins(story, telling)
    return {
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
            {"unit": p.unit, "sentences": [_sentence(origins, s) for s in p.sentences]}
            for p in telling.paragraphs
        ],
        "events": [_event(origins, event) for event in story.events],
    }
