"""Reading lists of names as they come: pasted, in documents, in spreadsheets.

A line is one person unless it plainly names several; what cannot be decided stays one entry with a note.
What is no person is left out by line and reason. Nothing written is dropped: what cannot be compared is kept
as a remark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from constancia.domain.dates.numeric import Order
from constancia.domain.mapping.cells import Row
from constancia.domain.matching.reading.columns import FIELDS
from constancia.domain.matching.reading.lines import read_pages
from constancia.domain.matching.reading.listing import listed
from constancia.domain.matching.reading.person import Options
from constancia.domain.matching.reading.shapes import MAX_ENTRIES, MAX_LINE, ListEntry, ReadList, Skipped
from constancia.domain.matching.reading.tables import read_rows

__all__ = [
    "FIELDS",
    "MAX_ENTRIES",
    "MAX_LINE",
    "ListEntry",
    "ReadList",
    "Skipped",
    "read_sheets",
    "read_text",
]


def read_text(
    pages: Sequence[str],
    *,
    paged: bool = False,
    columns: Mapping[str, str] | None = None,
    day: date | None = None,
    order: Order = "dmy",
    notes: Sequence[str] = (),
    digest: str = "",
) -> ReadList:
    """The list that a text is; `paged`: its parts are pages, and lines count from 1 on each.

    `columns`: field (one of FIELDS) → heading of the column it stands in, for tables within the text.
    `day`: of the list; without it ages say nothing. `order`: of dates in figures, declared by the caller.
    Raises InputRefused `list.empty`, `list.no_people`, `list.too_many`, `list.columns_several`,
    `list.column_missing`.
    """
    found = read_pages(pages, paged=paged, columns=columns or {}, options=Options(day, order))
    return listed([found], notes=notes, digest=digest)


def read_sheets(
    sheets: Iterable[tuple[str, Iterable[Row]]],
    *,
    columns: Mapping[str, str] | None = None,
    day: date | None = None,
    order: Order = "dmy",
    notes: Sequence[str] = (),
    digest: str = "",
) -> ReadList:
    """The list that the sheets (name, rows) are. Parameters and refusals as for `read_text`; a column may be
    declared by its letter, as "@C"."""
    options = Options(day, order)
    found = [read_rows(rows, sheet=name, columns=columns or {}, options=options) for name, rows in sheets]
    return listed(found, notes=notes, digest=digest)
