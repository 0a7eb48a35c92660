"""Dates made from days and numbers, when no text has to be read.

Each gives a canonical ImpreciseDate (it goes through `edtf.parse`); `words` is kept as the source's
words. DateRefused where the days cannot be (see `edtf.parse`).
"""

from __future__ import annotations

from datetime import date, timedelta

from constancia.domain.dates import edtf
from constancia.domain.dates.imprecise import ImpreciseDate
from constancia.domain.dates.limits import (
    checked_day,
    checked_month,
    checked_year,
    last_of_month,
)

_DAY = timedelta(days=1)


def day(on: date, words: str = "") -> ImpreciseDate:
    """That day. A datetime counts by its own calendar day."""
    checked_day(on.year, on.month, on.day)
    return edtf.parse(f"{on.year:04d}-{on.month:02d}-{on.day:02d}", words)


def month(y: int, m: int, words: str = "") -> ImpreciseDate:
    """Some day of that month."""
    return edtf.parse(f"{checked_year(y)}-{checked_month(m):02d}", words)


def year(y: int, words: str = "") -> ImpreciseDate:
    """Some day of that year."""
    return edtf.parse(f"{checked_year(y)}", words)


def decade(y: int, words: str = "") -> ImpreciseDate:
    """Some day of the ten years that begin with `y` (1970), or in which `y` lies."""
    return edtf.parse(f"{checked_year(y) // 10}X", words)


def between(a: date, b: date, words: str = "") -> ImpreciseDate:
    """Some day from `a` to `b`, both included. DateRefused `date.interval_reversed` if a > b."""
    return edtf.parse(f"{a:%Y-%m-%d}/{b:%Y-%m-%d}", words)


def before(limit: date, words: str = "") -> ImpreciseDate:
    """Some day before `limit`, which itself is excluded."""
    return on_or_before(limit - _DAY, words)


def after(limit: date, words: str = "") -> ImpreciseDate:
    """Some day after `limit`, which itself is excluded."""
    return on_or_after(limit + _DAY, words)


def on_or_before(limit: date, words: str = "") -> ImpreciseDate:
    """`limit` or some day before it."""
    return edtf.parse(f"../{limit:%Y-%m-%d}", words)


def on_or_after(limit: date, words: str = "") -> ImpreciseDate:
    """`limit` or some day after it."""
    return edtf.parse(f"{limit:%Y-%m-%d}/..", words)


def fortnight(y: int, m: int, which: int, words: str = "") -> ImpreciseDate:
    """The first (days 1-15) or second (16 to the end) *quincena* of a month."""
    first, last = (1, 15) if which == 1 else (16, last_of_month(checked_year(y), checked_month(m)))
    return edtf.parse(f"{y}-{m:02d}-{first:02d}/{y}-{m:02d}-{last:02d}", words)
