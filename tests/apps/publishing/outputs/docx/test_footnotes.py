"""Footnotes as Word has them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from constancia.apps.publishing.outputs.docx import docx
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.blocks import Document, Link, NoteMark, Paragraph, Run, Text
from tests.support import sample_report as sample
from tests.support.sample_word import W, paragraphs, parts, said, xml

PART = "word/footnotes.xml"


def calling(*numbers: int, notes: int) -> Document:
    """A document that calls notes in this order."""
    runs: tuple[Run, ...] = tuple(run for number in numbers for run in (Text("x"), NoteMark(number)))
    return replace(
        sample.document("es"),
        blocks=(Paragraph(runs),),
        notes=tuple((Text(f"nota {number}"),) for number in range(1, notes + 1)),
        cover=(),
        imprint=(),
    )


def written(document: Document) -> bytes:
    return docx(document, sample.images("es"), sample.MADE_AT)


def references(data: bytes) -> list[tuple[str, bool]]:
    """(identifier, whether its mark is fixed) of each call in the text."""
    found = xml(data, "word/document.xml").iter(f"{W}footnoteReference")
    return [(one.get(f"{W}id"), one.get(f"{W}customMarkFollows") == "1") for one in found]


def test_notes_stand_in_their_part_after_the_two_separators() -> None:
    data = written(sample.document("es"))
    notes = xml(data, PART)
    assert [one.get(f"{W}id") for one in notes] == ["-1", "0", "1", "2", "3"]
    assert [one.get(f"{W}type") for one in notes][:2] == ["separator", "continuationSeparator"]
    assert (
        paragraphs(notes, "FootnoteText")[1] == "En la edición 1 eran 573 personas; véanse las definiciones."
    )
    assert len(list(notes.iter(f"{W}footnoteRef"))) == 3
    assert references(data) == [("1", False), ("2", False), ("3", False)]


def test_the_part_is_declared_and_related_and_holds_its_own_links() -> None:
    found = parts(written(sample.document("es")))
    assert b'PartName="/word/footnotes.xml"' in found["[Content_Types].xml"]
    assert b'Target="footnotes.xml"' in found["word/_rels/document.xml.rels"]
    relations = etree.fromstring(found["word/_rels/footnotes.xml.rels"])
    assert [one.get("Target") for one in relations] == ["https://diario.example/nota"]


def test_a_note_that_is_called_again_is_referred_to_and_not_repeated() -> None:
    data = written(calling(1, 2, 1, notes=2))
    assert references(data) == [("1", False), ("2", False)]
    main = xml(data, "word/document.xml")
    codes = [one.text.split()[:2] for one in main.iter(f"{W}instrText")]
    assert codes == [["NOTEREF", "_Note1"]]
    assert "_Note1" in {one.get(f"{W}name") for one in main.iter(f"{W}bookmarkStart")}
    assert said(main).endswith("xxx1")


def test_notes_called_out_of_order_keep_their_numbers() -> None:
    data = written(calling(2, 1, notes=2))
    assert references(data) == [("2", True), ("1", True)]
    assert "x2x1" in said(xml(data, "word/document.xml"))
    assert paragraphs(xml(data, PART), "FootnoteText") == ["2nota 2", "1nota 1"]
    assert not list(xml(data, PART).iter(f"{W}footnoteRef"))


def test_notes_that_nothing_calls_are_not_dropped() -> None:
    data = written(calling(1, notes=3))
    assert paragraphs(xml(data, "word/document.xml"), "FootnoteText") == ["2 nota 2", "3 nota 3"]


def test_a_mark_inside_a_link_follows_the_link() -> None:
    link = Link("https://a.example", (Text("aquí"), NoteMark(1)))
    document = replace(calling(notes=1), blocks=(Paragraph((link,)),))
    data = written(document)
    assert references(data) == [("1", False)]
    hyperlink = next(xml(data, "word/document.xml").iter(f"{W}hyperlink"))
    assert said(hyperlink) == "aquí"
    assert not list(hyperlink.iter(f"{W}footnoteReference"))


def test_a_mark_inside_a_note_is_its_number() -> None:
    document = replace(calling(1, notes=2), notes=((Text("véase "), NoteMark(2)), (Text("b"),)))
    assert paragraphs(xml(written(document), PART), "FootnoteText")[0] == "véase 2"


@pytest.mark.parametrize("number", [0, 3, -1])
def test_the_mark_of_a_note_that_is_not_there_is_refused(number: int) -> None:
    with pytest.raises(InputRefused) as refused:
        written(calling(number, notes=2))
    assert refused.value.code == "publishing.note_missing"
