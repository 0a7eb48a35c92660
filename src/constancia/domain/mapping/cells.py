"""The shape in which a table reaches a mapping, whatever file it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

Cell = str | int | float | bool | date | datetime | None
"""A plain value. Formulas never arrive: only what was stored as their result."""

_SPACES = re.compile(r"\s+")
_LETTERS = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `number` counts from 1 as a spreadsheet does (the header's row included).

    `marks`: what is odd about a cell, by index: "error" (#REF!, #N/A …), "merged" (lies under another
    cell), "formula" (the value is a stored result).
    """

    number: int
    cells: tuple[Cell, ...]
    marks: Mapping[int, str] = field(default_factory=dict)


class Table(Protocol):
    """A header and rows to be read in order, once per call of `rows`."""

    @property
    def header(self) -> tuple[str, ...]: ...

    @property
    def epoch(self) -> int | None:
        """1900 or 1904 for a workbook, None for delimited text."""

    def rows(self) -> Iterator[Row]: ...


def heading(cell: Cell) -> str:
    """A header cell as a column name: spaces collapsed, composed, ends trimmed."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text(cell))).strip()


def heading_key(name: str) -> str:
    """What two names of one column share: case and spaces do not tell columns apart."""
    return heading(name).casefold()


def text(cell: Cell) -> str:
    """A cell as text; a whole number without ".0", a date as ISO 8601, nothing as ""."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        midnight = not (cell.hour or cell.minute or cell.second or cell.microsecond)
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def letter(index: int) -> str:
    """The letters a spreadsheet gives the column at `index` (0 → A, 26 → AA)."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def index_of(letters: str) -> int | None:
    """The index of the column with those letters; None if they are none."""
    if not _LETTERS.fullmatch(letters):
        return None
    index = 0
    for symbol in letters:
        index = index * 26 + ord(symbol) - 64
    return index - 1
