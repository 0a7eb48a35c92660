"""Spreadsheets made to hurt whoever opens them, and those that only look so."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from time import process_time

import pytest

from constancia.domain.errors import TableRefused
from constancia.infra.tables import markup, open_table
from tests.attacks.conftest import HEADER, House

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="w" Target="xl/workbook.xml"'
    f' Type="{LINKS}/officeDocument"/></Relationships>',
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINKS}"><sheets><sheet name="S" sheetId="1" r:id="a"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}">'
    f'<Relationship Id="a" Type="{LINKS}/worksheet" Target="worksheets/s.xml"/>'
    f'<Relationship Id="b" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def workbook(
    file: Path, rows: str, texts: list[str], called: str = "xl/sharedStrings.xml", **more: str
) -> Path:
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        archive.writestr("xl/worksheets/s.xml", sheet)
        archive.writestr(called, f"<sst {MAIN}>{shared}</sst>")
        for name, content in more.items():
            archive.writestr(name, content)
    return file


def open_document(file: Path, rows: str) -> Path:
    sheet = f'<table:table table:name="S">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content {SPACES}>{body}</office:document-content>")
    return file


def cell(text: str, **more: str) -> str:
    repeated = "".join(f' table:number-{name}-repeated="{times}"' for name, times in more.items())
    return (
        f'<table:table-cell office:value-type="string"{repeated}><text:p>{text}</text:p></table:table-cell>'
    )


def refused(file: Path) -> str:
    began = process_time()
    with pytest.raises(TableRefused) as caught:
        for _ in open_table(file).rows():
            pass
    assert process_time() - began < 10
    return caught.value.code


def pointing(times: int, quote: str = '"') -> str:
    head = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>'
    kind = f"t={quote}s{quote}"
    return head + "".join(f'<row r="{n}"><c r="A{n}" {kind}><v>0</v></c></row>' for n in range(2, times + 2))


def test_the_ordinary_workbooks_of_these_tests_are_read(tmp_path: Path) -> None:
    table = open_table(workbook(tmp_path / "a.xlsx", pointing(3), ["Ana", "nombre"]))
    assert [row.cells for row in table.rows()] == [("Ana",)] * 3
    rows = (
        f"<table:table-row>{cell('nombre')}</table:table-row><table:table-row>{cell('Ana')}</table:table-row>"
    )
    assert [row.cells for row in open_table(open_document(tmp_path / "a.ods", rows)).rows()] == [("Ana",)]


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("called", ["xl/sharedStrings.xml", "xl/SHAREDSTRINGS.xml"])
def test_one_long_text_that_a_million_cells_point_to_is_refused_unopened(
    quote: str, called: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markup, "MAX_TEXT", 5_000_000)
    file = workbook(tmp_path / "a.xlsx", pointing(400, quote), ["x" * 19_000, "nombre"], called)
    assert refused(file) == "table.bomb"


def test_many_short_texts_and_one_long_one_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_TEXT", 5_000_000)
    rows = pointing(400).replace('<c r="A401" t="s"><v>0', '<c r="A401" t="s"><v>2')
    table = open_table(workbook(tmp_path / "a.xlsx", rows, ["Ana", "nombre", "x" * 19_000]))
    assert len(list(table.rows())) == 400


def test_a_long_text_repeated_by_number_is_refused_unopened(tmp_path: Path) -> None:
    head = f"<table:table-row>{cell('nombre')}</table:table-row>"
    rows = f'<table:table-row table:number-rows-repeated="900000">{cell("x" * 19_000)}</table:table-row>'
    assert refused(open_document(tmp_path / "a.ods", head + rows)) == "table.bomb"
    across = f"<table:table-row>{cell('x' * 19_000, columns='1900')}</table:table-row>" * 40
    assert refused(open_document(tmp_path / "b.ods", head + across)) == "table.bomb"


def test_a_sheet_that_is_not_meant_fills_the_memory_no_more_than_the_one_that_is(tmp_path: Path) -> None:
    rows = (
        f"<table:table-row>{cell('nombre')}</table:table-row><table:table-row>{cell('Ana')}</table:table-row>"
    )
    other = (
        f'<table:table-row table:number-rows-repeated="900000">{cell("x", columns="1900")}</table:table-row>'
    )
    file = open_document(tmp_path / "a.ods", f'{rows}</table:table><table:table table:name="T">{other}')
    with pytest.raises(TableRefused, match=r"table\.too_large"):
        open_table(file, sheet="S")


def test_row_37_a_sheet_that_reaches_to_the_last_cell_is_refused_unopened(tmp_path: Path) -> None:
    far = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refused(workbook(tmp_path / "a.xlsx", far, ["nombre"])) == "table.too_many_rows"


@pytest.mark.parametrize(
    "row",
    [
        '<row r="2"><c r="A2" t="s"><v>999999</v></c></row>',
        '<row r="2"><c><v>1</v></c></row>',
        '<row r="2"><c r="AAAA2"><v>1</v></c></row>',
        "<row",
    ],
    ids=["text that is not there", "cell without place", "column that is none", "cut"],
)
def test_markup_that_is_no_sheet_is_refused(row: str, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' + row, ["nombre"])
    assert refused(file) == "table.broken"


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    outside = f'<externalLink {MAIN}><externalBook r:id="x" xmlns:r="{LINKS}"/></externalLink>'
    link = '<Relationship Id="x" Target="file:///etc/passwd" TargetMode="External"/>'
    target = f'<Relationships xmlns="{RELS}">{link}</Relationships>'
    parts = {"xl/externalLinks/e.xml": outside, "xl/externalLinks/_rels/e.xml.rels": target}
    table = open_table(workbook(tmp_path / "a.xlsx", pointing(1), ["Ana", "nombre"], **parts))
    assert [row.cells for row in table.rows()] == [("Ana",)]


@pytest.mark.parametrize(
    "declaration", ['<!DOCTYPE x [<!ENTITY a "x">]>', '<!ENTITY % a SYSTEM "http://else.where">']
)
def test_entities_are_refused_before_anything_reads_them(declaration: str, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", pointing(1), ["Ana", "nombre"], **{"docProps/core.xml": declaration})
    assert refused(file) == "table.entities"


WIDE = ",".join(f"c{n}" for n in range(10_000)).encode() + b"\n1\n"
MIXED = "nombre\nÁngela\n".encode() + "Ñandú Ñañez\n".encode("cp1252")
CSVS = {
    "ten thousand columns": (WIDE, "table.too_many_columns"),
    "a cell of five megabytes": (b"nombre\n" + b"x" * 5_000_000, "table.cell_too_long"),
    "a header of five megabytes": (b"nombre" * 800_000, "table.cell_too_long"),
    "a quote that never closes": (b'nombre\n"' + b"x\n" * 3_000_000, "table.cell_too_long"),
    "a short quote that never closes": (b'nombre\n"Ana\nLuis\n', "table.quotes"),
    "nothing": (b"", "table.empty"),
    "only a header": (b"nombre,fecha\n", "table.rows_missing"),
    "only line ends": (b"\n\r\n\r\n", "table.header_missing"),
    "nul": (b"nombre\nAna\x00\n", "table.nul"),
    "half a pair": (b"nombre\n\xed\xa0\x80\n", "table.encoding_unsure"),
    "a byte that its likely encoding does not have": (b"\x8d\xc0A\xc0", "table.encoding_wrong"),
    "two encodings": (MIXED, "table.encodings_mixed"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "table.kind_old"),
    "workbook by another name": (b"PK\x03\x04" + bytes(100), "table.broken"),
    "page": (b"<html><table></table></html>", "table.kind_unknown"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), CSVS.values(), ids=CSVS.keys())
def test_a_text_that_is_no_table_is_refused_quickly(content: bytes, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "lista.csv"
    file.write_bytes(content)
    assert refused(file) == expected


def test_line_ends_of_three_kinds_and_a_mark_of_utf_16_are_read(tmp_path: Path) -> None:
    file = tmp_path / "lista.csv"
    for content in (
        b"nombre,n\r\nAna,1\nLuis,2\rEva,3\r\n",
        "nombre,n\nAna,1\nLuis,2\nEva,3".encode("utf-16"),
    ):
        file.write_bytes(content)
        assert [row.cells for row in open_table(file).rows()] == [("Ana", "1"), ("Luis", "2"), ("Eva", "3")]


ROWS = {
    "9,Ana Inventada,,lara,,30 de febrero de 2026,": "date.no_such_day",
    "9,Ana Inventada,,lara,,31/12/9999,": "date.",
    "9,Ana Inventada,,lara,,01/01/2099,": "fact.",
    "9,Ana Inventada,,lara,,10/01/2026,01/01/2026": "fact.exit_before_entry",
    "9,Ana\u202e Inventada,,lara,,10/01/2026,": "name.control",
    f"9,{'Ana ' * 2600},,lara,,10/01/2026,": "fact.field",
    "9,,,lara,,10/01/2026,": "",
}


def test_row_37_rows_that_cannot_be_are_refused_with_their_place_and_without_their_content(
    house: House, papers: Path, tmp_path: Path
) -> None:
    file = tmp_path / "lista.csv"
    file.write_text(HEADER + "\n".join(ROWS) + "\n8,Eva Inventada,,lara,,10/01/2026,\n", encoding="utf-8")
    told = house.run("import", str(file), "--mapping", str(papers / "mapa.toml"), "--preview", "--json")
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    assert found["rows"] == len(ROWS) + 1
    shown = {one["row"]: one for one in found["refusals"]["shown"]}
    for at, expected in enumerate(ROWS.values(), start=2):
        if expected:
            assert shown[at]["code"].startswith(expected), (at, shown.get(at))
            assert shown[at]["column"]
    assert not any("Inventada" in one["says"] for one in shown.values())


def test_names_that_look_like_formulas_and_queries_are_kept_exactly(
    house: House, papers: Path, tmp_path: Path
) -> None:
    names = [
        "=HYPERLINK(1)",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "Ana 😀 Inventada",
        'NEAR("x" *)',
        "Аna Іnventada",
    ]
    file = tmp_path / "lista.csv"
    lines = [
        '{},"{}",,lara,,10/01/2026,'.format(n, name.replace('"', '""')) for n, name in enumerate(names, 70)
    ]
    file.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    done = house.run("import", str(file), "--mapping", str(papers / "mapa.toml"), "--yes", "--json")
    assert json.loads(done.stdout)["new_people"] == len(names)
    found = json.loads(house.run("search", "--json").stdout)
    assert set(names) <= {case["name"] for case in found["cases"]}
    # The last one is written with Cyrillic letters: it is found by the Latin ones.
    assert [
        case["name"] for case in json.loads(house.run("search", "ana inventada", "--json").stdout)["cases"]
    ]
