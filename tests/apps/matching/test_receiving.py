"""Lists as files of every kind, sound and not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
import typst

from constancia.apps.matching.receiving import read_file, read_text
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.matching.reading import ReadList
from tests.attacks.documents import docx_that_swells
from tests.infra.texts.built import docx, page, paragraph, pdf_of
from tests.support.effort import size

DAY = date(2026, 2, 24)
NAMES = ["Ana Inventada Prueba", "José Irreal Núñez", "Luis Falso"]


def names(found: ReadList) -> list[str]:
    return [entry.mention.name for entry in found.entries]


def workbook(
    *sheets: list[list[object]], prepare: Callable[[openpyxl.Workbook], None] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Hoja {number}")
        for row in rows:
            sheet.append(row)
    if prepare is not None:
        prepare(book)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_read_in_every_encoding_and_with_every_line_end(encoding: str, end: str) -> None:
    found = read_file(end.join(NAMES).encode(encoding), "lista.txt")
    assert names(found) == NAMES
    assert [entry.line for entry in found.entries] == [1, 2, 3]
    assert [entry.page for entry in found.entries] == [0, 0, 0]


@pytest.mark.parametrize(("suffix", "sign"), [("csv", ";"), ("csv", ","), ("tsv", "\t")])
def test_a_table_as_text_is_read_by_its_columns(suffix: str, sign: str) -> None:
    text = "\n".join(
        sign.join(cells) for cells in [["Cédula", "Nombre"], ["V-1234567", NAMES[0]], ["", NAMES[1]]]
    )
    found = read_file(text.encode("cp1252"), f"lista.{suffix}")
    assert [(e.mention.name, e.mention.document, e.line) for e in found.entries] == [
        (NAMES[0], "V-1234567", 2),
        (NAMES[1], "", 3),
    ]


def test_every_sheet_with_names_is_read_and_one_can_be_declared() -> None:
    data = workbook(
        [["LISTA"], [], ["Apellidos", "Nombres", "Edad"], ["Irreal", "José", 34]],
        [["Nombre"], ["Luis Falso"]],
        [[]],
    )
    found = read_file(data, "lista.xlsx", day=DAY)
    assert [(e.sheet, e.line, e.mention.name) for e in found.entries] == [
        ("Hoja 1", 4, "José Irreal"),
        ("Hoja 2", 2, "Luis Falso"),
    ]
    assert found.entries[0].mention.born is not None
    assert names(read_file(data, "lista.xlsx", sheet="Hoja 2")) == ["Luis Falso"]


def test_merged_cells_and_two_columns_of_names_in_a_workbook() -> None:
    rows: list[list[object]] = [["Nombre", "Estado"], ["Ana Prueba", "Zulia"], ["José Irreal", None]]
    data = workbook(rows, prepare=lambda book: book.worksheets[0].merge_cells("B2:B3"))
    found = read_file(data, "lista.xlsx")
    assert [(e.mention.state, e.notes) for e in found.entries] == [("zulia", ()), ("", ("list.cell_merged",))]
    two = workbook([["Detenido", "Familiar que reporta"], ["Ana Prueba", "José Irreal"]])
    with pytest.raises(InputRefused) as refused:
        read_file(two, "lista.xlsx")
    assert "«Detenido», «Familiar que reporta»" in explain(refused.value)
    assert "--name-column" in explain(refused.value, "en")
    assert names(read_file(two, "lista.xlsx", columns={"name": "Detenido"})) == ["Ana Prueba"]


def test_a_formula_in_a_cell_is_never_run() -> None:
    data = b'Nombre;CI\n"=HYPERLINK(""http://x.example"";""Ana"")";1234567\nLuis Falso;2\n'
    found = read_file(data, "lista.csv")
    assert [(e.mention.name, e.notes[:1]) for e in found.entries] == [
        ("", ("list.formula",)),
        ("Luis Falso", ("list.document_unread",)),
    ]


def test_a_document_gives_its_paragraphs_and_its_tables_with_empty_cells() -> None:
    body = paragraph("Listado de detenidos") + paragraph("1. Ana Prueba - LIBERADA")
    body += (
        "<w:tbl>"
        + row("N", "Nombre", "Cédula")
        + row("", "José Irreal", "V-1234567")
        + row("2", "", "V-2")
        + "</w:tbl>"
    )
    found = read_file(docx(body), "lista.docx")
    assert [(e.mention.name, e.mention.document) for e in found.entries] == [
        ("Ana Prueba", ""),
        ("José Irreal", "V-1234567"),
    ]
    assert [one.reason for one in found.skipped] == [
        "list.skip_heading",
        "list.skip_columns",
        "list.skip_no_name",
    ]


def test_a_page_gives_all_that_is_written_in_it() -> None:
    body = "<nav><a href='/'>Total</a></nav><ul>" + "".join(f"<li>{name}</li>" for name in NAMES) + "</ul>"
    body += "<table><tr><th>N</th><th>Nombre</th><th>CI</th></tr><tr><td></td><td>Rosa Fingida</td>"
    body += "<td><p>V-1234567</p></td></tr></table>"
    found = read_file(page(body), "lista.html")
    assert names(found) == [*NAMES, "Rosa Fingida"]
    assert found.entries[-1].mention.document == "V-1234567"


def test_the_entries_of_a_pdf_know_their_page_and_are_not_joined() -> None:
    long = [f"{n}. ANA INVENTADA DEL SOCORRO PRUEBA LARGUÍSIMA {'ABC'[n % 3]}" for n in range(1, 7)]
    found = read_file(pdf_of(long[:4], [], [*long[4:], "Pág. 3"]), "lista.pdf")
    assert [(e.page, e.line) for e in found.entries] == [(1, 1), (1, 2), (1, 3), (1, 4), (3, 1), (3, 2)]
    assert found.notes[:1] == ("texts.pages_without_text",)
    assert [(one.page, one.reason) for one in found.skipped] == [(3, "list.skip_figures")]


def test_a_table_in_a_pdf_keeps_its_columns_where_cells_are_empty() -> None:
    source = """#table(columns: 4, [N.º], [Nombres y apellidos], [Cédula], [Edad],
      [1], [ANA INVENTADA], [V-12.345.678], [34], [2], [JOSÉ IRREAL DE LOS RÍOS], [], [41],
      [3], [LUIS FALSO], [V-9.876.543], [])
    """
    found = read_file(typst.compile(source.encode()), "lista.pdf", day=DAY)
    assert [(e.mention.name, e.mention.document, e.mention.born is not None) for e in found.entries] == [
        ("ANA INVENTADA", "V-12345678", True),
        ("JOSÉ IRREAL DE LOS RÍOS", "", True),
        ("LUIS FALSO", "V-9876543", False),
    ]


def test_the_same_file_twice_has_the_same_digest() -> None:
    data = "\n".join(NAMES).encode()
    assert (
        read_file(data, "lista.txt").digest
        == read_file(data, "otra.txt").digest
        == hashlib.sha256(data).hexdigest()
    )
    assert read_text("\n".join(NAMES)).digest == hashlib.sha256(data).hexdigest()
    assert read_text("\n".join(NAMES)) == read_file(data, "lista.txt")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "lista.txt", "list.empty"),
        (b"\xef\xbb\xbf\r\n \t", "lista.csv", "list.empty"),
        (b"\xff\xfe", "lista.txt", "list.empty"),
        (b"Ana\x00Prueba", "lista.txt", "texts.kind_unknown"),
        (b"Nombre;CI\nAna\x00Prueba;1", "lista.csv", "table.nul"),
        (b"-----\n1\n", "lista.txt", "list.no_people"),
        (pdf_of([]), "lista.pdf", "texts.pdf_without_text"),
        (workbook([[]]), "lista.xlsx", "list.empty"),
        (workbook([["Nombre"]]), "lista.xlsx", "list.no_people"),
        (workbook([["Nombre"], ["Ana Prueba"]]), "lista.txt", "table.kind_lies"),
        (workbook([["Nombre"], ["Ana Prueba"]])[:200], "lista.xlsx", "table.broken"),
        (docx_that_swells(), "lista.docx", "texts.bomb"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "lista.xls", "texts.kind_old"),
        (b"x" * 20_000_001, "lista.txt", "texts.too_large"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(data: bytes, name: str, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_file(data, name)
    assert refused.value.code == code
    for language in ("es", "en"):
        assert explain(refused.value, language) != code  # type: ignore[arg-type]


def test_a_scan_is_called_so() -> None:
    with pytest.raises(InputRefused) as refused:
        read_file(pdf_of([], []), "lista.pdf")
    assert "solo imágenes" in explain(refused.value)


def test_a_line_of_a_megabyte_in_a_file_is_left_out_and_the_others_are_read() -> None:
    found = read_file(b"Ana Prueba\n" + b"x" * 1_000_000 + b"\nLuis Falso", "lista.txt")
    assert names(found) == ["Ana Prueba", "Luis Falso"]
    assert [(one.line, one.reason) for one in found.skipped] == [(2, "list.line_too_long")]


def test_thousands_of_entries_of_a_file_are_read_whole() -> None:
    many = size(50_000, 5_000)
    lines = [f"{n}. Ana Inventada Prueba, {20 + n % 50} años, V-{10_000_000 + n}" for n in range(many)]
    found = read_file("\n".join(lines).encode(), "lista.txt", day=DAY)
    assert len(found.entries) == many
