"""What fabula adds to the core language, as worlds with all the stories that they have (`statements/`)."""

import json
from pathlib import Path
from typing import Any

import pytest

from fabula.ground import ground
from fabula.language.parse import parse
from fabula.language.tree import Tree
from fabula.model.from_tree import resolve
from fabula.search.outcome import Limits
from fabula.search.reference import search

FOLDER = Path(__file__).parent / "statements"
TABLE: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def load(path: str, _: str) -> Tree:
    """Read a world of the folder."""
    return parse((FOLDER / path).read_text(encoding="utf-8"), path)


@pytest.mark.parametrize("name", TABLE)
def test_stories(name: str) -> None:
    """Within the limits of each line of the table, the world has these stories and no others."""
    world, _ = resolve(load(f"{name}.fab", ""), load)
    problem = ground(world)
    for case in TABLE[name]:
        limits = Limits(case["author_limit"], case["character_limit"], case["epistemic_limit"])
        plans = search(problem, limits, case["goal"], "all").plans
        stories = [[str(problem.actions[step.action]) for step in plan.steps] for plan in plans]
        assert sorted(stories) == sorted(case["stories"])


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.fab")), ids=lambda file: file.stem)
def test_every_world_stands_in_the_table(file: Path) -> None:
    """A world of the folder is asked for its stories, or imported by one that is."""
    assert file.stem in TABLE or any(file.stem.startswith(f"{name}_") for name in TABLE)
