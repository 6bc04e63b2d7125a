"""When a variant may be told: the small conditions in brackets, read and tested."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Literal, Protocol

from fabula.frozen import dataclass
from fabula.story.story import Fact, Mind, Word

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
NAME = r"[^\W\d][\w-]*"
FACT = re.compile(
    r"(?P<name>[^\W\d][\w-]*)\((?P<args>[^()]*)\)\s*(?:(?P<op>==|!=|<=|>=|=|<|>)\s*(?P<value>[^\s{}()]+))?$"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A fact with roles in it, compared with a value, in somebody's eyes: `Kyoko believes hears(witch) = True`."""

    mind: tuple[str, ...]
    name: str
    arguments: tuple[str, ...]
    operator: str = "=="
    value: Word = True


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. `word` says what is asked; `names` are roles, entities or types; `feeling` may be "".

    | word | asks |
    |---|---|
    | `time` | `number`-th telling of the action in the story (-1 the last, 0 not the first) |
    | `opens`, `closes` | first or last event told in the present line |
    | `viewpoint` | the focalizer is names[0] (`outside`: nobody who takes part; `nobody`: there is none) |
    | `is` | names[0] is the entity names[1] |
    | `a` | names[0] is of type names[1] |
    | `feels` | names[0] feels `feeling` (towards names[1]) |
    | `fact` | `pattern` holds (after the event if `after`) |
    """

    word: Literal["time", "opens", "closes", "viewpoint", "is", "a", "feels", "fact"]
    negated: bool = False
    number: int = 0
    names: tuple[str, ...] = ()
    feeling: str = ""
    pattern: Pattern | None = None
    after: bool = False


class Situation(Protocol):
    """What a condition is tested against: an event of a story, seen from a viewpoint."""

    def entity(self, name: str) -> str:
        """Who or what a role or name stands for here."""

    def types(self, entity: str) -> tuple[str, ...]:
        """All types of an entity."""

    def value(self, mind: Mind, fact: str, arguments: tuple[str, ...], after: bool) -> Word:
        """The value of a fact in somebody's eyes before or after the event; None where there is no such fact."""

    def feels(self, character: str, feeling: str, toward: str) -> bool:
        """Whether a character feels so, now that the event has happened."""

    @property
    def viewpoint(self) -> str:
        """The focalizer, or ""."""

    @property
    def participants(self) -> tuple[str, ...]:
        """Those who take part in the event."""

    @property
    def time(self) -> int:
        """1 for the first event of this action in the story, 2 for the second, and so on."""

    @property
    def times(self) -> int:
        """How often the action happens in the story."""

    @property
    def opens(self) -> bool:
        """Whether the telling opens with this event."""

    @property
    def closes(self) -> bool:
        """Whether the telling ends with this event."""


def read_pattern(text: str) -> Pattern | None:
    """Read `Ann believes at(x) = Home` and the like; None if it cannot be read."""
    mind = []
    while match := re.match(r"([^\W\d][\w-]*) believes (?:that )?", text):
        mind.append(match.group(1))
        text = text[match.end() :]
    negated = text.startswith("not ")
    match = FACT.match(text.removeprefix("not ").strip())
    if not match or (negated and match["op"]):
        return None
    arguments = tuple(a.strip() for a in match["args"].split(",")) if match["args"].strip() else ()
    op = {None: "==", "=": "=="}.get(match["op"], match["op"])
    value = (not negated) if match["op"] is None else _value(match["value"])
    return Pattern(tuple(mind), match["name"], arguments, op, value)


def _value(text: str) -> Word:
    if text in {"True", "False", "?"}:
        return {"True": True, "False": False, "?": None}[text]
    try:
        return float(text)
    except ValueError:
        return text


def read_condition(text: str) -> Condition | None:
    """Read one condition; None if it says nothing that is known."""
    negated = text.startswith("not ")
    bare = text.removeprefix("not ").strip()
    words = bare.split()
    if bare in {"opens", "closes"}:
        return Condition("opens" if bare == "opens" else "closes", negated)
    if bare in {"again", "last time"} or (len(words) == 2 and words[1] == "time" and words[0] in ORDINALS):
        return Condition(
            "time",
            negated,
            {"again": 0, "last time": -1}.get(bare) or ORDINALS.get(words[0], -1 if "last" in bare else 0),
        )
    if words[:1] == ["viewpoint"] and len(words) == 2 and re.fullmatch(NAME, words[1]):
        return Condition("viewpoint", negated, names=(words[1],))
    if match := re.fullmatch(rf"({NAME}) is (not )?(?:(an?) )?({NAME})", bare):
        return Condition("a" if match[3] else "is", negated != bool(match[2]), names=(match[1], match[4]))
    if match := re.fullmatch(
        rf"({NAME}) (?:feels|(does not feel)) ([a-z ]+?)(?: (?:for|towards?) ({NAME}))?", bare
    ):
        return Condition(
            "feels", negated != bool(match[2]), names=(match[1], match[4] or ""), feeling=match[3]
        )
    after = text.startswith("afterwards ")
    pattern = read_pattern(text.removeprefix("afterwards ").strip())
    if pattern is None and negated:
        pattern = read_pattern(bare)
        return Condition("fact", negated, pattern=pattern) if pattern else None
    return Condition("fact", pattern=pattern, after=after) if pattern else None


def _compare(op: str, left: Word, right: Word) -> bool:
    if op in {"==", "!="}:
        return (left == right) == (op == "==")
    numbers = all(isinstance(x, int | float) and not isinstance(x, bool) for x in (left, right))
    return numbers and OPERATORS[op](float(left or 0), float(right or 0))


def pattern_fact(pattern: Pattern, situation: Situation) -> tuple[Mind, Fact, Word]:
    """The fact a pattern speaks of here, in whose eyes, and the value it is compared with."""
    mind = tuple(situation.entity(m) for m in pattern.mind)
    arguments = tuple(situation.entity(a) for a in pattern.arguments)
    value = situation.entity(pattern.value) if isinstance(pattern.value, str) else pattern.value
    kind: Literal["boolean", "number", "entity"] = (
        "boolean" if isinstance(value, bool) else "number" if isinstance(value, float) else "entity"
    )
    return mind, Fact(pattern.name, arguments, kind), value


def _holds(condition: Condition, situation: Situation) -> bool:
    names = tuple(situation.entity(n) for n in condition.names if n)
    match condition.word:
        case "opens":
            return situation.opens
        case "closes":
            return situation.closes
        case "time":
            wanted = situation.times if condition.number == -1 else condition.number
            return situation.time > 1 if condition.number == 0 else situation.time == wanted
        case "viewpoint":
            if condition.names[0] == "nobody":
                return not situation.viewpoint
            if condition.names[0] == "outside":
                return situation.viewpoint not in situation.participants
            return bool(situation.viewpoint) and situation.viewpoint == names[0]
        case "is":
            return names[0] == names[1]
        case "a":
            return condition.names[1] in situation.types(names[0])
        case "feels":
            return situation.feels(names[0], condition.feeling, names[1] if len(names) > 1 else "")
        case "fact":
            assert condition.pattern is not None
            mind, fact, wanted_value = pattern_fact(condition.pattern, situation)
            return _compare(
                condition.pattern.operator,
                situation.value(mind, fact.name, fact.arguments, condition.after),
                wanted_value,
            )


def holds(condition: Condition, situation: Situation) -> bool:
    """Whether a condition is met here."""
    return _holds(condition, situation) != condition.negated
