"""`python -m benchmarks.other CORE ...`: the command line of fabula, with another build of its native core."""

from __future__ import annotations

import importlib.util
import sys

import fabula
from fabula.cli import main


def load(core: str) -> None:
    """Put the extension module at this path in the place of the installed one."""
    spec = importlib.util.spec_from_file_location("fabula._core", core)
    if spec is None or spec.loader is None:
        sys.exit(f"{core} is no extension module")
    module = importlib.util.module_from_spec(spec)
    sys.modules["fabula._core"] = module
    spec.loader.exec_module(module)
    fabula._core = module  # noqa: SLF001 - that is where it belongs


if __name__ == "__main__":
    load(sys.argv[1])
    sys.argv[1:] = sys.argv[2:]
    main()
