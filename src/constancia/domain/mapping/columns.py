"""Columns by name or letter, and one row as the plans see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from constancia.domain.errors import InputRefused, MappingRefused
from constancia.domain.facts.kinds.base import LONGEST
from constancia.domain.mapping.cells import Cell, Row, heading_key, index_of, letter, text
from constancia.domain.mapping.patterns import Patience
from constancia.domain.names import written

MAX_PARTS = 50_000


class CellFault(InputRefused):
    """A cell that a plan could not use; `column` is its index, -1 where no one cell is at fault."""

    def __init__(self, code: str, column: int, **params: str | int) -> None:
        super().__init__(code, **params)
        self.column = column


class BrokenDate(Exception):
    """A date of [when] that failed a [[check]] of this row was needed. Reported by the check."""


class Columns:
    """The header, asked for columns. Remembers which were asked for, and how long patterns may still look.

    It also counts what the mapping comes to once the names in it are followed: a few lines can name each
    other so that they stand for millions.
    """

    def __init__(self, header: tuple[str, ...]) -> None:
        self.header = header
        self._found = {heading_key(name): at for at, name in enumerate(header) if name}
        self.used: set[int] = set()
        self.patience = Patience()
        self._parts = 0

    def index(self, name: str, place: str) -> int:
        """The index of the column called `name`, or "@C" for the one with that letter.

        Raises MappingRefused `mapping.column_missing` or `mapping.column_twice` (several have that name, and
        the header tells them apart by their letters) with the place in the mapping.
        """
        at = index_of(name[1:].upper()) if name.startswith("@") else self._found.get(heading_key(name))
        if at is None:
            twins = [f"@{letter(n)}" for n in range(len(self.header)) if self._is_twin(n, name)]
            if twins:
                raise MappingRefused(
                    "mapping.column_twice", column=name[:100], place=place, letters=", ".join(twins[:20])
                )
        if at is None or at >= len(self.header):
            raise MappingRefused("mapping.column_missing", column=name[:100], place=place)
        self.used.add(at)
        return at

    def _is_twin(self, at: int, name: str) -> bool:
        return heading_key(self.header[at]) == heading_key(f"{name} ({letter(at)})")

    def another(self, place: str) -> None:
        """Counts one more condition or date compiled. Raises MappingRefused `mapping.nested`."""
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise MappingRefused("mapping.nested", place=place)

    def name(self, index: int) -> str:
        """What to call a column to a person: its name, else its letter; "" for none."""
        if index < 0:
            return ""
        named = self.header[index] if index < len(self.header) else ""
        return named or letter(index)


class View:
    """One row, its cells as trimmed text, with what means "nothing" already emptied. `row`: as it came."""

    __slots__ = ("broken", "cells", "marks", "number", "row", "texts")

    def __init__(self, row: Row, width: int, empty: Collection[str]) -> None:
        self.row = row
        self.number = row.number
        self.broken: Collection[str] = ()
        self.cells: tuple[Cell, ...] = row.cells
        self.marks: Mapping[int, str] = row.marks
        texts = [cell.strip() if type(cell) is str else text(cell) for cell in row.cells]
        if empty:
            texts = ["" if said in empty else said for said in texts]
            # "#N/A" may be declared to mean nothing: then it is no error.
            self.marks = {at: mark for at, mark in row.marks.items() if mark != "error" or texts[at]}
        if len(texts) < width:
            texts.extend([""] * (width - len(texts)))
        self.texts = texts

    def fill_down(self, columns: tuple[int, ...], above: dict[int, tuple[str, Cell, str]]) -> None:
        """Give empty cells of `columns` what `above` remembers, and remember what stands in the others.

        An error is remembered too: what would mean the cell above means the error.
        """
        cells = list(self.cells) + [None] * (len(self.texts) - len(self.cells))
        marks = dict(self.marks)
        for column in columns:
            mark = marks.get(column, "")
            if self.texts[column] and mark != "merged":
                above[column] = self.texts[column], cells[column], mark
            elif column in above:
                self.texts[column], cells[column], marks[column] = above[column]
        self.cells, self.marks = tuple(cells), marks

    def text(self, index: int) -> str:
        """The text of a cell to be used; CellFault if it holds an error or lies under a merged one."""
        if self.marks:
            mark = self.marks.get(index)
            if mark == "error":
                raise CellFault("table.cell_error", index)
            if mark == "merged":
                raise CellFault("table.cell_merged", index)
        return self.texts[index]

    def cell(self, index: int) -> Cell:
        return self.cells[index] if index < len(self.cells) else None


def clean(text: str, column: int, *, one_line: bool) -> str:
    """What stands in a cell as it may be stored (`names.written`). Raises CellFault with that rule's code."""
    try:
        return written(text, limit=LONGEST, lines=not one_line)
    except InputRefused as error:
        raise CellFault(error.code, column, **error.params) from None
