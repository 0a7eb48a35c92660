"""A table of the content as a block, its merged cells shown as what they are: one sum for several."""

from __future__ import annotations

from datetime import date, datetime

from constancia.domain.figures.words import RECORDED
from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.blocks import (
    Aside,
    DataTable,
    Number,
    Paragraph,
    Run,
    TableCell,
    TableRow,
    Text,
)
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import ALL, Cell, Content, Figure, Group, Table
from constancia.domain.publishing.dates_in_words import known, period
from constancia.domain.publishing.names import cell_name, merged_name
from constancia.domain.publishing.wording import runs, said

ROW = "†"
"""The sign of merged cells that are what is left of their row, and add up to its total."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def cell(text: str, *, head: bool = False) -> TableCell:
    """A cell of words; an empty one where there are none."""
    return TableCell((Text(text),) if text else (), head=head)


def table_block(table: Table, content: Content, language: Language) -> DataTable | Aside:
    """The table with its caption, margins and notes; a box that says why where it is withheld."""
    if table.withheld or not table.cells:
        return _withheld(table, content, language)
    draw = _one_way if len(table.dimensions) == 1 else _two_way
    return draw(table, content, language)


def marks(table: Table) -> dict[int, str]:
    """The sign of each group of merged cells: † where its cells are all of a row, else a letter."""
    found, letters = {}, 0
    for group in table.groups:
        if _whole_row(table, group):
            found[group.number] = ROW
        else:
            turn, place = divmod(letters, len(_LETTERS))
            found[group.number] = f"{_LETTERS[place]}{turn + 1 if turn else ''}"
            letters += 1
    return found


def _whole_row(table: Table, group: Group) -> bool:
    """Whether the cells of a group stand in one row, whose total is shown and is their sum."""
    rows = {key[0] for key in group.cells}
    if len(table.dimensions) != 2 or len(rows) != 1 or any(ALL in key for key in group.cells):
        return False
    total = table.cell(rows.pop(), ALL)
    return total is not None and total.value == group.value


def together(labels: list[str], dimension: str, language: Language) -> str:
    """ "Amazonas y Delta Amacuro (en conjunto)": the name of cells that are shown as one."""
    inner = [*labels[:1], *(within(label, dimension, language) for label in labels[1:])]
    return said("tables.together", language, labels=printing.listed(inner, language))


def within(label: str, dimension: str, language: Language) -> str:
    """A category within a sentence: with a small letter, but for proper names and abbreviations."""
    proper = dimension in RECORDED or (dimension == "nationality" and language == "en")
    return label if proper or not label[1:2].islower() else label[:1].lower() + label[1:]


def labels_of(table: Table, place: int, language: Language) -> dict[str, str]:
    """Category → what it is called, for one dimension; ALL is the total."""
    named = {one.key: plain(one.label.in_language(language)) for one in table.categories[place]}
    return {ALL: said("tables.total", language), **named}


def _caption(table: Table, content: Content, language: Language) -> tuple[Run, ...]:
    """The title and the day or period of the figure that the cells add up to."""
    title = plain(table.title.in_language(language))
    figure = content.figure(table.total_of)
    if figure is None:
        return (Text(title),)
    dates = period(figure.as_of, language, figure.start)
    return (Text(said("tables.caption", language, title=title, dates=dates)),)


def _notes(
    table: Table, content: Content, language: Language, merged: tuple[tuple[Run, ...], ...]
) -> tuple[tuple[Run, ...], ...]:
    """Since when it is known, and, where cells were merged, which and why."""
    figure = content.figure(table.total_of)
    found = (_known(figure, content, language),) if figure else ()
    return (*found, *merged, _why(content, language)) if table.groups else found


def _known(figure: Figure, content: Content, language: Language) -> tuple[Run, ...]:
    second = known(figure.as_of, figure.known_at, content.zone, language, figure.start)
    return (Text(f"{printing.capital(second)}."),)


def known_note(as_of: date, known_at: datetime, content: Content, language: Language) -> tuple[Run, ...]:
    """The second date as a note under a table: "Según lo sabido al final de ese día."."""
    return (Text(f"{printing.capital(known(as_of, known_at, content.zone, language))}."),)


def _unit(table: Table, content: Content, language: Language) -> str:
    """What the cells count, for the head of their column."""
    figure = content.figure(table.total_of)
    units = {one.name: one.unit for one in content.definitions}
    unit = units.get(figure.figure, "persons") if figure else "persons"
    return said(f"tables.unit_{unit}", language)


def _value(table: Table, key: tuple[str, ...], value: int, language: Language) -> TableCell:
    return TableCell((Number(printing.number(value, language), cell_name(table, key)),))


def _why(content: Content, language: Language) -> tuple[Run, ...]:
    threshold = Number(printing.number(content.protection.threshold, language), "protection.threshold")
    return runs("tables.why_merged", language, threshold=threshold)


def _one_way(table: Table, content: Content, language: Language) -> DataTable:
    """One row for each category; those of a group are one row, where the first of them would stand."""
    cells = {one.key: one for one in table.cells}
    groups = {group.number: group for group in table.groups}
    labels = labels_of(table, 0, language)
    rows, shown = [], set()
    for category in table.categories[0]:
        one = cells.get((category.key,))
        if one is not None and one.value is None and one.group in groups:
            if one.group not in shown:
                shown.add(one.group)
                rows.append(_merged_row(table, groups[one.group], labels, language))
        else:
            rows.append(TableRow((cell(labels[category.key], head=True), _inner(table, one, {}, language))))
    whole = TableRow(
        (cell(labels[ALL], head=True), _value(table, (ALL,), table.total, language)), kind="total"
    )
    head = (
        cell(plain(table.dimension_labels[0].in_language(language)), head=True),
        cell(_unit(table, content, language), head=True),
    )
    return DataTable(
        key=f"table-{table.name}",
        caption=_caption(table, content, language),
        head=head,
        rows=(*rows, whole),
        numbers=(False, True),
        notes=_notes(table, content, language, ()),
    )


def _merged_row(table: Table, group: Group, labels: dict[str, str], language: Language) -> TableRow:
    called = together([labels.get(key[0], key[0]) for key in group.cells], table.dimensions[0], language)
    number = Number(printing.number(group.value, language), merged_name(table, group.number))
    return TableRow((cell(called, head=True), TableCell((number,))))


def _two_way(table: Table, content: Content, language: Language) -> DataTable:
    """First dimension down, second across, both margins at the end; merged cells carry their group's sign."""
    cells = {one.key: one for one in table.cells}
    signs = marks(table)
    down, across = labels_of(table, 0, language), labels_of(table, 1, language)
    columns = [*(one.key for one in table.categories[1]), ALL]
    rows = []
    for key in [*(one.key for one in table.categories[0]), ALL]:
        inner = (_inner(table, cells.get((key, column)), signs, language) for column in columns)
        kind = "plain" if key else "total"
        rows.append(TableRow((cell(down[key], head=True), *inner), kind=kind))  # type: ignore[arg-type]
    corner = plain(table.dimension_labels[0].in_language(language))
    merged = tuple(
        _group_note(table, group, signs[group.number], language)
        for group in table.groups
        if signs[group.number] != ROW
    )
    if ROW in signs.values():
        merged = ((Text(said("tables.whole_row", language, sign=ROW)),), *merged)
    return DataTable(
        key=f"table-{table.name}",
        caption=_caption(table, content, language),
        head=tuple(cell(text, head=True) for text in [corner, *(across[key] for key in columns)]),
        rows=tuple(rows),
        numbers=(False, *(True for _ in columns)),
        notes=_notes(table, content, language, merged),
    )


def _inner(table: Table, one: Cell | None, signs: dict[int, str], language: Language) -> TableCell:
    if one is None:
        return cell("—")
    if one.value is None:
        return cell(signs.get(one.group or 0, "—"))
    return _value(table, one.key, one.value, language)


def _group_note(table: Table, group: Group, sign: str, language: Language) -> tuple[Run, ...]:
    """ "a Zulia, no consta; Lara, mujeres: 15 en conjunto.\""""
    labels = [labels_of(table, place, language) for place in range(len(table.dimensions))]
    cells = [
        ", ".join(
            label if place == 0 else within(label, table.dimensions[place], language)
            for place, label in enumerate(labels[place].get(part, part) for place, part in enumerate(key))
        )
        for key in group.cells
    ]
    value = Number(printing.number(group.value, language), merged_name(table, group.number))
    return runs("tables.group", language, sign=sign, cells="; ".join(cells), value=value)


def _withheld(table: Table, content: Content, language: Language) -> Aside:
    total = Number(printing.number(table.total, language), cell_name(table, (ALL,) * len(table.dimensions)))
    threshold = Number(printing.number(content.protection.threshold, language), "protection.threshold")
    text = runs("tables.withheld", language, total=total, threshold=threshold)
    return Aside(plain(table.title.in_language(language)), (Paragraph(text),))
