"""A table, row after row: its headings are found, or what is in its columns tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice

from constancia.domain.errors import InputRefused
from constancia.domain.mapping.cells import Row, text
from constancia.domain.matching.reading.cleaning import bare, clean
from constancia.domain.matching.reading.columns import Columns, check_wanted, declared, find_columns, refuse
from constancia.domain.matching.reading.lines import line_items
from constancia.domain.matching.reading.person import Options
from constancia.domain.matching.reading.pieces import Kind, kind_of
from constancia.domain.matching.reading.rows import row_item
from constancia.domain.matching.reading.shapes import MAX_ENTRIES, MAX_LINE, Draft, Found, Item, Left, Place

_LOOKED_AT = 40
"""Rows among which the headings are looked for; titles stand above them."""
_SAMPLED = 200
_MOSTLY = 0.5
_NUMBER = re.compile(r"\d{1,5}[.)]?")


def read_rows(rows: Iterable[Row], *, sheet: str = "", columns: Mapping[str, str], options: Options) -> Found:
    """What the rows of a sheet are, in order.

    Raises InputRefused `list.too_many`, `list.columns_several` (two columns may each hold the names of who
    is listed), `list.column_missing` (a declared one is not there).
    """
    found: Found = []
    people = 0
    rest = iter(rows)
    first = list(islice(rest, _SAMPLED))
    known = _heading_row(first, columns)
    if known is None:
        plain = _without_headings(first, columns)
    for row in chain(first, rest):
        where = Place(row.number, 0, sheet)
        raw = _raw(row)
        if known is None:
            items = _headless(where, raw, row, plain, options, sure=bool(columns))
        elif row.number < known[0]:
            items = [_above(where, raw)]
        elif row.number == known[0] or _again(row, known[1]):
            items = [Left(where, raw, "list.skip_columns")]
        else:
            items = row_item(where, raw, row, known[1], options)
        found.extend(items)
        people += sum(isinstance(item, Draft) for item in items)
        if people > MAX_ENTRIES:
            raise InputRefused("list.too_many", limit=MAX_ENTRIES)
    return found


def _raw(row: Row) -> str:
    return clean("\t".join(" ".join(text(cell).split()) for cell in row.cells))[0].strip()


def _texts(row: Row) -> list[str]:
    return [" ".join(clean(text(cell))[0].split()) for cell in row.cells]


def _heading_row(first: Sequence[Row], wanted: Mapping[str, str]) -> tuple[int, Columns] | None:
    for row in first[:_LOOKED_AT]:
        found = find_columns(_texts(row), wanted)
        if found is not None and found.names():
            check_wanted(wanted, found.header)
            return row.number, found
    return None


def _again(row: Row, columns: Columns) -> bool:
    """Whether the headings stand here once more, as at the top of each printed page."""
    cells = _texts(row)
    return len(cells) >= len(columns.names()) and tuple(cells) == columns.header[: len(cells)]


def _above(where: Place, raw: str) -> Item:
    if len(raw) > MAX_LINE:
        return Left(where, raw[:200] + "…", "list.line_too_long")
    return Left(where, raw, "list.skip_heading")


def _without_headings(first: Sequence[Row], wanted: Mapping[str, str]) -> Columns | None:
    """The columns of a table that has no headings: those a person declared by letter, else the only one
    with names. None for a table of one column, whose rows are lines."""
    width = max((len(row.cells) for row in first), default=0)
    header = ("",) * width
    if wanted:
        return declared(wanted, header)
    named = [at for at in range(width) if _holds_names(first, at)]
    if len(named) > 1:
        refuse(named, header)
    return Columns({"name": (named[0],)}, header) if named and width > 1 else None


def _holds_names(rows: Sequence[Row], at: int) -> bool:
    cells = [bare(_texts(row)[at]) for row in rows if at < len(row.cells)]
    filled = [cell for cell in cells if cell]
    names = sum(kind_of(cell)[0] is Kind.NAME for cell in filled)
    return bool(filled) and names > _MOSTLY * len(filled)


def _headless(
    where: Place, raw: str, row: Row, columns: Columns | None, options: Options, *, sure: bool
) -> Sequence[Item]:
    """A row without headings. Where a person declared its columns (`sure`), they and no others are read; else
    the name is known, and the other cells are read as the pieces of a line are."""
    if len(raw) > MAX_LINE:
        return [Left(where, raw[:200] + "…", "list.line_too_long")]
    if columns is None:
        return line_items(where, raw, options)
    if sure:
        return row_item(where, raw, row, columns, options)
    cells = _texts(row)
    at = columns.names()[0]
    name = cells[at] if at < len(cells) else ""
    if not name:
        return line_items(where, raw, options)
    others = [
        cell
        for index, cell in enumerate(cells)
        if index != at and cell and not (index == 0 and _NUMBER.fullmatch(cell))
    ]
    return line_items(where, "\t|\t".join([name, *others]), options, raw=raw)
