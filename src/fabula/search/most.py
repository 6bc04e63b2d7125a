"""The largest limits that may be asked for: in a room of their own, since the command line knows them before it loads a search."""

from __future__ import annotations

MOST = 1_000_000_000
"""The largest limit that makes a difference to anybody."""
MOST_PLANNED = 500
"""The longest plans that may be asked for by number: each act of a plan is thought of inside the one before it, which takes stack."""
