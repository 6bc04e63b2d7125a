"""Story, bank and spin to telling: goes over the plan, chooses a clause for every unit and writes it down."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from fabula.story.story import Event, Story
from fabula.tell.bank.bank import ANYWHERE, Bank, Section, Variant, most_special
from fabula.tell.bank.clause import Line, Voice, refs
from fabula.tell.bank.condition import holds, pattern_fact
from fabula.tell.bank.joints import linked, plain_text, tagged, weighty
from fabula.tell.discourse.plan import opening, plan_units
from fabula.tell.discourse.view import Knowledge, View
from fabula.tell.english.names import Naming
from fabula.tell.english.plain import Plain
from fabula.tell.english.realise import Realiser
from fabula.tell.english.said import Said
from fabula.tell.english.verbs import Verb
from fabula.tell.front import title_page
from fabula.tell.page import Page
from fabula.tell.telling import Assertion, Frame, Mode, Sentence, Spin, Telling, Unit

LONG = 70
"""Words in a paragraph after which the next summary begins another."""
SHORT = 30
"""Up to so many words, a remembered event shares a paragraph with its neighbours."""
NEAR, TRIES = 0.06, 7
"""How near a telling must come to the words wished for, and how often it is written anew until it does."""
APART = 8
"""Sentences between two uses of one variant."""


class _Composer:
    """Writes one telling. Everything that must not repeat itself is remembered here."""

    def __init__(self, knowledge: Knowledge, bank: Bank, spin: Spin, room: int) -> None:
        """`room` is what the plan is allowed, in words; 0 for as many as it likes."""
        story = knowledge.story
        self.story, self.bank, self.spin, self.knowledge = story, bank, spin, knowledge
        self.chance = random.Random(f"{story.world} {spin.seed}")
        naming = Naming(bank, self.knowledge.types)
        self.realiser = Realiser(naming, self.chance, spin.viewpoint, spin.person == "first")
        self.plain = Plain(bank, self.knowledge, naming, self.chance, spin.viewpoint)
        self.units = plan_units(story, bank, replace(spin, words=room), knowledge)
        self.page = Page()
        self.used: dict[str, list[int]] = {}
        self.before: Event | None = None
        self.linked = -9
        present = [u.events[0] for u in self.units if u.kind in {"scene", "summary"}]
        self.first, self.last = (present[0], present[-1]) if present else (-1, -1)

    def tell(self) -> Telling:
        self._introduce()
        for kind, group in groupby(self.units, self._strand):
            units = list(group)
            if kind == "plain":
                self._plain_run(units)
            elif kind.startswith("memory"):
                self._memory(units)
            else:
                for unit in units:
                    self._unit(unit)
        if self.last >= 0 and not self._authored(self.last):
            self._write_said(self.plain.ending(), len(self.units) - 1, join=True)
        paragraphs = tuple(self.page.paragraphs)
        front = title_page(self.story, self.bank, self.spin, self.units, paragraphs)
        return Telling(self.story.world, self.spin, front, self.units, paragraphs, self.bank.language)

    def _strand(self, unit: Unit) -> str:
        """Units that are written in one go: a row told by the fallback, one memory, anything else."""
        if unit.anchor is not None:
            return f"memory {unit.anchor} {unit.indices}"
        if unit.kind in {"scene", "summary"} and not self._authored(unit.events[0]):
            return "plain"
        return "authored" if unit.kind != "ellipsis" else "none"

    def _authored(self, event: int) -> bool:
        prose = self.bank.actions.get(self.story.events[event].action, ANYWHERE)
        return bool(prose.of("scene") or prose.of("summary"))

    def _introduce(self) -> None:
        """Where the first act is told by the fallback, the reader is first told where everybody is."""
        if self.first >= 0 and not self._authored(self.first):
            told = [u.events[0] for u in self.units if u.kind in {"scene", "summary"}]
            self._write_said(self.plain.opening(told, opening(self.story, self.spin)), 0)
            self.page.open = False

    # --- units --------------------------------------------------------------------------------

    def _plain_run(self, units: list[Unit]) -> None:
        by_event = {u.events[0]: u for u in units}
        for i, said in enumerate(self.plain.run(list(by_event))):
            unit = by_event[said.events[0]]
            self._write_said([said], unit.order, join=i > 0 and not said.breaks, frame=unit.frame)

    def _write_said(
        self, said: Sequence[Said], unit: int, join: bool = False, frame: Frame | None = None
    ) -> None:
        for i, one in enumerate(said):
            if not (join or i):
                self.realiser.fresh()
            view = self._view(self.story.events[one.events[-1] if one.events else 0])
            pieces = self.realiser.line(one.line, view, frame or self._now(), "narration", "")
            sentence = Sentence(
                pieces, one.events, one.asserts, "narration", frame or self._now(), f"plain/{one.rule}",
                language=self.bank.language, seed=self.spin.seed,
            )  # fmt: skip
            self.page.add([sentence], unit, join or i > 0)

    def _now(self) -> Frame:
        return "past" if self.spin.tense == "past" else "present"

    def _unit(self, unit: Unit) -> None:
        event = self.story.events[unit.events[0]]
        if unit.kind == "ellipsis":
            return
        if unit.kind in {"thought", "speech"}:
            self._voices(unit, event)
            return
        sections: tuple[Section, ...] = ("summary",) if unit.kind == "summary" else ("scene", "summary")
        join = unit.kind == "summary" and self._after_summary(unit)
        if not join:
            self.realiser.fresh(frame=False)
        self._tell_event(unit, event, sections, join)
        self.plain.where, self.plain.actor = self.knowledge.place(self.spin.viewpoint, event.index + 1), ""

    def _after_summary(self, unit: Unit) -> bool:
        """Whether a summary goes on in the paragraph of the one before, until that has grown long."""
        before = self.page.paragraphs[-1].text.split() if self.page.paragraphs else []
        return unit.order > 0 and self.units[unit.order - 1].kind == "summary" and len(before) < LONG

    def _tell_event(self, unit: Unit, event: Event, sections: Sequence[Section], join: bool = False) -> None:
        view = self._view(event)
        if not join:
            self.realiser.fresh()
        for section in sections:
            variant = self._choose(event, (section,), view)
            if variant:
                link = self._link(event) if join and section == "summary" else ""
                self._write(linked(variant, link) if link else variant, view, unit, join)
                self.before = event
                return
        said = self.plain.one(event.index)
        self._write_said([said], unit.order, join, unit.frame)

    def _link(self, event: Event) -> str:
        """The word that leads from the event told before to a summary: *but* to what disappoints, *so* to what it moved somebody to do."""
        before, who = self.before, self._actor(event)
        known = before is not None and self.spin.viewpoint in {"", *before.observers}
        if before is None or not known or self.page.count() - self.linked < 4:
            return ""
        hoped = self.spin.viewpoint or self._actor(before)
        if self.knowledge.feelings.feels(hoped, "disappointment", "", event.index) and who != hoped:
            word = "But "
        elif who in event.consenting and who not in before.consenting and before.index in event.moved_by:
            word = "So "
        else:
            return ""
        self.linked = self.page.count()
        return word

    def _voices(self, unit: Unit, event: Event) -> None:
        """A speech, or what she thinks of it; after words that the other does not notice, the world's noise."""
        view = self._view(event)
        if self.spin.viewpoint and self.spin.viewpoint not in event.observers:
            return
        variant = self._choose(event, ("speech",) if unit.kind == "speech" else ("indirect", "thought"), view)
        if variant is None:
            return
        self._write(variant, view, unit, join=variant.section == "indirect" and unit.anchor is not None)
        others = [p for p in view.participants if p not in event.consenting]
        if unit.kind == "speech" and others and not set(others) & set(event.observers):
            noise = self._choose(event, ("noise",), view)
            if noise:
                self._write(noise, view, unit, join=False)

    def _memory(self, units: list[Unit]) -> None:
        """A memory: a line that lets it in, its events, and a line that ends it."""
        anchor = units[0].anchor
        assert anchor is not None
        view = self._view(self.story.events[anchor])
        motifs = {i.removeprefix("motif ") for i in units[0].indices if i.startswith("motif ")}
        now = replace(units[0], frame=self._now())
        doors = not self._reported(units)
        recall = self._choose(view.event, ("recall",), view, motifs) if doors else None
        if recall:
            spoken = any(isinstance(p, Voice) for p in recall.clause[0][0])
            follows = self.page.narrates() and not spoken and self._told(anchor, units[0].order)
            self._write(recall, view, now, join=follows)
        self.page.open = False
        self.realiser.fresh()
        begun = len(self.page.paragraphs)
        for unit in units:
            self._remember(unit, sum(len(p.text.split()) for p in self.page.paragraphs[begun:]))
        self.page.open = False
        self.realiser.fresh()
        back = self._choose(view.event, ("return",), view, motifs) if doors else None
        if back and units[-1].order < len(self.units) - 1:
            self._write(back, view, now, join=False)
            self.page.open = False

    def _reported(self, units: Sequence[Unit]) -> bool:
        """Whether they are what she learns from an act that was told in a sentence: no memory, and no door to one."""
        brief = any(u.kind == "summary" and u.events == (units[0].anchor,) for u in self.units)
        return brief and all(self.knowledge.learned(u.events[0], u.focalizer) == u.anchor for u in units)

    def _told(self, event: int, order: int) -> bool:
        """Whether an event stands before a place in the telling; one from which she learns of another comes after it."""
        return any(u.events == (event,) and u.anchor is None for u in self.units[:order])

    def _remember(self, unit: Unit, before: int) -> None:
        """Tell an event of a memory, of which `before` words have been told."""
        event = self.story.events[unit.events[0]]
        if unit.kind == "thought":
            self._voices(unit, event)
            return
        seen = not self.spin.viewpoint or self.spin.viewpoint in event.observers
        brief = unit.brief or not seen
        self._tell_event(
            unit,
            event,
            ("summary",) if brief else ("memory", "summary"),
            join=min(unit.words, before) <= SHORT,
        )

    # --- clauses ------------------------------------------------------------------------------

    def _view(self, event: Event) -> View:
        prose = self.bank.actions.get(event.action, ANYWHERE)
        roles = dict(zip(prose.roles, event.arguments, strict=False))
        return View(
            self.knowledge,
            event,
            self.spin.viewpoint,
            roles,
            event.index == self.first,
            event.index == self.last,
        )

    def _candidates(self, event: Event, section: Section) -> Iterator[Variant]:
        yield from self.bank.actions.get(event.action, ANYWHERE).of(section)
        yield from self.bank.anywhere.of(section)

    def _choose(
        self, event: Event, sections: Sequence[Section], view: View, motifs: set[str] | None = None
    ) -> Variant | None:
        """Choose by chance among the most special variants that may be told here; unused ones are likelier.

        Seed 0 leaves nothing to chance: it takes what the author put first.
        """
        now = self.page.count()
        found = [
            v
            for section in sections
            for v in self._candidates(event, section)
            if self._may(v, view) and (motifs is None or not v.motifs or v.motifs & motifs)
            if now - self.used.get(v.id, [-99])[-1] > APART
        ]
        if not found:
            return None
        found = most_special(found, motifs or set())
        uses = [len(self.used.get(v.id, [])) for v in found]
        if self.spin.seed == 0:
            return found[uses.index(min(uses))]
        return self.chance.choices(found, [1 / (1 + 6 * n) for n in uses])[0]

    def _may(self, variant: Variant, view: View) -> bool:
        """Whether a variant may be told here: its conditions hold, it is not spent, and it claims nothing that she cannot."""
        if (variant.once and variant.id in self.used) or not all(holds(c, view) for c in variant.conditions):
            return False
        if not self.spin.viewpoint and any(r.name == "viewpoint" for r in refs(variant.clause)):
            return False
        wrongly = variant.section in {"indirect", "thought"}
        if variant.section == "speech" and self._echoes(variant, view.event.index):
            return False
        return all(
            view.may_claim(fact, value, wrongly)
            for _, fact, value in (pattern_fact(p, view) for p in variant.says)
        )

    def _echoes(self, variant: Variant, event: int) -> bool:
        """Whether a scene has said by itself most of what a speech after it would say."""
        here = [s.text for p in self.page.paragraphs[-12:] for s in p.sentences if event in s.events]
        said, would = weighty(" ".join(here)), weighty(plain_text(variant.clause))
        return len(said & would) * 2 >= len(would) > 0

    def _write(self, variant: Variant, view: View, unit: Unit, join: bool) -> None:
        event = view.event
        asserts = tuple(Assertion(f, v) for _, f, v in (pattern_fact(p, view) for p in variant.says))
        base: Mode = "free indirect" if variant.section == "indirect" else "narration"
        speaker = view.entity(variant.speaker) if variant.speaker else self._actor(event)
        frames = self._frames(unit)
        for i, paragraph in enumerate(variant.clause):
            sentences = []
            if i or not join:
                self.realiser.mentions.open()
            for line in paragraph:
                spoken = self._voiced(line, variant, speaker)
                frame = next(frames) if _has_verb(spoken) else unit.frame
                pieces = self.realiser.line(spoken, view, frame, base, speaker)
                voice = next((p for p in pieces if p.mode in {"speech", "thought"}), None)
                sentences.append(
                    Sentence(
                        pieces,
                        (event.index,),
                        asserts,
                        voice.mode if voice else base,
                        frame,
                        variant.id,
                        voice.speaker if voice else "",
                        self.bank.language,
                        self.spin.seed,
                    )
                )
            self.page.add(sentences, unit.order, join and i == 0)
        self.used.setdefault(variant.id, []).append(self.page.count())

    def _frames(self, unit: Unit) -> Iterator[Frame]:
        """A memory opens one step further back and then goes on in the plain past."""
        yield unit.frame
        while True:
            yield "past" if unit.frame == "pluperfect" else unit.frame

    def _actor(self, event: Event) -> str:
        return next(
            (a for a in event.arguments if a in event.consenting),
            event.arguments[0] if event.arguments else "",
        )

    def _voiced(self, line: Line, variant: Variant, speaker: str) -> Line:
        """A thought is a thought without asterisks; a speech without a tag gets one, unless two alternate."""
        if variant.section == "thought" and not any(isinstance(p, Voice) for p in line):
            return (Voice("thought", "", line),)
        bare = variant.section == "speech" and variant.speaker and len(line) == 1
        if bare and isinstance(line[0], Voice) and not self.page.alternates(speaker):
            return tagged(line[0], variant.speaker)
        return line


def _has_verb(line: Line) -> bool:
    return any(isinstance(p, Verb) for p in line)


def tell(story: Story, bank: Bank, spin: Spin, knowledge: Knowledge | None = None) -> Telling:
    """Tell a story: plan it, choose the clauses, write the title page. The same arguments give the same telling, byte for byte.

    What a plan costs in words shows only when it has been written down. So where a spin wishes for a number of words, a plan that misses it is
    made anew with more or less room, a few times, and the nearest telling is kept. Whoever tells one story often hands its `knowledge` on.
    """
    knowledge = knowledge or Knowledge(story)
    room = spin.words
    best = told = _Composer(knowledge, bank, spin, room).tell()
    short, long = (0, 0), (0, 0)
    for _ in range(TRIES if spin.words else 0):
        words = told.front.words
        if abs(best.front.words - spin.words) <= spin.words * NEAR or short == (room, words):
            break
        short, long = (max(short, (room, words)), long) if words < spin.words else (short, (room, words))
        guess = (
            (short[0] + long[0]) // 2 if short[0] and long[0] else round(room * spin.words / max(words, 1))
        )
        room, before = max(1, guess), words
        told = _Composer(knowledge, bank, spin, room).tell()
        if before == told.front.words < spin.words and not long[0]:
            break
        best = min(best, told, key=lambda t: abs(t.front.words - spin.words))
    return best
