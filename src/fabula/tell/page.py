"""The paragraphs of a telling while they are being written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fabula.tell.telling import Paragraph, Sentence


@dataclass
class Page:
    """The paragraphs written so far. Mutable; the composer holds one per telling."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    open: bool = False

    def add(self, sentences: Sequence[Sentence], unit: int, join: bool = False) -> None:
        """Write sentences as a paragraph of their own, or at the end of the last one."""
        if not sentences:
            return
        if join and self.open and self.paragraphs:
            last = self.paragraphs[-1]
            self.paragraphs[-1] = Paragraph(last.sentences + tuple(sentences), last.unit)
        else:
            self.paragraphs.append(Paragraph(tuple(sentences), unit))
        self.open = True

    def narrates(self) -> bool:
        """Whether the last sentence is the narrator's."""
        last = self.paragraphs[-1].sentences[-1] if self.paragraphs else None
        return last is not None and last.mode == "narration"

    def alternates(self, speaker: str) -> bool:
        """Whether somebody has just answered this speaker: the next words are plainly the speaker's again."""
        last = [
            {p.speaker for s in par.sentences for p in s.pieces if p.mode == "speech"}
            for par in self.paragraphs[-2:]
        ]
        return len(last) == 2 and last[0] == {speaker} and len(last[1]) == 1 and last[1] != {speaker}

    def count(self) -> int:
        """Sentences so far."""
        return sum(len(p.sentences) for p in self.paragraphs)
