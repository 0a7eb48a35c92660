"""The whole site as files."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from typing import get_args

from constancia.apps.publishing.outputs.html import report_css
from constancia.apps.publishing.outputs.opendata import CC_BY, Licence
from constancia.apps.publishing.outputs.site.addresses import (
    CHECKER,
    PAGES,
    REPORT_CSS,
    SITE_CSS,
    bundle_path,
    file_path,
    picture_path,
)
from constancia.apps.publishing.outputs.site.edition_pages import edition_pages
from constancia.apps.publishing.outputs.site.feed import feed
from constancia.apps.publishing.outputs.site.general_pages import GENERAL
from constancia.apps.publishing.outputs.site.model import SiteEdition
from constancia.apps.publishing.outputs.site.rendering import bare, trusted, words
from constancia.apps.publishing.outputs.site.shelf import Shelf, shelf
from constancia.domain.errors import IntegrityBroken
from constancia.domain.language import Language
from constancia.domain.publishing.canonical import sha256
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Erratum

LANGUAGES: tuple[Language, ...] = get_args(Language)
LOST_STYLE = (
    "body{font:1.125rem/1.6 Georgia,serif;color:#1d2330;background:#fff;"
    "margin:3rem auto;max-width:38rem;padding:0 1.25rem}"
)
"""A server shows the page for lost addresses at any depth, so it can load no style from a relative link."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


def site(
    editions: Sequence[SiteEdition],
    errata: Sequence[Erratum] = (),
    *,
    address: str = "",
    licence: Licence = CC_BY,
    checker: bytes = b"",
) -> dict[str, bytes]:
    """Path → bytes of every page, picture and style, the same for the same editions; not the downloads.

    `errata`: corrections that no edition carries yet; those that editions carry are found in them. `address`:
    where the site will be served ("https://…"), for citations and the feed; the site itself needs none.
    `checker`: the verifier as a page, which the site then offers; none for b"".
    Raises InputRefused (`shelf`) and IntegrityBroken `site.file_name` (number).
    """
    whole = shelf(editions, errata, address, licence, has_checker=bool(checker))
    _check_names(whole)
    common = {"organisation": plain(whole.latest.content.organisation), "es": words("es"), "en": words("en")}
    found = {
        SITE_CSS: _style(),
        REPORT_CSS: report_css().encode(),
        "robots.txt": b"User-agent: *\nAllow: /\n",
        "index.html": bare("entrance.html", styles=[SITE_CSS, REPORT_CSS], **common),
        "404.html": bare(
            "lost.html", style=trusted(LOST_STYLE), style_hash=_policy_hash(LOST_STYLE), **common
        ),
    }
    for language in LANGUAGES:
        for name, write in GENERAL.items():
            found[PAGES[name][language]] = write(whole, language)
        found[PAGES["feed"][language]] = feed(whole, language)
        for edition in whole.editions:
            found |= edition_pages(whole, edition, language)
    for edition in whole.editions:
        for (chart, language), svg in edition.charts.items():
            found[picture_path(edition.number, chart, language)] = svg.encode()
        for (chart, language), svg in edition.narrow.items():
            found[picture_path(edition.number, chart, language, narrow=True)] = svg.encode()
    if checker:
        found[CHECKER] = checker
    return dict(sorted(found.items()))


def downloads(editions: Sequence[SiteEdition]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Path and reader of every file that the site offers. A reader raises IntegrityBroken `site.file_changed`
    (number) where the bytes are not those of the build."""
    for edition in editions:
        for one in edition.files:
            yield file_path(edition.number, one.path), _checked(edition.number, one.read, one.sha256)
        if edition.logged:
            one = edition.logged.bundle
            yield bundle_path(edition.number), _checked(edition.number, one.read, one.sha256)


def _checked(number: int, read: Callable[[], bytes], expected: str) -> Callable[[], bytes]:
    def checked() -> bytes:
        data = read()
        if sha256(data) != expected:
            raise IntegrityBroken("site.file_changed", number=number)
        return data

    return checked


def _check_names(whole: Shelf) -> None:
    """A file's name becomes a path in the site and an address: plain letters, and nothing that leads out."""
    for edition in whole.editions:
        for one in edition.files:
            if not _NAME.fullmatch(one.path):
                raise IntegrityBroken("site.file_name", number=edition.number)


def _policy_hash(style: str) -> str:
    """The source by which a content security policy lets this one style element in, and no other."""
    return f"sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}"


def _style() -> bytes:
    return resources.files(__package__).joinpath("site.css").read_bytes()
