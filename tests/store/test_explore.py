"""A space kept in a file: the same as one kept in memory, however often the looking was broken off."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from fabula.ask.inquiry import Inquiry
from fabula.ask.space import explore as in_memory
from fabula.diagnostics.diagnostic import Mistakes
from fabula.ground.expression import Condition
from fabula.ground.problem import Problem
from fabula.search import engine
from fabula.search.leaving import Leaver, Leaving
from fabula.search.outcome import Beyond, Budget, Limits
from fabula.store import explore as exploring
from fabula.store.explore import explore
from fabula.store.kept import opened
from fabula.store.record import Record, looked
from fabula.store.work import tasks
from tests.store.worlds import LIMITS, child, everything, lamps, pie, seen

LAMP_WORLD = pie(text=lamps())


@pytest.mark.parametrize(
    "recorded",
    [pie(), pie(limits=Limits(2, 4, 2)), pie(text=lamps("AB"), limits=Limits(-1, -1, 2)), LAMP_WORLD],
    ids=["pie", "short stories", "plans of any length", "lamps"],
)
def test_a_file_keeps_what_a_look_around_sees(recorded: Record, tmp_path: Path) -> None:
    """A space in a file has the same places in the same order, turns, refusals and endings as one in memory."""
    found = explore(tmp_path / "f.db", recorded)
    at = looked(recorded)
    space = in_memory(Inquiry(at.problem, at.limits, recorded.goal), at.asked)
    assert seen(tmp_path / "f.db", recorded) == space.places
    assert (found.states, found.endings, found.whole) == (len(space.places), len(space.endings), space.whole)


def test_looking_in_small_steps_changes_nothing(tmp_path: Path) -> None:
    """Broken off by a budget again and again, the file ends up as if it had been written at once."""
    explore(tmp_path / "whole.db", pie())
    reasons = set()
    for _ in range(100):
        found = explore(tmp_path / "steps.db", pie(), Budget(nodes=3))
        reasons.add(found.stopped)
        if not found.stopped:
            break
    assert reasons == {"nodes", ""}
    assert everything(tmp_path / "steps.db") == everything(tmp_path / "whole.db")


def test_a_finished_file_is_left_as_it_is(tmp_path: Path) -> None:
    """Who asks again for what is done gets the same report, and nothing is written twice."""
    explore(tmp_path / "f.db", pie())
    before = everything(tmp_path / "f.db")
    again = explore(tmp_path / "f.db", pie())
    assert (again.resumed, again.stopped) == (again.states, "")
    assert everything(tmp_path / "f.db") == before


def test_time_that_is_up_ends_a_run_cleanly(tmp_path: Path) -> None:
    """A budget of time ends in an answer, and the file can be gone on with."""
    assert explore(tmp_path / "f.db", pie(), Budget(seconds=1e-6)).stopped == "time"
    assert explore(tmp_path / "f.db", pie()).stopped == ""


def test_memory_is_what_is_used_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered may be forgotten: a space larger than the memory is looked at all the same."""
    explore(tmp_path / "f.db", LAMP_WORLD, Budget(memory=4 * 800_000 // 3))
    monkeypatch.setattr(exploring, "_AT_ONCE", 10)
    explore(tmp_path / "g.db", LAMP_WORLD)
    assert everything(tmp_path / "f.db") == everything(tmp_path / "g.db")


def test_memory_that_is_too_little_ends_a_run(tmp_path: Path) -> None:
    """Where not even one place can be thought through, the run ends and says why."""
    found = explore(tmp_path / "f.db", pie(text=lamps("XYZ")), Budget(memory=1))
    assert (found.stopped, found.left) == ("memory", 0)


RUN = """
import sys
from pathlib import Path
from fabula.store import explore, shelf
from tests.store.worlds import lamps, pie
explore._AT_ONCE, shelf._EVERY = 3, 0
put = shelf.Shelf.put
def told(self, answer):
    put(self, answer)
    print("put", flush=True)
shelf.Shelf.put = told
print(explore.explore(Path(sys.argv[1]), pie(text=lamps())).stopped, flush=True)
"""
"""Looks at a world in many small steps, each of which is told and kept."""


@pytest.mark.parametrize("moment", [1, 5, 40])
def test_a_kill_at_any_moment_loses_nothing(moment: int, tmp_path: Path) -> None:
    """Killed without warning while it writes, a run is gone on with, and ends as if nothing had happened."""
    explore(tmp_path / "whole.db", LAMP_WORLD)
    file = tmp_path / "killed.db"
    with child(RUN, file) as process:
        assert process.stdout is not None
        for _ in range(moment):
            process.stdout.readline()
        process.kill()
    assert process.returncode == -signal.SIGKILL
    with opened(file) as kept:
        assert kept.sql("SELECT * FROM met").num_rows
    found = explore(file, LAMP_WORLD)
    assert (found.stopped, found.resumed >= 3 * (moment - 1)) == ("", True)
    assert everything(file) == everything(tmp_path / "whole.db")


def test_control_c_ends_a_run_cleanly(tmp_path: Path) -> None:
    """Ctrl-C is a budget that is spent: what was found is kept."""
    with child(RUN, tmp_path / "f.db") as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.kill(process.pid, signal.SIGINT)
        said = process.stdout.read()
    assert said.split()[-1] == "interrupt"
    assert explore(tmp_path / "f.db", LAMP_WORLD).resumed > 0


def test_where_the_core_cannot_the_reference_begins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What turns out half-way to be beyond the core is looked at from the start by the reference, which names states otherwise."""
    explore(tmp_path / "whole.db", LAMP_WORLD)
    explore(tmp_path / "f.db", LAMP_WORLD, Budget(nodes=30))

    class Unable:
        """A core that has come to its end."""

        def leave(self, *_: object) -> Leaving:
            raise Beyond

    plain = engine.leaver

    def unable(problem: Problem, limits: Limits, asked: Sequence[Condition], is_plain: bool) -> Leaver:
        return plain(problem, limits, asked, is_plain) if is_plain else Unable()

    monkeypatch.setattr(engine, "leaver", unable)
    monkeypatch.setattr(tasks, "_remembered", {})
    found = explore(tmp_path / "f.db", LAMP_WORLD)
    assert (found.stopped, found.resumed) == ("", 0)
    assert seen(tmp_path / "f.db", LAMP_WORLD) == seen(tmp_path / "whole.db", LAMP_WORLD)


@pytest.mark.parametrize(
    ("other", "name"),
    [
        (pie("pie(Cellar);"), "another-world"),
        (pie('contract "x": never fed(Ben);'), "another-world"),
        (pie(limits=Limits(3, 4, 2)), "other-limits"),
        (pie(goal=2.0), "other-limits"),
    ],
)
def test_another_question_is_not_mixed_in(other: Record, name: str, tmp_path: Path) -> None:
    """A file is about one world, asked in one way; whoever comes with another is told so."""
    explore(tmp_path / "f.db", pie())
    with pytest.raises(Mistakes) as refused:
        explore(tmp_path / "f.db", other)
    assert [d.name for d in refused.value.diagnostics] == [name]


def test_comments_make_no_other_world(tmp_path: Path) -> None:
    """What changes nothing that can happen may be changed."""
    explore(tmp_path / "f.db", pie())
    commented = pie(text=pie().texts[0][1] + "\n// a thought\n")
    assert explore(tmp_path / "f.db", commented).resumed > 0


def test_limits_are_those_of_the_file(tmp_path: Path) -> None:
    """Stories that a limit leaves out are owned up to."""
    assert not explore(tmp_path / "f.db", pie(limits=Limits(1, 4, 2))).whole
    assert explore(tmp_path / "g.db", pie(limits=LIMITS)).whole
