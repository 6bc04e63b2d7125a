"""The tables that the program reads with are those of the grammar that people read."""

import os
from pathlib import Path

import fabula
from tests.language.compile_tables import compute

TABLES = Path(fabula.__file__).parent / "language" / "tables.json"


def test_the_tables_are_fresh() -> None:
    """`tables.json` is what `grammar.lark` gives; `RENEW=1 pytest tests/language/test_tables.py` writes it."""
    now = compute()
    if os.environ.get("RENEW"):
        TABLES.write_text(now, encoding="utf-8")
    assert TABLES.read_text(encoding="utf-8") == now
