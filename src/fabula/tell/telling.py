"""A telling: what is read; in narratology's word, the sjuzhet. Frozen nouns only.

| in a `Story` | in a `Telling` |
|---|---|
| event | unit: one or more events, told in one manner at one place |
| moment | frame: the tense in which the unit stands |
| fact | assertion of a sentence |
| character | focalizer, speaker |
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import Literal

from fabula.diagnostics.visible import visible
from fabula.frozen import dataclass
from fabula.story.story import Fact, FrontMatter, Word

Order = Literal["chronicle", "in-medias-res", "surprise"]
"""`chronicle`: as it happened. `in-medias-res`: opens late; what led there comes back as memories. `surprise`: as it happened, but what led to
one outcome is held back until it has come."""

Kind = Literal[
    "scene", "summary", "ellipsis", "pause", "flashback", "foreshadowing", "thought", "speech", "front"
]
"""How a unit stands to the time it covers (Genette 1972), or which voice it is."""

Mode = Literal["narration", "free indirect", "thought", "speech", "front"]

Frame = Literal["past", "pluperfect", "present", "perfect"]
"""Tense after Reichenbach (1947). `past`/`pluperfect` when telling looks back, `present`/`perfect` when it does not."""

Purpose = Literal["", "establish", "change", "reinforce", "remind"]
"""What a memory is for (Wu, Young & Christie 2016)."""


@dataclass(frozen=True, slots=True)
class Spin:
    """How a story is to be told; the reader's or author's choice, as data (the word is Curveship's, Montfort 2011).

    `viewpoint` is the character from whose head it is told, "" for a narrator who knows everything.
    `opens_at` is the action, or the index, of the event with which an `in-medias-res` telling opens; "" lets the engine
    choose. `words` is the wish, 0 for as long as the banks make it. `person` is the focalizer's.
    `seen` is the last episode the reader knows; events that give away more are left out (None: nothing is).
    """

    name: str = ""
    order: Order = "chronicle"
    viewpoint: str = ""
    opens_at: str = ""
    tense: Literal["past", "present"] = "past"
    person: Literal["first", "third"] = "third"
    words: int = 0
    seed: int = 0
    memory_share: float = 0.45
    memory_distance: int = 60
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """That `fact` has `value`: what a sentence claims, so that it can be held against what somebody knows."""

    fact: Fact
    value: Word


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the telling before it has words.

    `events` are indices into the story; `anchor` is the present event that called up a memory (else None);
    `order` is its place in the telling; `words` its share of the budget; `focalizer` "" means nobody.
    `reason` says why an `ellipsis` is left out; `brief` that a memory is told in a sentence.
    """

    kind: Kind
    events: tuple[int, ...]
    order: int
    frame: Frame = "past"
    words: int = 0
    focalizer: str = ""
    anchor: int | None = None
    purpose: Purpose = ""
    indices: tuple[str, ...] = ()
    reason: str = ""
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence in one voice. Speech keeps its quotation marks; thought has no asterisks."""

    text: str
    mode: Mode
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it comes from.

    `events` are those it tells of, `asserts` the facts it claims beyond their having happened. `mode` is the voice that marks it:
    speech or thought where there is any. `variant` names the authored clause (`strike/scene/2`) or the rule that made it.
    """

    pieces: tuple[Piece, ...]
    events: tuple[int, ...]
    asserts: tuple[Assertion, ...]
    mode: Mode
    frame: Frame
    variant: str
    speaker: str = ""
    language: str = "en"
    seed: int = 0

    @property
    def text(self) -> str:
        """The sentence as plain text, thoughts between asterisks."""
        return "".join(f"*{p.text}*" if p.mode == "thought" else p.text for p in self.pieces)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together, and the unit (index into `Telling.units`) they belong to."""

    sentences: tuple[Sentence, ...]
    unit: int

    @property
    def text(self) -> str:
        """The paragraph as plain text; thoughts that follow each other share their asterisks."""
        texts = [s.text for s in self.sentences]
        for i, (one, other) in enumerate(pairwise(self.sentences)):
            if one.pieces and other.pieces and one.pieces[-1].mode == other.pieces[0].mode == "thought":
                texts[i], texts[i + 1] = texts[i][:-1], texts[i + 1][1:]
        return " ".join(texts)


@dataclass(frozen=True, slots=True)
class Front:
    """The title page. `matter` is the world's, its warnings and gate narrowed to what is told here.

    `words` counts the story, `minutes` is the reading time at 230 words a minute; `made` says how it came to be.
    """

    matter: FrontMatter
    words: int = 0
    minutes: int = 0
    made: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    """(label, text) in the language of the telling, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is read: a title page, then paragraphs; with the plan (`units`) they were made from."""

    world: str
    spin: Spin
    front: Front
    units: tuple[Unit, ...]
    paragraphs: tuple[Paragraph, ...]
    language: str = "en"

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in the order of reading."""
        return tuple(s for p in self.paragraphs for s in p.sentences)

    def _repr_html_(self) -> str:
        """Show itself in a notebook: title and story; `fabula.present.html` makes a whole page."""
        title = dict(self.front.lines).get("title") or self.world
        paragraphs = (" ".join("".join(map(_shown, s.pieces)) for s in p.sentences) for p in self.paragraphs)
        lines = [f"<h3>{escape(visible(title))}</h3>", *(f"<p>{p}</p>" for p in paragraphs)]
        return "\n".join(['<div style="max-width: 40em">', *lines, "</div>"])


def _shown(piece: Piece) -> str:
    text = escape(visible(piece.text), quote=False)
    return f"<em>{text}</em>" if piece.mode == "thought" else text
