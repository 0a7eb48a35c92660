"""Tables as HTML: a caption, column heads, row heads, and a region of their own to scroll in."""

from __future__ import annotations

from collections.abc import Iterator

from constancia.apps.publishing.outputs.html.inline import Inline, text
from constancia.domain.publishing.blocks import DataTable, TableCell, TableRow

_NARROW = 4
"""A table of no more columns is as wide as the text: its numbers stand near what they are of."""


def table(data: DataTable, inline: Inline, *, identifier: str, label: str) -> str:
    """`label`: "Table 3", set before the caption. `identifier` is unique in the page."""
    notes = "".join(f"<p>{inline.runs(note)}</p>" for note in data.notes)
    described = f' aria-describedby="{identifier}_notes"' if notes else ""
    caption = (
        f'<caption id="{identifier}"><span class="caption"><span class="label">{text(label)}</span> '
        f"{inline.runs(data.caption)}</span></caption>"
    )
    head = _head(data, inline)
    body = "".join(_groups(data, inline))
    narrow = " narrow" if len(data.numbers) <= _NARROW else ""
    return (
        f'<div class="table{narrow}" data-key="{text(data.key)}">'
        f'<div class="scroll" role="group" tabindex="0" aria-labelledby="{identifier}">'
        f"<table{described}>{caption}{head}{body}</table></div>"
        + (f'<div class="small" id="{identifier}_notes">{notes}</div>' if notes else "")
        + "</div>"
    )


def _head(data: DataTable, inline: Inline) -> str:
    if not data.head:
        return ""
    cells = "".join(
        f'<th scope="col"{_span(cell)}{_class(number)}>{inline.runs(cell.runs)}</th>'
        if cell.runs
        else f"<td{_span(cell)}></td>"
        for cell, number in _columns(data, data.head)
    )
    return f"<thead><tr>{cells}</tr></thead>"


def _groups(data: DataTable, inline: Inline) -> Iterator[str]:
    """Bodies of the table: a row of kind "group" opens a new one and heads it."""
    rows: list[str] = []
    for row in data.rows:
        if row.kind == "group" and rows:
            yield f"<tbody>{''.join(rows)}</tbody>"
            rows = []
        rows.append(_row(data, row, inline))
    yield f"<tbody>{''.join(rows)}</tbody>"


def _row(data: DataTable, row: TableRow, inline: Inline) -> str:
    kind = "" if row.kind == "plain" else f' class="{row.kind}"'
    cells = []
    for place, (cell, number) in enumerate(_columns(data, row.cells)):
        heads = cell.head or (row.kind == "group" and place == 0)
        if heads:
            scope = "rowgroup" if row.kind == "group" else "row"
            cells.append(f'<th scope="{scope}"{_span(cell)}{_class(number)}>{inline.runs(cell.runs)}</th>')
        else:
            cells.append(f"<td{_span(cell)}{_class(number)}>{inline.runs(cell.runs)}</td>")
    return f"<tr{kind}>{''.join(cells)}</tr>"


def _columns(data: DataTable, cells: tuple[TableCell, ...]) -> Iterator[tuple[TableCell, bool]]:
    """Each cell, and whether it stands in columns of numbers alone."""
    column = 0
    for cell in cells:
        after = column + max(1, cell.span)
        yield cell, after <= len(data.numbers) and all(data.numbers[column:after])
        column = after


def _span(cell: TableCell) -> str:
    return f' colspan="{cell.span}"' if cell.span > 1 else ""


def _class(number: bool) -> str:
    return ' class="n"' if number else ""
