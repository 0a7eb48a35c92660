from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from constancia.infra.tables.writing import escaped, write_csv, write_xlsx


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert escaped(start + "1+1") == "'" + start + "1+1"


def test_names_numbers_and_dates_stay_as_they_are() -> None:
    cells = ("Ana O'Hara", -5, 2.5, date(2026, 1, 8), None, "")
    assert tuple(map(escaped, cells)) == cells


def test_a_csv_export_escapes_header_and_cells() -> None:
    out = io.StringIO(newline="")
    write_csv(out, ["nombre", "=x"], [["=cmd|' /C calc'!A0", -3], ["Peña, Ana", date(2026, 1, 8)]])
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert rows == [["nombre", "'=x"], ["'=cmd|' /C calc'!A0", "-3"], ["Peña, Ana", "2026-01-08"]]


def test_an_xlsx_export_holds_no_formula() -> None:
    out = io.BytesIO()
    write_xlsx(out, ["nombre"], [["=1+1"], ["Ana\x07"], [5]])
    sheet = load_workbook(out).active
    assert [(cell.value, cell.data_type) for (cell,) in sheet.iter_rows()] == [
        ("nombre", "s"),
        ("'=1+1", "s"),
        ("Ana", "s"),
        (5, "n"),
    ]
