"""Which cells of an edition are proven: the people held, and every table of them as it is published."""

from __future__ import annotations

from collections.abc import Iterable

from constancia.domain.ledger.layout import TOTAL, Cells, Layout
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.publishing.content import ALL, Content, Table

FIGURE = "held"
"""The figure whose total and tables are proven: the one that every edition has and every opponent asks
about."""


MOST_CELLS = 12
MOST_TOKENS = 60_000
"""A cut is a quarter of a kilobyte per case and cell, and takes a reader about a millisecond for each: what
nobody downloads or waits for proves nothing."""


def tables_of(content: Content, cases: int) -> tuple[Table, ...]:
    """The tables that are proven for a roster of so many cases: in their order, as many as fit.

    Not those that are withheld, nor those where disclosure control merged a margin, which no sum of hidden
    cells could open.
    """
    found, room = [], min(MOST_CELLS, MOST_TOKENS // max(cases, 1)) - 1
    for one in content.tables:
        if one.total_of == FIGURE and not one.withheld and (cells := _cells(one)) is not None:
            needed = len(set(cells.values()))
            if needed <= room:
                found.append(one)
                room -= needed
    return tuple(found)


def layout_of(content: Content, cases: int) -> Layout:
    """The total, then each table; its cells as in `casos.txt`."""
    divided = (Cells(one.name, tuple(sorted(set(places(one).values())))) for one in tables_of(content, cases))
    return Layout((TOTAL, *divided))


def places(table: Table) -> dict[tuple[str, ...], str]:
    """Inner cell → the cell of the layout that it is proven in.

    Merged cells are proven as one, as they are published. So are all cells in which there is nobody: a sum of
    zeros and ones that opens to 0 says as much of each, and a table by state has twenty of them.
    """
    found = _cells(table)
    assert found is not None
    return found


def _cells(table: Table) -> dict[tuple[str, ...], str] | None:
    groups = [one.cells for one in table.groups]
    if any(ALL in key for cells in groups for key in cells):
        return None
    inner = [one for one in table.cells if ALL not in one.key]
    merged = {key for cells in groups for key in cells}
    alone = [one for one in inner if one.key not in merged]
    if any(one.value is None for one in alone):
        return None
    empty = tuple(one.key for one in alone if one.value == 0)
    found: dict[tuple[str, ...], str] = {}
    for cells in (*groups, *([empty] if empty else []), *((one.key,) for one in alone if one.value)):
        name = "+".join(sorted("/".join(key) for key in cells))
        found.update(dict.fromkeys(cells, name))
    return found if _can_be_written(found.values()) else None


def _can_be_written(names: Iterable[str]) -> bool:
    try:
        Layout((TOTAL, Cells("t", tuple(sorted(set(names))))))
    except ProofRefused:
        return False  # a category with "+" or "/" in its name
    return True
