"""The rows of a CSV table with their numbers; refused in words where a cell may stand in a wrong column."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from constancia.domain.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: as a spreadsheet counts, the first line being 1. `cells`: by column, stripped."""

    number: int
    cells: dict[str, str]


def rows(text: str, needed: Sequence[str], most: int) -> Iterator[Row]:
    """The rows that are not empty. What is missing at the end of a row is empty.

    InputRefused: `claims.reconcile_columns` (columns are missing), `claims.reconcile_headers` (two of one
    name), `claims.reconcile_cells` (more cells than columns), `claims.reconcile_quote` (a quotation mark
    without its other, which would swallow rows), `claims.reconcile_many`, `claims.reconcile_table`.
    """
    number = 0
    try:
        lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        heads = [head.strip().lower() for head in next(lines, [])]
        _check(heads, needed)
        number = 1
        for number, cells in enumerate(lines, start=2):
            if number > most + 1:
                raise InputRefused("claims.reconcile_many", limit=most)
            if any(_swallows(cell, len(heads)) for cell in cells):
                raise InputRefused("claims.reconcile_quote", row=number)
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(heads):
                raise InputRefused("claims.reconcile_cells", row=number, cells=len(cells), columns=len(heads))
            cells += [""] * (len(heads) - len(cells))
            yield Row(number, {head: cell.strip() for head, cell in zip(heads, cells, strict=True)})
    except csv.Error as broken:
        quote = '"' in text
        code = "claims.reconcile_quote" if quote else "claims.reconcile_table"
        raise InputRefused(code, **({"row": number + 1} if quote else {})) from broken


def _check(heads: Sequence[str], needed: Sequence[str]) -> None:
    missing = [name for name in needed if name not in heads]
    if missing:
        raise InputRefused("claims.reconcile_columns", columns=", ".join(missing))
    twice = [name[:40] for name, count in Counter(heads).items() if name and count > 1]
    if twice:
        raise InputRefused("claims.reconcile_headers", columns=", ".join(twice))


def _swallows(cell: str, columns: int) -> bool:
    """Whether a line within the cell looks like a row of the table."""
    return any(line.count(",") >= columns - 1 for line in cell.splitlines()[1:])
