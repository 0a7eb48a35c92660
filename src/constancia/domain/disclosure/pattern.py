"""What a reader sees: cells, and groups of cells of which only the sum is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from constancia.domain.disclosure.table import Cell, Table, view_of
from constancia.domain.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells of one table shown as one: only their sum is published. They split by the same dimensions."""

    table: str
    cells: frozenset[Cell]

    def order(self) -> tuple[Any, ...]:
        """Key of the canonical order."""
        return self.table, len(self.cells), sorted(self.cells)


Pattern = tuple[Merged, ...]
"""Merges in canonical order; no cell of a table is in two of them."""


@dataclass(frozen=True, slots=True)
class Published:
    """A table as an edition showed it. `edition`: how people call it ("2026-05-01").

    `values`: persons in each cell shown alone; `groups`: cells shown as one, with their sum. Margins
    included.
    """

    table: str
    dimensions: tuple[str, ...]
    universe: str
    values: Mapping[Cell, int]
    groups: tuple[tuple[frozenset[Cell], int], ...]
    edition: str = ""


def canonical(merges: Iterable[Merged]) -> Pattern:
    """The same merges always in the same order."""
    return tuple(sorted(set(merges), key=Merged.order))


def published(table: Table, pattern: Pattern, edition: str = "") -> Published:
    """What a reader sees of `table` under `pattern`.

    Where a merge takes in every cell that splits by the same dimensions, nothing is shown of them: the sum
    would be the margin. Raises InputRefused `disclosure.pattern` where a merge names a cell that the table
    has not, mixes cells that split by different dimensions, or shares a cell with another merge.
    """
    values = table.values()
    shown_by: dict[tuple[str, ...], set[Cell]] = {}
    for cell in values:
        shown_by.setdefault(view_of(table.dimensions, cell), set()).add(cell)
    groups = []
    for one in sorted((m for m in pattern if m.table == table.name), key=Merged.order):
        views = {view_of(table.dimensions, cell) for cell in one.cells if len(cell) == len(table.dimensions)}
        if len(views) != 1 or not one.cells <= values.keys():
            raise InputRefused("disclosure.pattern", table=table.name)
        total = sum(values.pop(cell) for cell in sorted(one.cells))
        if one.cells != shown_by[views.pop()]:
            groups.append((one.cells, total))
    return Published(table.name, table.dimensions, table.universe, values, tuple(groups), edition)


def to_json(pattern: Pattern) -> list[dict[str, Any]]:
    """`[{"table": name, "cells": [[category, …], …]}, …]` in canonical order."""
    return [
        {"table": one.table, "cells": [list(cell) for cell in sorted(one.cells)]}
        for one in sorted(pattern, key=Merged.order)
    ]


def from_json(data: Sequence[Mapping[str, Any]]) -> Pattern:
    """The pattern that `to_json` wrote. Raises InputRefused `disclosure.pattern_json` for any other shape."""
    try:
        read = [Merged(_text(one["table"]), frozenset(_cell(cell) for cell in one["cells"])) for one in data]
    except (TypeError, KeyError) as error:
        raise InputRefused("disclosure.pattern_json") from error
    return canonical(read)


def published_to_json(shown: Published) -> dict[str, Any]:
    """The shape in which an edition keeps what it showed; `published_from_json` reads it."""
    return {
        "table": shown.table,
        "dimensions": list(shown.dimensions),
        "universe": shown.universe,
        "edition": shown.edition,
        "values": [[list(cell), shown.values[cell]] for cell in sorted(shown.values)],
        "groups": [[[list(cell) for cell in sorted(cells)], value] for cells, value in shown.groups],
    }


def published_from_json(data: Mapping[str, Any]) -> Published:
    """Raises InputRefused `disclosure.pattern_json` for a shape that `published_to_json` never writes."""
    try:
        return Published(
            _text(data["table"]),
            _cell(data["dimensions"]),
            _text(data["universe"]),
            {_cell(cell): int(value) for cell, value in data["values"]},
            tuple((frozenset(_cell(cell) for cell in cells), int(value)) for cells, value in data["groups"]),
            _text(data["edition"]),
        )
    except (TypeError, KeyError, ValueError) as error:
        raise InputRefused("disclosure.pattern_json") from error


def _cell(data: Any) -> Cell:
    if isinstance(data, str):
        raise TypeError
    return tuple(_text(one) for one in data)


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise TypeError
    return data
