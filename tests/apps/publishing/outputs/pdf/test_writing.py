"""A report as PDF: every number in it, texts as they are, the same bytes, nothing over the edge."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from constancia.apps.publishing.outputs.pdf import page_pictures, pdf
from constancia.apps.publishing.outputs.pdf.writing import _folder, _inputs
from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import (
    Aside,
    Bullets,
    DataTable,
    Document,
    Heading,
    KeyNumber,
    KeyNumbers,
    Link,
    NoteMark,
    Number,
    Paragraph,
    Picture,
    Quote,
    TableCell,
    TableRow,
    Text,
)
from constancia.infra import typesetting
from tests.support.documents import n, p, report, row, small, t
from tests.support.drawings import charts
from tests.support.effort import examples
from tests.support.png import rows, white

MADE = datetime(2026, 3, 3, 4, tzinfo=UTC)
LANGUAGES: tuple[Language, ...] = ("es", "en")


def text_of(data: bytes) -> str:
    """What a reader copies out of the file, without blanks and without hyphens at the ends of lines."""
    found = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return squeezed(found.replace("\xad", ""))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def numbers(part: object) -> Iterator[str]:
    """Every Number, in the order in which the parts of a document are declared and printed."""
    if isinstance(part, Number):
        yield part.text
    elif isinstance(part, tuple):
        for one in part:
            yield from numbers(one)
    elif is_dataclass(part) and not isinstance(part, type):
        for one in fields(part):
            if not (isinstance(part, Picture) and one.name == "data"):  # the annex has them
                yield from numbers(getattr(part, one.name))


@pytest.fixture(scope="module", params=LANGUAGES)
def whole(request: pytest.FixtureRequest) -> tuple[Document, bytes]:
    document = report(request.param)
    return document, pdf(document, charts(), MADE)


def test_every_number_can_be_read_out_in_order(whole: tuple[Document, bytes]) -> None:
    document, data = whole
    text = text_of(data)
    at = 0
    expected = list(numbers(document.cover)) + list(numbers(document.blocks))
    assert len(expected) > 300
    for number in expected:
        found = text.find(squeezed(number), at)
        assert found >= 0, number
        at = found + len(squeezed(number))
    behind = [block.data for block in document.blocks if isinstance(block, Picture) and block.data]
    for number in numbers(tuple(behind)):
        found = text.find(number, at)
        assert found >= 0, number
        at = found + len(number)


def test_a_number_that_is_lacking_would_be_noticed() -> None:
    assert "574" not in text_of(pdf(small(p(n("573"))), {}, MADE))


def test_every_text_of_the_report_is_there(whole: tuple[Document, bytes]) -> None:
    document, data = whole
    text = text_of(data)
    said = [
        run.text
        for block in document.blocks
        if isinstance(block, Paragraph)
        for run in block.runs
        if isinstance(run, Text)
    ]
    assert len(said) > 20
    assert not [one for one in said if squeezed(one) not in text]


def test_the_same_document_gives_the_same_bytes_in_another_process(whole: tuple[Document, bytes]) -> None:
    document, data = whole
    assert pdf(document, charts(), MADE) == data
    code = (
        "import sys; from datetime import UTC, datetime;"
        "from constancia.apps.publishing.outputs.pdf import pdf;"
        "from tests.support.documents import report; from tests.support.drawings import charts;"
        f"made = pdf(report({document.language!r}), charts(), datetime(2026, 3, 3, 4, tzinfo=UTC));"
        "sys.stdout.buffer.write(made)"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert other.stdout == data


def test_every_page_says_whose_it_is_which_edition_and_how_many_pages(whole: tuple[Document, bytes]) -> None:
    document, data = whole
    reader = PdfReader(io.BytesIO(data))
    last = len(reader.pages)
    assert 11 <= last <= 16
    words = ("Edición 7", "Página {} de {}") if document.language == "es" else ("Edition 7", "Page {} of {}")
    for at, page in enumerate(reader.pages[1:], start=2):
        text = page.extract_text()
        for said in ("Observatorio Ejemplar", document.dates, words[0], words[1].format(at, last)):
            assert said in text, (at, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_says_so_on_every_page_and_an_edition_on_none(language: Language) -> None:
    word = "BORRADOR" if language == "es" else "DRAFT"

    def saying(draft: bool) -> list[bool]:
        made = pdf(report(language, draft=draft), charts(), MADE)
        return [word in squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(made)).pages]

    assert all(saying(True))
    assert not any(saying(False))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_the_layout_comes_to_rest_and_nothing_is_warned_of(language: Language, paper: str) -> None:
    inputs = _inputs(report(language), charts(), paper)  # type: ignore[arg-type]
    compiler = typesetting._compiler(_folder(), "report.typ", inputs)
    _, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=0)
    assert not [warning.message for warning in warnings]


def test_paper_may_be_letter() -> None:
    sizes = {
        paper: PdfReader(io.BytesIO(pdf(small(), {}, MADE, paper=paper))).pages[0].mediabox.width  # type: ignore[arg-type]
        for paper in ("a4", "us-letter")
    }
    assert round(sizes["a4"]) == 595
    assert round(sizes["us-letter"]) == 612


HOSTILE = [
    '#read("/etc/passwd")',
    "$x^2$ _em_ *b* `raw` \\ @ref <lab> #let x = 1 // fin /* */",
    "=== no heading",
    "- no list + 1. no list / term: none",
    "a~b -- --- ... 'q' \"q\"",
    "<b>no</b> &amp; [x](y) ![z](w)",
    "{page} {number} %s \\n",
    "שלום",
    "𝑎 café naïve Ñandú Łódź Ωμέγα жизнь",
    "x" * 300,
    "https://observatorio.example/" + "a/b-c_d" * 40,
    "z" + "\u0301" * 40,
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text_wherever_it_stands(hostile: str) -> None:
    table = DataTable(
        "t",
        (t(hostile),),
        (TableCell((t(hostile),)), TableCell((t("n"),))),
        (TableRow((TableCell((t(hostile),)), TableCell((n("7"),)))),),
        (False, True),
        ((t(hostile),),),
    )
    document = small(
        Heading(2, (t(hostile),), "h"),
        p(t(hostile), NoteMark(1), lead=True),
        Quote((p(t(hostile)),)),
        Bullets(((p(t(hostile)),),)),
        Aside(hostile, (p(t(hostile)),)),
        table,
        KeyNumbers((KeyNumber(n("7"), hostile, hostile),)),
        Picture("p", "c", (t(hostile),), hostile, None, ((t(hostile),),)),
        notes=((t(hostile),),),
        imprint=((t(hostile),),),
        cover=(KeyNumber(n("7"), hostile),),
        labels={"contents": hostile},
    )
    drawn = {"c": charts()["bridge"]}
    text = text_of(pdf(document, drawn, MADE))
    # What is only marks on a letter comes out of the file in another order: count its letter.
    if hostile.startswith("z\u0301"):
        assert text.count("z") + text.count("ź") >= 15
    elif hostile == "שלום":
        assert text.count("שלום") + text.count("םולש") >= 15
    else:
        assert text.count(squeezed(hostile).replace("𝑎", "U+1D44E" if "U+1D44E" in text else "𝑎")) >= 15


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("sube \u202e375\u202c", "sube U+202E375U+202C"),
        ("\u2066a\u2069", "U+2066aU+2069"),
        ("ja 😀 中", "ja U+1F600 U+4E2D"),
        ("\x00\x1b[31m", "U+0000U+001B[31m"),
        ("\ue000\ufffe\ud800", "U+E000U+FFFEU+D800"),
        ("una\nlínea\ty otra\u2028más", "una línea y otra más"),
    ],
)
def test_what_cannot_be_shown_or_would_steer_the_line_stands_by_its_number(text: str, printed: str) -> None:
    document = small(p(t(text)), Heading(2, (t(text),), "h"), Aside(text, ()), title=text)
    assert text_of(pdf(document, {}, MADE)).count(squeezed(printed)) >= 4


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_any_text_whatever_can_be_set(texts: list[str]) -> None:
    blocks = [p(t(text)) for text in texts]
    data = pdf(small(*blocks, Aside(texts[0], tuple(blocks)), title=texts[-1]), {}, MADE)
    assert data.startswith(b"%PDF-1.7")


def margins_clear(document: Document, paper: str = "a4") -> list[int]:
    """The pages (after the cover) on which something reaches into an outer margin."""
    pictures = page_pictures(document, charts(), MADE, paper=paper, resolution=18)  # type: ignore[arg-type]
    over = []
    for at, page in enumerate(pictures[1:], start=2):
        lines = rows(page)
        width, margin = len(lines[0]) // 4, int(19 / 25.4 * 18) - 1
        if not (white(lines, 0, margin) and white(lines, width - margin, width)):
            over.append(at)
    return over


def wide_table(columns: int) -> DataTable:
    head = tuple(TableCell((t(f"Encabezamiento {i}"),)) for i in range(columns))
    rows = tuple(row("Palabralarguísimaquenadiecortó" * 2, *["18.931"] * (columns - 1)) for _ in range(5))
    return DataTable("w", (t("Ancho"),), head, rows, (False, *[True] * (columns - 1)))


def test_nothing_reaches_into_the_outer_margins(whole: tuple[Document, bytes]) -> None:
    assert margins_clear(whole[0]) == []
    assert margins_clear(whole[0], "us-letter") == []


@pytest.mark.parametrize("columns", [2, 5, 9, 12])
def test_a_wide_table_and_long_words_stay_on_the_page(columns: int) -> None:
    words = [p(t("x" * 400)), p(t("Largo" * 60), n("9" * 200)), Aside("y" * 200, (p(t("z" * 200)),))]
    assert margins_clear(small(wide_table(columns), *words)) == []


def test_what_reaches_into_a_margin_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("constancia.apps.publishing.outputs.pdf.letters._PART", 10**6)
    assert margins_clear(small(p(t("x" * 400)))) == [3]


def test_a_long_table_repeats_its_head_on_each_page() -> None:
    rows = tuple(row(f"Lugar {i}", str(i)) for i in range(120))
    head = (TableCell((t("Cabecera"),)), TableCell((t("Personas"),)))
    made = pdf(small(DataTable("l", (t("Largo"),), head, rows, (False, True))), {}, MADE)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages[2:]]
    assert len(pages) >= 3
    assert all("Cabecera" in page for page in pages)


def test_a_note_stands_at_the_foot_of_the_page_that_calls_it(whole: tuple[Document, bytes]) -> None:
    _, data = whole
    for page in PdfReader(io.BytesIO(data)).pages:
        text = page.extract_text()
        if "El anuncio de enero2" in text or "The announcement of January2" in text:
            assert "minuto 14" in text or "minute 14" in text
            return
    pytest.fail("no page has the heading")


def test_notes_keep_their_numbers_in_whatever_order_they_are_called() -> None:
    document = small(p(t("dos"), NoteMark(2)), p(t("uno"), NoteMark(1), t(" otra vez"), NoteMark(2)))
    text = text_of(
        pdf(small(*document.blocks[1:], notes=((t("nota primera"),), (t("nota segunda"),))), {}, MADE)
    )
    for said in ("dos2", "uno1", "otravez2", "1notaprimera", "2notasegunda"):
        assert said in text
    assert text.count("notasegunda") == 1


def test_a_note_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputRefused) as caught:
        pdf(small(p(NoteMark(3)), notes=((t("una"),),)), {}, MADE)
    assert (caught.value.code, caught.value.params) == ("typeset.note_missing", {"number": 3})


def links(data: bytes) -> set[str]:
    return {
        str(note.get_object()["/A"]["/URI"])
        for page in PdfReader(io.BytesIO(data)).pages
        for note in page.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }


def test_links_can_be_followed_and_are_printed() -> None:
    address = "https://observatorio.example/método?a=1"
    data = pdf(small(p(Link(address, (t("aquí"),)))), {}, MADE)
    assert links(data) == {"https://observatorio.example/m%C3%A9todo?a=1"}
    assert "aquí(observatorio.example/método?a=1)" in text_of(data)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "", "//x.example"]
)
def test_an_address_of_another_kind_is_words_alone(address: str) -> None:
    data = pdf(small(p(Link(address, (t("aquí"),)))), {}, MADE)
    assert links(data) == set()
    assert "aquí" in text_of(data)
