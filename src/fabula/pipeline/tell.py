"""Story to telling, in the words and the ways of telling that lie beside a world."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.diagnostics.suggest import alike
from fabula.pipeline.prose import bank
from fabula.pipeline.read import Reading, beside
from fabula.story.story import Story
from fabula.tell.compose import tell as compose
from fabula.tell.spin import load_spin
from fabula.tell.telling import Spin, Telling


def tell(reading: Reading, story: Story, spin: str = "", **choices: Any) -> Telling:  # noqa: ANN401 - fields of a Spin
    """Tell a story in the words that lie beside the world, or in plain ones.

    `spin` names one of the ways of telling in `spins/` beside the world; without it, it is `spins/main.toml` or
    `spin.toml`, or the first one from the head that is asked for. `choices` are fields of `Spin` that go before what it
    says; None leaves one alone. Raises Mistakes.
    """
    return compose(story, bank(reading), way(reading, story, spin, **choices))


def way(reading: Reading, story: Story, spin: str = "", **choices: Any) -> Spin:  # noqa: ANN401 - fields of a Spin
    """Return the way in which `tell` would tell a story. Raises Mistakes."""
    given = {key: value for key, value in choices.items() if value is not None}
    if given.get("viewpoint"):
        given["viewpoint"] = _character(str(given["viewpoint"]), story)
    found = load_spin(*_spin_text(reading, spin))
    if not spin and given.get("viewpoint", found.viewpoint) != found.viewpoint:
        others = (load_spin(*_spin_text(reading, name)) for name in spins(reading))
        found = next((other for other in others if other.viewpoint == given["viewpoint"]), found)
    return replace(found, **given)


def spins(reading: Reading) -> tuple[str, ...]:
    """Return the names of the ways of telling that lie beside a world."""
    return tuple(sorted(file.stem for file in reading.file.parent.glob("spins/*.toml")))


def _spin_text(reading: Reading, spin: str) -> tuple[str, str]:
    """Return the text of a way of telling, and the name of its file."""
    known = spins(reading)
    if not spin and "main" not in known:
        file = beside(reading.file, "spin.toml")
        return ("", "spin.toml") if file is None else (file.read_text("utf-8"), file.name)
    spin = spin or "main"
    if spin not in known:
        others = f"there are: {', '.join(known)}" if known else "this world has none of its own"
        hints = tuple(f"did you mean `{name}`?" for name in alike(spin, known)) or (others,)
        raise Mistakes(
            Diagnostic("error", "no-such-spin", f"there is no way of telling called `{spin}`", hints=hints)
        )
    file = reading.file.parent / "spins" / f"{spin}.toml"
    return file.read_text("utf-8"), f"spins/{file.name}"


def _character(name: str, story: Story) -> str:
    """Return the character of that name, however it is capitalised. Raises Mistakes."""
    people = {e.name.casefold(): e.name for e in story.entities if "character" in e.types}
    if name.casefold() not in people:
        near = tuple(f"did you mean `{known}`?" for known in alike(name, people.values()))
        hints = near or (f"there are: {', '.join(people.values())}",)
        raise Mistakes(
            Diagnostic("error", "no-such-character", f"there is no character called `{name}`", hints=hints)
        )
    return people[name.casefold()]
