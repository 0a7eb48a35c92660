"""A linear program in HiGHS, kept warm between questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import highspy
import numpy as np

INFINITY = highspy.kHighsInf
Terms = Mapping[int, float]


class Program:
    """Columns without a lower bound of their own start at zero. Deterministic: one thread, simplex."""

    def __init__(self) -> None:
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("solver", "simplex")
        # Restoring what it simplified, HiGHS 1.15 can write to standard output whatever it is told.
        self._solver.setOptionValue("presolve", "off")
        self._columns = 0
        self._rows: list[tuple[float, float, Terms]] = []
        self._free: set[int] = set()
        self._sent = 0
        self._cost: dict[int, float] = {}

    def column(self, free: bool = False) -> int:
        if free:
            self._free.add(self._columns)
        self._columns += 1
        return self._columns - 1

    def row(self, low: float, high: float, terms: Terms) -> int:
        self._rows.append((low, high, terms))
        return len(self._rows) - 1

    @property
    def size(self) -> int:
        return self._columns

    def build(self) -> None:
        """Hands columns and rows to the solver; none can be added after."""
        count = self._columns
        lower = np.zeros(count)
        lower[list(self._free)] = -INFINITY
        self._solver.addVars(count, lower, np.full(count, INFINITY))
        starts, indices, values, lows, highs = [0], [], [], [], []
        for low, high, terms in self._rows:
            kept = [(index, value) for index, value in terms.items() if value]
            indices += [index for index, _ in kept]
            values += [value for _, value in kept]
            starts.append(len(indices))
            lows.append(low)
            highs.append(high)
        self._solver.addRows(
            len(self._rows),
            np.array(lows, dtype=np.double),
            np.array(highs, dtype=np.double),
            len(indices),
            np.array(starts[:-1], dtype=np.int32),
            np.array(indices, dtype=np.int32),
            np.array(values, dtype=np.double),
        )

    def limit(self, row: int, low: float, high: float) -> None:
        self._solver.changeRowBounds(row, low, high)

    def whole_numbers(self) -> None:
        """From now on every column takes whole numbers only."""
        count = self._columns
        kinds = np.full(count, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        self._solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)

    def feasible(self) -> bool:
        self._costs({})
        return self._run() != highspy.HighsModelStatus.kInfeasible

    def least(self, terms: Terms) -> float | None:
        """The least value of the terms' sum; None where it has no bound or nothing is feasible."""
        self._costs(terms)
        if self._run() != highspy.HighsModelStatus.kOptimal:
            return None
        return float(self._solver.getInfo().objective_function_value)

    def duals(self, rows: Iterable[int]) -> list[int]:
        """Those of the rows that hold the last answer where it is."""
        dual = self._solver.getSolution().row_dual
        return [row for row in rows if abs(dual[row]) > 1e-9]

    def values(self, columns: Sequence[int]) -> list[float]:
        solution = self._solver.getSolution().col_value
        return [float(solution[column]) for column in columns]

    def _costs(self, terms: Terms) -> None:
        changed = {**dict.fromkeys(self._cost, 0.0), **terms}
        if changed:
            self._solver.changeColsCost(
                len(changed),
                np.array(list(changed), dtype=np.int32),
                np.array(list(changed.values()), dtype=np.double),
            )
        self._cost = dict(terms)

    def _run(self) -> highspy.HighsModelStatus:
        self._solver.run()
        return self._solver.getModelStatus()
