"""Problem to flat arrays, and flat arrays to answers: the two languages of docs/seam.md.

| here | in the core |
|---|---|
| `Problem` | `Problem` (native/core/problem/problem.hpp) |
| `Condition`, `ValueExpression` | `Term` |
| `Explanation` | `Reason` |
| `Plan` | `Story` |
"""

from fabula.search.seam.answer import (
    unflatten,
    unflatten_examined,
    unflatten_leaving,
    unflatten_plan,
    unflatten_spread,
    unflatten_willing,
)
from fabula.search.seam.faults import what_broke
from fabula.search.seam.problem import MAGIC, VERSION, flatten, flatten_question

__all__ = [
    "MAGIC",
    "VERSION",
    "flatten",
    "flatten_question",
    "unflatten",
    "unflatten_examined",
    "unflatten_leaving",
    "unflatten_plan",
    "unflatten_spread",
    "unflatten_willing",
    "what_broke",
]
