"""The independent checker: says whether a plan, with its printed reasons, is a story of a problem.

It shares the definition with the searches and nothing else: its states are not a graph but trees of
beliefs cut at a depth (`mind`), which is doubled and all begun again when somebody looks below the cut; it decides what it
must by brute force (`motive`), and it believes nothing that a plan prints (`checking`). Deliberately slow.
"""

from fabula.search.check.checking import check
from fabula.search.check.verdict import Kind, Verdict

__all__ = ["Kind", "Verdict", "check"]
