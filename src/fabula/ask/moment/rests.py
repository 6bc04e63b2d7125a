"""On which beliefs a plan rests: what its acts look at in somebody's mind, as far as the plan does not bring it about itself."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.frozen import dataclass
from fabula.ground.expression import EntityId, FluentId, Value
from fabula.ground.problem import Path
from fabula.search.minds.evaluate import Sight
from fabula.search.minds.nature import Nature
from fabula.search.minds.seen import after
from fabula.search.outcome import Explanation
from fabula.story.support import act_support


@dataclass(frozen=True, slots=True)
class Held:
    """At `path` (inside her mind), `fluent` is `held`; really, or in the other's mind, it is `true`.

    `since` is the event (counted from 0) that last changed it in her mind, None if it has stood there from the start.
    """

    path: Path
    fluent: FluentId
    held: Value
    true: Value
    since: int | None


def rests_on(nature: Nature, explanation: Explanation, states: Sequence[Sight], event: int) -> list[Held]:
    """Return the beliefs on which the plan rests for whose sake she took part in an event, in the plan's order."""
    who = explanation.character
    now = states[event].believed[who]
    return [
        Held(
            path,
            fluent,
            at(now, path).values[fluent],
            at(states[event], path).values[fluent],
            _since(states[: event + 1], (who, *path), fluent),
        )
        for path, fluent in _looked_at(nature, explanation, now)
    ]


def _looked_at(nature: Nature, explanation: Explanation, mind: Sight) -> list[tuple[Path, FluentId]]:
    found: dict[tuple[Path, FluentId], None] = {}
    imagined = mind
    for step in explanation.steps:
        for path, fluent in act_support(nature.problem.actions[step.action], imagined):
            if at(imagined, path).values[fluent] == at(mind, path).values[fluent]:
                found[path, fluent] = None
        imagined = after(nature, imagined, step.action)
    return list(found)


def _since(states: Sequence[Sight], path: Path, fluent: FluentId) -> int | None:
    """Return the event that last changed a belief; there is one less of them than of states."""
    now = at(states[-1], path).values[fluent]
    changed = (n for n in range(len(states) - 2, -1, -1) if at(states[n], path).values[fluent] != now)
    return next(changed, None)


def at(state: Sight, path: Sequence[EntityId]) -> Sight:
    """Return what somebody believes that somebody believes …, in a state."""
    for character in path:
        state = state.believed[character]
    return state
