"""The situation report: one document of blocks from a content and the folder of texts that it froze."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from constancia.domain.language import Language
from constancia.domain.publishing import explained, printing
from constancia.domain.publishing.blocks import Block, Document, Paragraph, Run, Text
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.claims_table import rule_label
from constancia.domain.publishing.content import Content, Erratum
from constancia.domain.publishing.dates_in_words import of_content
from constancia.domain.publishing.figures_in_words import on_cover
from constancia.domain.publishing.seal import Seal, sealed
from constancia.domain.publishing.texts.checking import in_order
from constancia.domain.publishing.texts.folder import folder, section
from constancia.domain.publishing.texts.reading import read
from constancia.domain.publishing.texts.sheet import Describe, sheet
from constancia.domain.publishing.wording import said


def report(
    content: Content,
    language: Language,
    *,
    draft: bool = False,
    errata: Sequence[Erratum] = (),
    describe: Describe | None = None,
    seal: Seal | None = None,
) -> Document:
    """The report in one language: cover, imprint, later errata, then the sections in the folder's order.

    `errata`: corrections of this edition that were issued after it. `describe` describes the charts; without
    it the charts that the texts call are left out. `seal`: the log, printed in the imprint. Raises
    InputRefused: the first problem of the folder's texts (`texts.problems` gives all), `edition.no_figures`,
    `edition.zone`.
    """
    plan = folder(content)
    gathered = sheet(content, language, describe)
    sections = [read(section(content, stem, language), gathered) for stem in plan.sections]
    if found := in_order(gathered.problems.found, plan.sections):
        raise found[0].error
    return Document(
        language=language,
        title=plain(content.title.in_language(language)),
        subtitle=plan.subtitle.in_language(language),
        organisation=plain(content.organisation),
        number=str(content.number),
        dates=printing.capital(of_content(content, language)),
        blocks=(
            *explained.errata_first(errata, language),
            *_opened(sections[0]),
            *(block for blocks in sections[1:] for block in blocks),
        ),
        notes=tuple(gathered.notes),
        draft=draft,
        cover=on_cover(content, language),
        imprint=_imprint(content, language, seal),
    )


def _opened(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of the first section, the paragraph under its title as the report's lead."""
    if len(blocks) > 1 and isinstance(paragraph := blocks[1], Paragraph):
        return (blocks[0], replace(paragraph, lead=True), *blocks[2:])
    return blocks


def _imprint(content: Content, language: Language, seal: Seal | None) -> tuple[tuple[Run, ...], ...]:
    """Who publishes it, what it counts by which rules, which edition came before, how to cite it."""
    organisation, number = plain(content.organisation), str(content.number)
    title = plain(content.title.in_language(language))
    rule = rule_label(content, content.rule, language)
    lines = [
        said("report.published", language, organisation=organisation, number=number),
        said("report.dates", language, dates=of_content(content, language), zone=plain(content.zone)),
        said("report.rule", language, rule=rule, versions=_versions(content, language)),
    ]
    if previous := content.previous:
        day = printing.day(previous.as_of, language)
        lines.append(said("report.previous", language, number=str(previous.number), day=day))
    cite = said("report.cite", language, organisation=organisation, title=title, number=number)
    lines += [cite, said("report.software", language, version=plain(content.software))]
    if seal is not None:
        lines.append(sealed(seal, language))
    return tuple((Text(line),) for line in lines)


def _versions(content: Content, language: Language) -> str:
    """ "Detenidas 1, Excarcelaciones 1": the definitions with their versions."""
    found = [f"{plain(one.label.in_language(language))} {one.version}" for one in content.definitions]
    return ", ".join(found) or "—"
