"""The independent checker: says whether a plan, with its printed reasons, is a story of a problem.

It shares the definition with the searches and nothing else: its states are not a graph but endless trees
that unfold where somebody looks (`mind`), it decides what it must by brute force (`motive`), and it
believes nothing that a plan prints (`checking`). Deliberately slow; not done: pruning of any cleverness.
"""

from fabula.search.check.checking import check
from fabula.search.check.verdict import Kind, Verdict

__all__ = ["Kind", "Verdict", "check"]
