"""PDF/A-2a and PDF/UA-1: what of both can be read in the file, and that each check can fail."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import typst

from constancia.apps.publishing.outputs.pdf import pdf
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Heading, Picture
from tests.support.documents import p, report, small, t
from tests.support.drawings import charts
from tests.support.pdf_checks import failures, structure

MADE = datetime(2026, 3, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_report_passes_every_check(language: Language) -> None:
    assert failures(pdf(report(language), charts(), MADE), language) == []


def test_a_document_of_one_word_passes_too() -> None:
    assert failures(pdf(small(p(t("a")), title=""), {}, MADE), "es") == []


def test_a_file_without_tags_title_and_standards_fails() -> None:
    plain = typst.Compiler(input=b"= a\n#table(columns: 2, [a], [b])").compile(format="pdf", pdf_tags=False)
    assert set(failures(plain, "es")) >= {
        "tagged", "language", "title", "title shown", "PDF/A-2a", "PDF/UA-1", "colours",
    }  # fmt: skip


def test_pictures_without_words_tables_without_heads_and_skipped_levels_fail() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    markup = b'= a\n=== b\n#table(columns: 2, [a], [b])\n#image(bytes("' + svg.replace(b'"', b'\\"') + b'"))'
    plain = typst.Compiler(input=markup).compile(format="pdf")
    assert set(failures(plain, "en")) >= {"pictures described", "heads of tables", "levels of headings"}


def test_the_tags_are_those_of_the_blocks() -> None:
    tags = [element.tag for element in structure(pdf(report("es"), charts(), MADE)).walk()]
    assert tags.count("/Figure") == 6
    assert tags.count("/Table") == 5
    assert tags.count("/H1") == 9
    assert {
        "/Title",
        "/TOC",
        "/H2",
        "/P",
        "/L",
        "/LI",
        "/Caption",
        "/THead",
        "/TH",
        "/TD",
        "/Note",
        "/Link",
    } <= set(tags)


def test_the_alternative_text_of_a_picture_is_its_own() -> None:
    one = Picture("p", "bridge", (t("Título"),), "Lo que se ve", None)
    top = structure(pdf(small(one), charts(), MADE))
    assert [element.alt for element in top.walk() if element.tag == "/Figure"] == ["Lo que se ve"]


def test_a_picture_without_words_of_its_own_is_described_by_its_title() -> None:
    one = Picture("p", "bridge", (t("Título"),), "", None)
    top = structure(pdf(small(one), charts(), MADE))
    assert [element.alt for element in top.walk() if element.tag == "/Figure"] == ["Título"]


def test_levels_of_headings_that_jump_are_set_one_below_the_other() -> None:
    data = pdf(small(Heading(3, (t("b"),), "b"), Heading(2, (t("c"),), "b")), {}, MADE)
    assert failures(data, "es") == []
