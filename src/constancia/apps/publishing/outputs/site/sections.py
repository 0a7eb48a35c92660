"""The parts of an edition as blocks, in the order in which its page shows them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from constancia.apps.publishing.outputs.site.model import SiteEdition
from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.announced_table import announced_table
from constancia.domain.publishing.balance_table import balance_table
from constancia.domain.publishing.blocks import (
    Block,
    Break,
    DataTable,
    KeyNumbers,
    NoteMark,
    Number,
    Paragraph,
    Picture,
    Run,
    Strong,
    TableCell,
    TableRow,
    Text,
)
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.charts import chart_names, described
from constancia.domain.publishing.claims_table import bridge_table, claims_table
from constancia.domain.publishing.content import Content, Figure
from constancia.domain.publishing.dates_in_words import of_content, of_figure, two_dates
from constancia.domain.publishing.explained import errata, named, summary
from constancia.domain.publishing.figures_in_words import on_cover
from constancia.domain.publishing.movement_table import movement_table
from constancia.domain.publishing.tables import cell, table_block
from constancia.domain.publishing.wording import runs, said


@dataclass
class Notes:
    """The notes of a page: the same words are one note, however often they are called."""

    found: list[tuple[Run, ...]] = field(default_factory=list)

    def __call__(self, words: tuple[Run, ...]) -> NoteMark:
        if words not in self.found:
            self.found.append(words)
        return NoteMark(self.found.index(words) + 1)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a page: its anchor, the entry of its heading's words, what stands in it."""

    anchor: str
    heading: str
    blocks: tuple[Block, ...]

    def without_data(self) -> Part:
        """The section without the tables behind its charts."""
        blocks = (replace(one, data=None) if isinstance(one, Picture) else one for one in self.blocks)
        return replace(self, blocks=tuple(blocks))


def heading_of_changes(content: Content) -> str:
    """The heading's entry: a first edition is compared with a day, not with an edition."""
    balance = content.balance
    return "changed" if balance is None or balance.edition is not None else "changed_first"


def opening(content: Content, language: Language) -> tuple[Block, ...]:
    """The state of things in one paragraph, and the large numbers."""
    return (*summary(content, language), KeyNumbers(on_cover(content, language)))


def parts(edition: SiteEdition, earlier: Content | None, language: Language, note: Notes) -> list[Part]:
    """What the page of an edition shows, section by section; sections of nothing are left out."""
    content = edition.content
    all_parts = [
        Part("cifras", "numbers", (figures_table(content, language),)),
        Part("balance", "balance", (balance_table(content, language, earlier),)),
        Part("cambios", heading_of_changes(content), _changed(edition, language)),
        Part("evolucion", "over_time", series(edition, language)),
        breakdowns(edition, language),
        Part("anuncios", "announcements", _announced(edition, language, note)),
        Part("otros", "beside_ours", beside(edition, language, note)),
        Part("nombres", "by_name", named(content, language) if content.named else ()),
        Part("correcciones", "corrections", errata(content, language) if content.errata else ()),
    ]
    return [part for part in all_parts if part.blocks]


def breakdowns(edition: SiteEdition, language: Language) -> Part:
    """Every table, a map in place of the table of states where there is one."""
    found: list[Block] = []
    for table in edition.content.tables:
        name = f"map:{table.name}"
        picture = None if table.withheld else _picture(edition, name, language)
        found.append(picture or table_block(table, edition.content, language))
    return Part("desgloses", "breakdowns", tuple(found))


def series(edition: SiteEdition, language: Language) -> tuple[Block, ...]:
    """The charts of what happened day by day and of what stood week by week."""
    content = edition.content
    names = [one.name for one in content.daily] + [one.name for one in content.levels]
    return _pictures(edition, names, language)


def beside(edition: SiteEdition, language: Language, note: Notes) -> tuple[Block, ...]:
    """Others' figures: drawn, in a table, and the way from one rule to another."""
    content = edition.content
    names = [name for name in chart_names(content) if name.startswith("claims:")]
    table = claims_table(content, language, note)
    if not content.claims and not content.bridges:
        return ()
    local = content.known_at.astimezone(printing.zone_of(content.zone))
    dates = said("site.beside_dates", language, instant=printing.instant(local, language))
    bridges = (bridge_table(bridge, content, language) for bridge in content.bridges)
    told = Paragraph((Text(dates),))
    return (told, *_pictures(edition, names, language), *((table,) if table else ()), *bridges)


def figures_table(content: Content, language: Language) -> DataTable:
    """Every figure of the edition with what is uncertain about it and its two dates."""
    columns = ("figure", "value", "unconfirmed")
    return DataTable(
        key="figures",
        caption=(Text(said("site.figures_caption", language)),),
        head=tuple(cell(said(f"site.{name}", language), head=True) for name in columns),
        rows=tuple(_figure(figure, content, language) for figure in content.figures),
        numbers=(False, True, True),
        notes=((Text(said("site.figures_note", language)),),),
    )


def _figure(figure: Figure, content: Content, language: Language) -> TableRow:
    def shown(part: str) -> Number:
        name = figure.name if part == "value" else f"{figure.name}.{part}"
        return Number(printing.number(getattr(figure, part), language), name)

    between = runs("site.range", language, lowest=shown("lowest"), highest=shown("highest"))
    pending = runs("site.pending", language, came=shown("pending_in"), went=shown("pending_out"))
    label = printing.capital(plain(figure.label.in_language(language)))
    exact = figure.lowest == figure.highest == figure.value
    certain = figure.pending_in == figure.pending_out == 0
    return TableRow(
        (
            TableCell(
                (Strong((Text(label),)), Break(), Text(of_figure(figure, content, language))), head=True
            ),
            TableCell((shown("value"),) if exact else (shown("value"), Break(), *between)),
            cell("—") if certain else TableCell(pending),
        )
    )


def _changed(edition: SiteEdition, language: Language) -> tuple[Block, ...]:
    pictures = _pictures(edition, ["balance"], language)
    told = movement(edition.content, language)
    return (*told[:1], *pictures, *told[1:])


def movement(content: Content, language: Language) -> tuple[Block, ...]:
    """What changed since the previous edition: the dates of both, and the table; nothing in the first."""
    table, balance = movement_table(content, language), content.balance
    if table is None or balance is None:
        return ()
    opening = two_dates(balance.opening_as_of, balance.opening_known_at, content.zone, language)
    closing = of_content(content, language)
    key = "site.changed_dates" if balance.edition is not None else "site.changed_dates_first"
    dates = said(key, language, opening=opening, closing=closing)
    return (Paragraph((Text(dates),)), table)


def _announced(edition: SiteEdition, language: Language, note: Notes) -> tuple[Block, ...]:
    table = announced_table(edition.content, language, note)
    return (*_pictures(edition, ["announced"], language), *((table,) if table else ()))


def _pictures(edition: SiteEdition, names: list[str], language: Language) -> tuple[Block, ...]:
    found = (_picture(edition, name, language) for name in names)
    return tuple(picture for picture in found if picture)


def _picture(edition: SiteEdition, name: str, language: Language) -> Picture | None:
    """The chart with the table behind it; None where it was not drawn."""
    if (name, language) not in edition.charts or name not in chart_names(edition.content):
        return None
    one = described(edition.content, name, language)
    return Picture(key=one.data.key, chart=name, title=one.title, alt=one.alt, data=one.data, notes=one.notes)
