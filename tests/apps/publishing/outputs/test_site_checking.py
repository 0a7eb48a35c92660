"""What the site offers for checking: the whole bundle of each edition, and the verifier as a page."""

from __future__ import annotations

import pytest

from constancia.apps.publishing.outputs.site import SiteEdition, downloads, site
from constancia.domain.errors import IntegrityBroken
from constancia.domain.publishing.canonical import sha256
from tests.support.edition_site import BUNDLE, PRINTED, RECORDED, two_editions, with_bundle
from tests.support.pages import dead, parsed, words

PAGE = b'<!DOCTYPE html><title>checks</title><body id="es"><main id="en"></main></body>'


def editions() -> list[SiteEdition]:
    """The first is older than the log."""
    first, second = two_editions()
    return [first, with_bundle(second)]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return site(editions(), checker=PAGE)


def test_the_page_stands_at_the_root_as_it_was_made(files: dict[str, bytes]) -> None:
    assert files["comprobar.html"] == PAGE


def test_every_link_leads_somewhere(files: dict[str, bytes]) -> None:
    whole = files | {path: read() for path, read in downloads(editions())}
    assert whole["archivos/constancia-edicion-2.zip"] == BUNDLE
    assert dead(whole) == []
    del whole["archivos/constancia-edicion-2.zip"]
    assert dead(whole)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("es/ediciones/2.html", "Cómo comprobar esta edición"),
        ("en/editions/2.html", "How to check this edition"),
    ],
)
def test_an_editions_page_says_how_it_is_checked(files: dict[str, bytes], path: str, title: str) -> None:
    text, tree = words(files[path]), parsed(files[path])
    for said in (
        title,
        "python3 verificar.py",
        PRINTED,
        RECORDED,
        sha256(BUNDLE),
        "constancia-edicion-2.zip",
    ):
        assert said in text
    links = tree.xpath("//h2[@id='comprobar']/following-sibling::p//a/@href")
    assert links == ["../../archivos/constancia-edicion-2.zip", f"../../comprobar.html#{path[:2]}"]
    assert "#comprobar" in tree.xpath("//nav[@class='onpage']//a/@href")


def test_an_edition_from_before_the_log_offers_no_bundle(files: dict[str, bytes]) -> None:
    for path in ("es/ediciones/1.html", "en/editions/1.html"):
        assert not parsed(files[path]).xpath("//*[@id='comprobar']|//a[contains(@href, 'comprobar.html#')]")
        assert b"constancia-edicion" not in files[path]


def test_the_page_about_checking_begins_with_the_easiest_way(files: dict[str, bytes]) -> None:
    for path, language in (("es/comprobar.html", "es"), ("en/check.html", "en")):
        tree = parsed(files[path])
        assert tree.xpath("//h2/@id")[0] == "pagina"
        assert f"../comprobar.html#{language}" in tree.xpath("//main//a/@href")
        assert "../archivos/constancia-edicion-2.zip" in tree.xpath("//main//a/@href")


def test_a_site_without_the_page_does_not_speak_of_it() -> None:
    found = site(editions())
    assert "comprobar.html" not in found
    assert not [path for path, page in found.items() if b"comprobar.html#" in page]
    assert "python3 verificar.py" in words(found["es/ediciones/2.html"])


def test_a_bundle_that_is_no_longer_the_one_that_was_described_is_refused() -> None:
    with pytest.raises(IntegrityBroken) as refused:
        [read() for _, read in downloads([with_bundle(two_editions()[1], b"another")])]
    assert refused.value.code == "site.file_changed"
