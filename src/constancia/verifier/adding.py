"""Step 8: the tables add up, as far as they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product
from math import prod

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.edition import TOGETHER, Edition, Merged, Table

CellKey = tuple[str, ...]

MOST_DIMENSIONS = 4


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

    The parts of a key are joined by "/", the cells of a group, sorted, by "+". So are all cells in which
    there is nobody: a sum of zeros and ones that opens to 0 says as much of each of them.
    """
    inner = [cell for cell in table.cells if cell.value is not None and TOGETHER not in cell.key]
    found = {"/".join(cell.key): cell.value for cell in inner if cell.value}
    empty = [cell.key for cell in inner if cell.value == 0]
    sums = [(group.cells, group.value) for group in table.groups] + ([(empty, 0)] if empty else [])
    for cells, value in sums:
        if all(TOGETHER not in key for key in cells):
            found["+".join(sorted("/".join(key) for key in cells))] = value
    return {label: value for label, value in found.items() if value is not None}


def _values(table: Table) -> Mapping[CellKey, int | None]:
    """Cell → its number, None where it is shown with others; every cell of the table, once."""
    wide = len(table.dimensions) > 1
    lists = [(*some, TOGETHER) if wide else some for some in table.categories]
    values = {cell.key: cell.value for cell in table.cells}
    grouped = {key: group.number for group in table.groups for key in group.cells}
    if (
        not 0 < len(lists) == len(table.dimensions) <= MOST_DIMENSIONS
        or any(len(set(some)) != len(some) for some in lists)
        or not len(table.cells) == len(values) == prod(map(len, lists)) > 0  # before they are written out
        or set(values) != set(product(*lists))
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
    owners = {key: group for group in table.groups for key in group.cells}
    if _sum(values, owners, (key for key in values if TOGETHER not in key)) != table.total:
        raise ProofRefused("proof.table_sum", table=table.name)
    if len(table.dimensions) == 1:
        return
    if values[(TOGETHER,) * len(table.dimensions)] not in (table.total, None):
        raise ProofRefused("proof.table_total", table=table.name)
    for whole, told in values.items():
        for place in (place for place, category in enumerate(whole) if category == TOGETHER):
            line = ((*whole[:place], one, *whole[place + 1 :]) for one in table.categories[place])
            added = _sum(values, owners, line)
            if added is not None and told is not None and added != told:
                raise ProofRefused("proof.table_margin", table=table.name, line="/".join(whole))


def _sum(
    values: Mapping[CellKey, int | None], owners: Mapping[CellKey, Merged], keys: Iterable[CellKey]
) -> int | None:
    """What the cells add up to, whole groups among them; None where a group reaches beyond them."""
    total, inside, groups = 0, Counter[int](), dict[int, Merged]()
    for key in keys:
        group = owners.get(key)
        if group is None:
            total += values[key] or 0
        else:
            inside[group.number] += 1
            groups[group.number] = group
    if any(count < len(groups[number].cells) for number, count in inside.items()):
        return None
    return total + sum(group.value for group in groups.values())


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
