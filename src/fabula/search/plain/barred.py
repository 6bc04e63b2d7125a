"""Plans that somebody could think of if only the others were willing: whoever would not, closes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from fabula.ground.expression import EntityId
from fabula.ground.problem import ActionId
from fabula.search.minds.state import State
from fabula.search.outcome import Barred
from fabula.search.reasons import Reasons

_MOST = 2_000
"""So many imagined states are looked at; what is further away than that hardly crosses anybody's mind."""


def barred(reasons: Reasons, who: EntityId, action: ActionId, mind: State, acts: int) -> Barred | None:
    """Return a shortest plan of at most so many acts that begins with the act and that only others close to her."""
    for plan in _conceivable(reasons, who, action, mind, acts):
        refusal = _refusal(reasons, who, plan, mind, acts)
        if refusal is not None:
            return refusal
    return None


def _conceivable(
    reasons: Reasons, who: EntityId, action: ActionId, mind: State, acts: int
) -> Iterator[tuple[ActionId, ...]]:
    """Give plans that improve her lot, were everybody willing, and that need each of their acts; shortest first."""
    nature, before = reasons.nature, reasons.worth(who, mind)
    start = nature.after(mind, action)
    came: dict[State, tuple[ActionId, ...]] = {start: (action,)}
    queue = deque([start])
    while queue and before is not None:
        state = queue.popleft()
        plan, worth = came[state], reasons.worth(who, state)
        if worth is not None and worth > before and not _needless(reasons, who, plan, mind, worth):
            yield plan
        if len(plan) == acts or len(came) > _MOST:
            continue
        for further in reasons.open(state):
            after = nature.after(state, further)
            if after not in came:
                came[after] = (*plan, further)
                queue.append(after)


def _needless(reasons: Reasons, who: EntityId, plan: Sequence[ActionId], mind: State, worth: float) -> bool:
    """Whether the plan would bring as much if one of its acts, and whatever that made possible, were left out."""
    for left_out in range(len(plan)):
        state = mind
        for number, action in enumerate(plan):
            if number != left_out and reasons.nature.possible(action, state):
                state = reasons.nature.after(state, action)
        instead = reasons.worth(who, state)
        if instead is not None and instead >= worth:
            return True
    return False


def _refusal(
    reasons: Reasons, who: EntityId, plan: tuple[ActionId, ...], mind: State, acts: int
) -> Barred | None:
    """Find the first act after the first of a plan for which another has no reason, in her eyes."""
    nature = reasons.nature
    state = nature.after(mind, plan[0])
    for number, action in enumerate(plan[1:], 1):
        others = (c for c in nature.problem.actions[action].consenting if c != who)
        unwilling = tuple(
            c
            for c in others
            if reasons.reason(c, action, state.believed[c], acts - number, 2).explanation is None
        )
        if unwilling:
            return Barred(plan, action, unwilling)
        state = nature.after(state, action)
    return None
