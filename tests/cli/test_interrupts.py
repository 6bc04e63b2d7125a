"""What ends a command before its time: Ctrl-C and the clock. Nothing that was found is lost, and nothing is said by half."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fabula.ask.moment import flaw
from fabula.cli import plans
from fabula.cli.ending import Interrupts
from fabula.cli.question import Question
from fabula.pipeline import read
from fabula.search import engine, reference
from fabula.search.outcome import Limits, Status
from tests.ask.small import PIE, problem
from tests.cli.command import Desk

COUNTER = """
property n() : number; property m() : number;
action up() { effect: n() = n() + 1; };
action by() { effect: m() = m() + 1; };
utility(): if(n() > 0 & m() < 40) 1 else 0
"""
"""A world with one story, and no end of what else can be done."""
LONG_AGO = 30.0
"""Seconds after which a test that waits for the clock gives up."""


def wait(until: Callable[[], bool] = lambda: False) -> None:
    """Do nothing until something has come, and not for ever."""
    enough = time.monotonic() + LONG_AGO
    while not until() and time.monotonic() < enough:
        time.sleep(0.001)


def ctrl_c() -> None:
    """What a terminal does to its foreground."""
    signal.raise_signal(signal.SIGINT)


def test_ctrl_c_raises_at_once() -> None:
    """Whoever does not search is interrupted where it stands, and afterwards everything is as before."""
    before = signal.getsignal(signal.SIGINT)
    with Interrupts(None) as interrupts, pytest.raises(KeyboardInterrupt):
        ctrl_c()
    assert interrupts.why == "interrupt"
    assert signal.getsignal(signal.SIGINT) is before


def test_a_search_is_told_of_ctrl_c() -> None:
    """While it is heeded the first one is only noted; the second is in earnest."""
    with Interrupts(None) as interrupts, interrupts.heeded():
        assert interrupts.going()
        ctrl_c()
        assert not interrupts.going()
        with pytest.raises(KeyboardInterrupt):
            ctrl_c()


def test_the_clock_raises_at_its_time() -> None:
    """Whatever is done then, it ends."""
    interrupts = Interrupts(0.01)
    with pytest.raises(KeyboardInterrupt), interrupts:
        wait()
    assert interrupts.why == "time"


def test_a_clock_may_be_set_for_ages() -> None:
    """More seconds than a clock can count are as good as no limit."""
    with Interrupts(1e300) as interrupts:
        time.sleep(0.1)
    assert interrupts.why == ""


def test_a_search_looks_at_the_clock_itself() -> None:
    """While interrupts are heeded the clock is noted and stops nobody: the search has its own."""
    interrupts = Interrupts(0.3)
    with interrupts, interrupts.heeded():
        wait(lambda: bool(interrupts.why))
        assert (interrupts.why, interrupts.going()) == ("time", True)


@pytest.mark.parametrize("mode", [(), ("--optimal",), ("--prove",), ("--check", "acts.txt")], ids=str)
def test_reading_is_interrupted_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, mode: tuple[str, ...]
) -> None:
    """Time that is up before the search begins ends the command as if it had begun."""
    monkeypatch.setattr(read, "read", lambda *_: wait())
    ended = desk.run("plan", "pie.fab", *mode, "--time", "0.05")
    assert (ended.code, ended.out, ended.err) == (20, "", "stopped, the time is up\n")


def test_a_search_gets_the_time_that_is_left() -> None:
    """Reading and grounding have taken their share of it; none at all would be no limit."""
    now = time.monotonic()
    left = Question("pie", seconds=10.0, began=now - 9.0).budget.seconds
    assert left is not None
    assert 0 < left <= 1
    late = Question("pie", seconds=1.0, began=now - 9.0).budget.seconds
    assert late is not None
    assert 0 < late < 1
    assert Question("pie").budget.seconds is None


def test_what_was_found_is_said_to_its_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Ctrl-C that comes when the search is over does not take the story away."""
    told, tree = desk.run("plan", "pie.fab"), plans.tree

    def late(*words: object) -> object:
        ctrl_c()
        return tree(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(plans, "tree", late)
    ended = desk.run("plan", "pie.fab")
    assert (ended.code, ended.out.split("visited")[0]) == (0, told.out.split("visited")[0])


def test_a_search_that_is_interrupted_says_what_it_has_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all stories those up to then are told, whole, and the exit code says how it ended."""
    tree = plans.tree

    def first(*words: object) -> object:
        ctrl_c()
        return tree(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(plans, "tree", first)
    desk.write("counter.fab", COUNTER)
    ended = desk.run("plan", "counter.fab", "--all", "-atl", "40")
    assert (ended.code, ended.out.count("A story in")) == (22, 1)
    assert "\n1 in all.\n" in ended.out
    assert "stopped, interrupted: what was found is above" in ended.err


def test_a_verdict_does_not_wait_for_its_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is known that acts are no story, an interrupt costs only the explanation."""

    def interrupted(*_: object) -> str:
        ctrl_c()
        raise AssertionError

    monkeypatch.setattr(flaw, "text", interrupted)
    desk.write("acts.txt", "walk(Ada, Garden)")
    ended = desk.run("plan", "pie.fab", "--check", "acts.txt")
    assert ended.out == "no story: act 1, walk(Ada, Garden), is nothing that everybody would do\n"
    assert ended.code == 11


def test_nothing_comes_after_the_end(tmp_path: Path) -> None:
    """Once all is said the exit code stands, whatever is pressed while Python tidies up."""
    script = (
        "import atexit, signal, sys; atexit.register(signal.raise_signal, signal.SIGINT)\n"
        "sys.argv[1:] = ['worlds']\n"
        "from fabula.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_both_searches_ask_whether_to_go_on() -> None:
    """Who has had enough is heard by the core and by the reference."""
    small = problem(PIE)
    for outcome in (
        reference.search(small, Limits(), 9.0, going=lambda: False),
        engine.Session(small, lambda: False).search(Limits(author=0), 9.0),
    ):
        assert (outcome.status, outcome.reason) == (Status.STOPPED, "interrupt")
