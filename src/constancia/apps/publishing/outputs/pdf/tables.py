"""A table in the form that the template is given: every cell knows its column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from constancia.apps.publishing.outputs.pdf.plain import plain
from constancia.domain.publishing.blocks import DataTable, Run, TableCell

Runs = Sequence[Run]
Shape = dict[str, Any]

_LEAST, _MOST, _GAP = 4, 46, 2
"""Letters that a column is given at least, at most, and beside them."""


def table(one: DataTable, runs: Callable[[Runs], list[Shape]]) -> Shape:
    """`columns`: as many as the widest row has; shorter rows are filled with empty cells. `runs` shapes
    runs."""
    body = [row.cells for row in one.rows]
    columns = max(1, len(one.numbers), *(sum(max(1, cell.span) for cell in row) for row in (one.head, *body)))
    least = _letters(body, columns)
    # The head of a column may be broken between its words.
    words = [_letters([one.head], columns, _longest_word), least]
    numbers = [*one.numbers, *[False] * columns][:columns]
    return {
        "columns": columns,
        "numbers": numbers,
        "weights": [max(both) for both in zip(*words, strict=True)],
        "least": least,
        "caption": runs(one.caption),
        "head": _cells(one.head, numbers, runs),
        "rows": [{"kind": row.kind, "cells": _cells(row.cells, numbers, runs)} for row in one.rows],
        "notes": [runs(note) for note in one.notes],
    }


def _letters(
    rows: Sequence[Sequence[TableCell]], columns: int, length: Callable[[str], int] = len
) -> list[int]:
    """How many letters of room each column asks for: as many as its longest cell has, up to a limit."""
    longest = [_LEAST] * columns
    for row in rows:
        column = 0
        for cell in row:
            if cell.span <= 1:
                longest[column] = max(longest[column], length(plain(cell.runs)))
            column += max(1, cell.span)
    return [min(most, _MOST) + _GAP for most in longest]


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)


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
