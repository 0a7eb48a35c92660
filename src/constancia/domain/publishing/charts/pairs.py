"""What the share bars of a stock say: women and men, civilians and military, adults and adolescents, …"""

from __future__ import annotations

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import DataTable
from constancia.domain.publishing.charts.described import (
    Described,
    Runs,
    counted,
    head,
    key_of,
    known,
    listed,
    number_cell,
    plain,
    row,
    sentence,
    text_cell,
    words,
)
from constancia.domain.publishing.charts.printing import clean
from constancia.domain.publishing.charts.shown import Shown, counted_in, merged_notes, rows_of
from constancia.domain.publishing.content import Content, Table
from constancia.domain.publishing.printing import number

NAME = "pairs"
DIMENSIONS = ("sex", "profile", "age_group", "convicted", "nationality")
"""The breakdowns, in the order of print; each is the table `held_by_<dimension>`."""

_SAID = ("woman", "military", "adolescent", "convicted", "foreign")


def pair_tables(content: Content) -> tuple[Table, ...]:
    """The tables that get a bar: there, published, of one dimension and of somebody."""
    found = (content.table(f"held_by_{dimension}") for dimension in DIMENSIONS)
    return tuple(
        one for one in found if one and not one.withheld and len(one.dimensions) == 1 and one.total > 0
    )


def pair_rows(table: Table, language: Language) -> tuple[Shown, ...]:
    """The parts of a bar: rows with somebody in them, those not known last."""
    rows = [one for one in rows_of(table, language) if one.value > 0]
    return tuple(sorted(rows, key=lambda one: one.unknown))


def pairs(content: Content, language: Language) -> Described:
    """Share bars, one for each breakdown that is published."""
    tables = pair_tables(content)
    title = _title(content, tables, language)
    rows = " ".join(_in_words(table, language) for table in tables)
    alt = sentence("pairs.alt", language, title=title, rows=rows)
    notes = tuple(note for table in tables for note in merged_notes(rows_of(table, language), language))
    return Described(NAME, title, plain(alt), _data(content, tables, language), notes)


def _dimension(table: Table, language: Language) -> str:
    return clean(table.dimension_labels[0].in_language(language))


def _in_words(table: Table, language: Language) -> str:
    """ "Sexo: Mujeres, 104; Hombres, 424." """
    rows = pair_rows(table, language)
    items = "; ".join(f"{one.label(language)}, {number(one.value, language)}" for one in rows)
    dimension = _dimension(table, language)
    return plain(sentence("pairs.alt_row", language, dimension=dimension, items=items))


def _title(content: Content, tables: tuple[Table, ...], language: Language) -> Runs:
    """ "De 541 personas detenidas, 104 son mujeres y 171 son militares." """
    first = tables[0]
    total = counted(first.total, first.total_of, language)
    what = counted_in(content, first, language)
    said: list[Runs] = []
    for table in tables:
        for one in rows_of(table, language):
            if len(one.keys) > 1 or one.keys[0] not in _SAID or not one.value or table.total != first.total:
                continue
            key = f"pairs.{one.keys[0]}"
            key = f"{key}_1" if one.value == 1 and known(f"{key}_1") else key
            said.append(sentence(key, language, value=counted(one.value, one.name, language)))
    if not said:
        return sentence("pairs.bare", language, total=total, what=what)
    return sentence("pairs.title", language, total=total, what=what, items=listed(said, language))


def _data(content: Content, tables: tuple[Table, ...], language: Language) -> DataTable:
    rows = []
    for table in tables:
        for one in rows_of(table, language):
            cells = (
                text_cell(_dimension(table, language)),
                text_cell(one.label(language)),
                number_cell(one.value, one.name, language),
            )
            rows.append(row(*cells, group=one.group is not None))
        total = number_cell(table.total, table.total_of, language)
        labels = text_cell(_dimension(table, language)), text_cell(words("all.total", language))
        rows.append(row(*labels, total, total=True))
    first = tables[0]
    total_runs = counted(first.total, first.total_of, language)
    what = counted_in(content, first, language)
    return DataTable(
        key=f"{key_of(NAME)}-data",
        caption=sentence("pairs.caption", language, total=total_runs, what=what),
        head=head(
            words("pairs.dimension", language),
            words("pairs.category", language),
            words("all.value", language),
        ),
        rows=tuple(rows),
        numbers=(False, False, True),
    )
