"""The pages of one edition: its own, its report, and its breakdowns where they do not fit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from constancia.apps.publishing.outputs.html import fragment
from constancia.apps.publishing.outputs.site.addresses import (
    PAGES,
    edition_path,
    link,
    report_path,
    tables_path,
)
from constancia.apps.publishing.outputs.site.citing import citation
from constancia.apps.publishing.outputs.site.linked_data import of_edition
from constancia.apps.publishing.outputs.site.model import SiteEdition
from constancia.apps.publishing.outputs.site.parts import (
    checker_link,
    corrected,
    download,
    edition_row,
    erratum_row,
    logged,
    signed,
)
from constancia.apps.publishing.outputs.site.pictures import pictures
from constancia.apps.publishing.outputs.site.rendering import Sheet, page, trusted
from constancia.apps.publishing.outputs.site.report_pages import report_pages
from constancia.apps.publishing.outputs.site.sections import Notes, Part, breakdowns, opening, parts
from constancia.apps.publishing.outputs.site.shelf import Shelf
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Block, Heading, Run, Text
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.dates_in_words import of_content, of_figure
from constancia.domain.publishing.figures_in_words import counted, headline
from constancia.domain.publishing.wording import said

LARGEST = 100_000
"""Bytes of a page at most: it is read over telephones and slow lines."""


def edition_pages(shelf: Shelf, edition: SiteEdition, language: Language) -> dict[str, bytes]:
    """Path → page. What makes the page too large is moved to pages of its own, or left to the downloads."""
    found, here = {}, edition_path(edition.number, language)
    sections = parts(edition, shelf.before(edition.number), language, notes := Notes())
    made = _edition(shelf, edition, language, sections, notes)
    if len(made) > LARGEST:
        apart = tables_path(edition.number, language)
        tables = breakdowns(edition, language)
        found[apart] = _tables(shelf, edition, language, tables)
        if len(found[apart]) > LARGEST:
            found[apart] = _tables(shelf, edition, language, tables.without_data())
        rest = [part for part in sections if part.anchor != tables.anchor]
        made = _edition(shelf, edition, language, rest, notes, apart=apart)
        if len(made) > LARGEST:
            rest = [part.without_data() for part in rest]
            made = _edition(shelf, edition, language, rest, notes, apart=apart, data_apart=True)
    found[here] = made
    if language in edition.report:
        write = partial(_report, shelf, edition, language)
        found |= report_pages(edition.report[language], edition.number, language, LARGEST, write)
    return found


def drawn_blocks(
    edition: SiteEdition,
    blocks: Sequence[Block],
    notes: Sequence[Sequence[Run]],
    language: Language,
    here: str,
) -> str:
    """The blocks as markup, with the charts of the edition as images."""
    narrow = {name for name, drawn_in in edition.narrow if drawn_in == language}
    return trusted(fragment(blocks, notes, language, pictures(edition.number, language, here, narrow)))


def described_in_words(edition: SiteEdition, language: Language) -> str:
    """The edition in two sentences, for search engines and catalogues."""
    content, head = edition.content, headline(edition.content)
    return said(
        "site.described",
        language,
        counted=counted(head, language),
        dates=of_figure(head, content, language),
        number=str(edition.number),
        organisation=plain(content.organisation),
    )


def _sheet(shelf: Shelf, edition: SiteEdition, language: Language, path: str, twin: str, title: str) -> Sheet:
    description = described_in_words(edition, language)
    return Sheet(
        path=path,
        twin=twin,
        language=language,
        title=title,
        description=description,
        of=edition.content.organisation,
        linked_data=of_edition(shelf, edition, language, description),
    )


def _edition(
    shelf: Shelf,
    edition: SiteEdition,
    language: Language,
    sections: Sequence[Part],
    notes: Notes,
    *,
    apart: str = "",
    data_apart: bool = False,
) -> bytes:
    content, number, here = edition.content, str(edition.number), edition_path(edition.number, language)
    blocks: list[Block] = list(opening(content, language))
    for part in sections:
        blocks += [_heading(part, language), *part.blocks]
    later = shelf.after(edition.number)
    twin = edition_path(edition.number, "en" if language == "es" else "es")
    files = [download(edition, one, language, here) for one in edition.files]
    others = [one for one in files if "/" in one["name"]]
    corrections = shelf.errata_of(edition.number)
    return page(
        "edition.html",
        _sheet(shelf, edition, language, here, twin, content.title.in_language(language)),
        heading=plain(content.title.in_language(language)),
        dates=said("site.edition_dates", language, number=number, dates=of_content(content, language)),
        later=edition_row(shelf, later, language, here) if later else None,
        errata=[erratum_row(shelf, one, language, here) for one in corrections],
        wrong=corrected(shelf, edition, language),
        body=drawn_blocks(edition, blocks, notes.found, language, here),
        contents=[
            {"link": f"#{part.anchor}", "label": said(f"site.{part.heading}", language)} for part in sections
        ],
        tables_apart=link(here, apart) if apart else "",
        data_apart=data_apart,
        report=link(here, report_path(edition.number, language)) if language in edition.report else "",
        files=[one for one in files if "/" not in one["name"]],
        others=others,
        others_caption=said("site.other_files", language, number=str(len(others))),
        files_caption=said("site.files_caption", language, number=number),
        cited=citation(shelf, edition, language),
        cited_content=said(
            "site.cite_content", language, sha256=citation(shelf, edition, language)["sha256"]
        ),
        signed=signed(edition, language, here),
        check=link(here, PAGES["check"][language]),
        checker=checker_link(shelf, language, here),
        logged=logged(edition, language, here),
    )


def _heading(part: Part, language: Language) -> Heading:
    return Heading(1, (Text(said(f"site.{part.heading}", language)),), part.anchor)


def _tables(shelf: Shelf, edition: SiteEdition, language: Language, part: Part) -> bytes:
    here = tables_path(edition.number, language)
    twin = tables_path(edition.number, "en" if language == "es" else "es")
    title = said("site.tables_of", language, number=str(edition.number))
    return page(
        "part.html",
        _sheet(shelf, edition, language, here, twin, title),
        heading=title,
        dates=_dates(edition, language),
        back=link(here, edition_path(edition.number, language)),
        back_words=said("site.back_to_edition", language, number=str(edition.number)),
        body=drawn_blocks(edition, part.blocks, (), language, here),
        parts=[],
        too_long=False,
    )


def _report(
    shelf: Shelf,
    edition: SiteEdition,
    language: Language,
    here: str,
    body: str,
    parts_of_it: list[dict[str, str]],
    too_long: bool,
) -> bytes:
    other: Language = "en" if language == "es" else "es"
    twin = report_path if other in edition.report else edition_path
    title = said("site.report_of", language, number=str(edition.number))
    return page(
        "part.html",
        _sheet(shelf, edition, language, here, twin(edition.number, other), title),
        heading=title,
        dates=_dates(edition, language),
        back=link(here, edition_path(edition.number, language)),
        back_words=said("site.back_to_edition", language, number=str(edition.number)),
        body=trusted(body),
        parts=parts_of_it,
        too_long=too_long,
    )


def _dates(edition: SiteEdition, language: Language) -> str:
    dates = of_content(edition.content, language)
    return said("site.edition_dates", language, number=str(edition.number), dates=dates)
