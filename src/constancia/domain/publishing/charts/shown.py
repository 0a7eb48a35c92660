"""The rows of a one-dimensional table as they may be shown: merged cells are one row, and stay one."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import DataTable, Text
from constancia.domain.publishing.charts.described import (
    Runs,
    counted,
    head,
    key_of,
    listed,
    number_cell,
    plain,
    row,
    sentence,
    text_cell,
    words,
)
from constancia.domain.publishing.charts.printing import clean
from constancia.domain.publishing.content import Content, Table

UNKNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: a category, or several that were merged (`group` is then their number) and have one sum."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    value: int
    name: str
    group: int | None = None

    @property
    def unknown(self) -> bool:
        """Whether it is the people of whom the category is not known, and them alone."""
        return self.keys == (UNKNOWN,)

    def label(self, language: Language) -> str:
        """The categories' names: "Amazonas y Delta Amacuro (juntos)" where they were merged."""
        names = listed([(Text(label),) for label in self.labels], language)
        return plain(sentence("all.together", language, cells=names)) if self.group else plain(names)


def rows_of(table: Table, language: Language) -> tuple[Shown, ...]:
    """The rows in the order of print; a group stands where the first of its cells would."""
    labels = {one.key: clean(one.label.in_language(language)) or "—" for one in table.categories[0]}
    groups = {group.number: group for group in table.groups}
    found: list[Shown] = []
    done: set[int] = set()
    for category in table.categories[0]:
        cell = table.cell(category.key)
        if cell is None:
            continue
        if cell.group is not None and cell.group in groups:
            if cell.group not in done:
                done.add(cell.group)
                group = groups[cell.group]
                keys = tuple(key[0] for key in group.cells)
                names = tuple(labels.get(key, clean(key)) for key in keys)
                found.append(
                    Shown(keys, names, group.value, f"table.{table.name}.merged.{group.number}", group.number)
                )
        elif cell.value is not None:
            name = f"table.{table.name}.{category.key}"
            found.append(Shown((category.key,), (labels[category.key],), cell.value, name))
    return tuple(found)


def largest(rows: tuple[Shown, ...], most: int = 3) -> tuple[Shown, ...]:
    """The largest rows of one category each, known and not empty, that no merged row can stand between.

    A merged row may hold a category larger than those shown alone; so only rows with at least the sum of
    the largest group are said to be the largest.
    """
    hidden = max((one.value for one in rows if one.group), default=0)
    alone = [one for one in rows if not one.group and not one.unknown and one.value > 0]
    ranked = sorted(alone, key=lambda one: -one.value)  # stable: ties stay in the order of print
    return tuple(one for one in ranked[:most] if one.value >= hidden)


def counted_in(content: Content, table: Table, language: Language) -> str:
    """What the total of a table counts: "personas detenidas"."""
    figure = content.figure(table.total_of)
    return clean(figure.label.in_language(language)) if figure else words("levels.people", language)


def table_data(table: Table, name: str, rows: tuple[Shown, ...], language: Language) -> DataTable:
    """The table behind the chart `name`, with its total; of a withheld one the total alone."""
    body = [
        row(
            text_cell(one.label(language)),
            number_cell(one.value, one.name, language),
            group=one.group is not None,
        )
        for one in rows
    ]
    total = number_cell(table.total, table.total_of, language)
    return DataTable(
        key=f"{key_of(name)}-data",
        caption=(Text(clean(table.title.in_language(language))),),
        head=head(clean(table.dimension_labels[0].in_language(language)), words("all.value", language)),
        rows=(*body, row(text_cell(words("all.total", language)), total, total=True)),
        numbers=(False, True),
        notes=merged_notes(rows, language),
    )


def merged_notes(rows: tuple[Shown, ...], language: Language) -> tuple[Runs, ...]:
    """For each group a line that says what was merged, why, and what it sums to."""
    return tuple(
        sentence(
            "all.merged",
            language,
            cells=listed([(Text(label),) for label in one.labels], language),
            value=counted(one.value, one.name, language),
        )
        for one in rows
        if one.group
    )
