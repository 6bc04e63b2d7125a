"""Turns an authored clause into sentences: chooses name or pronoun, bends the verbs, gives every voice its piece."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import field

from fabula.frozen import dataclass
from fabula.tell.bank.bank import Name
from fabula.tell.bank.clause import Choice, Line, Part, Ref, Voice
from fabula.tell.bank.condition import Situation
from fabula.tell.english.names import Naming
from fabula.tell.english.verbs import Person, Verb, inflect
from fabula.tell.english.words import capitalise, typeset
from fabula.tell.telling import Frame, Mode, Piece

PRONOUNS: dict[str, dict[str, str]] = {
    "I": {"subject": "I", "object": "me", "possessive": "my", "absolute": "mine", "reflexive": "myself"},
    "he": {"subject": "he", "object": "him", "possessive": "his", "absolute": "his", "reflexive": "himself"},
    "she": {
        "subject": "she",
        "object": "her",
        "possessive": "her",
        "absolute": "hers",
        "reflexive": "herself",
    },
    "it": {"subject": "it", "object": "it", "possessive": "its", "absolute": "its", "reflexive": "itself"},
    "they": {
        "subject": "they",
        "object": "them",
        "possessive": "their",
        "absolute": "theirs",
        "reflexive": "themselves",
    },
}
JOINED = re.compile(r"(\b(and|or|but|then)|,)\s*(\w+ly\s+)?$")
LINKED = re.compile(
    r"(^|,|\b(and|or|but|then|who|that))\s*"
    r"((then|never|still|only|just|always|also|now|once|too|even|almost|both|all|so|nearly|\w+ly)\s*)*$"
)
"""What stands before a verb that has the subject of the one before it, or stands right behind its own."""
SINGULAR = ("ss", "us", "is", "’s", "'s", "ways", "wards", "times", "as")
BROKEN = re.compile(r"[;:—–]|\b(who|which|that|while|when|as|because|if|until|before|after|where|what)\b")


@dataclass(slots=True)
class Mentions:
    """Who was named lately: this sentence and the one before. Reset at a change of frame."""

    now: list[tuple[str, bool]] = field(default_factory=list)
    before: list[tuple[str, bool]] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)
    """By pronoun, who was last called by it or could have been."""
    opened: bool = False
    here: set[str] = field(default_factory=set)
    above: set[str] = field(default_factory=set)
    """Whether a paragraph begins here, and who was in this one and the one above: where two might be meant, it begins with a name."""

    def open(self) -> None:
        """A paragraph begins."""
        self.opened, self.above, self.here = True, self.here or self.above, set()

    def turn(self) -> None:
        """A sentence has ended; one that named nobody does not make the reader forget."""
        self.opened = False
        self.here |= {e for e, _ in self.now}
        if self.now:
            self.before, self.now = self.now, []

    def subject(self) -> str:
        """The last subject."""
        return next((e for e, s in reversed(self.before + self.now) if s), "")


@dataclass(slots=True)
class Realiser:
    """Writes one sentence after the other and remembers whom they named; the composer holds one per telling."""

    naming: Naming
    chance: random.Random
    viewpoint: str = ""
    first_person: bool = False
    mentions: Mentions = field(default_factory=Mentions)
    tense: str = "past"

    def fresh(self, frame: bool = True) -> None:
        """Forget who was mentioned: names again after a change of frame; after a mere change of scene the focalizer keeps her pronoun."""
        window = self.mentions.before + self.mentions.now
        kept = [] if frame else [m for m in window[-1:] if m[0] == self.viewpoint]
        self.mentions = Mentions(before=kept)

    def line(
        self,
        line: Line,
        situation: Situation,
        frame: Frame,
        base: Mode,
        speaker: str,
    ) -> tuple[Piece, ...]:
        """Write one sentence. `base` is the voice of what stands outside of quotation marks; `speaker` the one who speaks by default."""
        voice = _Sentence(self, situation, frame, self._speaker(line, situation, speaker))
        pieces = voice.write(line, base)
        self._written_out(pieces)
        self.mentions.turn()
        return _finish(pieces)

    def _written_out(self, pieces: Sequence[Piece]) -> None:
        """A *she* that the author wrote out goes on with the last one so called, and keeps her in mind."""
        mentions = self.mentions
        for entity, _ in mentions.now:
            mentions.last[self.naming.name(entity).pronoun] = entity
        said = {self.naming.name(e).pronoun for e, _ in mentions.now}
        text = " ".join(p.text for p in pieces if p.mode not in {"speech", "thought"}).lower()
        for pronoun in ("she", "he"):
            forms = set(PRONOUNS[pronoun].values())
            entity = mentions.last.get(pronoun, self.viewpoint)
            meant = bool(entity) and pronoun not in said and self.naming.name(entity).pronoun == pronoun
            if meant and forms & set(re.findall(r"\w+", text)):
                mentions.now.append((entity, bool(re.search(rf"\b{pronoun}\b", text))))

    def _speaker(self, line: Line, situation: Situation, default: str) -> str:
        """Who speaks in a sentence: the subject named after the words, else before them, else the default."""
        at = next((i for i, p in enumerate(line) if isinstance(p, Voice) and p.mode == "speech"), None)
        if at is None:
            return default
        subjects = [
            (i, situation.entity(p.name))
            for i, p in enumerate(line)
            if isinstance(p, Ref) and p.case == "subject"
        ]
        people = [(i, e) for i, e in subjects if "character" in situation.types(e) or not situation.types(e)]
        after = [e for i, e in people if i > at]
        before = [e for i, e in people if i < at]
        return after[0] if after else before[-1] if before else default


class _Sentence:
    """The state of one sentence while it is written: agreement, auxiliary already said, voice."""

    def __init__(self, realiser: Realiser, situation: Situation, frame: Frame, speaker: str) -> None:
        self.realiser, self.situation, self.frame, self.speaker = realiser, situation, frame, speaker
        self.person: Person = "it"
        """Of the last subject."""
        self.perfect = False
        self.since = ""
        self.direct: Person | None = None
        """Of whoever was marked right before, with nothing between."""

    def write(self, parts: Line, mode: Mode) -> list[Piece]:
        pieces: list[Piece] = []
        for i, part in enumerate(parts):
            if isinstance(part, Voice):
                pieces.append(self._voice(part))
                continue
            text = self._part(part, i == 0 and not pieces, "")
            if pieces and pieces[-1].mode == mode:
                pieces[-1] = Piece(pieces[-1].text + text, mode)
            else:
                pieces.append(Piece(text, mode))
        return pieces

    def _voice(self, voice: Voice) -> Piece:
        who = self.situation.entity(voice.speaker) if voice.speaker else self.speaker
        if voice.mode == "thought":
            who = (
                self.situation.entity(voice.speaker)
                if voice.speaker
                else self.realiser.viewpoint or self.speaker
            )
        text = "".join(self._part(p, i == 0, who) for i, p in enumerate(voice.parts))
        return Piece(f"“{text}”" if voice.mode == "speech" else text, voice.mode, who)

    def _part(self, part: Part, first: bool, speaker: str) -> str:
        if isinstance(part, str):
            self.since += part
            self.direct = None if part.strip() else self.direct
            return part
        if isinstance(part, Choice):
            option = self.realiser.chance.choice(part.options)
            return "".join(self._part(p, first and i == 0, speaker) for i, p in enumerate(option))
        if isinstance(part, Ref):
            text = self._quoted(part, speaker) if speaker else self._ref(part)
            return capitalise(text) if first else text
        if isinstance(part, Verb):
            return self._verb(part, bool(speaker))
        raise TypeError(part)

    def _verb(self, verb: Verb, quoted: bool) -> str:
        frame = self.frame if not quoted else "past"
        person = self._person(verb, frame)
        bare = self.perfect and bool(JOINED.search(self.since)) and not BROKEN.search(self.since)
        self.perfect, self.since = frame in {"pluperfect", "perfect"}, ""
        return inflect(verb, frame, person, bare)

    def _person(self, verb: Verb, frame: str) -> Person:
        """With which subject a verb agrees: the last one marked, if only an adverb or *and* stands between; else what is written."""
        if self.direct:
            self.person, self.direct = self.direct, None
        elif not LINKED.search(self.since):
            self.person = self._written(verb, frame)
        return self.person

    def _written(self, verb: Verb, frame: str) -> Person:
        """Number and person of a subject that no mark names: from *were*, else from the ending of the word before the verb."""
        if frame in {"past", "pluperfect"}:
            return "they" if verb.plural else "it"
        last = re.search(r"([\w’']+)\W*$", self.since)
        word = last.group(1).lower() if last else ""
        plural = word.endswith("s") and not word.endswith(SINGULAR)
        return "they" if plural or word in {"they", "we", "you"} else "I" if word == "i" else "it"

    def _agree(self, entity: str, pronoun: str) -> None:
        self.person = "I" if pronoun == "I" else "they" if pronoun == "they" else "it"
        self.perfect = False
        self.realiser.mentions.now.append((entity, True))

    def _quoted(self, ref: Ref, speaker: str) -> str:
        """A reference inside quotation marks: the speaker is *I*, others have their names."""
        entity = self.situation.entity(ref.name)
        name = self.realiser.naming.name(entity)
        if entity == speaker and ref.case != "name":
            if ref.case == "subject":
                self.person = "I"
            return PRONOUNS["I"][ref.case if ref.case != "named" else "subject"]
        return _case_of_name(name.text, ref.case, name)

    def _ref(self, ref: Ref) -> str:
        realiser = self.realiser
        entity = self.situation.entity(ref.name)
        name = realiser.naming.name(entity)
        mine = realiser.first_person and entity == realiser.viewpoint
        pronoun = "I" if mine else name.pronoun
        use = mine or (
            ref.case not in {"name", "named"} and pronoun and self._pronoun_is_clear(entity, pronoun, ref)
        )
        case = "subject" if ref.case in {"named", "name"} else ref.case
        text = self._called(entity, name, ref) if not use else PRONOUNS[pronoun][case]
        if case == "subject":
            self.direct = "I" if mine else "they" if name.pronoun == "they" else "it"
        if case == "subject" and ref.case != "name":
            self._agree(entity, pronoun)
        else:
            realiser.mentions.now.append((entity, False))
        return text

    def _called(self, entity: str, name: Name, ref: Ref) -> str:
        if ref.case == "reflexive" and name.pronoun:
            return PRONOUNS[name.pronoun]["reflexive"]
        epithet = ""
        if (
            ref.case not in {"name", "named"}
            and entity != self.realiser.viewpoint
            and self.realiser.chance.random() < 0.5
        ):
            epithet = self.realiser.naming.epithet(entity, self.situation)
        return _case_of_name(epithet or name.text, ref.case, name)

    def _pronoun_is_clear(self, entity: str, pronoun: str, ref: Ref) -> bool:
        """Whether a reader takes the pronoun for this one and nobody else.

        The focalizer keeps hers unless the last subject was a rival of the same gender; anybody else has it only while no rival is
        about; within a sentence a subject goes on as subject, and a possessive or reflexive belongs to it.
        """
        mentions = self.realiser.mentions
        window = mentions.before + mentions.now
        if entity not in {e for e, _ in window}:
            return False
        subjects = [e for e, s in mentions.now if s]
        opens = mentions.opened and not subjects
        about = {e for e, _ in window} | (mentions.above if opens else set())
        rivals = {e for e in about if e != entity and self.realiser.naming.name(e).pronoun == pronoun}
        if not rivals:
            return True
        if opens:
            return False
        if subjects and subjects[-1] == entity and ref.case == "subject":
            return True
        if subjects and subjects[-1] == entity and ref.case in {"possessive", "reflexive", "absolute"}:
            since = mentions.now[max(i for i, (e, s) in enumerate(mentions.now) if s) :]
            return not any(e in rivals for e, _ in since)
        if entity == self.realiser.viewpoint:
            return mentions.subject() == entity and ref.case == "subject" and not subjects
        return False


def _case_of_name(text: str, case: str, name: Name) -> str:
    if case in {"possessive", "absolute"}:
        plural = name.pronoun == "they" and text.endswith("s")
        return text + ("’" if plural else "’s")
    return text


def _finish(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Capital at the beginning, printer's quotes, no space at the ends."""
    done = [Piece(typeset(p.text), p.mode, p.speaker) for p in pieces if p.text]
    if done:
        done[0] = Piece(capitalise(done[0].text.lstrip()), done[0].mode, done[0].speaker)
        last = done[-1]
        done[-1] = Piece(last.text.rstrip(), last.mode, last.speaker)
    return tuple(done)
