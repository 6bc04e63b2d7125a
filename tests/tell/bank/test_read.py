"""A bank is read from plain text, and every mistake in it is told where it stands."""

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.tell.bank.bank import missing
from fabula.tell.bank.clause import Choice, Ref, Voice
from fabula.tell.bank.read import read_bank
from fabula.tell.english.verbs import Verb

GIVE = """
name Ann
  pronoun: she

action give(giver, gift, receiver)
motifs: hands, gold
weight: 2

scene
- (first time; giver is Ann; says at(gift) = receiver) {giver} [held] out {gift:them}. "Take it{!|, then.}" {giver} [said].
  *Please.*

  {receiver} [did not move].
- Plain.
"""


def found(text: str) -> list[tuple[str, int, str]]:
    """The mistakes in a bank: name, line, first hint."""
    with pytest.raises(Mistakes) as caught:
        read_bank(text)
    return [(d.name, d.labels[0].span.line, (d.hints or ("",))[0]) for d in caught.value.diagnostics]


def test_a_variant_has_conditions_paragraphs_and_marks() -> None:
    """Conditions stand in brackets, an empty line divides paragraphs, marks become parts."""
    action = read_bank(GIVE).actions["give"]
    first, second = action.of("scene")
    assert (action.motifs, action.weight, action.roles) == (
        frozenset({"hands", "gold"}),
        2.0,
        ("giver", "gift", "receiver"),
    )
    assert [len(p) for p in first.clause] == [3, 1]
    assert first.clause[0][0][:3] == (Ref("giver", "subject"), " ", Verb("hold", written="held"))
    speech = first.clause[0][1][0]
    assert isinstance(speech, Voice)
    assert speech.mode == "speech"
    assert isinstance(speech.parts[-1], Choice)
    assert first.clause[0][2] == (Voice("thought", "", ("Please.",)),)
    assert len(first.conditions) == 2
    assert first.says[0].value == "receiver"
    assert second.conditions == ()


def test_a_quotation_is_not_cut_into_sentences() -> None:
    """Full stops inside quotation marks end no sentence of the clause; a tag stays with its words."""
    bank = read_bank('action a(x)\nscene\n- "One. Two!" {x} [said]. Three. Is it? It [was].')
    assert [len(line) for line in bank.actions["a"].variants[0].clause[0]] == [6, 1, 1, 3]


@pytest.mark.parametrize(
    ("change", "name", "line", "hint"),
    [
        (("{giver} [held]", "{gier} [held]"), "bank-unknown-name", 10, "did you mean `giver`?"),
        (("scene\n", "scnee\n"), "bank-lost-line", 9, "did you mean `scene`?"),
        (("[held]", "[held"), "bank-open-mark", 10, None),
        (("first time", "frist time"), "bank-condition", 10, None),
        (("{gift:them}", "{gift:accusative}"), "bank-case", 10, None),
        (("weight: 2", "weight: heavy"), "bank-key", 7, ""),
        (("motifs:", "motif:"), "bank-key", 6, "did you mean `motifs`?"),
        (("pronoun: she", "pronoun: shee"), "bank-pronoun", 3, "he, she, it, they or none"),
        (("give(giver", "give giver"), "bank-heading", 5, "for example `action give(giver, gift, receiver)`"),
        (("\n- Plain.", "\nPlain."), "bank-lost-line", 14, None),
        (('"Take it', "<giver> Take it"), "bank-speaker", 10, None),
    ],
)
def test_a_mistake_says_where_and_what_to_do(
    change: tuple[str, str], name: str, line: int, hint: str | None
) -> None:
    """Every mistake has a kebab-case name, the line it stands on, and a hint where there is one."""
    first = found(GIVE.replace(*change))[0]
    assert first[:2] == (name, line)
    assert hint is None or first[2] == hint


def test_an_action_written_twice_is_a_mistake() -> None:
    """Prose for one action stands in one place."""
    assert found(GIVE + "\naction give(a, b, c)\nsummary\n- X.\n")[0][0] == "bank-twice"


def test_all_mistakes_are_told_at_once() -> None:
    """The reader goes on after a mistake."""
    assert len(found(GIVE.replace("{giver}", "{gvier}").replace("first time", "frist time"))) >= 2


def test_missing_lists_what_is_still_to_write() -> None:
    """An action without prose lacks everything, one with two scenes lacks two more."""
    lacking = missing(read_bank(GIVE), ["give", "take", "give"])
    assert next((m.section, m.have, m.want) for m in lacking if m.action == "give") == ("scene", 2, 4)
    assert len([m for m in lacking if m.action == "take"]) == 4


def test_notes_to_oneself_are_not_read() -> None:
    """A line that begins with # is a note, also within a variant."""
    bank = read_bank("# Title\naction a(x)\nscene\n- One\n  # not {this}\n  two.\n")
    assert bank.actions["a"].variants[0].clause == ((("One two.",),),)
