from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Aside, Document, Heading, Paragraph
from constancia.domain.publishing.content import Content, Erratum, Words
from constancia.domain.publishing.names import numbered
from constancia.domain.publishing.report import report
from constancia.domain.publishing.texts import problems, typed_numbers
from constancia.domain.publishing.texts.folder import folder
from constancia.domain.publishing.texts.sheet import Described
from tests.support.charts import Invented
from tests.support.editions import content
from tests.support.golden import golden
from tests.support.report_texts import as_text, bare, numbers, template, with_texts, words

GOLDEN = Path(__file__).parent / "golden"


def chart(content: Content, name: str, language: Language) -> Described:
    return Invented(name)


def no_chart(content: Content, name: str, language: Language) -> Described:
    raise InputRefused("edition.chart_unknown", name=name, known="—")


def from_template(whole: Content) -> Content:
    return with_texts(whole, template())


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_template_makes_the_report_that_was_found_good(language: Language) -> None:
    document = report(from_template(content()), language, describe=chart)
    golden(GOLDEN / f"report.{language}.txt", as_text(document))


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_template_holds_for_a_first_edition_with_one_figure(language: Language) -> None:
    whole = from_template(bare(content()))
    assert not problems(whole, language, no_chart)
    document = report(whole, language, describe=no_chart)
    golden(GOLDEN / f"report-first.{language}.txt", as_text(document))


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_number_of_the_template_is_typed_by_hand(language: Language) -> None:
    assert not typed_numbers(from_template(content()), language)


def test_the_template_has_the_same_sections_in_both_languages() -> None:
    files = template()
    stems = folder(from_template(content())).sections
    assert set(files) == {"informe.toml", *(f"{one}/{stem}.md" for one in ("es", "en") for stem in stems)}


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_number_of_the_report_is_the_frozen_one(language: Language) -> None:
    frozen = numbered(content(), language)
    found = list(numbers(report(from_template(content()), language, describe=chart)))
    assert len(found) > 100
    assert all(frozen[number.name] == number for number in found)


def small(**more: object) -> Document:
    return report(content(), "es", **more)  # type: ignore[arg-type]


def test_a_report_has_its_cover_its_two_dates_and_its_lead() -> None:
    document = small()
    assert (document.number, document.organisation) == ("2", "Observatorio Ejemplar")
    assert document.dates == "Al 2 de marzo de 2026, según lo sabido al final de ese día"
    assert document.cover[0].number.text == "541"
    assert len(document.cover) == 4
    assert isinstance(document.blocks[0], Heading)
    assert isinstance(lead := document.blocks[1], Paragraph)
    assert lead.lead
    assert not document.draft
    assert small(draft=True).draft


def test_later_errata_stand_at_the_top() -> None:
    def correction(number: int) -> Erratum:
        text = Words(es=f"Corrección {number}.", en=f"Correction {number}.")
        return Erratum(number=number, edition=2, issued_on=date(2026, 3, 9), words=text)

    document = small(errata=[correction(3), correction(2)])
    first, second, title = document.blocks[:3]
    assert isinstance(first, Aside)
    assert (first.tone, first.title) == ("erratum", "Errata 2, de la edición 2 (9 de marzo de 2026)")
    assert isinstance(second, Aside)
    assert isinstance(title, Heading)


def test_the_imprint_says_how_to_cite_it() -> None:
    lines = [words(line) for line in small().imprint]
    assert "Cómo citar: Observatorio Ejemplar, «Situación al 2 de marzo de 2026», edición 2." in lines


def test_a_text_with_a_fault_makes_no_report() -> None:
    broken = with_texts(
        content(), {"informe.toml": '[report]\nsections = ["a"]\n', "es/a.md": "# A\n\n{{ nadie }}\n"}
    )
    with pytest.raises(InputRefused) as refused:
        report(broken, "es")
    assert refused.value.params["line"] == 3
