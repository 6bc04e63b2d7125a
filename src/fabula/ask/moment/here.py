"""A moment of a course: how things stand after some acts, and who would do what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fabula.ask.inquiry import Lore
from fabula.ground.expression import EntityId
from fabula.ground.problem import ActionId
from fabula.search.minds.evaluate import Sight
from fabula.search.outcome import Start, Willing

AHEAD = 5
"""Where people think ahead without limit, it is looked so many acts deep why they have no reason."""


class Here:
    """A moment at which people can be asked.

    Behaves like a function from (act, character) to whether she would do it; answers about why and why not ask it; the core is
    asked about several acts at a time, and no act twice.
    """

    def __init__(
        self, lore: Lore, acts: tuple[ActionId, ...], state: Sight, start: Start | None = None
    ) -> None:
        """Stand in a state, to which some acts lead from the start of the problem, or from another."""
        self.lore, self.acts, self.state, self.start = lore, acts, state, start
        self._known: dict[ActionId, dict[EntityId, Willing]] = {}

    @property
    def ahead(self) -> int:
        """How many acts people think ahead."""
        most = self.lore.limits.character
        return AHEAD if most < 0 else max(most, 1)

    def ask(self, actions: Iterable[ActionId]) -> None:
        """Ask all who must consent to some acts, at once."""
        fresh = [action for action in dict.fromkeys(actions) if action not in self._known]
        if not fresh:
            return
        limits = replace(self.lore.limits, character=self.ahead)
        found = self.lore.session.willing(self.acts, fresh, limits, self.lore.ambition, start=self.start)
        for action, all_ in zip(fresh, found, strict=True):
            self._known[action] = {willing.character: willing for willing in all_}

    def willing(self, who: EntityId, action: ActionId) -> Willing:
        """Return whether a character would do an act to which she must consent."""
        self.ask([action])
        return self._known[action][who]
