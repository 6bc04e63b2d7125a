"""Whatever is given to `fabula`, it answers in words and with the right exit code: no traceback, no hang."""

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from fabula.pipeline import read
from tests.cli.command import PIE, Desk

LOOP = """
property on() : boolean; property n() : boolean;
action push() { precondition: !on(); effect: on(); };
trigger tick() { precondition: on() & n(); effect: !n(); };
trigger tock() { precondition: on() & !n(); effect: n(); };
utility(): n()
"""
COUNTER = """
entity Ann : character; entity Bob : character;
property n(c : character) : number; property m(c : character) : number;
action up(c : character) { effect: n(c) = n(c) + 1; };
action by(c : character) { effect: m(c) = m(c) + 1; };
utility(): if(n(Ann) == 60 & n(Bob) == 60 & m(Ann) == 60 & m(Bob) == 60) 1 else 0
"""
"""A world whose only story has 240 acts in any order."""

BAD: dict[str, tuple[str | bytes, int, str]] = {
    "binary junk": (bytes(range(256)) * 40, 30, "not-text"),
    "text in two-byte characters": ("type place;".encode("utf-16"), 30, "not-text"),
    "ten megabytes of brackets": (b"(" * 10_000_000, 30, "too-large"),
    "many brackets": (b"action a() { precondition: " + b"(" * 400_000, 30, "too-deep"),
    "brackets in a row": (b"(x);" * 200_000, 30, "and "),
    "an endless circle of triggers": (LOOP, 30, "never come to rest"),
    "an unknown name": (PIE + "at(Cat) = Cellar;", 30, "there is no entity called `Cat`"),
    "an unknown word": ("entity Ann : character; propperty x() : boolean;", 30, "error["),
    "a wish divided by zero": (PIE + "utility(): 1 / 0;", 30, "divides by zero"),
    "a wish divided by what becomes zero": (
        "property n() : number; n() = 1; action a() { effect: n() = n() - 1; }; utility(): 1 / n()",
        30,
        "divides by zero",
    ),
    "an import that is not there": ('import "cast.fab";', 30, "missing-import"),
    "a file that imports itself": ('import "bad.fab";', 30, "import-circle"),
    "an act that contradicts itself": (
        "property n() : number; action a() { effect: n() = 1 & n() = 2; }",
        30,
        "contradictory-effect",
    ),
    "an act with a million cases": (
        "type thing; "
        + "".join(f"entity E{i} : thing; " for i in range(40))
        + "property p(t : thing) : boolean; action a(a : thing, b : thing, c : thing, d : thing, e : thing)"
        "{ effect: p(a); }",
        30,
        "too-many-cases",
    ),
    "nothing at all": ("", 10, "no story, and this is proved"),
}


@pytest.mark.parametrize(("text", "code", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_world_gets_one_clear_message(desk: Desk, text: str | bytes, code: int, said: str) -> None:
    """The message names what is wrong; the exit code says what kind of thing it was."""
    ended = desk.run("plan", desk.write("bad.fab", text))
    assert ended.code == code
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert len(ended.err) < 20_000


def test_a_folder_is_no_world(desk: Desk) -> None:
    """The message names the world file in it, if there is one."""
    ended = desk.run("plan", str(desk.folder))
    assert ended.code == 31
    assert "is a folder, not a world" in ended.err
    assert "pie.fab" in ended.err


def test_a_missing_world_is_wrong_usage(desk: Desk) -> None:
    """A name that is neither a file nor a bundled world; one that is nearly right is suggested."""
    ended = desk.run("tell", "nevr-alone")
    assert ended.code == 31
    assert "did you mean `never-alone`?" in ended.err


@pytest.mark.parametrize("name", ["a" * 5000, "x/../../y", "nul\0", "", "."])
def test_strange_names_are_wrong_usage(desk: Desk, name: str) -> None:
    """No name breaks the program."""
    assert desk.run("plan", name).code == 31


def test_circles_of_imports_are_found(desk: Desk) -> None:
    """However long they are; and each file is read once only."""
    desk.write("a.fab", 'import "b.fab";')
    desk.write("b.fab", 'import "a.fab";')
    ended = desk.run("check", "a.fab")
    assert (ended.code, "import-circle" in ended.err) == (30, True)


def test_imports_count_from_the_importing_file(desk: Desk) -> None:
    """A folder may hold parts of a world."""
    desk.write("parts/cast.fab", "type place;" + 'import "things.fab";')
    desk.write("parts/things.fab", "entity Hall : place;")
    desk.write("world.fab", 'import "parts/cast.fab"; entity Ann : character;')
    assert desk.run("check", "world.fab").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan",),
        ("plan", "pie.fab", "--no-such-option"),
        ("plan", "pie.fab", "--optimal", "--all"),
        ("plan", "pie.fab", "--author-limit", "many"),
        ("plan", "pie.fab", "--author-limit", "-2"),
        ("plan", "pie.fab", "--time", "nan"),
        ("plan", "pie.fab", "--time", "0"),
        ("plan", "pie.fab", "--time", "inf"),
        ("plan", "pie.fab", "--nodes", "0"),
        ("plan", "pie.fab", "--character-limit", "501"),
        ("plan", "pie.fab", "--goal", "nan"),
        ("plan", "pie.fab", "--check", ""),
        ("plan", "pie.fab", "--change", "fed("),
        ("plan", "pie.fab", "--change", "fed(Cat)"),
        ("plan", "pie.fab", "--change", "without action dance"),
        ("tell", "pie.fab", "-o", ""),
        ("tell", "pie.fab", "-o", "no/such/folder.txt"),
        ("tell", "pie.fab", "--spin", "upside-down"),
        ("why", "pie.fab", "dance"),
        ("format", "never-alone", "--write"),
        ("tell", "pie.fab", "--format", "papyrus"),
        ("tell", "pie.fab", "--viewpoint", "Nobody"),
        ("explain", "no-such-mistake"),
        ("dance",),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told(desk: Desk, arguments: tuple[str, ...]) -> None:
    """One message, in the manner of the others; whatever on the command line is wrong, the exit code is the same."""
    ended = desk.run(*arguments)
    assert ended.code == 31
    assert ended.err.startswith("error[")
    assert "nvalid" not in ended.err
    assert ended.out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("plan pie.fab --time nan", "error[usage]: `--time`: `nan` is no length of time"),
        ("plan pie.fab --author-limit many", "`--author-limit` / `-atl`: `many` is no whole number\n"),
        ("plan", "error[usage]: WORLD is missing\nhint: `fabula plan --help` lists"),
        (
            "picture pie.fab",
            "error[usage]: one of `lanes|arcs|feelings|map|causes|stories` is missing\nhint: `fabula pic",
        ),
        ("explore pie.fab", "error[usage]: the option `--store` is missing\n"),
        (
            "plan pie.fab --ambition",
            "error[usage]: `--ambition` needs a value\nhint: `fabula plan --help` lists",
        ),
        ("plan pie.fab cake.fab", "error[usage]: there is no place for `cake.fab`\n"),
        ("plan pie.fab --ctl 3", "there is no option `--ctl`"),
        ("tel pie.fab", "there is no command `tel`\nhint: did you mean `tell`?\n"),
        ("plan pie.fab --node 3", "there is no option `--node`\nhint: did you mean `--nodes`?\n"),
        ("plan pie.fab --dance", "there is no option `--dance`\nhint: `fabula plan --help` lists"),
        ("tell pie.fab --viewpoint Adda", "hint: did you mean `Ada`?\n"),
        ("format never-alone --write", "`never-alone` is a bundled world and stays as it is"),
    ],
)
def test_wrong_usage_is_told_in_fabulas_words(desk: Desk, arguments: str, said: str) -> None:
    """The message says what is wrong and, below, what would be right."""
    assert said in desk.run(*arguments.split()).err


def test_no_command_at_all_asks_for_help(desk: Desk) -> None:
    """`fabula` alone prints what `fabula --help` prints."""
    assert desk.run() == desk.run("--help")


@pytest.mark.parametrize(("redirection", "code"), [(">&-", 0), (">&- 2>&-", 0), ("> /dev/full", 31)])
def test_a_closed_screen_is_no_bug(desk: Desk, redirection: str, code: int) -> None:
    """Who closes an output does not want it; one that takes nothing is told of."""
    command = f"{sys.executable} -m fabula plan pie.fab {redirection}"
    done = subprocess.run(command, shell=True, cwd=desk.folder, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_a_bug_is_told_in_one_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw ends with exit code 40, and a traceback only for whoever asks for it."""

    def broken(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr(read, "read", broken)
    ended = desk.run("plan", "pie.fab")
    assert ended.code == 40
    assert "Traceback" not in ended.err
    monkeypatch.setenv("FABULA_DEBUG", "1")
    with pytest.raises(LookupError):
        desk.run("plan", "pie.fab")


@pytest.mark.parametrize(
    ("error", "code"), [(MemoryError(), 21), (RecursionError(), 30), (KeyboardInterrupt(), 22)], ids=repr
)
def test_the_ends_of_the_machine_are_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    """Too little memory, too deep a nesting, an impatient reader."""

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(read, "read", fails)
    assert desk.run("plan", "pie.fab").code == code


def test_budgets_end_a_search(desk: Desk) -> None:
    """Time and states are limited from outside; what was searched is told."""
    desk.write("counter.fab", COUNTER)
    limits = ("-atl", "-1")
    timed = desk.run("plan", "counter.fab", *limits, "--optimal", "--time", "0.2")
    assert (timed.code, "the time is up" in timed.err) == (20, True)
    counted = desk.run("plan", "counter.fab", *limits, "--optimal", "--nodes", "50")
    assert (counted.code, "no story so far" in counted.err) == (20, True)


def test_ctrl_c_ends_a_search(tmp_path: Path) -> None:
    """An interrupt ends the program within moments, with exit code 22 and a sentence."""
    (tmp_path / "counter.fab").write_text(COUNTER)
    command = [sys.executable, "-m", "fabula", "plan", "counter.fab", "-atl", "-1", "--optimal"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 22, said
    assert "interrupted" in said
    assert "Traceback" not in said


def test_whoever_stops_reading_has_read_enough(desk: Desk) -> None:
    """A closed pipe is no error."""
    for options in ((), ("--all", "--json"), ("--help",)):
        command = [sys.executable, "-m", "fabula", "plan", "pie.fab", *options]
        process = subprocess.Popen(command, cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        assert process.communicate()[1] == b""
        assert process.returncode == 0


def test_who_cannot_be_told_is_told_by_the_exit_code(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream for messages that takes nothing changes nothing else."""

    class Full(StringIO):
        def write(self, _: str) -> int:
            raise OSError(28, "no space left on device")

    monkeypatch.setattr(sys, "stderr", Full())
    assert desk.run("plan", "nowhere.fab").code == 31
    assert desk.run("plan", "pie.fab", "--time", "0").code == 31


def test_help_names_every_command() -> None:
    """`fabula --help` lists the commands and loads none of the heavy rooms."""
    script = (
        "import sys; from fabula.cli import run; run(['--help']);"
        "print([m for m in sys.modules if m.startswith(('lark', 'rich', 'numpy', 'fabula.ground', 'fabula.search.outcome'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    for command in ("tell", "plan", "why", "check", "format", "worlds", "explain"):
        assert f"\n  {command} " in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_command_loads_only_what_it_needs(desk: Desk) -> None:
    """`fabula plan` loads neither the other commands nor the rooms that recount and tell a story."""
    rooms = tuple(
        f"fabula.{room}" for room in ("ask", "story", "tell", "present", "store", "language.layout")
    )
    script = (
        "import sys; from fabula.cli import run; run(['plan', 'pie.fab']);"
        f"print([m for m in sys.modules if m.startswith({('fabula.cli.commands.', 'numpy', *rooms)})])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=desk.folder, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "['fabula.cli.commands.planning']"
