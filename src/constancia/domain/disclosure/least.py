"""As few hidden cells as can be: a mixed-integer programme that learns from the attacker.

The programme chooses which cells to hide; the attacker's linear programme finds a cell that can still be told;
its dual says of which cells some must be hidden besides (Fischetti and Salazar 2000, see `worlds.py`); until
nothing is found or the rounds are used up. Every limit counts nodes or rounds, never seconds: the same answer
on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from constancia.domain.disclosure.hiding import Task, first_choice, need_of, without_needless
from constancia.domain.disclosure.worlds import SLACK, Row, Worlds, add_rows, solver

_ROUNDS = 40
_NODES = 400
_GAP = 1e-4


@dataclass(frozen=True, slots=True)
class Least:
    """`hidden`: the cells to hide. `cost` of the optional ones; no safe choice costs less than `bound`."""

    hidden: np.ndarray
    cost: float
    bound: float

    @property
    def gap(self) -> float:
        """Share of the cost that a better choice might save at most."""
        return 0.0 if self.cost <= self.bound + SLACK else (self.cost - self.bound) / self.cost


def least(task: Task, rounds: int = _ROUNDS, nodes: int = _NODES) -> Least:
    """The cheapest safe choice found. All demands of the task can be met (`first_choice` said so)."""
    hidden = without_needless(task, first_choice(task, task.must)[0])
    best, bound = Least(hidden, task.cost(hidden), 0.0), 0.0
    master = _Master(task, nodes)
    worlds = Worlds(task.system, hidden)
    for _ in range(rounds):
        chosen, proven = master.choose()
        bound = max(bound, proven)
        if chosen is None or bound >= best.cost - SLACK:
            break
        broken = _broken(task, worlds, chosen)
        if not broken:
            found = without_needless(task, chosen)
        else:
            master.learn(broken)
            found = without_needless(task, first_choice(task, chosen)[0])
        if task.cost(found) < best.cost - SLACK:
            best = Least(found, task.cost(found), 0.0)
        if not broken:
            break
    return Least(best.hidden, best.cost, min(bound, best.cost))


def _broken(task: Task, worlds: Worlds, chosen: np.ndarray) -> list[Row]:
    """For each side of a demand that this choice fails, the weights of which the hidden must sum to 1."""
    worlds.allow(chosen)
    values = task.system.values.astype(float)
    room = float(values[task.system.index[()]])
    met: set[tuple[int, int]] = set()
    rows: list[Row] = []
    for index, demand in enumerate(task.asked):
        for sign, need in demand.sides():
            if (index, sign) in met:
                continue
            reach = worlds.reach(demand.cells, sign)
            if reach.far >= need - SLACK:
                for world in (reach.change, -reach.change):
                    if np.all(world >= -values - SLACK):
                        for way, found in zip((1, -1), task.checks.met(world), strict=True):
                            met |= {(int(i), way) for i in np.flatnonzero(found)}
                continue
            weights = np.maximum(reach.prices, 0) * values + np.maximum(-reach.prices, 0) * room
            weights[task.never] = 0.0
            columns = np.flatnonzero(weights > SLACK)
            rows.append((tuple(columns.tolist()), tuple(np.minimum(weights[columns] / need, 1.0).tolist())))
    return rows


class _Master:
    """Chooses the cheapest cells that satisfy what was learned so far."""

    def __init__(self, task: Task, nodes: int) -> None:
        self._task = task
        self._model = solver()
        self._model.setOptionValue("mip_max_nodes", nodes)
        self._model.setOptionValue("mip_rel_gap", _GAP)
        count = len(task.system.values)
        self._model.addVars(count, task.must.astype(float), np.where(task.never, 0.0, 1.0))
        kinds = np.full(count, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        everything = np.arange(count, dtype=np.int32)
        self._model.changeColsIntegrality(count, everything, kinds)
        self._model.changeColsCost(count, everything, task.costs)
        add_rows(self._model, _no_cell_alone(task), 0.0, highspy.kHighsInf)
        self.learn(_line_by_line(task))

    def learn(self, rows: list[Row]) -> None:
        add_rows(self._model, rows, 1.0, highspy.kHighsInf)

    def choose(self) -> tuple[np.ndarray | None, float]:
        """The choice, or None if the nodes did not suffice for one, and what no choice can cost less than."""
        self._model.run()
        info = self._model.getInfo()
        proven = max(0.0, float(info.mip_dual_bound))
        if info.primal_solution_status != 2:
            return None, proven
        return np.array(self._model.getSolution().col_value) > 0.5, proven


def _no_cell_alone(task: Task) -> list[Row]:
    """A cell that alone of its line is hidden can be worked out: another is hidden, or it may be shown."""
    rows = []
    demanded = {cell for demand in task.asked for cell in demand.cells}
    for whole, parts in task.system.lines:
        line = [cell for cell in (whole, *parts) if not task.never[cell]]
        for cell in line:
            others = tuple(other for other in line if other != cell)
            # What is hidden without a demand (an editor's merge) may well be worked out.
            asked = cell in demanded or not task.must[cell]
            if asked and not any(task.must[other] for other in others):
                rows.append(((*others, cell), (*(1.0,) * len(others), -1.0)))
    return rows


def _line_by_line(task: Task) -> list[Row]:
    """What each demand asks of each line it stands in: others there must be able to give way."""
    values = task.system.values
    lines: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
    for line in task.system.lines:
        for part in (line[0], *line[1]):
            lines.setdefault(part, []).append(line)
    rows: list[Row] = []
    for index, demand in enumerate(task.asked):
        if len(demand.cells) > 1:
            continue
        cell = demand.cells[0]
        for whole, parts in lines.get(cell, []):
            for sign in (1, -1):
                need = need_of(task, index, sign)
                weights: dict[int, float] = {}
                for other in (whole, *parts):
                    # A part grows if another part shrinks, which takes people, or if the whole grows.
                    shrinks = (other != whole) == (sign > 0) if cell != whole else sign < 0
                    room = min(float(values[other]), need) if shrinks else float(need)
                    if other != cell and not task.never[other] and room > 0:
                        weights[other] = room / need
                rows.append((tuple(weights), tuple(weights.values())))
    return rows
