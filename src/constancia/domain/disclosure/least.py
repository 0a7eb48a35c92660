"""As few hidden cells as can be: a mixed-integer programme that learns from the attacker.

The programme chooses which cells to hide; the attacker's linear programme finds a cell that can still be
told; its dual says of which cells some must be hidden besides (Fischetti and Salazar 2000, see `worlds.py`);
until nothing is found or the rounds are used up. Every limit counts nodes or rounds, never seconds: the same
answer on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from constancia.domain.disclosure.hiding import Task, first_choice, need_of, without_needless
from constancia.domain.disclosure.worlds import SLACK, Row, Worlds, add_rows, solver

_RELAXED_ROUNDS = 20
_ROUNDS = 12
_REPAIRED_EVERY = 4
_NODES = 50
_ITERATIONS = 8_000
"""Of the simplex, all rounds together: some seconds for tables of three dimensions, the hardest there are."""
_GAP = 0.01


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


def least(task: Task, rounds: int = _ROUNDS) -> Least:
    """The cheapest safe choice found. All demands of the task can be met (`first_choice` said so)."""
    hidden = without_needless(task, first_choice(task, task.must)[0])
    best, bound = Least(hidden, task.cost(hidden), 0.0), 0.0
    master = _Master(task)
    worlds = Worlds(task.system, hidden)
    bound = _relaxed(task, master, worlds, best.cost)
    for turn in range(1, rounds + 1):
        if bound >= (1 - _GAP) * best.cost - SLACK:
            break
        chosen, proven = master.choose()
        bound = max(bound, proven)
        if chosen is None:
            break
        broken = _broken(task, worlds, chosen.astype(float))
        master.learn(broken)
        last = turn == rounds or master.iterations > _ITERATIONS
        if last or not broken or turn % _REPAIRED_EVERY == 0:
            found = without_needless(task, first_choice(task, chosen)[0])
            if task.cost(found) < best.cost - SLACK:
                best = Least(found, task.cost(found), 0.0)
        if last or not broken:
            break
    return Least(best.hidden, best.cost, min(bound, best.cost))


def _relaxed(task: Task, master: _Master, worlds: Worlds, enough: float) -> float:
    """Learns from shares of cells, which are quick to choose; gives what no choice can cost less than."""
    bound = 0.0
    for _ in range(_RELAXED_ROUNDS):
        shares, proven = master.choose_shares()
        bound = max(bound, proven)
        if bound >= (1 - _GAP) * enough - SLACK:
            break
        broken = _broken(task, worlds, shares)
        master.learn(broken)
        if not broken:
            break
    return bound


def _broken(task: Task, worlds: Worlds, shares: np.ndarray) -> list[Row]:
    """For each side of a demand that this choice fails, the weights of which the hidden must sum to 1."""
    worlds.allow_partly(shares, float(max(max(d.up, d.down) for d in task.asked)))
    values = task.system.room.astype(float)
    most = float(task.system.values[task.system.index[()]])
    lowest = -values * shares - SLACK
    met: set[tuple[int, int]] = set()
    rows: list[Row] = []
    for index, demand in enumerate(task.asked):
        for sign, need in demand.sides():
            if (index, sign) in met:
                continue
            reach = worlds.reach(demand.cells, sign)
            if reach.far >= need - SLACK:
                met |= _sides_met(task, reach.change, lowest)
                continue
            weights = np.maximum(reach.prices, 0) * values + np.maximum(-reach.prices, 0) * most
            weights[task.never] = 0.0
            columns = np.flatnonzero(weights > SLACK)
            rows.append((tuple(columns.tolist()), tuple(np.minimum(weights[columns] / need, 1.0).tolist())))
    return rows


def _sides_met(task: Task, change: np.ndarray, lowest: np.ndarray) -> set[tuple[int, int]]:
    up, down = task.checks.met(change)
    found = {(int(i), 1) for i in np.flatnonzero(up)} | {(int(i), -1) for i in np.flatnonzero(down)}
    return found if np.all(change >= lowest) else set()


class _Master:
    """Chooses the cheapest cells that satisfy what was learned so far."""

    def __init__(self, task: Task) -> None:
        self.iterations = 0
        self._model = solver()
        self._model.setOptionValue("mip_max_nodes", _NODES)
        self._model.setOptionValue("mip_rel_gap", _GAP / 4)
        count = len(task.system.values)
        self._model.addVars(count, task.must.astype(float), np.where(task.never, 0.0, 1.0))
        self._model.changeColsCost(count, np.arange(count, dtype=np.int32), task.costs)
        add_rows(self._model, _no_cell_alone(task), 0.0, highspy.kHighsInf)
        self.learn(_line_by_line(task))

    def learn(self, rows: list[Row]) -> None:
        add_rows(self._model, rows, 1.0, highspy.kHighsInf)

    def choose_shares(self) -> tuple[np.ndarray, float]:
        """The cheapest shares of cells, from 0 to 1, and their cost."""
        self._kinds(highspy.HighsVarType.kContinuous)
        self._model.run()
        shares = np.clip(np.array(self._model.getSolution().col_value), 0.0, 1.0)
        return shares, max(0.0, float(self._model.getInfo().objective_function_value))

    def choose(self) -> tuple[np.ndarray | None, float]:
        """The choice, or None if the nodes did not suffice for one, and what no choice can cost less than."""
        self._kinds(highspy.HighsVarType.kInteger)
        self._model.run()
        info = self._model.getInfo()
        self.iterations += int(info.simplex_iteration_count)
        proven = max(0.0, float(info.mip_dual_bound))
        if info.primal_solution_status != 2:
            return None, proven
        return np.array(self._model.getSolution().col_value) > 0.5, proven

    def _kinds(self, kind: highspy.HighsVarType) -> None:
        count = self._model.getNumCol()
        kinds = np.full(count, kind.value, dtype=np.uint8)
        self._model.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)


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
    values = task.system.room
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
                if not need:
                    continue
                weights: dict[int, float] = {}
                for other in (whole, *parts):
                    # A part grows if another part shrinks, which takes people, or if the whole grows.
                    shrinks = (other != whole) == (sign > 0) if cell != whole else sign < 0
                    room = min(float(values[other]), need) if shrinks else float(need)
                    if other != cell and not task.never[other] and room > 0:
                        weights[other] = room / need
                rows.append((tuple(weights), tuple(weights.values())))
    return rows
