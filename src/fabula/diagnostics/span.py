"""Where in an author's text something stands."""

from fabula.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one source text.

    `start` and `end` are offsets in characters (end exclusive); `line` and `column` count from 1 and
    belong to `start`. `source` is the name shown to the author, usually a path.
    """

    source: str
    start: int
    end: int
    line: int
    column: int
