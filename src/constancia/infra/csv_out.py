"""CSV for spreadsheets: comma, quotes where needed, and no cell that could be taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Beginnings that some spreadsheet takes for a formula; the last four are the full-width twins."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it the commonest spreadsheet reads accents wrongly."""


class _Echo:
    def write(self, text: str) -> str:
        return text


def safe(value: object) -> object:
    """Text that begins like a formula gets an apostrophe in front; NUL goes. Numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    text = str(value)
    text = "'" + text if text.startswith(DANGEROUS) else text
    return text.replace("\x00", "")


def lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The rows as lines of CSV, one by one, so that a long list needs no memory."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([safe(value) for value in row])
