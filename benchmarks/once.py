"""Inside the measured process: read, ground, search, and print what came of it as JSON."""

from __future__ import annotations

import json
import resource
import sys

from fabula.pipeline.read import read
from fabula.pipeline.solve import ground, solve
from fabula.search.outcome import Budget, Limits


def main() -> None:
    """Answer the question given as JSON: file, goal, three limits, mode, seconds."""
    file, goal, author, character, epistemic, mode, seconds = json.loads(sys.argv[1])
    problem = ground(read(file).world)
    outcome = solve(problem, Limits(author, character, epistemic), goal, mode, Budget(seconds=seconds))
    answer = {
        "status": outcome.status.value,
        "length": len(outcome.plans[0].steps) if outcome.plans else None,
        "search": outcome.statistics.seconds,
        "visited": outcome.statistics.visited,
        "states": outcome.statistics.generated,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
