"""Writing and laying out: nothing that was said is lost, and laying out twice changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from fabula.language import tree
from fabula.language.layout import WIDEST, lay_out
from fabula.language.parse import parse
from fabula.language.unparse import unparse
from fabula.language.words import cut
from tests.language.trees import TREES

COMMENTS = st.sampled_from(["// one\n", "\n// two\n", "/* three */", "\n/* four\n   lines */\n", "\n\n", " "])


@given(TREES)
def test_every_tree_can_be_written(whole: tree.Tree) -> None:
    """What is written from a tree reads as that tree, without warnings, and is laid out already."""
    text = unparse(whole)
    read = parse(text, "world.fab")
    assert read == whole
    assert read.warnings == ()
    assert lay_out(text, "world.fab") == text


@given(TREES, st.data())
def test_nothing_is_lost(whole: tree.Tree, data: st.DataObject) -> None:
    """Comments and white space anywhere: the tree and the comments stay, and a second time changes nothing."""
    words = list(cut(unparse(whole), "world.fab"))
    noise = data.draw(st.lists(COMMENTS, min_size=len(words), max_size=len(words)))
    text = "".join(f"{space}{word.text} " for space, word in zip(noise, words, strict=True))
    once = lay_out(text, "world.fab")
    assert parse(once, "world.fab") == whole
    assert lay_out(once, "world.fab") == once
    assert comments(once) == comments(text)


def comments(text: str) -> list[str]:
    """Return the words of all comments of a text."""
    found = [word.text.split() for word in cut(text, "") if word.type == "COMMENT"]
    return [" ".join(said) for said in found]


BEFORE = """\
// The cast.

type place; entity Tom:character; // our hero


entity Market : place;
property at(c:character):place;
action go(who:character,to:place){precondition:at(who)!=to&!tired(who)/* why not? */;
// everybody sees it
effect:at(who)=to;consenting:who};utility():if(at(Tom)==Market)-1 else 0
"""
AFTER = """\
// The cast.

type place;
entity Tom : character; // our hero

entity Market : place;
property at(c : character) : place;

action go(who : character, to : place) {
	precondition: at(who) != to & !tired(who); /* why not? */
	// everybody sees it
	effect: at(who) = to;
	consenting: who;
};

utility(): if(at(Tom) == Market) -1 else 0;
"""


def test_example() -> None:
    """One definition a line, one part a line, a blank line around what takes several."""
    assert lay_out(BEFORE, "world.fab") == AFTER


LONG = """\
action treat(doctor : character, patient : character) {
	effect: assigned(room) = ? & (if(exists(s : symptom) (symptom(patient) == s & treats(s) == treatment)) symptom(patient) = Healthy else !alive(patient)) & done();
};
"""
BROKEN = """\
action treat(doctor : character, patient : character) {
	effect:
		assigned(room) = ? &
		(
			if(exists(s : symptom) (symptom(patient) == s & treats(s) == treatment))
				symptom(patient) = Healthy
			else !alive(patient)
		) &
		done();
};
"""


def test_long_lines_are_broken() -> None:
    """What is too long is broken at its loosest operators first, then inside its brackets."""
    assert lay_out(LONG, "world.fab") == BROKEN
    assert all(len(line.expandtabs(4)) <= WIDEST for line in BROKEN.splitlines())


def test_nothing_becomes_nothing() -> None:
    """A text without definitions keeps its comments."""
    assert lay_out("", "world.fab") == ""
    assert lay_out("// nothing yet", "world.fab") == "// nothing yet\n"
