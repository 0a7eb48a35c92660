"""Tables: the head repeated on every page, numbers flush right, rows that do not break."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from constancia.apps.publishing.outputs.docx.elements import (
    PLAIN,
    Attributes,
    Element,
    Look,
    element,
    paragraph,
)
from constancia.apps.publishing.outputs.spoken import plain
from constancia.domain.publishing.blocks import DataTable, Run, TableCell

_LETTER = 98
"""Twips that a letter of a table takes, about."""
_NUMBER_LETTER = 118
"""The same in the bold head of a column of numbers, whose words are not to be broken, in a wide font too."""
_PADDING = 240
_LEAST_NUMBER, _LEAST_TEXT = 1050, 1500
_NEARLY = 0.8
"""A table that takes so much of the page takes all of it."""
_SHORT = 16
"""Tables of no more rows are kept on one page."""

WriteRuns = Callable[[Sequence[Run], Look], Iterator[Element]]


def table(data: DataTable, write: WriteRuns, width: int) -> Element:
    """`width`: of the whole table, in twips."""
    widths = column_widths(data, width)
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": one}) for one in widths))
    properties = [
        element("w:tblStyle", {"w:val": "ReportTable"}),
        element("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblLook", {"w:val": "0420", "w:firstRow": int(bool(data.head)), "w:noVBand": 1}),
    ]
    said = plain(data.caption)
    if said:
        properties.append(element("w:tblCaption", {"w:val": said}))
    rows = []
    if data.head:
        rows.append(_row(data, data.head, "head", widths, write, keep=True))
    last = len(data.rows) - 1
    for place, row in enumerate(data.rows):
        keep = place < last and len(data.rows) <= _SHORT
        rows.append(_row(data, row.cells, row.kind, widths, write, keep=keep))
    return element("w:tbl", None, element("w:tblPr", None, *properties), grid, *rows)


def column_widths(data: DataTable, width: int) -> list[int]:
    """Twips of each column, at most `width` together. Columns of numbers are as wide as they need; texts get
    half as much again, and share what there is: a number stands near what it is of."""
    count = max([len(data.numbers), *(_columns(row.cells) for row in data.rows), _columns(data.head), 1])
    longest, word = [1] * count, [1] * count
    for cells in (data.head, *(row.cells for row in data.rows)):
        column = 0
        for cell in cells:
            if cell.span <= 1:
                said = plain(cell.runs)
                longest[column] = max(longest[column], len(said))
                word[column] = max([word[column], *(len(part) for part in said.split())])
            column += max(1, cell.span)
    asked = []
    for place in range(count):
        if place < len(data.numbers) and data.numbers[place]:
            asked.append(max(min(word[place], 24) * _NUMBER_LETTER + _PADDING, _LEAST_NUMBER))
        else:
            asked.append(max(min(longest[place], 40) * _LETTER * 3 // 2 + _PADDING, _LEAST_TEXT))
    if sum(asked) <= width:
        return _fitted(asked, width) if sum(asked) > _NEARLY * width else asked
    texts = [place for place in range(count) if not (place < len(data.numbers) and data.numbers[place])]
    over = sum(asked) - width
    spare = sum(asked[place] for place in texts) - _LEAST_TEXT * len(texts)
    if texts and over <= spare:
        for place in texts:
            asked[place] -= over * (asked[place] - _LEAST_TEXT) // spare
    return _fitted(asked, width)


def _fitted(asked: Sequence[int], width: int) -> list[int]:
    """In the same proportions, `width` together."""
    fitted = [one * width // sum(asked) for one in asked]
    fitted[0] += width - sum(fitted)
    return fitted


def _columns(cells: Sequence[TableCell]) -> int:
    return sum(max(1, cell.span) for cell in cells)


def _row(
    data: DataTable,
    cells: Sequence[TableCell],
    kind: str,
    widths: Sequence[int],
    write: WriteRuns,
    *,
    keep: bool,
) -> Element:
    properties = [element("w:cantSplit")]
    if kind == "head":
        properties.append(element("w:tblHeader"))
    made = []
    column = 0
    for cell in cells:
        after = column + max(1, cell.span)
        number = after <= len(data.numbers) and all(data.numbers[column:after])
        made.append(_cell(cell, kind, number, sum(widths[column:after]), write, keep=keep, first=column == 0))
        column = after
    if column < len(widths):  # a row that is short of cells would be a ragged table
        rest = TableCell((), span=len(widths) - column)
        made.append(_cell(rest, kind, False, sum(widths[column:]), write, keep=keep, first=column == 0))
    return element("w:tr", None, element("w:trPr", None, *properties), *made)


def _cell(
    cell: TableCell, kind: str, number: bool, width: int, write: WriteRuns, *, keep: bool, first: bool
) -> Element:
    properties = [element("w:tcW", {"w:w": width, "w:type": "dxa"})]
    if cell.span > 1:
        properties.append(element("w:gridSpan", {"w:val": cell.span}))
    if kind == "total":
        line: Attributes = {"w:val": "single", "w:sz": 6, "w:space": 0, "w:color": "1D2330"}
        properties.append(element("w:tcBorders", None, element("w:top", line)))
    style = "TableHead" if kind == "head" else "TableGroup" if kind == "group" else "TableText"
    if number and style == "TableText":
        style = "TableNumber"
    elif kind == "sub" and first:
        style = "TableSub"
    look = Look(bold=True) if kind == "total" else PLAIN
    set_right = number and style in {"TableHead", "TableGroup"}
    aligned = [element("w:keepNext")] if keep else []
    aligned += [element("w:jc", {"w:val": "right"})] if set_right else []
    inner = paragraph(style, write(cell.runs, look), *aligned)
    return element("w:tc", None, element("w:tcPr", None, *properties), inner)
