"""Tables going out. A cell that a spreadsheet would run as a formula is written with a leading apostrophe."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from constancia.domain.mapping.cells import Cell, text

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_XML_FORBIDDEN = dict.fromkeys([*range(0, 9), 11, 12, *range(14, 32)])


def escaped(cell: Cell) -> Cell:
    """Text that begins like a formula gets `'` before it (OWASP "CSV injection"); numbers and dates stay."""
    if isinstance(cell, str) and cell.startswith(_RUNS):
        return "'" + cell
    return cell


def write_csv(out: IO[str], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Comma, quotes where needed, CRLF (RFC 4180). Open `out` with newline="" and encoding "utf-8-sig",
    which is what spreadsheets take for Unicode."""
    writer = csv.writer(out)
    writer.writerow([escaped(name) for name in header])
    for row in rows:
        writer.writerow([escaped(cell) if isinstance(cell, str) else text(cell) for cell in row])


def write_xlsx(
    out: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = ""
) -> None:
    """One sheet; text is written as text, so that nothing in it is ever a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31] or None)
    for row in chain([header], rows):
        cells = []
        for value in row:
            written = escaped(value)
            if isinstance(written, str):
                cell = WriteOnlyCell(sheet, value=written.translate(_XML_FORBIDDEN))
                cell.data_type = "s"
                cells.append(cell)
            else:
                cells.append(WriteOnlyCell(sheet, value=written))
        sheet.append(cells)
    book.save(out)
