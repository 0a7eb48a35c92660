"""The report as a Word document: real styles, real captions, real fields, and the same bytes every time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.shared import Mm
from lxml import etree

from constancia.apps.publishing.outputs.characters import printable
from constancia.apps.publishing.outputs.docx import docx
from constancia.domain.errors import IntegrityBroken
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import (
    Aside,
    Bullets,
    DataTable,
    Document,
    Heading,
    Link,
    Paragraph,
    Quote,
    Strong,
    TableCell,
    TableRow,
    Text,
)
from tests.support import sample_report as sample
from tests.support.sample_walk import HOSTILE, hostile, numbers
from tests.support.sample_word import W, opened, paragraphs, parts, said, styled, xml

LANGUAGES: tuple[Language, ...] = ("es", "en")
MAIN = "word/document.xml"


def written(document: Document) -> bytes:
    return docx(document, sample.images(document.language), sample.MADE_AT)


def bare(*blocks: Paragraph | Bullets | Aside | Heading | Quote) -> Document:
    return replace(sample.document("es"), blocks=blocks, notes=(), cover=(), imprint=())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_document_stands_in_the_file_in_order(language: Language) -> None:
    document = sample.document(language)
    behind = [block.data for block in document.blocks if getattr(block, "data", None)]
    blocks = [replace(b, data=None) if hasattr(b, "chart") else b for b in document.blocks]
    in_text = [one.text for one in numbers((document.cover, blocks, behind, document.imprint))]
    data = written(document)
    assert styled(xml(data, MAIN), "EditionNumber") == in_text
    assert styled(xml(data, "word/footnotes.xml"), "EditionNumber") == [
        one.text for one in numbers(document.notes)
    ]


def test_the_same_document_pictures_and_instant_give_the_same_bytes() -> None:
    assert written(sample.document("es")) == written(sample.document("es"))
    elsewhere = sample.MADE_AT.astimezone(timezone(timedelta(hours=-4)))
    document, images = sample.document("es"), sample.images("es")
    assert docx(document, images, elsewhere) == docx(document, images, sample.MADE_AT)


def test_every_time_in_the_file_is_the_instant_that_was_given() -> None:
    data = written(sample.document("es"))
    with ZipFile(BytesIO(data)) as file:
        assert {info.date_time for info in file.infolist()} == {(2026, 3, 3, 3, 59, 58)}  # zip counts by two
        assert {info.create_system for info in file.infolist()} == {3}
        assert file.namelist()[0] == "[Content_Types].xml"
    core = opened(data).core_properties
    assert core.created == core.modified == datetime(2026, 3, 3, 3, 59, 59, tzinfo=UTC)


def test_a_time_before_zip_files_is_no_obstacle() -> None:
    assert docx(bare(), {}, datetime(1970, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_well_formed_declared_and_found(language: Language) -> None:
    document = sample.document(language)
    data = docx(document, sample.images(language), sample.MADE_AT, drawings=sample.drawings(language))
    found = parts(data)
    types = etree.fromstring(found["[Content_Types].xml"])
    named = {one.get("PartName") for one in types} - {None}
    extensions = {one.get("Extension") for one in types} - {None}
    for name, content in found.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
        assert name == "[Content_Types].xml" or f"/{name}" in named or name.rsplit(".")[-1] in extensions
    for name in [one for one in found if one.endswith(".rels")]:
        folder = name.split("_rels/")[0]
        for relation in etree.fromstring(found[name]):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target")
                assert (target.lstrip("/") if target.startswith("/") else folder + target) in found


def test_every_style_that_is_used_is_defined_and_no_other_is_in_the_way() -> None:
    data = written(sample.document("es"))
    styles = xml(data, "word/styles.xml")
    defined = {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}
    used = set()
    for name in [one for one in parts(data) if one.startswith("word/") and one.endswith(".xml")]:
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            used |= {one.get(f"{W}val") for one in xml(data, name).iter(f"{W}{tag}")}
    assert used <= defined
    assert len(defined) < 60


def test_headings_are_the_outline_of_the_report() -> None:
    word = opened(written(sample.document("es")))
    outline = [(one.style.name, one.text) for one in word.paragraphs if one.style.name.startswith("Heading")]
    assert outline == [
        ("Heading 1", "Contexto"),
        ("Heading 2", "Qué cuenta este informe"),
        ("Heading 1", "Situación actual"),
        ("Heading 2", "Recorrido de un anuncio"),
        ("Heading 1", "Cuadros"),
        ("Heading 2", "Por estado"),
        ("Heading 3", "Una advertencia"),
        ("Heading 1", "Correcciones y métodos"),
        ("Heading 1", "Datos de las figuras"),
    ]
    assert [one.text for one in word.paragraphs if one.style.name == "Title"] == [sample.document("es").title]


def test_captions_are_numbered_by_fields_that_already_show_their_number() -> None:
    data = written(sample.document("es"))
    captions = paragraphs(xml(data, MAIN), "Caption")
    starts = [one.split(". ")[0] for one in captions]
    assert starts == ["Figura 1", "Figura 2", "Cuadro 1", "Cuadro 2", "Datos de la figura 1"]
    codes = [(one.text or "").split()[:2] for one in xml(data, MAIN).iter(f"{W}instrText")]
    assert codes.count(["SEQ", "Figura"]) == 2
    assert codes.count(["SEQ", "Cuadro"]) == 2


def test_contents_are_read_as_they_stand_and_lead_to_their_headings() -> None:
    main = xml(written(sample.document("en")), MAIN)
    entries = [*paragraphs(main, "TOC1"), *paragraphs(main, "TOC2")]
    assert sorted(entries) == sorted(
        ["Context", "What this report counts", "Current situation", "What came of an announcement",
         "Tables", "By state", "Corrections and methods", "Data of the figures"]
    )  # fmt: skip
    marks = {one.get(f"{W}name") for one in main.iter(f"{W}bookmarkStart")}
    assert {one.get(f"{W}anchor") for one in main.iter(f"{W}hyperlink")} - {None} <= marks
    assert not list(xml(written(sample.document("en")), "word/settings.xml").iter(f"{W}updateFields"))


def test_fields_begin_and_end_in_turn_and_bookmarks_are_there_once() -> None:
    main = xml(written(sample.document("es")), MAIN)
    open_fields = 0
    for mark in main.iter(f"{W}fldChar"):
        open_fields += {"begin": 1, "separate": 0, "end": -1}[mark.get(f"{W}fldCharType")]
        assert open_fields in {0, 1, 2}
    assert open_fields == 0
    starts = [one.get(f"{W}id") for one in main.iter(f"{W}bookmarkStart")]
    assert starts == [one.get(f"{W}id") for one in main.iter(f"{W}bookmarkEnd")]
    assert len(starts) == len(set(starts))


def test_tables_repeat_their_head_and_set_numbers_flush_right() -> None:
    word = opened(written(sample.document("es")))
    tables = [one for one in word.tables if one.style.name == "Report Table"]
    assert [len(one.rows) for one in tables] == [11, 10, len(sample.DAILY) + 1]
    for table in tables:
        assert table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")
        assert not table._tbl.xpath("./w:tr[2]/w:trPr/w:tblHeader")
        assert table._tbl.xpath("./w:tblPr/w:tblCaption/@w:val")
        assert len(table._tbl.xpath("./w:tr[not(w:trPr/w:cantSplit)]")) == 0
    assert {cell.paragraphs[0].style.name for cell in tables[1].columns[1].cells[1:]} == {"Table Number"}
    assert word.styles["Table Number"].paragraph_format.alignment == 2


def test_every_row_of_a_table_covers_the_whole_grid() -> None:
    short = TableRow((TableCell((Text("a"),)),))
    long = TableRow((TableCell((Text("b"),)), TableCell((Text("c"),), span=2)))
    ragged = DataTable("ragged", (), (), (short, long), (False,))
    document = sample.document("es")
    blocks = (*document.blocks, ragged, Aside("Caja", (ragged,)))
    for table in xml(written(replace(document, blocks=blocks)), MAIN).iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
            assert sum(1 if one is None else int(one.get(f"{W}val")) for one in spans) == columns
            assert all(cell[-1].tag == f"{W}p" for cell in row.findall(f"{W}tc"))


def test_pictures_say_what_is_seen_and_may_bring_their_drawing() -> None:
    document = sample.document("es")
    data = docx(document, sample.images("es"), sample.MADE_AT, drawings=sample.drawings("es"))
    word = opened(data)
    shapes = [shape._inline for shape in word.inline_shapes]
    assert [shape.xpath("./wp:docPr/@descr")[0][:8] for shape in shapes] == ["Columnas", "Línea qu"]
    assert len({shape.xpath("./wp:docPr/@id")[0] for shape in shapes}) == 2
    media = [name for name in parts(data) if name.startswith("word/media/")]
    assert [name.rsplit(".")[-1] for name in media] == ["svg", "svg", "png", "png"]


def test_each_numbered_list_counts_for_itself() -> None:
    item = (Paragraph((Text("a"),)),)
    lists = (Bullets((item,), ordered=True), Bullets((item,), ordered=True, start=4))
    data = written(bare(*lists))
    used = [one.get(f"{W}val") for one in xml(data, MAIN).iter(f"{W}numId")]
    assert len(set(used)) == 2
    numbering = xml(data, "word/numbering.xml")
    starts = [one.find(f"{W}lvl/{W}start").get(f"{W}val") for one in numbering.iter(f"{W}abstractNum")]
    assert starts == ["1", "1", "1", "4"]
    tags = [one.tag for one in numbering]
    assert tags == sorted(tags)  # definitions come before what uses them


def test_the_outline_has_no_gaps() -> None:
    headings = [Heading(level, (Text("a"),), f"a{level}") for level in (3, 3, 1, 3)]
    word = opened(written(bare(*headings)))
    outline = [one.style.name[-1] for one in word.paragraphs if one.style.name.startswith("Heading")]
    assert outline == ["1", "2", "1", "2"]


def test_a_heading_in_a_box_is_bold_text_and_not_in_the_outline() -> None:
    heading = Heading(1, (Text("Dentro"),), "dentro")
    word = opened(written(bare(Aside("Caja", (heading, Quote((Paragraph((Text("a"),)),)))))))
    assert not [one for one in word.paragraphs if one.style.name.startswith("Heading")]
    assert [one.text for one in word.tables[0].cell(0, 0).paragraphs] == ["Caja", "Dentro", "a"]


def test_links_are_links_and_only_where_they_may_be_followed() -> None:
    runs = (
        Link("https://a.example/ñ", (Strong((Text("uno"),)),)),
        Link("javascript:alert(1)", (Text("dos"),)),
        Link("https://a.example/%zz", (Text("tres"),)),
    )
    data = written(bare(Paragraph(runs)))
    relations = etree.fromstring(parts(data)["word/_rels/document.xml.rels"])
    outside = [one.get("Target") for one in relations if one.get("TargetMode") == "External"]
    assert outside == ["https://a.example/%C3%B1"]
    assert [said(one) for one in xml(data, MAIN).iter(f"{W}hyperlink")] == ["uno"]
    assert paragraphs(xml(data, MAIN), "BodyText") == ["unodostres"]


def test_hostile_text_stays_text() -> None:
    document = hostile(sample.document("es"))
    data = written(document)
    main, clean = xml(data, MAIN), xml(written(sample.document("es")), MAIN)
    assert [one.tag for one in main.iter()] == [one.tag for one in clean.iter()]
    words = said(main) + said(xml(data, "word/footnotes.xml"))
    for text in HOSTILE:
        assert printable(text) in words
    assert opened(data).core_properties.title.startswith("Situación")


def test_a_very_long_title_fits_its_property() -> None:
    word = opened(written(replace(sample.document("es"), title="t" * 400)))
    assert len(word.core_properties.title) == 255


@pytest.mark.parametrize(("language", "tag"), [("es", "es-VE"), ("en", "en-GB")])
def test_the_file_says_its_language_title_and_author(language: Language, tag: str) -> None:
    data = written(sample.document(language))
    core = opened(data).core_properties
    assert (core.title, core.author) == (sample.document(language).title, "Observatorio Ejemplar")
    assert core.language == tag
    defaults = xml(data, "word/styles.xml").find(f"{W}docDefaults")
    assert [one.get(f"{W}val") for one in defaults.iter(f"{W}lang")] == [tag]


def test_pages_say_their_dates_their_number_and_that_they_are_a_draft() -> None:
    word = opened(written(sample.document("es", draft=True)))
    section = word.sections[0]
    assert "Borrador" in section.header.paragraphs[0].text
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text == sample.document("es").dates + "\tPágina 1 de 1"
        codes = footer._element.xpath(".//w:instrText")
        assert [one.text.strip() for one in codes] == ["PAGE", "NUMPAGES"]
    assert "Borrador" not in opened(written(sample.document("es"))).sections[0].header.paragraphs[0].text


def test_the_paper_may_be_that_of_the_americas() -> None:
    word = opened(docx(bare(), {}, sample.MADE_AT, paper="us-letter"))
    assert word.sections[0].page_height == Mm(279.4)


def test_a_chart_that_is_missing_or_no_picture_is_refused() -> None:
    document = sample.document("es")
    images = sample.images("es")
    with pytest.raises(IntegrityBroken) as missing:
        docx(document, {}, sample.MADE_AT)
    assert missing.value.code == "publishing.picture_missing"
    for broken in (b"", b"GIF", images["daily_releases"][:20], images["daily_releases"][:40]):
        with pytest.raises(IntegrityBroken) as refused:
            docx(document, images | {"daily_releases": broken}, sample.MADE_AT)
        assert refused.value.code == "publishing.picture_broken"


def test_a_document_of_nothing_is_still_a_document() -> None:
    assert opened(written(bare())).paragraphs
