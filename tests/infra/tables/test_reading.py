from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from constancia.domain import catalogue
from constancia.domain.errors import TableRefused
from constancia.domain.mapping.cells import index_of, letter, text
from constancia.infra.tables import open_table
from constancia.infra.tables import reading as reading_module

HEADER = ("n.º", "nombre", "fecha")


def refusal(path: Path, **how: object) -> TableRefused:
    with pytest.raises(TableRefused) as caught:
        list(open_table(path, **how).rows())  # type: ignore[arg-type]
    for language in ("es", "en"):
        assert catalogue.explain(caught.value, language) != caught.value.code
    return caught.value


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("plain_utf-8.csv", "utf-8"),
        ("plain_utf-8-sig.csv", "utf-8-sig"),
        ("plain_utf-16.csv", "utf-16"),
        ("utf-16-without-mark.csv", "utf-16-le"),
        ("plain_cp1252.csv", "cp1252"),
        ("plain_cp850.csv", "cp850"),
        ("plain_mac_roman.csv", "mac_roman"),
    ],
)
def test_every_encoding_that_spreadsheets_write_gives_the_same_names(
    tables: Path, name: str, encoding: str
) -> None:
    table = open_table(tables / name)
    assert table.encoding == encoding
    assert table.header == HEADER
    assert [row.cells[1] for row in table.rows()] == ["Ramón Ibáñez Peña", "Zoé Núñez"]


@pytest.mark.parametrize(
    ("name", "delimiter"),
    [
        ("plain_utf-8.csv", ","),
        ("semicolons.csv", ";"),
        ("tabs.tsv", "\t"),
        ("pipes.txt", "|"),
        ("sep_line.csv", ";"),
    ],
)
def test_the_delimiter_is_found(tables: Path, name: str, delimiter: str) -> None:
    table = open_table(tables / name, header_row=2 if name == "sep_line.csv" else 1)
    assert (table.delimiter, table.header) == (delimiter, HEADER)
    assert len(list(table.rows())) == 2


def test_commas_inside_quotes_do_not_pass_for_delimiters(tables: Path) -> None:
    table = open_table(tables / "semicolons_with_commas_inside.csv")
    assert (table.delimiter, table.header) == (";", ("a", "b"))


def test_a_delimiter_that_two_readings_fit_is_asked_for(tables: Path) -> None:
    assert refusal(tables / "delimiter_unsure.csv").code == "table.delimiter_unsure"
    assert open_table(tables / "delimiter_unsure.csv", delimiter=";").header == ("a", "b,c")


def test_quoted_newlines_stay_in_one_row(tables: Path) -> None:
    rows = list(open_table(tables / "quoted_newlines.csv").rows())
    assert [(row.number, row.cells) for row in rows] == [(2, ("uno\r\ndos, tres", "4")), (3, ('"x"', "5"))]


def test_blank_rows_are_left_out_and_the_numbers_stay(tables: Path) -> None:
    assert [row.number for row in open_table(tables / "blank_lines.csv").rows()] == [3, 5]


def test_columns_of_one_name_are_told_apart_by_their_letters(tables: Path) -> None:
    assert open_table(tables / "header_twice.csv").header == ("nombre (A)", "fecha", "Nombre (C)")


def test_the_header_may_stand_below_a_title(tables: Path) -> None:
    table = open_table(tables / "title_above_header.csv", header_row=2)
    assert table.header == ("nombre", "fecha")
    assert [row.number for row in table.rows()] == [3]


@pytest.mark.parametrize("name", ["plain.xlsx", "one_visible_one_hidden.xlsx", "starts_at_c4.xlsx"])
def test_a_workbook_gives_numbers_and_dates_as_such(tables: Path, name: str) -> None:
    offset = name == "starts_at_c4.xlsx"
    table = open_table(tables / name, header_row=4 if offset else 1)
    rows = list(table.rows())
    assert rows[0].cells[-3:] == (1.0, "Ramón Ibáñez Peña", date(2026, 1, 8))
    assert rows[0].number == (5 if offset else 2)
    assert len(rows[0].cells) == (5 if offset else 3)
    assert table.epoch == 1900


def test_row_37_dates_counted_from_1904_are_the_same_days(tables: Path) -> None:
    table = open_table(tables / "epoch_1904.xlsx")
    rows = list(table.rows())
    assert table.epoch == 1904
    assert [row.cells[2] for row in rows[:3]] == [
        date(2026, 1, 8),
        date(2026, 1, 9),
        datetime(2026, 1, 10, 7, 30),
    ]
    assert rows[3].cells == (4.5, True, 46031)


def test_an_open_document_gives_numbers_and_dates_as_such(tables: Path) -> None:
    table = open_table(tables / "plain.ods")
    assert table.header == HEADER
    assert [row.cells for row in table.rows()] == [(1.0, "Ramón Ibáñez Peña", date(2026, 1, 8))]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_formula_is_never_run_and_its_stored_result_is_marked(tables: Path, kind: str) -> None:
    rows = list(open_table(tables / f"formula_with_result.{kind}").rows())
    column = 2 if kind == "xlsx" else 1
    assert rows[1].marks == {column: "formula"}
    assert rows[1].cells[column] in (date(2026, 1, 9), "Zoé")


@pytest.mark.parametrize(("kind", "column"), [("xlsx", "C"), ("ods", "B")])
def test_a_formula_without_a_stored_result_is_refused_with_its_cell(
    tables: Path, kind: str, column: str
) -> None:
    error = refusal(tables / f"formula_without_result.{kind}")
    assert (error.code, error.params) == ("table.formula_blank", {"row": 3, "column": column})


def test_error_cells_keep_their_text_and_a_mark(tables: Path) -> None:
    rows = list(open_table(tables / "error_cell.xlsx").rows())
    assert (rows[1].cells[2], rows[1].marks) == ("#REF!", {2: "error"})


def test_row_37_cells_under_a_merged_one_are_marked(tables: Path) -> None:
    rows = list(open_table(tables / "merged_data.xlsx").rows())
    assert [dict(row.marks) for row in rows] == [{}, {}, {1: "merged"}]


@pytest.mark.parametrize(
    ("name", "code", "params"),
    [
        ("two_encodings.csv", "table.encodings_mixed", {"row": 3}),
        ("two_one_byte_encodings.csv", "table.encodings_mixed", {"row": 3}),
        ("cyrillic.csv", "table.encoding_unsure", {"row": 1}),
        ("nul.csv", "table.nul", {"row": 3}),
        ("empty.csv", "table.empty", {}),
        ("only_blank.csv", "table.header_missing", {"row": 1}),
        ("header_only.csv", "table.rows_missing", {"row": 1}),
        ("open_quote.csv", "table.quotes", {"row": 2}),
        ("long_cell.csv", "table.cell_too_long", {"row": 2, "column": "B", "limit": 20_000}),
        ("huge_cell.csv", "table.cell_too_long", {"row": 3, "limit": 20_000}),
        ("pdf_in_csv_clothes.csv", "table.kind_unknown", {}),
        ("html_in_csv_clothes.csv", "table.kind_unknown", {}),
        ("csv_in_xlsx_clothes.xlsx", "table.kind_lies", {"kind": "csv"}),
        ("xlsx_in_csv_clothes.csv", "table.kind_lies", {"kind": "xlsx"}),
        ("old.xls", "table.kind_old", {}),
        ("encrypted.xlsx", "table.encrypted", {}),
        ("encrypted.ods", "table.encrypted", {}),
        ("merged_header.xlsx", "table.header_merged", {"row": 2, "column": "B"}),
        ("merged_header.ods", "table.header_merged", {"row": 1, "column": "B"}),
        ("data_in_hidden_sheet.xlsx", "table.sheet_hidden", {}),
        ("hidden.ods", "table.sheet_hidden", {}),
        ("two_sheets.xlsx", "table.sheets_several", {"count": 2}),
        ("empty_sheet.xlsx", "table.empty", {}),
        ("billion_laughs.xlsx", "table.entities", {}),
        ("entities.ods", "table.entities", {}),
        ("cut_xml.xlsx", "table.broken", {}),
        ("half_a_file.xlsx", "table.broken", {}),
        ("some_zip.xlsx", "table.kind_unknown", {}),
        ("nowhere.csv", "table.missing", {}),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tables: Path, name: str, code: str, params: dict[str, object]
) -> None:
    row = {"header_row": 2} if name == "merged_header.xlsx" else {}
    error = refusal(tables / name, **row)
    assert (error.code, error.params) == (code, params)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("zip_bomb.xlsx", "table.bomb"),
        ("lying_zip_bomb.xlsx", "table.bomb"),
        ("far_corner.xlsx", "table.too_many_rows"),
        ("repeated_cells_bomb.ods", "table.too_many_rows"),
    ],
)
def test_a_file_that_would_fill_the_memory_is_not_opened(tables: Path, name: str, code: str) -> None:
    assert refusal(tables / name).code == code


def test_row_37_a_hidden_sheet_may_be_named(tables: Path) -> None:
    assert open_table(tables / "data_in_hidden_sheet.xlsx", sheet="casos").header == HEADER
    assert refusal(tables / "two_sheets.xlsx", sheet="nada").code == "table.sheet_missing"


def test_a_first_column_may_be_called_as_archives_begin(tmp_path: Path) -> None:
    file = tmp_path / "lista.csv"
    file.write_text("PK,nombre\n1,Ana\n")
    assert open_table(file).header == ("PK", "nombre")


def test_without_a_header_the_first_row_that_says_anything_tells_the_width(tmp_path: Path) -> None:
    file = tmp_path / "lista.csv"
    file.write_text("\nAna,2026\nEva,2025\n")
    table = open_table(file, header_row=0)
    assert (table.header, len(list(table.rows()))) == (("", ""), 2)
    file.write_text(",\n,\n")
    assert refusal(file, header_row=0).code == "table.rows_missing"


def test_columns_without_a_name_at_the_end_are_columns_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "lista.csv"
    file.write_text("nombre,fecha,\nAna,2026,algo\n")
    assert open_table(file).header == ("nombre", "fecha", "")


def test_a_declared_encoding_must_fit(tables: Path) -> None:
    error = refusal(tables / "declared_utf-8_but_cp1252.csv", encoding="utf-8")
    assert (error.code, error.params) == ("table.encoding_wrong", {"encoding": "utf-8", "row": 1})
    assert refusal(tables / "plain_utf-8.csv", encoding="rot13").code == "table.encoding_unknown"
    assert open_table(tables / "cyrillic.csv", encoding="koi8-r").header == ("имя", "дата")


def test_more_rows_than_the_limit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "largo.csv"
    file.write_text("a\n1\n2\n3\n")
    assert len(list(open_table(file).rows())) == 3
    monkeypatch.setattr(reading_module, "MAX_ROWS", 2)
    assert refusal(file).code == "table.too_many_rows"


def test_the_name_decides_the_extension_when_the_file_is_a_copy(tables: Path, tmp_path: Path) -> None:
    copy = tmp_path / "subido"
    copy.write_bytes((tables / "plain.xlsx").read_bytes())
    assert open_table(copy, name="casos.XLSX").header == HEADER
    assert refusal(copy, name="casos.csv").code == "table.kind_lies"


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(index_of(letter(at)) == at for at in range(2000))


def test_a_whole_number_is_written_without_a_point() -> None:
    assert [text(cell) for cell in (1.0, 1.5, True, None, date(2026, 1, 8))] == [
        "1",
        "1.5",
        "1",
        "",
        "2026-01-08",
    ]
