"""Delimited text (CSV, TSV): delimiter found or declared, quoted newlines, one record after another."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from constancia.domain.errors import TableRefused
from constancia.domain.mapping.cells import Cell, Row, letter
from constancia.infra.tables.limits import MAX_CELL, MAX_COLUMNS

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 50


_LONGEST_FIELD = 131_072
"""Characters after which the reader gives up on a field: far above MAX_CELL, far below a file."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text of settled encoding and delimiter. `skip`: leading lines that are no records (`sep=;`)."""

    path: Path
    encoding: str
    delimiter: str
    skip: int = 0

    def rows(self) -> Iterator[Row]:
        """All records with their number from 1; blank ones as empty rows.

        Raises TableRefused: `table.quotes`, `table.cell_too_long`, `table.too_many_columns`.
        """
        number = self.skip
        try:
            for number, record in enumerate(_records(self.path, self.encoding, self.delimiter), start=1):
                if number <= self.skip:
                    continue
                yield Row(number, _cells(record, number))
        except csv.Error as error:
            if "field larger" in str(error):
                raise TableRefused("table.cell_too_long", row=number + 1, limit=MAX_CELL) from None
            raise TableRefused("table.quotes", row=number + 1) from None


def open_delimited(path: Path, encoding: str, declared: str = "") -> Delimited:
    """`declared`: the delimiter if the mapping names one ("tab" or "\\t" for a tab).

    Raises TableRefused `table.delimiter_unsure` where records of the beginning fit several or none evenly.
    """
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(200).rstrip("\r\n")
    skip = 0
    hint = ""
    if first.lower().startswith("sep=") and len(first) == 5:
        skip, hint = 1, first[4]
    delimiter = "\t" if declared in ("tab", "\\t") else declared or hint
    if not delimiter:
        delimiter = _sniff(path, encoding)
    elif len(delimiter) != 1 or delimiter in '"\r\n':
        raise TableRefused("table.delimiter_wrong")
    return Delimited(path, encoding, delimiter, skip)


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)  # of the whole process: a library may have raised it
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.reader(file, delimiter=delimiter, strict=True)


def _cells(record: list[str], number: int) -> tuple[Cell, ...]:
    if len(record) > MAX_COLUMNS:
        raise TableRefused("table.too_many_columns", row=number, limit=MAX_COLUMNS)
    for index, cell in enumerate(record):
        if len(cell) > MAX_CELL:
            raise TableRefused("table.cell_too_long", row=number, column=letter(index), limit=MAX_CELL)
    return tuple(record)


def _sniff(path: Path, encoding: str) -> str:
    """The delimiter that cuts the first records most evenly into the most pieces; "," if none cuts at all."""
    fits: dict[str, tuple[float, int]] = {}
    for delimiter in DELIMITERS:
        widths = _widths(path, encoding, delimiter)
        if widths and widths[0] > 1:
            even = sum(width == widths[0] for width in widths) / len(widths)
            fits[delimiter] = (even, widths[0])
    if not fits:
        return ","
    best = max(fits, key=fits.__getitem__)
    if list(fits.values()).count(fits[best]) > 1:
        raise TableRefused("table.delimiter_unsure")
    return best


def _widths(path: Path, encoding: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    try:
        for record in _records(path, encoding, delimiter):
            if any(record):
                widths.append(len(record))
            if len(widths) >= _SAMPLE:
                break
    except csv.Error:
        return widths[:1] + [0] * 3
    return widths
