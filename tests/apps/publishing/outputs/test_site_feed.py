"""The feed is Atom as RFC 4287 has it, and stays what it was for who follows it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from lxml import etree

from constancia.apps.publishing.outputs.site import site
from constancia.domain.publishing.content import Erratum, Words
from tests.support.edition_site import two_editions

A = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ERRATUM = Erratum(
    number=7,
    edition=2,
    issued_on=date(2026, 3, 5),
    words=Words(es="Dice <b> & nada.", en="Says <b> & nothing."),
)


def entries(feed: bytes) -> list[etree._Element]:
    found: list[etree._Element] = etree.fromstring(feed).findall(f"{A}entry")
    return found


@pytest.mark.parametrize("path", ["es/feed.xml", "en/feed.xml"])
@pytest.mark.parametrize("address", ["", "https://cifras.example"])
def test_a_feed_and_its_entries_have_what_the_standard_asks_for(path: str, address: str) -> None:
    root = etree.fromstring(site(two_editions(), [ERRATUM], address=address)[path])
    assert root.tag == f"{A}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == path[:2]
    assert root.findtext(f"{A}author/{A}name") == "Observatorio Ejemplar"
    assert [link.get("rel") for link in root.findall(f"{A}link")] == ["self", "alternate"]
    assert len(root.findall(f"{A}entry")) == 4
    identities = set()
    for element in [root, *root.findall(f"{A}entry")]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{A}{name}")) == 1
            assert element.findtext(f"{A}{name}")
        assert INSTANT.fullmatch(element.findtext(f"{A}updated") or "")
        assert (element.findtext(f"{A}id") or "").startswith("urn:uuid:")
        identities.add(element.findtext(f"{A}id"))
        assert all(link.get("href") for link in element.findall(f"{A}link"))
        assert all((link.get("href") or "").startswith(address) for link in element.findall(f"{A}link"))
    assert len(identities) == 5


def test_the_newest_comes_first_and_dates_are_those_of_signing() -> None:
    found = entries(site(two_editions(), [ERRATUM])["es/feed.xml"])
    assert [entry.findtext(f"{A}updated") for entry in found] == [
        "2026-03-05T04:00:00Z",
        "2026-03-03T12:59:59Z",
        "2026-02-28T04:00:00Z",
        "2026-02-25T12:59:59Z",
    ]
    root = etree.fromstring(site(two_editions(), [ERRATUM])["es/feed.xml"])
    assert root.findtext(f"{A}updated") == "2026-03-05T04:00:00Z"


def test_entries_keep_their_identity_when_later_ones_come() -> None:
    before = site(two_editions()[:1])["es/feed.xml"]
    after = site(two_editions(), [ERRATUM])["es/feed.xml"]
    assert etree.fromstring(before).findtext(f"{A}id") == etree.fromstring(after).findtext(f"{A}id")
    assert etree.tostring(entries(before)[0], method="c14n").strip() == (
        etree.tostring(entries(after)[-1], method="c14n").strip()
    )


def test_the_two_languages_are_two_feeds() -> None:
    found = site(two_editions())
    spanish, english = (etree.fromstring(found[f"{one}/feed.xml"]) for one in ("es", "en"))
    assert spanish.findtext(f"{A}id") != english.findtext(f"{A}id")


def test_texts_of_a_feed_are_texts() -> None:
    found = entries(site(two_editions(), [ERRATUM])["es/feed.xml"])
    assert found[0].findtext(f"{A}summary") == "Dice <b> & nada."
