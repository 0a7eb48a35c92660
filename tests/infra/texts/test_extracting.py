"""The text of sound documents, and what they say of themselves."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from constancia.domain.errors import TextRefused
from constancia.infra.texts import extract, extracting, limits
from constancia.infra.texts.extracted import DOCX, HTML, PDF, TXT
from tests.infra.texts.built import PROSE, docx, page, paragraph, pdf_of

HEAD = (
    "<title>Balance de la semana | Diario Inventado</title>"
    '<meta property="og:title" content="Balance de la semana">'
    '<meta property="og:site_name" content="Diario Inventado">'
    '<meta property="article:published_time" content="2026-03-02T23:10:00-04:00">'
    '<meta property="article:modified_time" content="2026-03-09T08:00:00-04:00">'
    '<link rel="canonical" href="https://diario.example/balance">'
)
CLOSING = "El próximo balance se presentará el 9 de marzo, dijo la red."
BREAKDOWN = ["Mujeres: 24", "Civiles: 197", "Adolescentes: 1", "Militares: 182"]
ARTICLE = (
    "<nav><ul><li><a href='/'>Inicio</a></li><li><a href='/v'>Más vistas 777</a></li></ul></nav>"
    f"<main><article><h1>Balance de la semana</h1><p>{PROSE}</p><ul>"
    + "".join(f"<li>{line}</li>" for line in BREAKDOWN)
    + "</ul><table><tr><th>Estado</th><th>Presos</th></tr><tr><td>Zulia</td><td>31</td></tr>"
    f"<tr><td>Táchira</td><td>27</td></tr></table><p>{CLOSING}</p></article></main>"
    "<footer><p>Teléfono 0000-777</p></footer>"
)


def test_a_page_gives_its_article_with_lists_and_tables_of_figures() -> None:
    found = extract(page(ARTICLE, HEAD))
    lines = found.text.split("\n")
    assert found.media == HTML
    assert [line for line in lines if line in BREAKDOWN] == BREAKDOWN
    assert "Zulia\t31" in lines
    assert "Táchira\t27" in lines
    assert (lines[1], lines[-1]) == (PROSE, CLOSING)
    assert "777" not in found.text
    assert (found.title, found.publisher) == ("Balance de la semana", "Diario Inventado")
    assert (found.language, found.published) == ("es", date(2026, 3, 2))
    assert found.address == "https://diario.example/balance"
    assert found.notes == ()


def test_the_same_page_gives_the_same_text_each_time() -> None:
    assert extract(page(ARTICLE, HEAD)) == extract(page(ARTICLE, HEAD))


def test_a_date_within_the_text_of_a_page_is_not_taken_for_its_own() -> None:
    assert extract(page("<article><p>El 5 de enero de 2026 salieron 5.</p></article>")).published is None


def test_a_page_without_an_article_gives_all_that_is_written_in_it() -> None:
    found = extract(page("<div><b>61</b> de 99</div><div>Zulia<br>31</div>"))
    assert found.text == "61 de 99\nZulia\n31"


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (page(ARTICLE).replace(b"utf-8", b"iso-8859-1").decode().encode("cp1252"), ""),
        (page(ARTICLE).replace(b'<meta charset="utf-8">', b"").decode().encode("cp1252"), ""),
        (page(ARTICLE).decode().encode("cp1252"), "text/html; charset=windows-1252"),
        (page(ARTICLE).decode().encode("utf-16"), ""),
        (b'<?xml version="1.0" encoding="utf-8"?>\n' + page(ARTICLE), ""),
    ],
    ids=["declared", "not declared", "sent", "wide", "with a prolog"],
)
def test_pages_in_the_encodings_that_are_met_are_read(data: bytes, media: str) -> None:
    found = extract(data, media=media)
    assert PROSE in found.text
    assert "Táchira\t27" in found.text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp850", "mac_roman"]
)
def test_texts_in_the_encodings_that_are_met_are_read(encoding: str) -> None:
    found = extract(f"{PROSE}\r\n\r\n\r\nÑandúes:\u00a012  mil\r".encode(encoding))
    assert found.text == f"{PROSE}\n\nÑandúes: 12 mil"
    assert (found.media, found.language) == (TXT, "es")


def test_a_text_that_quotes_markup_is_a_text_and_a_page_is_one_by_its_name() -> None:
    assert extract(b"Escribieron <b>61</b> presos.").text == "Escribieron <b>61</b> presos."
    assert extract(b"Escribieron <b>61</b> presos.", name="a.HTM").text == "Escribieron 61 presos."


def test_a_pdf_gives_paragraphs_whole_and_lists_in_lines() -> None:
    lines = [
        "La Red de Apoyo Inventada informó este jueves de 1.234 excarce-",
        "laciones entre el 8 de enero y el 20 de febrero, de las cuales",
        "459 son anteriores a la ley.",
        "Mujeres: 24",
        "Civiles: 197",
    ]
    found = extract(pdf_of(lines, [], trailer=b"/Info 8 0 R", more=[INFO]))
    assert found.text.split("\n") == [PROSE, "Mujeres: 24", "Civiles: 197"]
    assert (found.media, found.title, found.published) == (PDF, "Balance", date(2026, 3, 2))
    assert found.notes == ("texts.pages_without_text",)


INFO = b"<< /Title (Balance) /CreationDate (D:20260302101500-04'00') >>"


def test_a_docx_gives_paragraphs_tables_and_notes_in_their_order() -> None:
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in (("Estado", "Presos"), ("Zulia", "31"))
    )
    made = "<t:created>2026-03-02T10:00:00Z</t:created>"
    core = f'<x xmlns:dc="d" xmlns:t="t"><dc:title>Balance</dc:title>{made}</x>'
    notes = f'<w:f xmlns:w="w">{paragraph("Al 2 de marzo.")}</w:f>'
    body = paragraph(PROSE[:40], PROSE[40:]) + f"<w:tbl>{rows}</w:tbl>" + paragraph("Fin.")
    found = extract(docx(body, docProps__core=core, word__footnotes=notes))
    assert found.text.split("\n") == [PROSE, "Estado\tPresos", "Zulia\t31", "Fin.", "", "Al 2 de marzo."]
    assert (found.media, found.title, found.published) == (DOCX, "Balance", date(2026, 3, 2))


@pytest.mark.parametrize("data", [b"{\\rtf1 x}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_other_word_processors_are_asked_for_another_format(data: bytes) -> None:
    with pytest.raises(TextRefused, match=r"texts\.kind_old"):
        extract(data)


def test_a_protected_word_file_is_called_so() -> None:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(TextRefused, match=r"texts\.encrypted"):
        extract(start)


def test_the_libraries_that_parse_stay_in_the_reading_process() -> None:
    code = (
        "import sys, constancia.infra.texts, constancia.infra.fetching;"
        "print(sorted({'lxml', 'trafilatura', 'pypdf', 'htmldate', 'dateparser'} & set(sys.modules)))"
    )
    source = str(Path(__file__).parents[3] / "src")
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": source}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_real_news_made_into_pages_keep_every_line_that_holds_a_number(shared: Path) -> None:
    files = sorted((shared / "news").glob("*.txt"))
    if not files:
        pytest.skip("the real texts are not on this machine (CONSTANCIA_SHARED)")
    for file in files:
        lines = [" ".join(line.split()) for line in file.read_text("utf-8").split("\n")[1:] if line.strip()]
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        found = extract(
            page(f"<nav><a href='/'>Inicio</a></nav><article><h1>Nota</h1>{body}</article>", HEAD)
        )
        lost = [
            number for number, line in enumerate(lines) if re.search(r"\d", line) and line not in found.text
        ]
        assert not lost, (file.name, lost)
        assert found.language == json.loads(file.with_suffix(".json").read_text("utf-8"))["language"], (
            file.name
        )


def test_few_documents_are_read_at_once_and_whoever_waits_in_vain_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extracting, "_TURNS", threading.BoundedSemaphore(1))
    monkeypatch.setattr(limits, "PATIENCE", 0.05)
    extracting._TURNS.acquire()
    with pytest.raises(TextRefused) as refused:
        extracting.extract(b"Un texto inventado.")
    assert refused.value.code == "texts.busy"
    extracting._TURNS.release()
    monkeypatch.undo()
    assert extracting.extract(b"Un texto inventado.").text == "Un texto inventado."


def test_a_document_read_by_its_lines_keeps_pages_rows_and_empty_cells() -> None:
    wide = "JOSÉ INVENTADO DE LA PRUEBA LARGA Y ANCHA"
    pages = pdf_of([wide, wide], [], [wide])
    assert extract(pages, lines=True).text == f"{wide}\n{wide}\f\f{wide}"
    assert extract(pages).text == f"{wide} {wide}\n\n{wide}"
    cells = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("", "Ana", ""))
    table = docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert (extract(table, lines=True).text, extract(table).text) == ("\tAna", "Ana")


def test_a_page_read_by_its_lines_is_taken_whole_and_row_by_row() -> None:
    row = "<table><tr><td></td><td><p>Ana</p></td></tr></table>"
    lines = extract(page(ARTICLE + row, HEAD), lines=True).text.split("\n")
    assert "Teléfono 0000-777" in lines
    assert "Más vistas 777" not in lines
    assert "\t\t Ana" in lines or "\t\tAna" in lines
    assert "\tZulia\t31" in lines
