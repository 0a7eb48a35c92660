"""Groups of an earlier edition that a new one shows apart: what hid in them then could be worked out now.

Two places merged as 10 in one week, and one of them alone as 7 in the next: where hardly anybody moved in
between, and a balance says how many did, the other had 3. So cells that were shown as one stay together,
alone or within a larger group, until their sum has changed by the threshold: then nobody can tell which of
them did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from constancia.domain.disclosure.differencing import cell_of
from constancia.domain.disclosure.pattern import Merged, Pattern, Published, published
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.system import Key, key_of
from constancia.domain.disclosure.table import Cell, Table, view_of
from constancia.domain.disclosure.universe import related


@dataclass(frozen=True, slots=True)
class Parted:
    """`keys`: what `edition` showed as one, in the universe `of`; `cells`: as far as they are cells of
    `table`, which does not show them as one."""

    table: str
    edition: str
    of: str
    keys: frozenset[Key]
    cells: frozenset[Cell]


def parted(
    earlier: Sequence[Published], tables: Sequence[Table], pattern: Pattern, policy: Policy
) -> list[Parted]:
    """Every group of an earlier edition whose sum has hardly changed and that is not one group any more.

    A cell that a table no longer lists counts nobody; the others are then known to be the group.
    """
    found = []
    for table in tables:
        if table.name in policy.exempt:
            continue
        shown = published(table, pattern)
        values = table.values()
        for one in earlier:
            if related(one.universe, table.universe):
                found += list(_parted(one, table, shown, values, policy))
    return sorted(set(found), key=lambda one: (one.table, one.edition, sorted(one.cells)))


def touching(keys: Collection[Key], small: Collection[Key]) -> bool:
    """Whether something small hid in a group of these cells, or in a line that the group was to close."""
    pairs = {pair for key in keys for pair in key}
    return any(pairs.intersection(key) for key in small)


def together(one: Parted, table: Table) -> Merged | None:
    """The merge that keeps a group together; of the only cell left with the smallest of its neighbours. None
    where it has none."""
    if len(one.cells) > 1:
        return Merged(table.name, one.cells)
    (alone,) = one.cells
    view, values = view_of(table.dimensions, alone), table.values()
    others = [
        cell
        for cell in values
        if cell != alone and view_of(table.dimensions, cell) == view and _neighbours(cell, alone)
    ]
    partner = min(others, key=lambda cell: (not values[cell], values[cell], cell), default=None)
    return Merged(table.name, frozenset({alone, partner})) if partner else None


def small_cells(tables: Sequence[Table], policy: Policy) -> frozenset[Key]:
    """The cells of these tables that no edition may show."""
    return frozenset(
        key_of(table.dimensions, cell)
        for table in tables
        if table.name not in policy.exempt
        for cell, persons in table.values().items()
        if policy.small(persons) and any(cell)
    )


def _parted(
    one: Published, table: Table, shown: Published, values: dict[Cell, int], policy: Policy
) -> Iterator[Parted]:
    for group, then in one.groups:
        keys = frozenset(key_of(one.dimensions, cell) for cell in group)
        if not all(dimension in table.dimensions for key in keys for dimension, _ in key):
            continue
        cells = frozenset(cell_of(table.dimensions, key) for key in keys).intersection(values)
        now = sum(values[cell] for cell in cells)
        if cells and abs(now - then) < policy.threshold and not _as_one(cells, shown):
            yield Parted(table.name, one.edition, one.universe, keys, cells)


def _as_one(cells: frozenset[Cell], shown: Published) -> bool:
    if not cells.isdisjoint(shown.values):
        return False
    inside = [group for group, _ in shown.groups if group & cells]
    return not inside or (len(inside) == 1 and cells <= inside[0])


def _neighbours(one: Cell, other: Cell) -> bool:
    return sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) == 1
