"""The days that a register of people can hold, and small calendar facts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from constancia.domain.errors import DateRefused

FIRST_YEAR = 1800
LAST_YEAR = 2100
"""Years outside these are slips (0000, 0226, 9999), not dates of people in a register."""


def checked_year(year: int) -> int:
    """`year` if a register can hold it; DateRefused `date.year_out_of_range` otherwise."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateRefused("date.year_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)
    return year


def checked_month(month: int) -> int:
    """`month` if it is 1 to 12; DateRefused `date.no_such_month` otherwise."""
    if not 1 <= month <= 12:
        raise DateRefused("date.no_such_month")
    return month


def checked_day(year: int, month: int, day: int) -> date:
    """The day; DateRefused `date.year_out_of_range`, `date.no_such_month` or `date.no_such_day`."""
    checked_year(year)
    checked_month(month)
    if not 1 <= day <= last_of_month(year, month):
        raise DateRefused("date.no_such_day")
    return date(year, month, day)


def last_of_month(year: int, month: int) -> int:
    """Number of the month's last day."""
    return monthrange(year, month)[1]


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """First and last day of the month; `month` may run over 1..12 and then means a neighbouring year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, last_of_month(year, month))
