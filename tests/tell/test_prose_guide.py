"""The writer's guide and the reader of banks agree."""

import re
from pathlib import Path

from fabula.tell.bank.read import read_bank

GUIDE = Path(__file__).parents[2] / "docs" / "prose.md"


def test_every_example_in_the_guide_can_be_read() -> None:
    """The indented examples of docs/prose.md, one after the other, are one bank without a mistake."""
    blocks = re.findall(r"(?:^    .*\n|^\n(?=    ))+", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    bank = read_bank("\n".join(line[4:] for block in blocks for line in block.split("\n")))
    assert bank.actions["cross"].of("scene")[1].conditions
    assert bank.names["Tobin"].pronoun == "he"
    assert {v.section for v in bank.anywhere.variants} == {"recall", "return", "noise"}
    assert bank.front["made"] == "Found and told by fabula."
