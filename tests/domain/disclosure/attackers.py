"""Attackers that share no code with the house's: every world by hand, and another linear programme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import highspy
import numpy as np

from constancia.domain.disclosure.pattern import Pattern, Published, published
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.table import MARGIN, Cell, Table

Sum = tuple[tuple[int, ...], int]


class Reader:
    """Somebody with the published tables and a pencil. Unknown: the table by all dimensions together.

    `sums`: (indices of unknown cells, what they sum to), one for each number printed.
    """

    def __init__(self, tables: Sequence[Table], shown: Sequence[Published]) -> None:
        self.dimensions = tuple(dict.fromkeys(d for t in tables for d in t.dimensions))
        names: dict[str, set[str]] = {d: set() for d in self.dimensions}
        for table in tables:
            for d, some in zip(table.dimensions, table.categories, strict=True):
                names[d] |= set(some)
        self.joint = list(product(*(sorted(names[d]) for d in self.dimensions)))
        self.sums: list[Sum] = []
        for one in shown:
            for cell, value in one.values.items():
                self.sums.append((tuple(sorted(self.under(one.dimensions, cell))), value))
            for cells, value in one.groups:
                inside = [i for cell in cells for i in self.under(one.dimensions, cell)]
                self.sums.append((tuple(sorted(inside)), value))

    def under(self, dimensions: tuple[str, ...], cell: Cell) -> set[int]:
        wanted = {d: c for d, c in zip(dimensions, cell, strict=True) if c != MARGIN}
        return {
            i
            for i, joint in enumerate(self.joint)
            if all(joint[self.dimensions.index(d)] == c for d, c in wanted.items())
        }

    def interval(self, inside: set[int]) -> tuple[float, float]:
        """Least and most that the printed numbers leave to a sum of cells, fractions of people allowed."""
        ends = []
        for sign in (1.0, -1.0):
            model = highspy.Highs()
            model.setOptionValue("output_flag", False)
            count = len(self.joint)
            model.addVars(count, np.zeros(count), np.full(count, highspy.kHighsInf))
            for cells, value in self.sums:
                model.addRow(value, value, len(cells), np.array(cells, dtype=np.int32), np.ones(len(cells)))
            for i in inside:
                model.changeColCost(i, sign)
            model.run()
            unbounded = model.getModelStatus() != highspy.HighsModelStatus.kOptimal
            ends.append(np.inf * sign * -1 if unbounded else sign * model.getInfo().objective_function_value)
        return ends[0], ends[1]

    def worlds(self) -> Iterator[list[int]]:
        """Every whole-number table that prints the same. For tiny tables; a total must be printed."""
        everything = set(range(len(self.joint)))
        total = next(value for cells, value in self.sums if set(cells) == everything)
        touching: list[list[int]] = [[] for _ in self.joint]
        for s, (cells, _) in enumerate(self.sums):
            for i in cells:
                touching[i].append(s)
        last = [max(cells, default=-1) for cells, _ in self.sums]
        left = [value for _, value in self.sums]
        yield from self._fill(0, [0] * len(self.joint), left, touching, last, total)

    def _fill(
        self,
        i: int,
        world: list[int],
        left: list[int],
        touching: list[list[int]],
        last: list[int],
        total: int,
    ) -> Iterator[list[int]]:
        if i == len(world):
            yield world
            return
        closing = {left[s] for s in touching[i] if last[s] == i}
        if len(closing) > 1:
            return
        most = min((left[s] for s in touching[i]), default=total)
        choices = closing if closing else range(most + 1)
        for value in choices:
            if value > most:
                continue
            world[i] = value
            for s in touching[i]:
                left[s] -= value
            yield from self._fill(i + 1, world, left, touching, last, total)
            for s in touching[i]:
                left[s] += value
            world[i] = 0


def asked(
    tables: Sequence[Table], shown: Sequence[Published], policy: Policy
) -> Iterator[tuple[Table, Cell]]:
    """The sensitive cells of what is in print: of each table, those cells of a kind of which it shows any,
    and the margins that these sum to."""
    in_print = {
        frozenset(d for d, c in zip(one.dimensions, cell, strict=True) if c != MARGIN)
        for one in shown
        for cell in (*one.values, *(next(iter(cells)) for cells, _ in one.groups))
    }
    for table in tables:
        for cell, value in table.values().items():
            kind = frozenset(d for d, c in zip(table.dimensions, cell, strict=True) if c != MARGIN)
            if kind and 0 < value < policy.threshold and any(kind <= other for other in in_print):
                yield table, cell


def leaks(tables: Sequence[Table], pattern: Pattern, policy: Policy) -> list[tuple[str, Cell]]:
    """Sensitive cells of one universe that the other linear programme pins down."""
    shown = [published(table, pattern) for table in tables]
    reader = Reader(tables, shown)
    found = []
    for table, cell in asked(tables, shown, policy):
        low, high = reader.interval(reader.under(table.dimensions, cell))
        if low > table.value(cell) - 1 + 1e-6 or high < policy.threshold - 1e-6:
            found.append((table.name, cell))
    return found


def leaks_by_hand(tables: Sequence[Table], pattern: Pattern, policy: Policy) -> list[tuple[str, Cell]]:
    """The same by going through every world of whole numbers."""
    shown = [published(table, pattern) for table in tables]
    reader = Reader(tables, shown)
    cells = [
        (table, cell, sorted(reader.under(table.dimensions, cell)))
        for table, cell in asked(tables, shown, policy)
    ]
    if not cells:
        return []
    low = [table.value(cell) for table, cell, _ in cells]
    high = list(low)
    for world in reader.worlds():
        for k, (_, _, inside) in enumerate(cells):
            value = sum(world[i] for i in inside)
            low[k], high[k] = min(low[k], value), max(high[k], value)
    return [
        (table.name, cell)
        for k, (table, cell, _) in enumerate(cells)
        if low[k] > table.value(cell) - 1 or high[k] < policy.threshold
    ]
