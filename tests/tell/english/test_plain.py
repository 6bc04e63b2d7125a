"""Worlds without a bank are told in plain, correct, varied English."""

import random
from dataclasses import replace

import pytest

from fabula.story.story import Story
from fabula.tell import Bank, Spin, tell
from fabula.tell.discourse.view import Knowledge
from fabula.tell.english.names import Naming, guess_name
from fabula.tell.english.phrase import Phraser
from fabula.tell.english.words import split_name
from tests.tell.stories import Act, build, hunt, shopping


def told(story: Story, seed: int = 0, **spin: str) -> str:
    """The words of a telling without its title page."""
    return "\n".join(p.text for p in tell(story, Bank(), Spin(seed=seed, **spin)).paragraphs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("appear_threatening", "appear threatening"),
        ("PatientRoomA", "Patient Room A"),
        ("USArmy", "US Army"),
        ("MacGuffin", "MacGuffin"),
        ("teleport_from_ship", "teleport from ship"),
        ("breakFree", "break Free"),
    ],
)
def test_identifiers_are_cut_into_words(name: str, words: str) -> None:
    """At underscores and capitals, not inside *MacGuffin*."""
    assert " ".join(split_name(name)) == words


@pytest.mark.parametrize(
    ("entity", "types", "text"),
    [
        ("Tom", ("character",), "Tom"),
        ("Merchant", ("character",), "the merchant"),
        ("SecretAgent", ("character",), "the secret agent"),
        ("Market", ("place",), "the market"),
        ("Tanis", ("place",), "Tanis"),
        ("Home", ("place",), "home"),
        ("PatientRoomA", ("room",), "patient room A"),
        ("MacGuffin", ("item",), "the MacGuffin"),
        ("Rifle", ("gun", "location", "item"), "the rifle"),
        ("USA", ("place",), "the USA"),
    ],
)
def test_names_are_guessed_with_their_article(entity: str, types: tuple[str, ...], text: str) -> None:
    """Names of people and towns have none; nouns have *the*."""
    assert guess_name(entity, types).text == text


def test_an_errand_is_told_with_its_reason() -> None:
    """Where they are, what is wanted, what is done."""
    story = told(shopping(), 1)
    assert story.startswith(
        "Tom was in the cottage, and the merchant was at the market with the potion. The merchant did not know where Tom was."
    )
    assert "to buy the potion from the merchant" in story
    assert "bought the potion from the merchant" in story


def test_acts_of_one_person_are_joined() -> None:
    """*picked up the gun and the shells*, never a row of sentences that begin with one name."""
    stories = [told(hunt(), seed) for seed in range(6)]
    assert any("picked up the gun and the shells" in s or "the shells and loaded" in s for s in stories)
    assert all("the stag" in s for s in stories)


def test_no_sentence_is_longer_than_28_words() -> None:
    """The fallback speaks in short sentences."""
    for seed in range(10):
        for story in (hunt(), shopping()):
            sentences = tell(story, Bank(), Spin(seed=seed)).sentences
            assert max(len(s.text.split()) for s in sentences) <= 28


PEOPLE = ["Ann", "Bob", "Dragon"]
THINGS = {
    "Castle": "place location",
    "Cave": "place location",
    "Lamp": "item",
    "Sword": "weapon item",
    "Theft": "crime",
}
START = {"at(Ann)": "Castle", "at(Bob)": "Castle", "at(Dragon)": "Cave", "at(Lamp)": "Ann"}


@pytest.mark.parametrize(
    ("act", "by", "words"),
    [
        ("walk(Ann, Castle, Cave)", ["Ann"], "Ann walked"),
        ("give(Ann, Bob, Lamp, Castle)", ["Ann"], "the lamp to Bob"),
        ("give(Ann, Lamp, Bob, Castle)", ["Ann"], "the lamp to Bob"),
        ("take(Bob, Lamp, Ann, Castle)", ["Bob"], "Bob took the lamp from Ann"),
        ("kill(Bob, Ann, Sword, Castle)", ["Bob"], "Bob killed Ann with the sword"),
        ("find(Bob, Sword, Castle)", ["Bob"], "Bob found the sword"),
        ("steal(Bob, Ann, Sword, Castle)", ["Bob"], "Bob robbed Ann with the sword"),
        ("command_bring(Ann, Bob, Lamp, Castle)", ["Ann"], "Ann commanded Bob to bring the lamp"),
        ("command_kill(Ann, Bob, Dragon, Castle)", ["Ann"], "Ann commanded Bob to kill the dragon"),
        ("fall_in_love(Ann, Bob, Castle)", [], "Ann fell in love with Bob"),
        ("make_peace(Ann, Bob, Castle)", ["Ann", "Bob"], "Ann made peace with Bob"),
        ("play_chess(Ann, Bob, Castle)", ["Ann"], "Ann played chess with Bob"),
        ("teleport_to_cave(Ann, Castle, Cave)", ["Ann"], "Ann teleported"),
        ("begin_erupt(Cave)", [], "the cave began to erupt"),
        ("accuse_of_crime(Ann, Bob, Theft, Castle)", ["Ann"], "Ann accused Bob of the theft"),
        ("decide_to_eat(Ann)", [], "Ann decided to eat"),
        ("raise_wall(Ann)", ["Ann"], "Ann raised the wall"),
        ("tell_own_wish(Ann, Bob)", ["Ann"], "Ann told her own wish to Bob"),
        ("break_free(Ann, Castle)", ["Ann"], "Ann broke free"),
        ("learn_truth(Ann, Bob)", ["Bob"], "Ann learned the truth from Bob"),
        ("sing()", ["Ann"], "Ann sang"),
    ],
)
def test_an_act_becomes_a_sentence(act: str, by: list[str], words: str) -> None:
    """Verb, object and prepositions follow from the words of the name and the types of those who take part."""
    story = build("w", PEOPLE, THINGS, START, {}, [Act(act, by)])
    assert words in told(story)


def test_an_aim_can_be_said_as_an_infinitive() -> None:
    """The same phrase serves *he buys*, *to buy*, *buying*."""
    knowledge = Knowledge(shopping())
    phraser = Phraser(knowledge, Naming(Bank(), knowledge.types), random.Random(0))
    phrase = phraser.act("buy", ("Tom", "Potion", "Merchant"), ("Tom",), 0)
    assert phrase.infinitive[0] == "to buy"
    assert phrase.gerund[0] == "buying"


def test_a_death_is_never_passed_over() -> None:
    """What an act does to somebody's life is said, though its words do not say it."""
    acts = [Act("open(Bob, Lamp, Castle)", ["Bob"], None, {"alive(Bob)": False})]
    assert "He died." in told(build("w", PEOPLE, THINGS, {**START, "alive(Bob)": True}, {}, acts))


def test_an_outcome_against_the_hope_is_a_but() -> None:
    """*But* stands only where somebody expected to gain."""
    act = Act(
        "open(Bob, Lamp, Castle)",
        ["Bob"],
        None,
        {"alive(Bob)": False},
        plans={"Bob": ["open(Bob, Lamp, Castle)"]},
        came={"Bob": "failed"},
    )
    assert "But he died." in told(build("w", PEOPLE, THINGS, {**START, "alive(Bob)": True}, {}, [act]))


def test_a_plan_that_came_to_nothing_is_told_at_the_end() -> None:
    """An aim is not forgotten because it failed."""
    plan = ["walk(Ann, Castle, Cave)", "kill(Ann, Dragon, Sword, Cave)"]
    acts = [Act(plan[0], ["Ann"], None, {"at(Ann)": "Cave"}, plans={"Ann": plan}, came={"Ann": "failed"})]
    assert "Ann had meant to kill the dragon with the sword, but nothing came of it." in told(
        build("w", PEOPLE, THINGS, START, {}, acts)
    )


def only(text: str, by: tuple[str, ...] = (), roles: tuple[str, ...] = (), **start: str) -> str:
    """The words of a story of one act between Ann, Bob and a few things."""
    things = {"Lane": "place", "Cove": "place", "Vault": "place", "Bar": "item", "Note": "item"}
    facts = {f"at({who})": place for who, place in start.items()}
    story = build("w", ["Ann", "Bob"], things, facts, {}, [Act(text, by)])
    (event,) = story.events
    return tell(replace(story, events=(replace(event, roles=roles),)), Bank(), Spin()).paragraphs[-1].text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("leave(Ann)", "One day Ann had to leave."),
        ("break(Ann, Note)", "One day Ann broke the note."),
        ("insult(Ann, Bob)", "One day Ann insulted Bob without meaning to."),
        ("swoon(Ann)", "One day Ann swooned."),
        ("storm(Lane)", "One day the lane saw a storm."),
    ],
)
def test_what_nobody_chose_is_not_told_as_somebodys_deed(text: str, words: str) -> None:
    """It befalls them, or they have to, or they did not mean to."""
    assert only(text) == words


@pytest.mark.parametrize(
    ("text", "roles", "words"),
    [
        ("deliver(Ann, Note, Bob)", ("bearer", "message", "recipient"), "Ann delivered the note to Bob."),
        ("banish(Ann, Bob, Note)", ("judge", "culprit", "reason"), "Ann banished Bob because of the note."),
        ("force_open(Ann, Vault, Bar)", ("who", "what", "tool"), "Ann forced open the vault with the bar."),
        ("swindle(Ann, Bob)", (), "Ann swindled Bob."),
        ("grab(Ann, Note, Bob)", (), "Ann grabbed the note from Bob."),
        ("plead_for(Ann, Bob)", (), "Ann pleaded for Bob."),
        ("wedding(Ann, Bob)", (), "Ann had a wedding with Bob."),
    ],
)
def test_roles_and_verbs_choose_prepositions(text: str, roles: tuple[str, ...], words: str) -> None:
    """What an author calls those who take part says how they come in; else the verb does."""
    assert only(text, ("Ann",), roles, Ann="Vault").endswith(words)


def test_gender_follows_from_nouns_and_first_names() -> None:
    """A queen is she, a dragon it; a clerk may be anybody."""
    names = [guess_name(n, ("character",)).pronoun for n in ("Queen", "Dragon", "Clerk", "Olga")]
    assert names == ["she", "it", "", "she"]


def test_what_two_acts_have_in_common_is_named_once() -> None:
    """Not *found the gun and picked up the gun*."""
    acts = [Act("find(Ann, Bar)", ["Ann"]), Act("pickup(Ann, Bar)", ["Ann"])]
    story = build("w", ["Ann"], {"Bar": "item"}, {}, {}, acts)
    assert {told(story, seed) for seed in range(6)} & {"Ann found and picked up the bar."}


def test_what_only_one_act_is_done_to_stays_with_it() -> None:
    """Not *slew and took the lamp from the dragon*."""
    acts = [Act("slay(Ann, Dragon)", ["Ann"]), Act("take(Ann, Lamp, Dragon)", ["Ann"])]
    story = build("w", ["Ann", "Dragon"], {"Lamp": "item"}, {}, {}, acts)
    tellings = {told(story, seed) for seed in range(6)}
    assert any("took the lamp from" in telling for telling in tellings)
    assert not any("slew and took" in telling for telling in tellings)
