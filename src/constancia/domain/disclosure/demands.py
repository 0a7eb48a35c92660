"""What must stay uncertain: how far each sensitive cell has to reach in the attacker's worlds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from constancia.domain.disclosure.policy import TOTAL, Policy
from constancia.domain.disclosure.system import System, View, key_of
from constancia.domain.disclosure.table import Table
from constancia.domain.disclosure.worlds import SLACK


@dataclass(frozen=True, slots=True)
class Demand:
    """The sum of `cells` must be able to be `down` persons less and `up` persons more than it is."""

    cells: tuple[int, ...]
    down: int
    up: int

    def sides(self) -> tuple[tuple[int, int], ...]:
        """(direction, persons), all of which must be reached."""
        return ((1, self.up), (-1, self.down)) if self.down else ((1, self.up),)


def demands(system: System, policy: Policy, views: Collection[View], known: Collection[int]) -> list[Demand]:
    """One for each sensitive cell (1 to threshold - 1 persons) of `views` that is not `known` by policy.

    It must reach down to one person less and up to the threshold, so that nobody can say that it is small;
    where a category is listed for its only person, not down.
    """
    found = []
    for view in sorted(views, key=lambda view: (len(view), view)):
        for cell in system.views[view]:
            persons = int(system.values[cell])
            if policy.small(persons) and cell not in known:
                found.append(Demand((cell,), min(1, int(system.room[cell])), policy.threshold - persons))
    return found


def exempt(system: System, tables: Sequence[Table], policy: Policy) -> frozenset[int]:
    """Cells shown whatever they count: the total, if the policy says so, and the tables that it names."""
    found = {system.index[()]} if TOTAL in policy.exempt else set()
    for table in tables:
        if table.name in policy.exempt:
            found |= {system.index[key_of(table.dimensions, cell)] for cell in table.cells()}
    return frozenset(found)


class Checks:
    """Which sides of which demands a world meets, all at once. A side is (index of the demand, direction)."""

    def __init__(self, count: int, asked: Sequence[Demand]) -> None:
        self.asked = asked
        self._sums = np.zeros((len(asked), count))
        for row, demand in enumerate(asked):
            self._sums[row, list(demand.cells)] = 1.0
        self._up = np.array([demand.up for demand in asked], dtype=float)
        self._down = np.array([demand.down for demand in asked], dtype=float)

    def met(self, change: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Two rows of truths: demands whose upper side this change reaches, and whose lower side."""
        moved = self._sums @ change
        return moved >= self._up - SLACK, -moved >= self._down - SLACK
