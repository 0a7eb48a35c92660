"""Which cells to hide: a first choice that is always safe, then as few as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from constancia.domain.disclosure.demands import Checks, Demand
from constancia.domain.disclosure.routes import Routes
from constancia.domain.disclosure.system import System
from constancia.domain.disclosure.worlds import SLACK, Worlds

Side = tuple[int, int]


@dataclass
class Task:
    """`never`: cells that stay shown; `must`: hidden whatever it costs; `costs`: of hiding each cell."""

    system: System
    asked: Sequence[Demand]
    must: np.ndarray
    never: np.ndarray
    costs: np.ndarray
    checks: Checks = field(init=False)

    def __post_init__(self) -> None:
        self.checks = Checks(len(self.system.values), self.asked)
        self.must = self.must.copy()
        self.must[list(self.system.hidden)] = True
        for demand in self.asked:
            self.must[list(demand.cells)] = True
        self.costs = np.where(self.must, 0.0, self.costs)

    def cost(self, hidden: np.ndarray) -> float:
        """Information lost beyond what must be hidden in any case."""
        return float(self.costs[hidden].sum())


class Witnesses:
    """For each side of each demand a world that meets it."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.of: dict[Side, np.ndarray] = {}

    def add(self, change: np.ndarray) -> None:
        """Lets a world, and its mirror image where nobody becomes negative, stand for every side it meets."""
        for world in (change, -change):
            if np.any(world < -self.task.system.room - SLACK):
                continue
            for sign, met in zip((1, -1), self.task.checks.met(world), strict=True):
                for index in np.flatnonzero(met):
                    self.of.setdefault((int(index), sign), world)

    def using(self, cell: int) -> list[Side]:
        return [side for side, world in self.of.items() if abs(world[cell]) > SLACK]


def first_choice(task: Task, start: np.ndarray) -> tuple[np.ndarray, list[Demand]]:
    """Cells to hide, `start` among them, demand by demand along cheapest routes; demands none can meet."""
    hidden = start | task.must
    routes, witnesses = Routes(task.system, task.never), Witnesses(task)
    unmet = []
    for index in _order(task):
        demand = task.asked[index]
        for sign, need in demand.sides():
            if (index, sign) in witnesses.of:
                continue
            change = routes.cheapest(demand.cells, sign, need, np.where(hidden, 0.0, task.costs))
            if change is None:
                unmet.append(demand)
                break
            hidden = hidden | (np.abs(change) > SLACK)
            witnesses.add(change)
    return hidden, unmet


def without_needless(task: Task, hidden: np.ndarray) -> np.ndarray:
    """Shows again, dearest first, every cell without which all demands are still met."""
    worlds, witnesses = Worlds(task.system, hidden), Witnesses(task)
    for side in _sides(task):
        if side not in witnesses.of:
            witnesses.add(worlds.reach(task.asked[side[0]].cells, side[1]).change)
    hidden = hidden.copy()
    candidates = np.flatnonzero(hidden & ~task.must)
    for cell in sorted(candidates.tolist(), key=lambda cell: (-task.costs[cell], cell)):
        found = _without(task, worlds, witnesses, hidden, cell)
        if found is not None:
            witnesses = found
            hidden[cell] = False
    worlds.allow(hidden)
    return hidden


def _without(
    task: Task, worlds: Worlds, witnesses: Witnesses, hidden: np.ndarray, cell: int
) -> Witnesses | None:
    """Witnesses that do without `cell`; None if some side cannot be met without it."""
    affected = witnesses.using(cell)
    if not affected:
        return witnesses
    fewer = hidden.copy()
    fewer[cell] = False
    worlds.allow(fewer)
    made = Witnesses(task)
    made.of = {side: world for side, world in witnesses.of.items() if abs(world[cell]) <= SLACK}
    for index, sign in affected:
        if (index, sign) in made.of:
            continue
        reach = worlds.reach(task.asked[index].cells, sign)
        if reach.far < need_of(task, index, sign) - SLACK:
            return None
        made.add(reach.change)
    return made


def need_of(task: Task, index: int, sign: int) -> int:
    """Persons that this side of the demand has to reach."""
    demand = task.asked[index]
    return demand.up if sign > 0 else demand.down


def _sides(task: Task) -> list[Side]:
    return [(index, sign) for index in range(len(task.asked)) for sign in (1, -1)]


def _order(task: Task) -> list[int]:
    """The neediest first: the routes they open serve the others."""
    return sorted(range(len(task.asked)), key=lambda i: (-task.asked[i].up, task.asked[i].cells))
