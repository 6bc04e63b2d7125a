"""The title page: the world's words, and warnings, gate and length computed from what is told."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files

from fabula import __version__
from fabula.story.story import FrontMatter, Story
from fabula.tell.bank.bank import Bank
from fabula.tell.telling import Front, Paragraph, Spin, Unit

WORDS_A_MINUTE = 230
"""Silent reading of fiction, a round figure (Brysbaert 2019 has 260 for fiction, 238 for the rest)."""

_ORDERS = {
    "chronicle": "in the order of events",
    "in-medias-res": "from the middle of things",
    "surprise": "with its causes held back",
}


@cache
def _words() -> dict[str, str]:
    text = files("fabula.tell.english").joinpath("front.txt").read_text(encoding="utf-8")
    rows = [line.partition(": ") for line in text.splitlines() if line and not line.startswith("#")]
    return {key: value for key, _, value in rows}


def narrowed(story: Story, units: tuple[Unit, ...]) -> FrontMatter:
    """The front matter with warnings and gate of the told events only, and of the facts true around them."""
    told = sorted({e for u in units if u.kind != "ellipsis" for e in u.events})
    moments = sorted({m for e in told for m in (e, e + 1) if m < len(story.marks)})
    tags = [t for e in told for t in story.events[e].tags] + [t for m in moments for t in story.marks[m][1]]
    episodes = [story.events[e].reveals for e in told] + [story.marks[m][0] for m in moments]
    return replace(story.front, warnings=tuple(dict.fromkeys(tags)), gate=max(episodes, default=0))


def title_page(
    story: Story, bank: Bank, spin: Spin, units: tuple[Unit, ...], paragraphs: tuple[Paragraph, ...]
) -> Front:
    """Make the title page of a telling."""
    matter = narrowed(story, units)
    words = sum(len(p.text.split()) for p in paragraphs)
    minutes = max(1, round(words / WORDS_A_MINUTE))
    how = spin.name or _ORDERS[spin.order]
    how += f", from the head of {_name(bank, spin.viewpoint)}" if spin.viewpoint else ""
    values = {
        "warnings": ", ".join(matter.warnings), "gate": matter.gate, "words": f"{words:,}", "version": __version__,
        "minutes": "a minute" if minutes == 1 else f"{minutes} minutes", "world": story.world, "how": how, "seed": spin.seed,
    }  # fmt: skip
    wording = _words() | dict(bank.front)
    lines = [
        (k, wording.get(k) or getattr(matter, k))
        for k in ("title", "author", "note", "credits", "disclaimer")
    ]
    lines += [("warnings", wording["warnings"])] if matter.warnings else []
    lines += [("gate", wording["gate"])] if matter.gate else []
    lines += [("length", wording["length"]), ("made", wording["made"])]
    filled = tuple((k, _fill(text, values)) for k, text in lines if text)
    return Front(matter, words, minutes, dict(filled)["made"], filled)


def _name(bank: Bank, entity: str) -> str:
    return bank.names[entity].text if entity in bank.names else entity


def _fill(text: str, values: dict[str, object]) -> str:
    for key, value in values.items():
        text = text.replace("{" + key + "}", str(value))
    return text
