"""The house keeps its shape: sizes, first lines, names, walls and the papers by the door."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

from nanobind.stubgen import StubGen

import fabula
from fabula import _core

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "fabula"
EDGE = {"cli", "web", "lsp", "play", "store", "pipeline"}
PROSE = {"LICENSE", "py.typed"}
GENERATED = {"_core.pyi", "constraints.txt"}

OPENING = {
    ".py": '"""',
    ".cpp": "// ",
    ".hpp": "// ",
    ".lark": "// ",
    ".sql": "-- ",
    ".fab": "// ",
    ".toml": "# ",
    ".yml": "# ",
    ".ftl": "# ",
    ".md": "# ",
    "": "# ",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Return the files that people write, of the given kinds."""
    places = [ROOT / room for room in ("src", "native", "tests", "docs", "benchmarks", ".ci", ".github")]
    found = [path for place in places for path in sorted(place.rglob("*")) if path.is_file()]
    found += [path for path in sorted(ROOT.iterdir()) if path.is_file() and not path.name.endswith(".so")]
    written = [
        path for path in found if "__pycache__" not in path.parts and path.suffix not in {".so", ".pyd"}
    ]
    return tuple(path for path in written if not suffixes or path.suffix in suffixes)


@cache
def tree(path: Path) -> ast.Module:
    """Parse a Python file once."""
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(place: Path = SOURCE) -> list[Path]:
    """Return the Python modules below a place."""
    return [path for path in files(".py") if path.is_relative_to(place)]


def name(path: Path) -> str:
    """Return how a file is called in a report."""
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    """Count the lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def room(path: Path) -> str:
    """Return the room that a module of the package stands in."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def functions(place: Path = SOURCE) -> Iterator[tuple[Path, Function]]:
    """Yield every function below a place, inner ones and methods too."""
    for path in modules(place):
        for node in ast.walk(tree(path)):
            if isinstance(node, Function):
                yield path, node


def length(function: Function) -> int:
    """Count the lines of a function, its docstring left out: words about it do not make it long."""
    first = function.body[0]
    words = 0
    if ast.get_docstring(function) is not None:
        words = (first.end_lineno or first.lineno) - first.lineno + 1
    return (function.end_lineno or function.lineno) - function.lineno + 1 - words


def imports(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Yield the full name of everything that a module imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


# --- sizes ---------------------------------------------------------------------------------------


def test_no_file_of_code_has_more_than_400_lines() -> None:
    """A file of code has at most 400 lines."""
    assert [name(path) for path in files(".py", ".cpp", ".hpp") if lines(path) > 400] == []


def test_modules_are_short() -> None:
    """Half of the modules that hold code have at most 200 lines."""
    assert median(lines(path) for path in modules() if path.name != "__init__.py") <= 200


def test_functions_are_short() -> None:
    """Half of the functions have at most 10 lines, nine in ten fewer than 30."""
    lengths = [length(function) for _, function in functions()]
    assert median(lengths) <= 10
    assert quantiles(lengths, n=10)[-1] < 30


def test_a_folder_holds_few_modules() -> None:
    """A folder has at most ten modules beside its `__init__`."""
    homes = [path.parent for path in modules() if path.name not in {"__init__.py", "__main__.py"}]
    assert {name(home) for home in homes if homes.count(home) > 10} == set()


# --- names and first lines -------------------------------------------------------------------------


def test_a_module_is_named_for_what_it_holds() -> None:
    """No module is called utils, common, helpers or types."""
    vague = {"utils", "util", "common", "helpers", "types", "misc"}
    assert [name(path) for path in files(".py", ".cpp", ".hpp") if path.stem in vague] == []


def test_the_first_line_says_what_a_file_is_for() -> None:
    """Every file begins with a line of words that says what it is for."""
    homes = {"src", "native", "docs", "benchmarks"}
    ours = [
        path
        for path in files(*OPENING)
        if path.name not in PROSE | GENERATED
        and (path.parent == ROOT or path.relative_to(ROOT).parts[0] in homes or path.suffix == ".py")
    ]
    assert [name(path) for path in ours if not says_what_it_is_for(path)] == []


def says_what_it_is_for(path: Path) -> bool:
    """Tell whether a file opens with words."""
    first, *rest = path.read_text(encoding="utf-8").split("\n", 2)
    if first.startswith("#!"):
        first = rest[0]
    mark = OPENING[path.suffix]
    return first.startswith(mark) and bool(re.match(r"[`\w]", first.removeprefix(mark)))


def test_every_public_name_is_described() -> None:
    """Every public function, class and method has a docstring."""
    silent = [
        f"{name(path)}: {node.name}"
        for path in modules()
        for node in members(tree(path))
        if ast.get_docstring(node) is None
    ]
    assert silent == []


def members(home: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """Yield the public functions and classes of a module, and the public methods of those classes."""
    for node in home.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from members(node)


def test_every_test_is_a_sentence() -> None:
    """The docstring of every test is a sentence of the specification."""
    silent = [
        f"{name(path)}: {function.name}"
        for path, function in functions(ROOT / "tests")
        if function.name.startswith("test_") and not (ast.get_docstring(function) or "").endswith((".", ":"))
    ]
    assert silent == []


# --- walls ---------------------------------------------------------------------------------------


def test_one_door_to_the_core() -> None:
    """Of the package, only `search/engine.py` imports the extension module."""
    doors = {
        name(path)
        for path in modules()
        for imported, _ in imports(path)
        if imported.startswith("fabula._core")
    }
    assert doors <= {"src/fabula/search/engine.py"}


def test_the_core_knows_no_python() -> None:
    """Only `native/bind` includes nanobind or Python."""
    knowing = re.compile(r"#include [<\"](nanobind|Python\.h|pybind)")
    strangers = [path for path in files(".cpp", ".hpp") if knowing.search(path.read_text(encoding="utf-8"))]
    assert [name(path) for path in strangers if path.parent != ROOT / "native" / "bind"] == []


def test_imports_stand_at_the_top() -> None:
    """Only the edge imports late, and only to start quickly: never to dodge a circle."""
    late = [
        f"{name(path)}: {imported}"
        for path in modules()
        if room(path) not in EDGE
        for imported, node in imports(path)
        if node not in tree(path).body
    ]
    assert late == []


def test_only_the_edge_opens_and_prints() -> None:
    """No inner room opens a file or writes to the screen."""
    loud = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        if room(path) not in EDGE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"open", "print", "input"}
    ]
    assert loud == []


# --- papers --------------------------------------------------------------------------------------


def test_nothing_speaks_of_one_machine() -> None:
    """No file names a folder of one machine or the address of a package registry."""
    machine = re.compile(
        r"(?<![\w./$}~-])/(home|root|work|Users|opt|mnt)/\w|[A-Z]:\\\\?Users|pypi\.org/simple|index-url *="
    )
    told = [
        path
        for path in files()
        if path != Path(__file__) and machine.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert [name(path) for path in told] == []


def test_constraints_are_names_and_versions() -> None:
    """`constraints.txt` fixes every package that pyproject asks for, and has names and versions only."""
    fixed = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()[1:]
    assert [line for line in fixed if not re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", line)] == []
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = pyproject["dependency-groups"].values()
    asked = [
        *pyproject["project"]["dependencies"],
        *(wish for group in groups for wish in group if isinstance(wish, str)),
    ]
    wanted = {re.split(r"[\[<>=]", wish)[0] for wish in asked}
    assert wanted - {line.split("==")[0] for line in fixed} == set()


def test_one_version_everywhere() -> None:
    """Package, core, pyproject and changelog agree on the version."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert fabula.__version__ == _core.version() == pyproject["project"]["version"]


def test_the_changelog_is_kept() -> None:
    """The changelog has a place for what is not released yet, and then its releases, newest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## \[(.+?)\]", text, flags=re.MULTILINE)
    assert heads[0] == "Unreleased"
    releases = [tuple(map(int, head.split("."))) for head in heads[1:]]
    assert all(newer > older for newer, older in pairwise(releases))


def test_the_stub_is_fresh() -> None:
    """`_core.pyi` says what the built core has; `make stub` renews it."""
    generator = StubGen(module=_core, quiet=True, output_file=SOURCE / "_core.pyi")
    generator.put(_core)
    assert (SOURCE / "_core.pyi").read_text(encoding="utf-8") == generator.get()


def test_the_drawing_shows_every_room() -> None:
    """The drawing that opens `docs/architecture.md` shows every room of the package."""
    drawing = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```")[1]
    assert {room(path) for path in modules()} - {"__init__", "__main__"} - set(
        re.findall(r"\w+", drawing)
    ) == set()


CORE = ("base", "problem", "states", "minds", "estimate", "seam", "search")
"""The rooms of native/core, from the ground up."""


def test_core_includes_point_down() -> None:
    """A room of the core includes only itself and rooms below it."""
    core = ROOT / "native" / "core"
    rooms = {path.parent.name for path in files(".cpp", ".hpp") if path.parent.parent == core}
    assert rooms == set(CORE)
    for path in files(".cpp", ".hpp"):
        if path.parent.parent == core:
            below = CORE[: CORE.index(path.parent.name) + 1]
            used = re.findall(r'#include "core/(\w+)/', path.read_text(encoding="utf-8"))
            assert set(used) <= set(below), path
