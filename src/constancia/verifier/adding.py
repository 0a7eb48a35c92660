"""Step 8: the tables add up, as far as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.edition import TOGETHER, Edition, Table

CellKey = tuple[str, ...]


def check_adding(edition: Edition) -> int:
    """How many tables add up; those withheld are not among them.

    Raises ProofRefused, each with the table: `proof.table_total` (not the number of its figure),
    `proof.table_cells` (cells or groups are not the whole table, each once), `proof.table_sum`,
    `proof.table_margin` (a line of a table of two dimensions), `proof.tables_differ` (two tables of one
    figure).
    """
    shown = 0
    seen: dict[tuple[str, str, str], int] = {}
    for table in edition.tables:
        figure = edition.figure(table.total_of)
        if figure is None or figure.value != table.total:
            raise ProofRefused("proof.table_total", table=table.name)
        if table.withheld:
            if table.cells or table.groups:
                raise ProofRefused("proof.table_cells", table=table.name)
            continue
        values = _values(table)
        _check_lines(table, values)
        _check_alike(table, values, seen)
        shown += 1
    return shown


def proven_cells(table: Table) -> dict[str, int]:
    """Label → number of the cells that no other cells make up, groups as one: what a proof of totals opens.

    The parts of a key are joined by "/", the cells of a group, sorted, by "+".
    """
    found = {
        "/".join(cell.key): cell.value
        for cell in table.cells
        if cell.value is not None and (TOGETHER not in cell.key)
    }
    for group in table.groups:
        if all(TOGETHER not in key for key in group.cells):
            found["+".join(sorted("/".join(key) for key in group.cells))] = group.value
    return found


def _values(table: Table) -> Mapping[CellKey, int | None]:
    """Cell → its number, None where it is shown with others; every cell of the table, once."""
    wide = len(table.dimensions) > 1
    lists = [(*some, TOGETHER) if wide else some for some in table.categories]
    expected = list(product(*lists)) if len(lists) == len(table.dimensions) > 0 else []
    values = {cell.key: cell.value for cell in table.cells}
    grouped = {key: group.number for group in table.groups for key in group.cells}
    if (
        not expected
        or len(expected) > 100_000
        or len(values) != len(table.cells)
        or set(values) != set(expected)
        or len(set(expected)) != len(expected)
        or sum(len(group.cells) for group in table.groups) != len(grouped)
        or len({group.number for group in table.groups}) != len(table.groups)
        or any(len(group.cells) < 2 for group in table.groups)
        or any((cell.value is None) != (cell.group is not None) for cell in table.cells)
        or any(cell.group != grouped.get(cell.key) for cell in table.cells)
        or not set(grouped) <= set(values)
    ):
        raise ProofRefused("proof.table_cells", table=table.name)
    return values


def _check_lines(table: Table, values: Mapping[CellKey, int | None]) -> None:
    places = range(len(table.dimensions))
    inner = [key for key in values if TOGETHER not in key]
    found = _sum(table, values, inner)
    if found != table.total:
        raise ProofRefused("proof.table_sum", table=table.name)
    if len(table.dimensions) == 1:
        return
    if values[(TOGETHER,) * len(table.dimensions)] != table.total:
        raise ProofRefused("proof.table_total", table=table.name)
    for whole in values:
        for place in places:
            if whole[place] != TOGETHER:
                continue
            line = [(*whole[:place], category, *whole[place + 1 :]) for category in table.categories[place]]
            added, told = _sum(table, values, line), values[whole]
            if added is not None and told is not None and added != told:
                raise ProofRefused("proof.table_margin", table=table.name, line="/".join(whole))


def _sum(table: Table, values: Mapping[CellKey, int | None], keys: Iterable[CellKey]) -> int | None:
    """What the cells add up to, whole groups among them; None where a group reaches beyond them."""
    left = set(keys)
    total = 0
    for group in table.groups:
        inside = left & set(group.cells)
        if inside and len(inside) < len(group.cells):
            return None
        if inside:
            total += group.value
            left -= inside
    return total + sum(values[key] or 0 for key in left)


def _check_alike(
    table: Table, values: Mapping[CellKey, int | None], seen: dict[tuple[str, str, str], int]
) -> None:
    """What two tables of one figure both show is the same number."""
    for key, value in values.items():
        named = [(place, category) for place, category in enumerate(key) if category != TOGETHER]
        if value is None or len(named) != 1:
            continue
        place, category = named[0]
        if seen.setdefault((table.total_of, table.dimensions[place], category), value) != value:
            raise ProofRefused("proof.tables_differ", table=table.name, category=category)
