"""Linked tables as one system: cells that count the same people are one, whichever table shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from constancia.domain.disclosure.table import MARGIN, Cell, Table
from constancia.domain.errors import InputRefused

Key = tuple[tuple[str, str], ...]
"""(dimension, category) of each dimension that a cell splits by, sorted; () is the total."""

View = tuple[str, ...]
Line = tuple[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Nested:
    """Each category of `child` lies within one of `parent` (places in states), by `parents`.

    Categories of the child that `parents` does not name lie somewhere, nobody says where.
    """

    child: str
    parent: str
    parents: Mapping[str, str]


@dataclass(frozen=True)
class System:
    """The tables of one universe.

    `values`: persons in each of `cells`; `room`: how many fewer a reader can think of. `lines`: a whole and
    the parts that sum to it, as indices. `views`: the cells of each set of dimensions that some table splits
    by. `hidden`: cells that no table shows, which only links between tables need.
    """

    universe: str
    cells: tuple[Key, ...]
    index: Mapping[Key, int]
    values: np.ndarray
    room: np.ndarray
    lines: tuple[Line, ...]
    views: Mapping[View, tuple[int, ...]]
    hidden: frozenset[int]

    def view(self, cell: int) -> View:
        return tuple(dimension for dimension, _ in self.cells[cell])


def key_of(dimensions: tuple[str, ...], cell: Cell) -> Key:
    """The identity of a table's cell, shared with every table of its universe."""
    return tuple(sorted((d, one) for d, one in zip(dimensions, cell, strict=True) if one != MARGIN))


def systems(tables: Sequence[Table], nested: Sequence[Nested] = ()) -> list[System]:
    """One system for each universe, in the order of their names.

    Raises InputRefused: `disclosure.twice` (two tables of one name), `disclosure.sums` (tables of one
    universe that do not agree on a cell they share, or nested categories that count more than what they lie
    within).
    """
    if len({table.name for table in tables}) != len(tables):
        raise InputRefused("disclosure.twice")
    return [
        _system(universe, [table for table in tables if table.universe == universe], nested)
        for universe in sorted({table.universe for table in tables})
    ]


def _system(universe: str, tables: Sequence[Table], nested: Sequence[Nested]) -> System:
    categories: dict[str, set[str]] = {}
    for table in tables:
        for dimension, some in zip(table.dimensions, table.categories, strict=True):
            categories.setdefault(dimension, set()).update(some)
    sets = {
        view
        for table in tables
        for size in range(len(table.dimensions) + 1)
        for view in combinations(sorted(table.dimensions), size)
    }
    views = sorted(sets, key=lambda view: (len(view), view))
    by_view = {view: [tuple(zip(view, c, strict=True)) for c in _product(view, categories)] for view in views}
    cells = [key for view in views for key in by_view[view]]
    index = {key: i for i, key in enumerate(cells)}
    values = _values(tables, index)
    lines = [
        (index[rest], tuple(index[_with(rest, d, c)] for c in sorted(categories[d])))
        for view in views
        for d in view
        for rest in by_view[tuple(other for other in view if other != d)]
    ]
    hidden: list[int] = []
    for link in nested:
        for rest in sorted(sets):
            if {link.child, link.parent} & set(rest):
                continue
            if _joined(rest, link.child) in sets and _joined(rest, link.parent) in sets:
                for others in by_view[rest]:
                    _link(link, others, categories, index, values, lines, hidden)
    return System(
        universe,
        (*cells, *((("", str(i)),) for i in range(len(hidden)))),
        index,
        np.array(values, dtype=np.int64),
        _room(tables, index, values),
        tuple(lines),
        {view: tuple(index[key] for key in by_view[view]) for view in views},
        frozenset(hidden),
    )


def _room(tables: Sequence[Table], index: Mapping[Key, int], values: Sequence[int]) -> np.ndarray:
    """Persons in each cell, less the one who must be there where a category is listed for that alone."""
    found = np.array(values, dtype=np.int64)
    for cell in {index[(one,)] for table in tables for one in table.listed if (one,) in index}:
        found[cell] = max(0, values[cell] - 1)
    return found


def _link(
    link: Nested,
    others: Key,
    categories: Mapping[str, set[str]],
    index: Mapping[Key, int],
    values: list[int],
    lines: list[Line],
    hidden: list[int],
) -> None:
    """Each parent is its children and a rest; the rests sum to the children of no known parent."""
    rests = []
    for parent in sorted(categories[link.parent]):
        children = tuple(
            index[_with(others, link.child, c)]
            for c in sorted(categories[link.child])
            if link.parents.get(c) == parent
        )
        whole = index[_with(others, link.parent, parent)]
        rest = values[whole] - sum(values[child] for child in children)
        if rest < 0:
            raise InputRefused("disclosure.sums", table=f"{link.child} / {link.parent}")
        rests.append(len(values))
        hidden.append(len(values))
        values.append(rest)
        lines.append((whole, (*children, rests[-1])))
    loose = [
        index[_with(others, link.child, c)]
        for c in sorted(categories[link.child])
        if link.parents.get(c) not in categories[link.parent]
    ]
    # A cell of its own for the sum, so that both sides of the equation are lines.
    hidden.append(len(values))
    values.append(sum(values[rest] for rest in rests))
    lines += [(len(values) - 1, tuple(rests)), (len(values) - 1, tuple(loose))]
    if values[-1] != sum(values[one] for one in loose):
        raise InputRefused("disclosure.sums", table=f"{link.child} / {link.parent}")


def _values(tables: Sequence[Table], index: Mapping[Key, int]) -> list[int]:
    found: dict[int, int] = {}
    shown: list[tuple[str, dict[int, int]]] = []
    for table in tables:
        values = {index[key_of(table.dimensions, cell)]: value for cell, value in table.values().items()}
        shown.append((table.name, values))
        found.update(values)
    for name, values in shown:
        if any(found[i] != value for i, value in values.items()):
            raise InputRefused("disclosure.sums", table=name)
    # A category that a table leaves out has nobody in it: a table that finds somebody contradicts.
    for table, (name, values) in zip(tables, shown, strict=True):
        dimensions = set(table.dimensions)
        for key, i in index.items():
            if i not in values and found.get(i, 0) and {d for d, _ in key} <= dimensions:
                raise InputRefused("disclosure.sums", table=name)
    return [found.get(i, 0) for i in range(len(index))]


def _product(view: View, categories: Mapping[str, set[str]]) -> list[Cell]:
    return list(product(*(sorted(categories[d]) for d in view)))


def _with(rest: Key, dimension: str, category: str) -> Key:
    return tuple(sorted((*rest, (dimension, category))))


def _joined(rest: View, dimension: str) -> View:
    return tuple(sorted((*rest, dimension)))
