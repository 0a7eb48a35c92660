"""XLSX and ODS: the one sheet that is meant, its values as plain Python, its oddities as marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from constancia.domain.errors import TableRefused
from constancia.domain.mapping.cells import Cell, Row, letter
from constancia.infra.archive import check_archive
from constancia.infra.tables.limits import MAX_AREA, MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from constancia.infra.tables.markup import Scan, check_shared_texts, scan_ods, scan_xlsx, xlsx_parts

SHARED_TEXTS = "xl/sharedstrings.xml"
_MAX_MERGED = 100_000
_NO_MARKS: dict[int, str] = {}


@dataclass(frozen=True, slots=True)
class _SheetFound:
    name: str
    hidden: bool
    scan: Scan
    member: str = ""


@dataclass(frozen=True, slots=True)
class Workbook:
    """The chosen sheet of a checked workbook."""

    path: Path
    sheet: str
    epoch: int
    scan: Scan

    def rows(self) -> Iterator[Row]:
        """All rows of the sheet with their number from 1. Formulas are never run: the stored result is used.

        Raises TableRefused: `table.broken`, `table.cell_too_long`, `table.nul`.
        """
        try:
            with CalamineWorkbook.from_path(self.path) as book:
                sheet = book.get_sheet_by_name(self.sheet)
                left = sheet.start[1] if sheet.start else 0
                marks = _marks(self.scan)
                for at, values in enumerate(sheet.iter_rows()):
                    yield self._row(at, left, values, marks.get(at, _NO_MARKS))
        except (CalamineError, OSError, ValueError, OverflowError):
            raise TableRefused("table.broken") from None
        except BaseException as error:
            # A panic inside the library arrives as an exception that is no Exception.
            if type(error).__name__ == "PanicException":
                raise TableRefused("table.broken") from None
            raise

    def _row(self, at: int, left: int, values: list[Any], marks: dict[int, str]) -> Row:
        cells: list[Cell] = [None] * left
        for index, value in enumerate(values, start=left):
            cells.append(_plain(value, at, index))
        for index, mark in marks.items():
            if index >= len(cells):
                cells.extend([None] * (index + 1 - len(cells)))
            if mark == "error":
                cells[index] = self.scan.errors.get((at, index), "#ERROR")
        return Row(at + 1, tuple(cells), marks)


def open_workbook(path: Path, kind: str, wanted: str = "") -> Workbook:
    """The sheet `wanted` of a workbook of `kind` ("xlsx" | "ods"), or its only visible one with content.

    Raises TableRefused: those of the archive check; `table.sheet_missing`, `table.sheets_several`,
    `table.sheet_hidden`, `table.empty`, `table.formula_blank`, `table.too_many_rows`,
    `table.too_many_columns`, `table.too_large`.
    """
    members = check_archive(path)
    if kind == "ods":
        names, hidden, scans = scan_ods(path)
        found = [_SheetFound(name, name in hidden, scans[name]) for name in names]
        epoch = 1900
    else:
        parts, epoch = xlsx_parts(path)
        found = [
            _SheetFound(name, hidden, scan_xlsx(path, member), member)
            for name, hidden, member in parts
            if member in members and "worksheets/" in member and (not wanted or name == wanted)
        ]
    chosen = _choose(found, wanted)
    _check_reach(chosen.scan)
    if kind == "ods":
        _check_all([sheet.scan for sheet in found])
    for name in members:
        if chosen.scan.strings and name.replace("\\", "/").lower() == SHARED_TEXTS:
            check_shared_texts(path, chosen.member, chosen.scan, name)
    return Workbook(path, chosen.name, epoch, chosen.scan)


def filled_sheets(path: Path, kind: str) -> list[str]:
    """The names of the sheets of a workbook of `kind` that can be seen and hold anything, in order.

    Raises TableRefused as `open_workbook`, but for those about one sheet.
    """
    members = check_archive(path)
    if kind == "ods":
        names, hidden, scans = scan_ods(path)
        return [name for name in names if name not in hidden and scans[name].height]
    parts, _ = xlsx_parts(path)
    return [
        name
        for name, hidden, member in parts
        if not hidden and member in members and "worksheets/" in member and scan_xlsx(path, member).height
    ]


def _choose(found: list[_SheetFound], wanted: str) -> _SheetFound:
    if wanted:
        named = [sheet for sheet in found if sheet.name == wanted]
        if not named:
            raise TableRefused("table.sheet_missing")
        return named[0]
    filled = [sheet for sheet in found if sheet.scan.height]
    visible = [sheet for sheet in filled if not sheet.hidden]
    if not filled:
        raise TableRefused("table.empty")
    if not visible:
        raise TableRefused("table.sheet_hidden")
    if len(visible) > 1:
        raise TableRefused("table.sheets_several", count=len(visible))
    return visible[0]


def _check_reach(scan: Scan) -> None:
    if not scan.height:
        raise TableRefused("table.empty")
    if scan.height > MAX_ROWS + 1000:
        raise TableRefused("table.too_many_rows", limit=MAX_ROWS)
    if scan.width > MAX_COLUMNS:
        raise TableRefused("table.too_many_columns", row=1, limit=MAX_COLUMNS)
    if scan.height * scan.width > MAX_AREA:
        raise TableRefused("table.too_large", cells=scan.height * scan.width, limit=MAX_AREA)
    if scan.blank:
        row, column = scan.blank
        raise TableRefused("table.formula_blank", row=row + 1, column=letter(column))


def _check_all(scans: list[Scan]) -> None:
    """The reader of ODS files writes out every sheet, whichever is meant."""
    area, text = sum(scan.height * scan.width for scan in scans), sum(scan.text for scan in scans)
    if area > MAX_AREA:
        raise TableRefused("table.too_large", cells=area, limit=MAX_AREA)
    if text > MAX_TEXT:
        raise TableRefused("table.bomb", megabytes=text // 1_000_000)


def _marks(scan: Scan) -> dict[int, dict[int, str]]:
    """Row → column → mark, the cells under merged ones included."""
    marks = {row: dict(columns) for row, columns in scan.marks.items()}
    spent = 0
    for top, left, bottom, right in scan.merges:
        bottom, right = min(bottom, scan.height - 1), min(right, scan.width - 1)
        spent += max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if spent > _MAX_MERGED:
            raise TableRefused("table.merged_cells", row=top + 1, column=letter(left))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    marks.setdefault(row, {})[column] = "merged"
    return marks


def _plain(value: Any, at: int, index: int) -> Cell:
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            raise TableRefused("table.cell_too_long", row=at + 1, column=letter(index), limit=MAX_CELL)
        if "\0" in value:
            raise TableRefused("table.nul", row=at + 1)
        return value or None
    if isinstance(value, time | timedelta):
        return str(value)
    if value is None or isinstance(value, bool | int | float | datetime | date):
        return value
    return str(value)
