"""The report as a page: everything in it, nothing beside it, and no text is markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree, html

from constancia.apps.publishing.outputs.characters import printable
from constancia.apps.publishing.outputs.html import fragment, html_page, report_css, shown
from constancia.apps.publishing.outputs.html.inline import Inline
from constancia.apps.publishing.outputs.labels import Labels
from constancia.domain.errors import InputRefused, IntegrityBroken
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import (
    Aside,
    Bullets,
    Emphasis,
    Heading,
    Link,
    NoteMark,
    Paragraph,
    Text,
)
from tests.support import sample_report as sample
from tests.support.sample_walk import HOSTILE, hostile, numbers

LANGUAGES: tuple[Language, ...] = ("es", "en")


def read(page: str) -> html.HtmlElement:
    return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_document_stands_in_the_page_in_order(language: Language) -> None:
    document = sample.document(language)
    page = read(html_page(document, sample.drawings(language)))
    shown_numbers = [
        (one.get("data-name"), one.text_content()) for one in page.iterfind('.//span[@class="number"]')
    ]
    assert shown_numbers == [(one.name, one.text) for one in numbers(document)]


def test_the_same_document_gives_the_same_characters() -> None:
    pages = {html_page(sample.document("es"), sample.drawings("es")) for _ in range(2)}
    assert len(pages) == 1


def test_a_page_asks_nobody_for_anything_and_runs_nothing() -> None:
    page = html_page(sample.document("es"), sample.drawings("es"))
    tree = read(page)
    assert not tree.xpath("//script | //link | //iframe | //object | //embed | //form | //img | //base")
    assert not tree.xpath("//@src | //@srcset | //@style | //@*[starts-with(name(), 'on')]")
    assert "@import" not in page
    assert not re.findall(r"url\((?!#)", page)
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]


def test_hostile_text_stays_text() -> None:
    document = hostile(sample.document("es"))
    page = read(html_page(document, sample.drawings("es")))
    clean = read(html_page(sample.document("es"), sample.drawings("es")))
    tags = [one.tag for one in page.iter() if isinstance(one.tag, str)]
    assert tags == [one.tag for one in clean.iter() if isinstance(one.tag, str)]
    assert not page.xpath("//body//comment()")
    said = page.text_content()
    for text in HOSTILE:
        assert " ".join(printable(text).split()) in " ".join(said.split())
    assert not set(said) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f\x00\x07\x1b")


def test_a_link_that_is_not_to_be_followed_is_words() -> None:
    for address in ("javascript:alert(1)", "data:text/html,x", 'https://a.example/"onclick="x'):
        run = Link(address, (Text("palabras"),))
        made = fragment((Paragraph((run,)),), (), "es", shown(str))
        assert made == "<p><bdi>palabras</bdi></p>"


def test_a_link_tells_nobody_where_it_was_followed() -> None:
    run = Link("https://a.example/?x=1&y=2", (Text("palabras"), NoteMark(1)))
    made = read(fragment((Paragraph((run,)),), ((Text("nota"),),), "es", shown(str)))
    link = made.xpath("//a[@rel]")[0]
    assert (link.get("href"), link.get("rel")) == (
        "https://a.example/?x=1&y=2",
        "noopener noreferrer external",
    )
    assert not link.xpath(".//a")


def test_every_identifier_is_there_once_and_everything_that_points_finds_it() -> None:
    page = read(html_page(sample.document("es"), sample.drawings("es"), narrow=sample.drawings("es")))
    found = page.xpath("//@id")
    assert len(found) == len(set(found))
    pointed = [one[1:] for one in page.xpath("//@href[starts-with(., '#')]")]
    pointed += [
        one for said in page.xpath("//@aria-labelledby | //@aria-describedby") for one in said.split()
    ]
    pointed += re.findall(r"url\(#([^)]+)\)", etree.tostring(page, encoding="unicode"))
    assert set(pointed) <= set(found)


def test_notes_lead_back_to_every_place_that_calls_them() -> None:
    page = read(html_page(sample.document("en"), sample.drawings("en")))
    notes = page.xpath("//*[@role='doc-footnote']")
    assert [one.get("id") for one in notes] == ["note_1", "note_2", "note_3"]
    assert [len(one.xpath(".//a[@role='doc-backlink']")) for one in notes] == [1, 2, 1]
    assert len(page.xpath("//a[@role='doc-noteref']")) == 4


def test_headings_are_an_outline_without_gaps_below_one_title() -> None:
    page = read(html_page(sample.document("es"), sample.drawings("es")))
    levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    main = [one.tag for one in page.xpath("//main//h2 | //main//h3 | //main//h4")]
    assert main == ["h2", "h3", "h2", "h3", "h2", "h3", "h4", "h2", "h2"]


def test_tables_say_what_their_cells_are_of() -> None:
    page = read(html_page(sample.document("es"), sample.drawings("es")))
    for table in page.iter("table"):
        assert table.find("caption").text_content().strip()
        assert all(one.get("scope") == "col" for one in table.xpath("./thead//th"))
        assert all(one.get("scope") in {"row", "rowgroup"} for one in table.xpath("./tbody//th"))
    grouped = page.xpath("//table[.//tr[@class='group']]")[0]
    assert len(grouped.findall("tbody")) == 3
    assert grouped.xpath(".//tr[@class='group']/th/@colspan") == ["3", "3"]


def test_a_chart_is_a_picture_with_words_and_its_numbers_behind_it() -> None:
    document = sample.document("es")
    page = read(html_page(document, sample.drawings("es")))
    figure = page.xpath("//figure")[0]
    assert figure.xpath(".//*[local-name()='svg']/@role") == ["img"]
    assert figure.xpath(".//*[local-name()='svg']/@aria-label")[0].startswith("Columnas por día")
    assert len(figure.xpath("./details//tbody/tr")) == len(sample.DAILY)


def test_a_draft_says_so_and_asks_not_to_be_found() -> None:
    draft = html_page(sample.document("es", draft=True), sample.drawings("es"))
    assert "Borrador" in draft
    assert "noindex" in draft
    assert "Borrador" not in html_page(sample.document("es"), sample.drawings("es"))


def test_the_page_says_its_language() -> None:
    assert read(html_page(sample.document("es"), sample.drawings("es"))).get("lang") == "es-VE"
    assert read(html_page(sample.document("en"), sample.drawings("en"))).get("lang") == "en"


def test_a_fragment_holds_no_style_and_no_script_and_keeps_its_identifiers_apart() -> None:
    document = sample.document("es")
    made = fragment(
        document.blocks, document.notes, "es", shown("/g/{}.svg?a=1&b".format), top=3, prefix="x-"
    )
    tree = read(made)
    assert not tree.xpath("//@style | //style | //script")
    assert tree.xpath("//img/@src") == ["/g/daily_releases.svg?a=1&b", "/g/held_weekly.svg?a=1&b"]
    assert all(one.startswith("x-") for one in tree.xpath("//@id"))
    assert not tree.xpath("//h1 | //h2")


def test_a_chart_for_a_telephone_stands_beside_the_one_for_a_desk() -> None:
    document = sample.document("es")
    made = fragment(document.blocks, document.notes, "es", shown("/w/{}".format, "/n/{}".format))
    assert '<source media="(max-width: 40rem)" srcset="/n/daily_releases">' in made


def test_a_numbered_list_starts_where_it_says() -> None:
    item = (Paragraph((Text("a"),)),)
    made = fragment((Bullets((item,), ordered=True, start=4),), (), "es", shown(str))
    assert made == '<ol start="4"><li>a</li></ol>'


def test_no_heading_is_deeper_than_html_has_them() -> None:
    blocks = [Heading(level, (Text("a"),), f"a{level}") for level in (1, 2, 3)]
    made = fragment(blocks, (), "es", shown(str), top=5)
    assert re.findall(r"<h\d", made) == ["<h5", "<h6", "<h6"]


def test_the_outline_has_no_gaps_and_holds_nothing_of_a_box() -> None:
    blocks = [Heading(level, (Text("a"),), f"a{level}") for level in (3, 3, 1, 3)]
    made = fragment((*blocks, Aside("b", (blocks[0],))), (), "es", shown(str))
    assert re.findall(r"<h\d", made) == ["<h2", "<h3", "<h2", "<h3"]
    assert made.endswith('<p id="a3"><strong>a</strong></p></aside>')


def test_a_missing_chart_is_refused() -> None:
    with pytest.raises(IntegrityBroken) as refused:
        html_page(sample.document("es"), {})
    assert refused.value.code == "publishing.picture_missing"
    assert refused.value.params == {"chart": "daily_releases"}


@pytest.mark.parametrize("number", [0, 4, -1])
def test_the_mark_of_a_note_that_is_not_there_is_refused(number: int) -> None:
    document = sample.document("es")
    document = replace(document, blocks=(*document.blocks, Paragraph((NoteMark(number),))))
    with pytest.raises(InputRefused) as refused:
        html_page(document, sample.drawings("es"))
    assert refused.value.code == "publishing.note_missing"


def test_every_rule_of_the_shared_style_is_about_a_report() -> None:
    css = re.sub(r"/\*.*?\*/", "", report_css(), flags=re.DOTALL)
    selectors = re.findall(r"(?:^|[{}])\s*([^{}@]+?)\s*\{", css)
    assert selectors
    assert not [one for one in selectors if not one.startswith(".report")]
    assert "url(" not in css


def test_words_in_another_language_say_so() -> None:
    found = Inline(Labels("es", {}), notes=0).runs(
        (Emphasis((Text("Navidad"),), "es"), Emphasis((Text("so"),)))
    )
    assert found == '<i lang="es">Navidad</i><em>so</em>'
