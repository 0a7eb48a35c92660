"""The Atom feed (RFC 4287): an entry for each edition and each erratum, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from constancia.apps.publishing.outputs.site.addresses import PAGES, edition_path, link
from constancia.apps.publishing.outputs.site.model import SiteEdition
from constancia.apps.publishing.outputs.site.shelf import Shelf
from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.canonical import content_bytes, sha256
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Erratum
from constancia.domain.publishing.dates_in_words import of_figure
from constancia.domain.publishing.figures_in_words import counted, headline
from constancia.domain.publishing.wording import said

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    title: str
    summary: str
    path: str
    updated: datetime


def feed(shelf: Shelf, language: Language) -> bytes:
    """The feed in one language. Its identity is that of the first edition, so that it outlives the later."""
    first, here = shelf.editions[0], PAGES["feed"][language]
    entries = [_edition(one, language) for one in shelf.editions]
    entries += [_erratum(shelf, one, language) for one in shelf.errata]
    entries.sort(key=lambda one: (one.updated, one.key), reverse=True)
    root = etree.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": language}, nsmap={None: ATOM})
    organisation = plain(shelf.latest.content.organisation)
    _add(root, "id", _identity(f"feed:{language}:{_identity_of(first)}"))
    _add(root, "title", said("site.feed_title", language, organisation=organisation))
    _add(root, "updated", _instant(max(one.updated for one in entries)))
    _add(_add(root, "author"), "name", organisation)
    home = PAGES["home"][language]
    _add(root, "link", rel="self", type="application/atom+xml", href=_address(shelf, here, here))
    _add(root, "link", rel="alternate", type="text/html", hreflang=language, href=_address(shelf, home, here))
    for one in entries:
        entry = _add(root, "entry")
        _add(entry, "id", _identity(f"{language}:{one.key}"))
        _add(entry, "title", one.title)
        _add(entry, "updated", _instant(one.updated))
        _add(entry, "published", _instant(one.updated))
        _add(entry, "link", rel="alternate", type="text/html", href=_address(shelf, one.path, here))
        _add(entry, "summary", one.summary)
    etree.indent(root)
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return found + b"\n"


def _edition(edition: SiteEdition, language: Language) -> _Entry:
    content = edition.content
    number = said("site.edition", language, number=str(edition.number))
    head = headline(content)
    summary = said(
        "site.feed_summary",
        language,
        counted=counted(head, language),
        dates=of_figure(head, content, language),
    )
    return _Entry(
        key=f"edition:{_identity_of(edition)}",
        title=f"{number}: {plain(content.title.in_language(language))}",
        summary=summary,
        path=edition_path(edition.number, language),
        updated=edition.updated,
    )


def _erratum(shelf: Shelf, one: Erratum, language: Language) -> _Entry:
    """An erratum has a day and no hour: the beginning of that day in the organisation's zone."""
    zone = printing.zone_of(shelf.latest.content.zone)
    title = said("site.erratum_feed", language, number=str(one.number), edition=str(one.edition))
    return _Entry(
        key=f"erratum:{_identity_of(shelf.editions[0])}:{one.number}",
        title=title,
        summary=plain(one.words.in_language(language)),
        path=f"{PAGES['errata'][language]}#errata-{one.number}",
        updated=datetime.combine(one.issued_on, time(), zone),
    )


def _identity_of(edition: SiteEdition) -> str:
    return sha256(content_bytes(edition.content))


def _identity(key: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'constancia:{key}')}"


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _address(shelf: Shelf, path: str, here: str) -> str:
    return shelf.absolute(path) if shelf.address else link(here, path)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element
