"""A telling polished paragraph by paragraph by whoever answers; any doubt keeps our text, and a diff shows what was changed."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.resources import files

from fabula.diagnostics.visible import visible
from fabula.frozen import dataclass
from fabula.story.story import Story
from fabula.tell.polish.doubts import LOCKED, Doubt, aligned
from fabula.tell.polish.held import Holder
from fabula.tell.telling import Paragraph, Sentence, Telling

Ask = Callable[[str, str], str]
"""Puts a task and a paragraph to a language model and returns what it writes. Raises NoAnswer."""

PATIENCE = 3
"""After so many paragraphs in a row without an answer nobody is asked any more."""


class NoAnswer(Exception):  # noqa: N818 - it is not an error that our own text is kept
    """Why there is nothing to read."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one paragraph: `doubt` says why it was kept ("" where it was not); `before` and `after` are its text."""

    paragraph: int
    before: str
    after: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Polished:
    """A telling after polishing, and a verdict for each paragraph that was sent."""

    telling: Telling
    verdicts: tuple[Verdict, ...]

    @property
    def changed(self) -> int:
        """How many paragraphs now read otherwise."""
        return sum(v.before != v.after for v in self.verdicts)

    def summary(self) -> str:
        """What was changed and what was kept, in a few lines."""
        if not self.verdicts:
            return "polished: nothing was sent, for only English narration can be"
        lines = [f"polished: {self.changed} of {len(self.verdicts)} paragraphs were changed"]
        reasons = Counter(v.doubt for v in self.verdicts if v.doubt)
        lines += [f"  {count} kept: {visible(reason)}" for reason, count in reasons.most_common(8)]
        lines += (
            [f"  {sum(c for _, c in reasons.most_common()[8:])} kept for other reasons"]
            if len(reasons) > 8
            else []
        )
        return "\n".join(lines)

    def diff(self) -> str:
        """Every changed sentence as a unified diff, one sentence a line; what was refused stands behind it as a remark."""
        lines = [line for v in self.verdicts for line in _difference(v)]
        return visible("\n".join(["--- ours", "+++ polished", *lines]) + "\n")


def _difference(verdict: Verdict) -> Iterator[str]:
    if verdict.doubt:
        yield f"# paragraph {verdict.paragraph + 1} was kept: {visible(verdict.doubt)}"
        return
    ours, theirs = ([*text.split("\n")] for text in (verdict.before, verdict.after))
    found = list(difflib.unified_diff(ours, theirs, lineterm="", n=0))[2:]
    yield from (
        f"@@ paragraph {verdict.paragraph + 1} @@" if line.startswith("@@") else line for line in found
    )


def polish(
    story: Story, telling: Telling, ask: Ask, names: Sequence[str] = (), mark: str = "polished"
) -> Polished:
    """Put every paragraph with narration in it to `ask`, and take what comes back where there is no doubt about it.

    `names` are the words by which people and things are called, beside their names in the story; `mark` is written behind the
    variant of each changed sentence. Only English is known well enough: another language comes back as it is, without a verdict.
    """
    if not telling.language.startswith("en"):
        return Polished(telling, ())
    holder = Holder.of([*names, *_vocabulary(story)], (p.text for p in telling.paragraphs))
    task = files("fabula.tell.polish").joinpath("prompt.txt").read_text(encoding="utf-8")
    paragraphs, verdicts = list(telling.paragraphs), []
    patient = _Patient(ask)
    for i, paragraph in enumerate(telling.paragraphs):
        if not any(map(_polishable, paragraph.sentences)):
            continue
        question = _question(telling.paragraphs[i - 1].text if i else "", paragraph)
        doubt = ""
        try:
            paragraphs[i] = aligned(paragraph, patient(task, question), holder, mark)
        except (Doubt, NoAnswer) as why:
            doubt = str(why)
        verdicts.append(Verdict(i, _lines(paragraph), _lines(paragraphs[i]), doubt))
    return Polished(replace(telling, paragraphs=tuple(paragraphs)), tuple(verdicts))


class _Patient:
    """Asks until nobody has answered for a while."""

    def __init__(self, ask: Ask) -> None:
        self.ask, self.left = ask, PATIENCE

    def __call__(self, task: str, text: str) -> str:
        """Ask. Raises NoAnswer."""
        if not self.left:
            raise NoAnswer("not sent, for nobody answers")
        self.left -= 1
        reply = self.ask(task, text)
        self.left = PATIENCE
        return reply


def _polishable(sentence: Sentence) -> bool:
    """Whether there is anything in a sentence that may be changed."""
    return sum(len(p.text.split()) for p in sentence.pieces if p.mode not in LOCKED) > 3


def _question(before: str, paragraph: Paragraph) -> str:
    return json.dumps(
        {"before": before, "sentences": [s.text for s in paragraph.sentences]}, ensure_ascii=False
    )


def _lines(paragraph: Paragraph) -> str:
    return "\n".join(s.text for s in paragraph.sentences)


def _vocabulary(story: Story) -> Iterator[str]:
    """The names of everybody and everything, of acts, facts and values: what the events and claims of a sentence are made of."""
    yield from (e.name for e in story.entities)
    for event in story.events:
        yield event.action
    for fact, value in story.moments[0].facts.get((), {}).items() if story.moments else ():
        yield fact.name
        if isinstance(value, str):
            yield value
