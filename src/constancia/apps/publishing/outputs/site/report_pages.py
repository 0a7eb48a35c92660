"""The report of an edition as pages of the site: one, or as many as its length asks for."""

from __future__ import annotations

from collections.abc import Callable

from constancia.apps.publishing.outputs.site.addresses import link, report_path
from constancia.apps.publishing.outputs.site.splitting import packed, relinked, sections
from constancia.domain.language import Language
from constancia.domain.publishing.wording import said

Write = Callable[[str, str, list[dict[str, str]], bool], bytes]
"""From path, body, links to all pages of the report, and whether it is too long to show, to a page."""

_LONGER = 24
"""Bytes by which a link to a note grows when the note stands on another page."""


def report_pages(
    markup: str, number: int, language: Language, largest: int, write: Write
) -> dict[str, bytes]:
    """Path → page, none of more than `largest` bytes. A report with a section that is larger than a page
    is left to the downloads, and its page says so."""
    first = report_path(number, language)
    whole = write(first, markup, [], False)
    if len(whole) <= largest:
        return {first: whole}
    parts = sections(markup)
    paths = [report_path(number, language, part) for part in range(1, len(parts) + 1)]
    around = len(write(first, "", _links(paths, first, language), False))
    pages = packed(parts, largest - around - _LONGER * markup.count('href="#'))
    if pages is None:
        return {first: write(first, "", [], True)}
    paths = paths[: len(pages)]
    bodies = relinked(pages, [link(first, path) for path in paths])
    return {
        path: write(path, body, _links(paths, path, language), False)
        for path, body in zip(paths, bodies, strict=True)
    }


def _links(paths: list[str], here: str, language: Language) -> list[dict[str, str]]:
    """ "Parte 2", and where it stands; no link to the page itself."""
    return [
        {
            "label": said("site.part", language, number=str(part)),
            "link": "" if path == here else link(here, path),
        }
        for part, path in enumerate(paths, start=1)
    ]
