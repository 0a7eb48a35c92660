"""A table of counts of people, with the margins that its publication shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from constancia.domain.errors import InputRefused

Cell = tuple[str, ...]
"""One category for each dimension of the table; MARGIN where all of them are counted together."""

MARGIN = ""
MOST_DIMENSIONS = 3


@dataclass(frozen=True, slots=True)
class Table:
    """Persons of one `universe` (which people are counted: "held") by one to three `dimensions`.

    `counts`: whole numbers of persons in inner cells (no MARGIN); a cell that is not there counts 0.
    `categories`: one tuple for each dimension; without it the categories that the counts name, sorted.
    `listed`: (dimension, category) of those that are there only because somebody is in them, which readers
    know. All margins are published with the table. Tables of one universe share the cells that count the same
    people.

    Raises InputRefused: `disclosure.dimensions`, `disclosure.cell` (of the wrong length, with MARGIN or
    outside the categories), `disclosure.count` (negative or not whole).
    """

    name: str
    dimensions: tuple[str, ...]
    counts: Mapping[Cell, int]
    universe: str
    categories: tuple[tuple[str, ...], ...] = ()
    listed: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        names = self.dimensions
        if not 1 <= len(names) <= MOST_DIMENSIONS or len(set(names)) != len(names) or not all(names):
            raise InputRefused("disclosure.dimensions", table=self.name)
        for cell, count in self.counts.items():
            if len(cell) != len(names) or MARGIN in cell:
                raise InputRefused("disclosure.cell", table=self.name)
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise InputRefused("disclosure.count", table=self.name)
        if not self.categories:
            found = tuple(tuple(sorted({cell[k] for cell in self.counts})) for k in range(len(names)))
            object.__setattr__(self, "categories", found)
        known = [set(some) for some in self.categories]
        if len(known) != len(names) or any(MARGIN in some for some in known):
            raise InputRefused("disclosure.cell", table=self.name)
        if any(one not in known[k] for cell in self.counts for k, one in enumerate(cell)):
            raise InputRefused("disclosure.cell", table=self.name)

    def value(self, cell: Cell) -> int:
        """Persons in a cell; MARGIN in a place sums over that dimension."""
        if MARGIN not in cell:
            return self.counts.get(cell, 0)
        return sum(
            count
            for inner, count in self.counts.items()
            if all(asked in (MARGIN, one) for asked, one in zip(cell, inner, strict=True))
        )

    def cells(self) -> Iterator[Cell]:
        """Every cell that the publication shows: inner cells, then margins, the grand total last."""
        yield from product(*((*some, MARGIN) for some in self.categories))

    def values(self) -> dict[Cell, int]:
        """Persons in every cell, margins among them."""
        found = dict.fromkeys(self.cells(), 0)
        for inner, count in self.counts.items():
            for cell in product(*((one, MARGIN) for one in inner)):
                found[cell] += count
        return found

    def lines(self) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
        """(whole, parts): every margin with the cells of one dimension that it sums."""
        for whole in self.cells():
            for k, one in enumerate(whole):
                if one == MARGIN:
                    yield whole, tuple((*whole[:k], part, *whole[k + 1 :]) for part in self.categories[k])


def view_of(dimensions: tuple[str, ...], cell: Cell) -> tuple[str, ...]:
    """The dimensions that a cell splits by."""
    return tuple(name for name, one in zip(dimensions, cell, strict=True) if one != MARGIN)
