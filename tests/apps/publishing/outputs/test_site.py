"""The site says what the editions say, holds together, and can be mirrored by copying its folder."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Any

import pytest
from lxml import etree

from constancia.apps.publishing.outputs.site import downloads, site
from constancia.apps.publishing.outputs.site.pictures import pictures
from constancia.apps.publishing.outputs.site.rendering import MISSING
from constancia.domain.errors import InputRefused, IntegrityBroken
from constancia.domain.publishing.blocks import Picture, Text
from constancia.domain.publishing.content import Content, Day, Erratum, Words
from tests.support.edition_site import first, site_edition, two_editions
from tests.support.editions import content
from tests.support.pages import DATES, dead, numerals, parsed, words

ERRATUM = Erratum(
    number=7,
    edition=2,
    issued_on=date(2026, 3, 5),
    words=Words(es="Donde decía 540 debe decir 541.", en="Where it said 540 it should say 541."),
)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return site(two_editions(), [ERRATUM])


def whole(found: dict[str, bytes]) -> dict[str, bytes]:
    return found | {path: read() for path, read in downloads(two_editions())}


def pages(found: dict[str, bytes]) -> dict[str, bytes]:
    return {path: page for path, page in found.items() if path.endswith(".html")}


@pytest.mark.drawn_anew
def test_the_same_editions_give_the_same_bytes(files: dict[str, bytes]) -> None:
    assert site(list(reversed(two_editions())), [ERRATUM]) == files


def test_every_link_leads_somewhere(files: dict[str, bytes]) -> None:
    assert dead(whole(files)) == []


def test_a_telephone_is_given_the_charts_of_its_own_size() -> None:
    """A browser heeds a source only if the picture's image stands beside it."""
    narrow = pictures(2, "es", "es/ediciones/2.html", ["announced"])
    shown = Picture("k", "announced", (Text("t"),), "alt", None)
    assert narrow(shown) == (
        '<picture><source media="(max-width: 40rem)" srcset="../../graficos/2/announced.telefono.es.svg">'
        '<img src="../../graficos/2/announced.es.svg" alt="alt"></picture>'
    )
    assert "scroll" in pictures(2, "es", "es/ediciones/2.html")(shown)


def test_a_dead_link_would_be_noticed(files: dict[str, bytes]) -> None:
    broken = whole(files)
    del broken["es/metodos.html"]
    assert dead(broken)


def test_every_page_is_under_a_hundred_kilobytes(files: dict[str, bytes]) -> None:
    assert {path: len(page) for path, page in pages(files).items() if len(page) > 100_000} == {}


def test_every_page_is_sound(files: dict[str, bytes]) -> None:
    for path, page in pages(files).items():
        tree = parsed(page)
        assert page.startswith(b"<!DOCTYPE html>")
        assert tree.get("lang") == ("en" if path.startswith("en/") else "es")
        assert len(tree.xpath("//h1")) == 1, path
        assert tree.xpath("string(//title)").strip()
        assert len(tree.xpath("//main")) == 1
        assert [one for one, times in Counter(tree.xpath("//@id")).items() if times > 1] == [], path
        levels = [int(tag[1]) for tag in (one.tag for one in tree.xpath("//h1|//h2|//h3|//h4"))]
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), path
        for reference in tree.xpath("//@aria-labelledby|//@aria-describedby"):
            assert tree.xpath("//*[@id=$id]", id=str(reference)), path
        assert all(image.get("alt") for image in tree.xpath("//img"))


def test_no_page_holds_a_script_a_style_attribute_or_a_way_out(files: dict[str, bytes]) -> None:
    for path, page in pages(files).items():
        tree = parsed(page)
        assert all(script.get("type") == "application/ld+json" for script in tree.xpath("//script"))
        assert not tree.xpath("//@style|//form|//iframe|//object|//@onclick|//@onload")
        loaded = [*tree.xpath("//link[not(@rel='alternate')]/@href"), *tree.xpath("//@src|//@srcset")]
        assert not [link for link in loaded if re.match(r"[a-z]+:|//", link) and link != "data:,"], path
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy
        assert policy[0].startswith("default-src 'none'; ")


def test_no_word_is_missing_and_no_blank_unfilled(files: dict[str, bytes]) -> None:
    for path, page in pages(files).items():
        text = re.sub(r"(?s)<pre.*?</pre>|<script.*?</script>|<style.*?</style>", "", page.decode())
        assert MISSING[0] not in text, path
        assert not re.search(r"[{}]", text), path


def allowed(edition: Content) -> set[int]:
    """Every number of a content, and what follows from them by a sum that a page shows."""
    found: set[int] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            for one in value.values():
                collect(one)
        elif isinstance(value, list | tuple):
            for one in value:
                collect(one)
        elif isinstance(value, int) and not isinstance(value, bool):
            found.add(abs(value))
        elif isinstance(value, str):
            found.update(numerals(value))

    collect(edition.model_dump(mode="python", exclude={"texts"}))
    if balance := edition.balance:
        found.add(abs(balance.closing - balance.opening))
        found.update(sum(term.value for term in side) for side in (balance.came, balance.went))
        steps = [
            balance.opening,
            *(term.value for term in balance.came),
            *(-term.value for term in balance.went),
        ]
        found.update(accumulate(steps))
    for series in edition.daily:
        found.add(sum(day.value for day in series.days))
        found.update(day.value - day.within_a_week for day in series.days)
        found.update(day.within_a_week - day.by_that_day for day in series.days)
        at_once = sum(day.by_that_day for day in series.days)
        in_a_week = sum(day.within_a_week for day in series.days)
        found |= {at_once, in_a_week - at_once, sum(day.value for day in series.days) - in_a_week}
    found.update(abs(stock.points[-1].value - stock.points[0].value) for stock in edition.levels)
    for table in edition.tables:
        cells = [table.cell(key) for key in ("foreign", "dual")]
        found.add(sum(cell.value or 0 for cell in cells if cell))
    found.update(abs(bridge.second - bridge.first) for bridge in edition.bridges)
    return found


@pytest.mark.parametrize("path", ["es/ediciones/{}.html", "en/editions/{}.html"])
@pytest.mark.parametrize("number", [1, 2])
def test_every_number_of_an_editions_page_is_in_the_edition(
    files: dict[str, bytes], path: str, number: int
) -> None:
    page = parsed(files[path.format(number)])
    for element in page.xpath("//code|//pre|//*[@class='label']|//nav|//*[@class='noteref']"):
        element.drop_tree()
    for element in page.xpath("//*[@id='descargas']/following-sibling::*|//*[@class='mark']|//summary"):
        element.drop_tree()
    for element in page.xpath("//*[@id='avisos']"):
        element.drop_tree()
    shown = numerals(words(etree.tostring(page, encoding="utf-8")))
    known = allowed(first()) | (allowed(content()) if number == 2 else set())
    assert len(shown) > 40
    assert shown - known - {number} == set()


def test_a_number_that_is_not_the_editions_would_be_noticed() -> None:
    assert numerals("Había 999 personas el 2 de marzo de 2026 (02/03/2026).") - allowed(content()) == {999}


def test_every_large_number_and_every_figure_has_its_two_dates(files: dict[str, bytes]) -> None:
    for path in ("es/index.html", "en/index.html", "es/ediciones/2.html", "en/editions/1.html"):
        tree = parsed(files[path])
        dated = tree.xpath("//dl[@class='key-numbers']/div/dd[@class='dates']")
        assert len(dated) == len(tree.xpath("//dl[@class='key-numbers']/div"))
        rows = tree.xpath("//*[@data-key='figures']//tbody//th")
        for element in [*dated, *rows]:
            text = element.text_content()
            assert DATES.search(text)
            assert re.search("según lo sabido|as known", text), text


def without_notices(page: bytes) -> bytes:
    return re.sub(rb'(?s)<div id="avisos">.*?</div>', b"", page)


def test_an_editions_pages_stay_the_same_when_later_ones_come() -> None:
    before, after = site(two_editions()[:1]), site(two_editions(), [ERRATUM])
    for path in ("es/ediciones/1.html", "en/editions/1.html"):
        assert b"posterior" not in without_notices(after[path])
        assert without_notices(before[path]) == without_notices(after[path])
        assert before[path] != after[path]
    for path in before:
        if path.startswith("graficos/1/"):
            assert before[path] == after[path]


def test_errata_stand_on_the_page_of_the_edition_that_they_correct(files: dict[str, bytes]) -> None:
    for path in ("es/ediciones/2.html", "es/erratas.html", "es/index.html"):
        assert "Donde decía 540 debe decir 541." in words(files[path])
    assert "Donde decía 572 debe decir 573." in words(files["es/ediciones/1.html"])
    assert "Where it said 540" in words(files["en/editions/2.html"])
    assert "540" not in words(files["es/ediciones/1.html"])


def test_files_are_offered_with_their_size_and_hash(files: dict[str, bytes]) -> None:
    text = words(files["es/ediciones/2.html"])
    for one in two_editions()[1].files:
        assert one.path in text
        assert one.sha256 in text
    assert "250 kB" in text


def test_a_file_that_is_no_longer_the_one_that_was_built_is_refused() -> None:
    edition = two_editions()[1]
    changed = replace(edition, files=(replace(edition.files[0], read=lambda: b"otro"),))
    with pytest.raises(IntegrityBroken) as refused:
        [read() for _, read in downloads([changed])]
    assert refused.value.code == "site.file_changed"


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "a//b", ".x", "a b", "x/../y", "ñ", ""])
def test_a_files_name_cannot_lead_out_of_the_site(name: str) -> None:
    edition = two_editions()[1]
    with pytest.raises(IntegrityBroken) as refused:
        site([replace(edition, files=(replace(edition.files[0], path=name),))])
    assert refused.value.code == "site.file_name"


@pytest.mark.parametrize(
    ("editions", "errata", "address", "code"),
    [
        ([], [], "", "site.no_editions"),
        ([two_editions()[0]] * 2, [], "", "site.edition_twice"),
        (two_editions(), [], "javascript:alert(1)", "site.address"),
        (two_editions(), [ERRATUM.model_copy(update={"number": 1})], "", "site.erratum_differs"),
    ],
    ids=["none", "twice", "address", "erratum"],
)
def test_a_site_that_cannot_be_is_refused(editions: Any, errata: Any, address: str, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        site(editions, errata, address=address)
    assert refused.value.code == code


HOSTILE = (
    '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>&<!--\u202e{{ t.home }}{% now "Y" %}'
)


def hostile() -> Content:
    """An edition whose every free text is an attack."""
    edition, both = content(), Words(es=HOSTILE, en=HOSTILE)

    def poisoned(value: Any) -> Any:
        if isinstance(value, Words):
            return both
        if isinstance(value, tuple):
            return tuple(poisoned(one) for one in value)
        if hasattr(type(value), "model_fields"):
            keys = {"title", "publisher", "speaker", "mark", "words", "quote", "address"}
            fields = {name: getattr(value, name) for name in type(value).model_fields}
            return value.model_copy(
                update={
                    name: HOSTILE if isinstance(one, str) and name in keys else poisoned(one)
                    for name, one in fields.items()
                }
            )
        return value

    found: Content = poisoned(edition)
    return found.model_copy(update={"organisation": HOSTILE, "texts": edition.texts})


def test_hostile_text_stays_text() -> None:
    found = site([site_edition(hostile())])
    for path, page in pages(found).items():
        tree = parsed(page)
        assert not tree.xpath("//*[@onerror]|//img[@src='x']"), path
        assert all(script.get("type") == "application/ld+json" for script in tree.xpath("//script")), path
        assert len(tree.xpath("//script")) <= 1
        assert b"\xe2\x80\xae" not in page
        assert b"<!--" not in page
    assert "{{ t.home }}" in words(found["es/index.html"])
    assert dead(found | {path: b"" for path, _ in downloads([site_edition(hostile())])}) == []
    for language in ("es", "en"):
        assert etree.fromstring(found[f"{language}/feed.xml"]) is not None


def test_json_ld_describes_the_dataset_and_the_report(files: dict[str, bytes]) -> None:
    script = parsed(files["es/ediciones/2.html"]).xpath("//script")[0].text
    assert "<" not in script
    data, report = json.loads(script)["@graph"]
    assert data["@type"] == "Dataset"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["temporalCoverage"] == "2014-01-01/2026-03-02"
    assert [one["contentUrl"] for one in data["distribution"]] == [
        "../../archivos/2/informe-2.es.pdf",
        "../../archivos/2/datos.zip",
        "../../archivos/2/manifiesto.json",
    ]
    assert report["@type"] == "Report"
    assert report["url"] == "2-informe.html"


def test_where_the_address_is_known_it_is_said_in_full() -> None:
    found = site(two_editions(), address="https://cifras.example/")
    text = words(found["es/citar.html"])
    assert "https://cifras.example/es/ediciones/2.html" in text
    assert "url = {https://cifras.example/es/ediciones/1.html}" in text
    assert b'"https://cifras.example/archivos/2/datos.zip"' in found["es/ediciones/2.html"]
    assert dead(whole(found)) == []


def test_bibtex_escapes_what_tex_would_read() -> None:
    edition = content().model_copy(update={"title": Words(es="50 % de {todo}_#&$~^\\", en="x")})
    text = words(site([site_edition(edition)])["es/citar.html"])
    assert r"50 \% de \{todo\}\_\#\&\$\textasciitilde{}\textasciicircum{}\textbackslash{}" in text


def test_a_very_large_edition_is_spread_over_pages(files: dict[str, bytes]) -> None:
    edition = content()
    series = edition.daily[0]
    days = tuple(
        Day(day=date(2024, 1, 1) + timedelta(days=at), value=at % 9, by_that_day=0, within_a_week=at % 9)
        for at in range(790)
    )
    large = edition.model_copy(
        update={
            "daily": (series.model_copy(update={"days": days}),),
            "tables": tuple(
                table.model_copy(update={"name": f"{table.name}_{time}"})
                for time in range(6)
                for table in edition.tables
            ),
        }
    )
    found = site([site_edition(large)])
    assert "es/ediciones/2-desgloses.html" in found
    assert {path: len(page) for path, page in pages(found).items() if len(page) > 100_000} == {}
    assert dead(found | {path: b"" for path, _ in downloads([site_edition(large)])}) == []


def test_a_long_report_goes_on_in_parts_and_its_notes_stay_within_reach() -> None:
    quoted = "<blockquote><h2>no</h2></blockquote>"
    section = f'<h2 id="s{{0}}">Sección</h2>{quoted}<p>{{1}}<a id="c{{0}}" href="#n{{0}}">1</a></p>\n'
    notes = "".join(f'<p id="n{one}"><a href="#c{one}">vuelta</a></p>' for one in range(9))
    report = "".join(section.format(one, "palabra " * 4000) for one in range(9))
    edition = site_edition(
        content(), f'{report}<section class="notes"><h2 id="notes_">Notas</h2>{notes}</section>'
    )
    found = site([edition])
    parts = [path for path in found if path.startswith("es/ediciones/2-informe")]
    assert len(parts) > 3
    assert all(len(found[path]) <= 100_000 for path in parts)
    assert dead(found | {path: b"" for path, _ in downloads([edition])}) == []
    text = "".join(found[path].decode() for path in parts)
    assert all(text.count(f'id="s{one}"') == text.count(f'id="n{one}"') == 1 for one in range(9))
    assert f'href="2-informe-{len(parts)}.html#n0"' in text
    assert all(found[path].count(b"<blockquote>") == found[path].count(b"</blockquote>") for path in parts)


def test_a_report_that_is_too_long_is_left_to_the_downloads() -> None:
    edition = site_edition(content(), "<p>palabras</p>" * 10_000)
    page = site([edition])["es/ediciones/2-informe.html"]
    assert len(page) < 100_000
    assert "demasiado largo" in words(page)
