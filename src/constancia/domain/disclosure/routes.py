"""The cheapest cells to hide so that one demand is met: a route for people through the table.

A change that leaves every published number as it is moves people along closed ways; hiding the cells that the
cheapest such change touches makes it possible (J. P. Kelly, B. L. Golden and A. A. Assad, "Cell suppression:
disclosure protection for sensitive tabular data", Networks 22, 1992).
"""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np

from constancia.domain.disclosure.system import System
from constancia.domain.disclosure.worlds import add_rows, solver


class Routes:
    """`never`: cells that stay shown. Columns: how much each cell grows, then how much each shrinks."""

    def __init__(self, system: System, never: np.ndarray) -> None:
        self._solver = solver()
        self._count = count = len(system.values)
        self._lower = np.zeros(2 * count)
        shrink = np.where(never, 0.0, system.room.astype(float))
        self._upper = np.concatenate([np.where(never, 0.0, highspy.kHighsInf), shrink])
        self._solver.addVars(2 * count, self._lower, self._upper)
        rows = [
            (
                (whole, *parts, count + whole, *(count + part for part in parts)),
                (-1.0, *(1.0,) * len(parts), 1.0, *(-1.0,) * len(parts)),
            )
            for whole, parts in system.lines
        ]
        add_rows(self._solver, rows, 0.0, 0.0)
        self._asked: int | None = None

    def cheapest(self, cells: Sequence[int], sign: int, need: int, costs: np.ndarray) -> np.ndarray | None:
        """A change that moves the sum of `cells` by `need` at least; None where nothing can.

        `costs`: of each person's move in each cell, 0 for what is hidden already.
        """
        everything = np.arange(2 * self._count, dtype=np.int32)
        self._solver.changeColsCost(2 * self._count, everything, np.concatenate([costs, costs]))
        if self._asked is None:
            add_rows(self._solver, [((), ())], -highspy.kHighsInf, highspy.kHighsInf)
            self._asked = self._solver.getNumRow() - 1
            self._last: tuple[int, ...] = ()
        for cell in self._last:
            self._solver.changeCoeff(self._asked, cell, 0.0)
            self._solver.changeCoeff(self._asked, self._count + cell, 0.0)
        for cell in cells:
            self._solver.changeCoeff(self._asked, cell, float(sign))
            self._solver.changeCoeff(self._asked, self._count + cell, -float(sign))
        self._last = tuple(cells)
        self._solver.changeRowBounds(self._asked, float(need), highspy.kHighsInf)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        moves = np.array(self._solver.getSolution().col_value)
        change: np.ndarray = moves[: self._count] - moves[self._count :]
        return change
