"""Warnings that an author has seen and means: a comment `// meant: NAME` on the line, or on the one above, takes one away.

`// meant everywhere: NAME` does so for the whole file. Several names stand with commas between them. Mistakes cannot be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from fabula.diagnostics.diagnostic import Diagnostic

_MEANT = re.compile(r"//.*?\bmeant(?P<everywhere>\s+everywhere)?\s*:\s*(?P<names>[\w-]+(?:\s*,\s*[\w-]+)*)")


def unmeant(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics but for warnings that are meant; `texts` holds what was read, by source."""
    return tuple(d for d in diagnostics if d.level == "error" or not _is_meant(d, texts))


def _is_meant(warning: Diagnostic, texts: Mapping[str, str]) -> bool:
    if not warning.labels:
        return False
    span = warning.labels[0].span
    for number, line in enumerate(texts.get(span.source, "").splitlines(), 1):
        found = _MEANT.search(line)
        if found and warning.name in re.split(r"\s*,\s*", found["names"]):
            above = number == span.line - 1 and line.lstrip().startswith("//")
            if found["everywhere"] or number == span.line or above:
                return True
    return False
