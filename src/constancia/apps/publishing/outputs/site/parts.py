"""The small tables and boxes of pages that link within the site, as plain values for the templates."""

from __future__ import annotations

from typing import Any

from constancia.apps.publishing.outputs.site.addresses import (
    CHECKER,
    PAGES,
    bundle_path,
    edition_path,
    file_path,
    link,
)
from constancia.apps.publishing.outputs.site.model import Download, SiteEdition
from constancia.apps.publishing.outputs.site.shelf import Shelf
from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Erratum
from constancia.domain.publishing.dates_in_words import known, of_content, of_figure
from constancia.domain.publishing.figures_in_words import headline
from constancia.domain.publishing.wording import said, said_or

THOUSAND = 1000


def edition_row(shelf: Shelf, edition: SiteEdition, language: Language, here: str) -> dict[str, Any]:
    """One line of a list of editions."""
    content, head = edition.content, headline(edition.content)
    return {
        "number": str(edition.number),
        "title": plain(content.title.in_language(language)),
        "link": link(here, edition_path(edition.number, language)),
        "edition": said("site.edition", language, number=str(edition.number)),
        "dates": of_content(content, language),
        "as_of": printing.day(content.as_of, language),
        "known_at": known(content.as_of, content.known_at, content.zone, language),
        "value": printing.number(head.value, language),
        "name": head.name,
        "label": plain(head.label.in_language(language)),
        "figure_dates": of_figure(head, content, language),
        "corrected": corrected(shelf, edition, language),
        "errata_link": link(here, PAGES["errata"][language]),
    }


def corrected(shelf: Shelf, edition: SiteEdition, language: Language) -> str:
    """That the edition has corrections, and how many; "" where it has none."""
    count = len(shelf.errata_of(edition.number))
    if count < 2:
        return said("site.wrong", language) if count else ""
    return said("site.wrong_many", language, number=printing.number(count, language))


def download(edition: SiteEdition, one: Download, language: Language, here: str) -> dict[str, str]:
    """One line of the list of files. `what`: what our own files are, by their names; "" of others."""
    return {
        "name": plain(one.path),
        "what": _what(one.path, language),
        "link": link(here, file_path(edition.number, one.path)),
        "size": size(one.size, language),
        "sha256": one.sha256,
    }


def checker_link(shelf: Shelf, language: Language, here: str) -> str:
    """Where the verifier is as a page, in the reader's language; "" where the site does not offer it."""
    return link(here, f"{CHECKER}#{language}") if shelf.has_checker else ""


def logged(edition: SiteEdition, language: Language, here: str) -> dict[str, str]:
    """What an edition is checked with, as a whole; empty where it has no place in the log."""
    one = edition.logged
    if one is None:
        return {}
    return {
        "link": link(here, bundle_path(edition.number)),
        "name": plain(one.bundle.path),
        "size": size(one.bundle.size, language),
        "sha256": one.bundle.sha256,
        "printed": plain(one.printed),
        "recorded": plain(one.recorded),
    }


def _what(path: str, language: Language) -> str:
    """ "informe-es.pdf" is the report in Spanish."""
    stem = path.removeprefix("datos/").partition(".")[0].split("-")
    label = said_or(f"site.file_{stem[0]}", "", language)
    spoken = next((one for one in stem[1:] if one in ("es", "en")), "")
    return said(f"site.file_in_{spoken}", language, label=label) if label and spoken else label


def size(count: int, language: Language) -> str:
    """The size of a file in the unit that fits it, with one decimal for megabytes."""
    if count < THOUSAND:
        return said("site.bytes", language, number=str(count))
    if count < THOUSAND**2:
        return said("site.kilobytes", language, number=str(round(count / THOUSAND)))
    number = f"{count / THOUSAND**2:.1f}"
    return said("site.megabytes", language, number=number.replace(".", ",") if language == "es" else number)


def erratum_row(shelf: Shelf, one: Erratum, language: Language, here: str) -> dict[str, str]:
    """A correction with the edition that it corrects; no link where the site does not have that edition."""
    there = any(edition.number == one.edition for edition in shelf.editions)
    return {
        "number": str(one.number),
        "title": said(
            "explained.erratum",
            language,
            number=str(one.number),
            edition=str(one.edition),
            day=printing.day(one.issued_on, language),
        ),
        "words": plain(one.words.in_language(language)),
        "edition": said("site.edition", language, number=str(one.edition)),
        "link": link(here, edition_path(one.edition, language)) if there else "",
        "all": link(here, f"{PAGES['errata'][language]}#errata-{one.number}"),
    }


def signed(edition: SiteEdition, language: Language, here: str) -> dict[str, str]:
    """Key, manifest and signature of an edition; empty strings where nobody signed."""
    one = edition.signed
    row = {
        "number": str(edition.number),
        "edition": said("site.edition", language, number=str(edition.number)),
        "edition_link": link(here, edition_path(edition.number, language)),
        "key": "", "manifest": "", "signature": "", "when": "", "manifest_link": "",
    }  # fmt: skip
    if one is not None:
        row |= {"key": one.public_key, "manifest": one.manifest_sha256, "signature": one.signature}
        if one.manifest:
            row["manifest_link"] = link(here, file_path(edition.number, one.manifest))
        if one.signed_at is not None:
            local = one.signed_at.astimezone(printing.zone_of(edition.content.zone))
            row["when"] = said("site.signed_at", language, instant=printing.instant(local, language))
    return row
