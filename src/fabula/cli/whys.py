"""Why an event happened, in lines: who chose it, hoping for what, believing what, and what had led to it."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.cli.asked import named
from fabula.cli.plans import number
from fabula.cli.screen import Branch
from fabula.story.story import Event, Motive, Story, Word

_CAME = {
    "fulfilled": "and so it came",
    "failed": "and it failed",
    "dropped": "and then left that plan",
    "open": "and the story ends before that",
}


def find(story: Story, wanted: str) -> list[Event]:
    """Return the events of a number (from 1), a name, or an act as plans write it. Raises Ended if there are none."""
    return [story.events[index] for index in named([str(event) for event in story.events], wanted)]


def tree(story: Story, event: Event) -> Branch:
    """Write why an event happened."""
    branch = Branch(f"{event.index + 1}. {event}", style="bold")
    branch.branches += [_motive(motive) for motive in event.motives]
    if not event.consenting:
        branch.branches.append(Branch("nobody chose it"))
    for index in event.causes:
        branch.branches.append(Branch(f"it could happen because of {index + 1}. {story.events[index]}"))
    branch.branches += [Branch(line) for line in _sight(story, event)]
    return branch


def _motive(motive: Motive) -> Branch:
    gain = f"{motive.character} hoped for {number(motive.hoped)} instead of {number(motive.before)}"
    alone = len(motive.plan) == 1
    branch = Branch(f"{gain}{' at once' if alone else ''}, {_CAME[motive.came]}", style="cyan")
    if not alone:
        acts = ", then ".join(str(act) for act in motive.plan)
        branch.branches.append(Branch(f"by {acts}"))
    for wrong in motive.mistaken:
        believed = f"{wrong.fact} = {_word(wrong.believed)}"
        branch.branches.append(Branch(f"wrongly believing {believed} (it was {_word(wrong.true)})"))
    return branch


def _sight(story: Story, event: Event) -> Iterator[str]:
    people = [e.name for e in story.entities if "character" in e.types]
    unaware = [name for name in people if name not in event.observers]
    if unaware:
        yield f"{_listed(unaware)} did not notice"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _word(word: Word) -> str:
    if word is None:
        return "?"
    return f"{word:g}" if isinstance(word, float) else str(word)


def data(event: Event) -> dict[str, object]:
    """Write why an event happened as data."""
    return {
        "event": event.index + 1,
        "text": str(event),
        "consenting": list(event.consenting),
        "observers": list(event.observers),
        "causes": [index + 1 for index in event.causes],
        "motives": [
            {
                "character": m.character,
                "plan": [str(act) for act in m.plan],
                "before": m.before,
                "hoped": m.hoped,
                "came": m.came,
                "mistaken": [
                    {"fact": str(w.fact), "believed": w.believed, "true": w.true} for w in m.mistaken
                ],
            }
            for m in event.motives
        ],
    }
