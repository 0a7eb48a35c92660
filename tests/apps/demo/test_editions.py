"""The two editions of the demonstration: the published numbers, in every file, and still true."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from pypdf import PdfReader

from constancia.apps.demo import publishing
from constancia.apps.demo.scenario import scenario
from constancia.domain.publishing.charts import described
from constancia.domain.publishing.content import Content, TextFile
from constancia.domain.publishing.plan import FILE, plan
from constancia.domain.publishing.texts import typed_numbers
from constancia.infra import signing
from tests.apps.demo.conftest import Ask

PUBLISHED = {one.name: one.value for one in scenario().published}
AXIS = {500, 1000, 1500}
"""What the axis of the weekly chart is marked with."""
NUMERAL = re.compile(r"\d+(?:[.,]\d{3})*")


@pytest.fixture(scope="module")
def contents(ask: Ask) -> dict[int, Content]:
    return {
        number: Content.model_validate(ask("edition", "show", str(number))["content"]) for number in (1, 2)
    }


@pytest.mark.parametrize(
    ("edition", "figure", "value"),
    [
        (1, "held_20_december", 902),
        (1, "held", 573),
        (1, "released_on_8_january", 42),
        (1, "released_by_17_january", 270),
        (1, "released_since_8_january", 436),
        (1, "full_releases_since_amnesty", 109),
        (1, "released_at_christmas", 61),
        (2, "held", 568),
        (2, "released_since_previous", 5),
    ],
)
def test_the_editions_say_what_was_published(
    contents: dict[int, Content], edition: int, figure: str, value: int
) -> None:
    found = contents[edition].figure(figure)
    assert found is not None
    assert found.value == value


def test_the_numbers_are_those_that_the_scenario_restates() -> None:
    assert {902, 42, 270, 436, 109, 573, 568, 61} <= set(PUBLISHED.values())


def test_the_second_balance_opens_with_what_the_first_edition_published(contents: dict[int, Content]) -> None:
    balance = contents[2].balance
    assert balance is not None
    assert (balance.edition, balance.opening, balance.closing) == (1, 573, 568)


def test_both_editions_hold(ask: Ask) -> None:
    for number in ("1", "2"):
        found = ask("edition", "verify", number)
        assert found["holds"], found
        assert [step["held"] for step in found["steps"]] == [True] * 5


def test_no_table_shows_a_cell_of_one_to_four(contents: dict[int, Content]) -> None:
    for content in contents.values():
        for table in content.tables:
            values = [cell.value for cell in table.cells if cell.value is not None]
            values += [group.value for group in table.groups]
            assert not [value for value in values if 0 < value < 5], table.name


def test_others_figures_stand_beside_ours(contents: dict[int, Content]) -> None:
    held = {claim.value: claim for claim in contents[2].claims if claim.about == "held"}
    assert held[759].restated == 568
    assert held[568].restated == 568
    assert {one.value: one.verified for one in contents[2].announcements}[99] == 61


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_count_in_the_report_was_typed_by_hand(contents: dict[int, Content], language: Any) -> None:
    guessed = [one for one in typed_numbers(contents[1], language) if one.guess == "figure"]
    assert not guessed


def test_the_report_covers_what_such_a_report_covers(contents: dict[int, Content]) -> None:
    sections = plan(next(one.text for one in contents[1].texts if one.path == FILE)).report.sections
    assert {
        "quienes-somos", "contexto", "situacion", "anuncios", "represion", "excarcelaciones", "amnistia",
        "desgloses", "medidas", "otras-cifras", "metodo", "erratas", "recomendaciones", "equipo",
    } == set(sections)  # fmt: skip
    assert {one.path for one in contents[1].texts} == {path for path, _ in publishing.report_files()}


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_numeral_of_a_file_is_in_the_edition_or_in_its_texts(
    demonstration: Path, contents: dict[int, Content], language: Any
) -> None:
    """In all three forms of the report: what is printed and nowhere frozen would be invented."""
    folder = demonstration / "ediciones" / "1"
    allowed = {*numerals_of(contents[1], language), *AXIS}
    for name in ("pdf", "docx", "html"):
        printed = set(numerals(text_of(folder / f"informe-{language}.{name}")))
        assert len(printed) > 100
        assert not {one for one in printed - allowed if one > 200 and not glued(str(one), allowed)}, name


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_figure_that_the_texts_insert_is_printed_in_every_form(
    demonstration: Path, contents: dict[int, Content], language: Any
) -> None:
    folder = demonstration / "ediciones" / "1"
    wanted = {573, 436, 109, 902, 1059, 42, 270, 99, 61, 87, 26}
    for name in ("pdf", "docx", "html"):
        assert wanted <= set(numerals(text_of(folder / f"informe-{language}.{name}"))), name


def test_the_files_are_the_signed_ones_and_anybody_can_tell(demonstration: Path) -> None:
    folder = demonstration / "ediciones" / "2"
    manifest, signature = (
        (folder / "manifiesto.json").read_bytes(),
        (folder / "manifiesto.firma").read_bytes(),
    )
    key = bytes.fromhex(re.search(rb'"key":"([0-9a-f]{64})"', manifest)[1].decode())  # type: ignore[index]
    assert signing.is_signed(manifest, signature, key)
    assert not signing.is_signed(manifest + b" ", signature, key)
    assert signing.as_pem(key) == (folder / "clave.pem").read_bytes()


def text_of(path: Path) -> str:
    """What a reader reads of a file."""
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".html":
        tree = html.fromstring(path.read_bytes())
        for part in tree.xpath("//style | //script | //*[local-name()='svg']"):
            part.drop_tree()
        return " ".join(tree.itertext())
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        parts = [
            archive.read(name)
            for name in archive.namelist()
            if re.search(r"(document|footnotes)\.xml$", name)
        ]
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    words = []
    for part in parts:
        for paragraph in etree.fromstring(part).iter(f"{space}p"):
            words.append("".join(one.text or "" for one in paragraph.iter(f"{space}t")))
    return "\n".join(words)


def glued(digits: str, allowed: set[int]) -> bool:
    """Whether they are numbers that stand beside each other in a chart, read as one: "4442" for 44 and 42."""
    return any(
        int(digits[:cut]) in allowed and (int(digits[cut:]) in allowed or glued(digits[cut:], allowed))
        for cut in range(2, len(digits) - 1)
    )


def numerals(text: str) -> Iterator[int]:
    """Every whole number in a text, thousands joined."""
    for found in NUMERAL.findall(text):
        yield int(re.sub(r"[.,]", "", found))


def numerals_of(content: Content, language: Any) -> Iterator[int]:
    """Every number of a content (those of its texts, dates and documents too), and of what its charts say."""
    yield from numerals(content.model_copy(update={"texts": ()}).model_dump_json())
    for one in content.texts:
        if isinstance(one, TextFile):
            yield from numerals(one.text)
    for series in content.daily:
        yield sum(day.value for day in series.days)
        yield sum(day.by_that_day for day in series.days)
        yield sum(day.within_a_week for day in series.days)
    for levels in content.levels:
        yield abs(levels.points[-1].value - levels.points[0].value)
    for table in content.tables:
        yield table.total
    if content.balance:
        yield abs(content.balance.closing - content.balance.opening)
        yield sum(term.value for term in content.balance.came)
        yield sum(term.value for term in content.balance.went)
    for bridge in content.bridges:
        yield abs(bridge.second - bridge.first)
    for claim in content.claims:
        if claim.difference is not None:
            yield abs(claim.difference)
    yield from numerals(described(content, "balance", language).alt)
