"""The independent checker: says whether a plan, with its printed reasons, is a story of a problem.

It shares the definition with the searches and nothing else. Its states are no graph but trees of beliefs cut
at a depth (`mind`); when somebody looks below the cut, all begins again from deeper trees. What it must decide
itself it decides by brute force (`motive`), short of what nobody could hope for (`hope`); it believes nothing
that a plan prints (`checking`). The price is time: minutes where a world is large and plans are long.
"""

from fabula.search.check.checking import check
from fabula.search.check.verdict import Kind, Verdict

__all__ = ["Kind", "Verdict", "check"]
