"""A table in the form that the template is given: every cell knows its column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from constancia.apps.publishing.outputs.pdf.plain import plain
from constancia.domain.publishing.blocks import DataTable, Run, TableCell

Runs = Sequence[Run]
Shape = dict[str, Any]

_LEAST, _MOST, _GAP = 4, 34, 2
"""Letters that a column is given at least, at most, and beside them."""


def table(one: DataTable, runs: Callable[[Runs], list[Shape]]) -> Shape:
    """`columns`: as many as the widest row has; shorter rows are filled with empty cells. `runs` shapes
    runs."""
    rows = [one.head, *(row.cells for row in one.rows)]
    columns = max(1, len(one.numbers), *(sum(max(1, cell.span) for cell in row) for row in rows))
    numbers = [*one.numbers, *[False] * columns][:columns]
    return {
        "columns": columns,
        "numbers": numbers,
        "weights": _weights(rows, numbers),
        "caption": runs(one.caption),
        "head": _cells(one.head, numbers, runs),
        "rows": [{"kind": row.kind, "cells": _cells(row.cells, numbers, runs)} for row in one.rows],
        "notes": [runs(note) for note in one.notes],
    }


def _weights(rows: Sequence[Sequence[TableCell]], numbers: list[bool]) -> list[int]:
    """How much room each column asks for, in letters: numbers as long as they are, words up to some."""
    longest = [_LEAST] * len(numbers)
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            span = max(1, cell.span)
            text = plain(cell.runs)
            if span == 1:
                # A head may be broken between its words, a number may not.
                whole = max(map(len, text.split()), default=0) if at == 0 else len(text)
                longest[column] = max(longest[column], whole)
            column += span
    return [min(most, _MOST) + _GAP for most in longest]


def _cells(
    cells: Sequence[TableCell], numbers: list[bool], runs: Callable[[Runs], list[Shape]]
) -> list[Shape]:
    found: list[Shape] = []
    column = 0
    for cell in cells:
        span = max(1, cell.span)
        # Words over several columns stand at their beginning; a number over several does not occur.
        number = numbers[column] and span == 1
        found.append(
            {"runs": runs(cell.runs), "head": cell.head, "span": span, "column": column, "number": number}
        )
        column += span
    if column < len(numbers):
        rest = len(numbers) - column
        found.append({"runs": [], "head": False, "span": rest, "column": column, "number": False})
    return found
