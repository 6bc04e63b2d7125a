"""Asking a file: clauses are decided, SQL can do no harm, tables come out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fabula.ask.endings import endings
from fabula.diagnostics.diagnostic import Mistakes
from fabula.store.explore import explore
from fabula.store.kept import Kept, opened
from tests.store.worlds import pie


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Explore the world with a pie."""
    path = tmp_path_factory.mktemp("store") / "pie.db"
    explore(path, pie())
    with opened(path) as found:
        yield found


ALONE = ("eat(Ada, Kitchen)",)
HIS = ("walk(Ben, Kitchen)", "eat(Ben, Kitchen)")
WATCHED = ("walk(Ben, Kitchen)", "eat(Ada, Kitchen)")
LATE = ("eat(Ada, Kitchen)", "walk(Ben, Kitchen)")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {ALONE, WATCHED, HIS, LATE}),
        ("ends: fed(Ben)", {HIS}),
        ("not ends: fed(Ben)", {ALONE, WATCHED, LATE}),
        ("ends: at(Ben) == Kitchen & fed(Ada)", {WATCHED, LATE}),
        ("with: Ada, Ben", {WATCHED, LATE}),
        ("not with: Ada", {HIS}),
        ("act: eat(Ben, ?)", {HIS}),
        ("not act: walk(?, Kitchen)", {ALONE}),
        ("sometime: at(Ben) == Kitchen & pie(Kitchen)", {WATCHED, HIS}),
        ("length: 1", {ALONE}),
        ("length: 2..", {WATCHED, HIS, LATE}),
        ("not length: ..1", {WATCHED, HIS, LATE}),
        ("length: 7", set()),
        ("hoped; length: 2", {WATCHED, LATE}),
        ("not hoped", {HIS}),
        ("keeps: ada goes hungry", {HIS}),
        ("breaks: Ada goes hungry.", {ALONE, WATCHED, LATE}),
        ("breaks: The pie feeds only one.", set()),
        ("not breaks: Ada goes hungry.; with: Ben", {HIS}),
        ("breaks: Ben knows.", {ALONE, LATE}),
        ("keeps: eat(Ada, ?) before walk(Ben, ?)", {ALONE, HIS, LATE}),
        ("keeps: possible fed(Ben)", {HIS}),
    ],
)
def test_clauses_are_decided(kept: Kept, query: str, found: set[tuple[str, ...]]) -> None:
    """Every ending at which a story can end of which all is true, and no other, with such a story."""
    assert {story.acts for story in kept.find(query)} == found


def test_longer_stories_are_found_too(kept: Kept) -> None:
    """A story that is not the shortest to its ending is found where only that one will do."""
    (story,) = kept.find("act: walk(Ben, ?); ends: fed(Ada); length: 2; breaks: Ben knows.")
    assert story.acts == LATE


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("ends fed(Ada)", "unknown-clause"),
        ("edns: fed(Ada)", "unknown-clause"),
        ("ends:", "unknown-clause"),
        ("length: many", "unknown-clause"),
        ("act: fed(Ada)", "unknown-clause"),
        ("ends: eat(Ada, ?)", "unknown-clause"),
        ("with: Adda", "no-such-character"),
        ("ends: fed(Adda)", "unknown-name"),
        ("ends: fed(Ada", "open-bracket"),
        ("ends: believes(Ben, fed(Ada))", "not-kept"),
        ("sometime: steps(Ada) >= 3", "not-kept"),
        ("keeps: never believes(Ben, fed(Ada))", "not-kept"),
    ],
)
def test_what_cannot_be_asked_is_refused(kept: Kept, query: str, name: str) -> None:
    """What is no clause, or tells apart what the file keeps as one, is refused with the way out."""
    with pytest.raises(Mistakes) as refused:
        list(kept.find(query))
    diagnostic = refused.value.diagnostics[0]
    assert (diagnostic.name, bool(diagnostic.hints)) == (name, True)


def test_beliefs_that_were_asked_about_beforehand_can_be_asked(tmp_path: Path) -> None:
    """A contract given to `explore` keeps what later questions need."""
    explore(tmp_path / "f.db", pie('contract "x": possible believes(Ben, fed(Ada));'))
    with opened(tmp_path / "f.db") as kept:
        assert {story.acts for story in kept.find("ends: believes(Ben, fed(Ada))")} == {WATCHED}


def test_tables_are_of_arrow(kept: Kept) -> None:
    """Stories come as a table, with who chooses in them and what has changed."""
    (row,) = kept.stories("ends: fed(Ben)").to_pylist()
    assert (row["people"], row["length"], row["hoped"]) == (["Ben"], 2, False)
    assert "fed(Ben)" in row["facts"]
    assert kept.stories("length: 7").num_rows == 0
    assert kept.worlds()["broken"].to_pylist() == [["Ada goes hungry.", "Ben knows."]]


def test_views_tell_stories_in_sql(kept: Kept) -> None:
    """Whoever asks in SQL has the stories and endings, too."""
    assert kept.sql("SELECT length FROM stories ORDER BY ALL")["length"].to_pylist() == [1, 2, 2, 2]
    assert kept.sql("SELECT count(*) n FROM endings WHERE hoped")["n"].to_pylist() == [2]


@pytest.mark.parametrize(
    "query",
    [
        "DROP TABLE met",
        "INSERT INTO about VALUES ('x', 'y')",
        "COPY met TO 'stolen.csv'",
        "EXPORT DATABASE 'stolen'",
        "ATTACH 'other.db' AS other",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM '/etc/passwd'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM nowhere",
        "nonsense",
        "SELECT * FROM kept",
    ],
)
def test_a_hostile_query_comes_to_nothing(
    kept: Kept, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query reads this file only, and writes nothing."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Mistakes) as refused:
        kept.sql(query)
    assert refused.value.diagnostics[0].name == "wrong-query"
    assert list(tmp_path.iterdir()) == []
    assert kept.sql("SELECT count(*) n FROM met")["n"].to_pylist() == [6]


def test_the_space_can_be_asked_like_any_other(kept: Kept) -> None:
    """What `fabula.ask` answers about a space in memory, it answers about one in a file."""
    assert len(endings(kept.space()).endings) == len(list(kept.find()))
