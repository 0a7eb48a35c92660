"""The worlds that a publication leaves possible: a linear program in HiGHS, kept warm between questions.

A world is the true table plus a change that every published number is blind to. What an attacker can say of a
cell is how far such changes reach (the attacker's problem of complementary cell suppression: M. Fischetti and
J. J. Salazar, "Models and algorithms for optimizing cell suppression in tabular data with linear
constraints", JASA 95, 2000).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from constancia.domain.disclosure.system import System

SLACK = 1e-6
_NODES = 2_000


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a sum of cells can move in one direction, in persons.

    `far`: the distance, infinite where nothing holds it. `change`: a world that is so far, as a change of
    each cell. `prices`: what a person more of room in each cell would add to the distance (the dual).
    """

    far: float
    change: np.ndarray
    prices: np.ndarray


class Worlds:
    """Worlds of a system in which only the cells marked `open_` may differ from the truth.

    `groups`: cells of which the sum is published besides. Deterministic: one thread, simplex.
    """

    def __init__(self, system: System, open_: np.ndarray, groups: Iterable[Sequence[int]] = ()) -> None:
        self.system = system
        self._rows = [*_equations(system), *((tuple(group), (1.0,) * len(group)) for group in groups)]
        self._costs: tuple[int, ...] = ()
        self._solver = solver()
        count = len(system.values)
        zeros = np.zeros(count)
        self._solver.addVars(count, zeros, zeros)
        add_rows(self._solver, self._rows, 0.0, 0.0)
        self.allow(open_)

    def allow(self, open_: np.ndarray) -> None:
        """From now on these cells may differ and no others."""
        self.open = open_.copy()
        self._bounds(open_.astype(float), np.where(open_, highspy.kHighsInf, 0.0))

    def allow_partly(self, shares: np.ndarray, room: float) -> None:
        """For choices not made: a cell may move by its share (0 to 1) of its persons down, of `room` up."""
        self._bounds(shares, np.where(shares >= 1 - SLACK, highspy.kHighsInf, room * shares))

    def _bounds(self, shares: np.ndarray, upper: np.ndarray) -> None:
        count = len(shares)
        lower = -self.system.room * shares
        self._solver.changeColsBounds(count, np.arange(count, dtype=np.int32), lower, upper)

    def reach(self, cells: Sequence[int], sign: int) -> Reach:
        """How far the sum of `cells` can grow (`sign` 1) or shrink (-1)."""
        self._aim(cells, -float(sign))
        self._solver.run()
        solution = self._solver.getSolution()
        change = np.array(solution.col_value)
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kUnbounded:
            return Reach(np.inf, change, np.zeros(len(change)))
        return Reach(sign * float(change[list(cells)].sum()), change, np.array(solution.col_dual))

    def whole(self, cells: Sequence[int], sign: int, need: int) -> np.ndarray | None:
        """A world of whole numbers where the sum of `cells` moved by `need` at least; None if none was found.

        The search ends after a fixed number of nodes, never after a time: the same on every machine.
        """
        model = solver()
        model.setOptionValue("mip_max_nodes", _NODES)
        count = len(self.system.values)
        lower = np.where(self.open, -self.system.room.astype(float), 0.0)
        upper = np.where(self.open, highspy.kHighsInf, 0.0)
        model.addVars(count, lower, upper)
        add_rows(model, self._rows, 0.0, 0.0)
        add_rows(model, [(tuple(cells), (float(sign),) * len(cells))], float(need), highspy.kHighsInf)
        kinds = np.full(count, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        model.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.round(np.array(model.getSolution().col_value))

    def _aim(self, cells: Sequence[int], cost: float) -> None:
        targets = (*self._costs, *cells)
        costs = np.array([0.0] * len(self._costs) + [cost] * len(cells))
        self._solver.changeColsCost(len(self._costs), np.array(self._costs, dtype=np.int32), costs)
        self._solver.changeColsCost(
            len(cells), np.array(targets[len(self._costs) :], dtype=np.int32), costs[len(self._costs) :]
        )
        self._costs = tuple(cells)


def solver() -> highspy.Highs:
    """A silent HiGHS that gives the same answer every time."""
    made = highspy.Highs()  # type: ignore[no-untyped-call]
    made.setOptionValue("output_flag", False)
    made.setOptionValue("threads", 1)
    made.setOptionValue("solver", "simplex")
    made.setOptionValue("presolve", "off")  # undoing it, HiGHS 1.15 can write to standard output
    return made


Row = tuple[tuple[int, ...], tuple[float, ...]]


def add_rows(model: highspy.Highs, rows: Sequence[Row], low: float, high: float) -> None:
    """Adds rows (columns, coefficients), all between the same two bounds."""
    if not rows:
        return
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    model.addRows(
        len(rows),
        np.full(len(rows), low),
        np.full(len(rows), high),
        int(starts[-1]),
        starts[:-1].astype(np.int32),
        np.array([column for columns, _ in rows for column in columns], dtype=np.int32),
        np.array([value for _, values in rows for value in values], dtype=np.double),
    )


def _equations(system: System) -> list[Row]:
    return [((whole, *parts), (-1.0, *(1.0,) * len(parts))) for whole, parts in system.lines]
