"""What stands in cells without being a table of data: boxes beside the text, and large numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from constancia.apps.publishing.outputs.docx.elements import (
    PLAIN,
    Attributes,
    Element,
    Look,
    element,
    paragraph,
    run,
)
from constancia.domain.publishing.blocks import KeyNumber, Run

_IN_A_ROW = 4
_GAP = 284

WriteRuns = Callable[[Sequence[Run], Look], Iterator[Element]]


def box(content: Sequence[Element], style: str, width: int) -> Element:
    """A table of one cell. `width`: twips. `content` ends in a paragraph, as every cell must."""
    return _table(style, [width], [[(width, list(content), None)]])


def key_numbers(items: Sequence[KeyNumber], write: WriteRuns, width: int) -> Iterator[Element]:
    """Rows of up to four, each number over what it counts and its days."""
    for start in range(0, len(items), _IN_A_ROW):
        row = items[start : start + _IN_A_ROW]
        count = _IN_A_ROW if len(items) > _IN_A_ROW else len(row)
        each = (width - _GAP * (count - 1)) // count
        widths: list[int] = []
        cells: list[tuple[int, list[Element], Element | None]] = []
        for place, item in enumerate(row):
            if place:
                widths.append(_GAP)
                cells.append((_GAP, [paragraph("Spacer", [])], None))
            widths.append(each)
            line: Attributes = {"w:val": "single", "w:sz": 12, "w:space": 0, "w:color": "1F4E79"}
            cells.append((each, list(_key_number(item, write)), element("w:top", line)))
        if start:
            yield paragraph("Spacer", [])
        yield _table("TableNormal", widths, [cells])


def _key_number(item: KeyNumber, write: WriteRuns) -> Iterator[Element]:
    yield paragraph("KeyNumber", write((item.number,), PLAIN))
    yield paragraph("KeyLabel", [run(item.label)])
    if item.note:
        yield paragraph("KeyNote", [run(item.note)])


def _table(
    style: str, widths: Sequence[int], rows: Sequence[Sequence[tuple[int, list[Element], Element | None]]]
) -> Element:
    """Cells as (width, content, border above)."""
    properties = element(
        "w:tblPr",
        None,
        element("w:tblStyle", {"w:val": style}),
        element("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblLook", {"w:val": "0000"}),
    )
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": one}) for one in widths))
    made = []
    for row in rows:
        cells = []
        for width, content, line in row:
            said = [element("w:tcW", {"w:w": width, "w:type": "dxa"})]
            if line is not None:
                said.append(element("w:tcBorders", None, line))
            cells.append(element("w:tc", None, element("w:tcPr", None, *said), *content))
        made.append(element("w:tr", None, element("w:trPr", None, element("w:cantSplit")), *cells))
    return element("w:tbl", None, properties, grid, *made)
