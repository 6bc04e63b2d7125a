"""Spaces of stories kept in a file: looked at bit by bit, resumable at any moment, asked about later, spread over machines."""

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes

try:
    import duckdb  # noqa: F401 - the file itself
    import pyarrow as pa  # noqa: F401 - tables on their way to it and from it
except ModuleNotFoundError as missing:
    raise Mistakes(
        Diagnostic(
            "error",
            "missing-extra",
            f"files of stories need `{missing.name}`, which is not installed",
            hints=("install what they need: `pip install 'fabula[store]'`",),
        )
    ) from None
