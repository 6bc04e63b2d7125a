"""Reading a world: which file, its imports, its changes, and how it is asked."""

from pathlib import Path

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.pipeline import read as reading
from fabula.pipeline.read import beside, bundled, formatted, read
from fabula.search.outcome import Limits

WORLD = "entity Ann : character; property n() : number; action count() { effect: n() = n() + 1; }"


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)


def put(name: str, text: str | bytes) -> str:
    """Write a file and return its name."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def test_a_file_goes_before_a_bundled_world() -> None:
    """A file in the folder that is called like a bundled world is that file."""
    assert read(put("never-alone", WORLD)).file == Path("never-alone")


def test_every_bundled_world_can_be_read_under_its_name() -> None:
    """Written with `-` or `_`, from whatever folder."""
    for name in bundled():
        assert read(name).name == read(name.replace("-", "_")).name == name


def test_a_world_is_called_like_its_file_or_folder() -> None:
    """`pie.fab` is `pie`; a `world.fab` is called like the folder it lies in."""
    assert read(put("pie.fab", WORLD)).name == "pie"
    assert read(put("sea_side/world.fab", WORLD)).name == "sea-side"


def test_texts_are_kept_for_messages_also_when_the_world_is_refused() -> None:
    """Under the names that messages show."""
    texts: dict[str, str] = {}
    put("parts/bad.fab", "entity ? ;")
    with pytest.raises(Mistakes) as caught:
        read(put("world.fab", 'import "parts/bad.fab";'), ("n() = 1",), texts)
    assert set(texts) >= {"world.fab", "parts/bad.fab"}
    assert caught.value.diagnostics[0].labels[0].span.source in texts


def test_line_ends_and_byte_order_marks_do_not_matter() -> None:
    """Files from other machines read alike."""
    plain = read(put("a.fab", WORLD.replace(";", ";\n"))).world
    assert read(put("b.fab", ("\ufeff" + WORLD.replace(";", ";\r\n")).encode())).world == plain


def test_a_file_imported_twice_is_read_once() -> None:
    """By whatever way it is named."""
    put("cast.fab", "entity Ann : character;")
    put("parts/more.fab", 'import "../cast.fab";')
    world = read(put("world.fab", 'import "cast.fab"; import "./cast.fab"; import "parts/more.fab";')).world
    assert [entity.name for entity in world.entities] == ["Ann"]


def test_changes_stand_after_the_world() -> None:
    """They are definitions like any other; taking an act away is said in words."""
    file = put("world.fab", WORLD)
    assert len(read(file, ("n() = 3", "entity Bob : character")).world.entities) == 2
    assert read(file, ("without action count",)).world.actions == ()
    for wrong in ("without action sing", "n() = Ann", "n() ="):
        with pytest.raises(Mistakes):
            read(file, (wrong,))


def test_how_a_world_is_asked_may_lie_beside_it() -> None:
    """`world.toml` for a `world.fab`, `pie.toml` for a `pie.fab`; without one it is asked as usual."""
    file = put("pie.fab", WORLD)
    assert (read(file).limits, read(file).goal) == (Limits(), None)
    put("pie.toml", "goal = 2\ncharacter_limit = 3")
    assert (read(file).limits, read(file).goal) == (Limits(character=3), 2)


@pytest.mark.parametrize(
    "said",
    [
        "author_limit = 99999999999",
        "character_limit = 501",
        f"goal = 1{'0' * 400}",
        "goal = nan",
        "goal = true",
    ],
)
def test_what_nobody_can_look_for_may_not_be_asked(said: str) -> None:
    """A number that is too large is told of where it stands."""
    put("pie.toml", said)
    with pytest.raises(Mistakes, match=r"`pie\.toml`"):
        read(put("pie.fab", WORLD))


def test_what_belongs_to_a_world_bears_its_name() -> None:
    """In a folder with several worlds each has files of its own."""
    put("prose.en.txt", "")
    put("pie.prose.en.txt", "")
    assert beside(Path("pie.fab"), "prose.en.txt") == Path("pie.prose.en.txt")
    assert beside(Path("world.fab"), "prose.en.txt") == Path("prose.en.txt")
    assert beside(Path("cake.fab"), "prose.en.txt") is None


def test_formatting_keeps_comments() -> None:
    """The text comes back in the usual form, with the file it is from."""
    file, text = formatted(put("world.fab", "// why\nentity   Ann:character;"))
    assert (file, text) == (Path("world.fab"), "// why\nentity Ann : character;\n")


def test_a_file_that_may_not_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says is passed on."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reading, "_find", refuse)
    with pytest.raises(Mistakes, match="cannot be read"):
        read(put("world.fab", WORLD))
