"""Dates written in figures alone: day/month/year in a declared order, ISO, and Excel serial numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from constancia.domain.dates import build, edtf
from constancia.domain.dates.imprecise import ImpreciseDate
from constancia.domain.dates.limits import FIRST_YEAR, LAST_YEAR, checked_day
from constancia.domain.errors import DateRefused

Order = Literal["dmy", "mdy", "ymd"]
ExcelEpoch = Literal[1900, 1904]

_ASCII = re.ASCII
_YEAR_FIRST = re.compile(r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})", _ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})", _ASCII)
_SHORT = re.compile(r"\d{1,2}\s*([-/.])\s*\d{1,2}\s*\1\s*'?\d{2}", _ASCII)
_NO_YEAR = re.compile(r"\d{1,2}\s*[-/]\s*\d{1,2}", _ASCII)
_MONTH_YEAR = re.compile(r"(?:(\d{1,2})\s*[-/]\s*(\d{4})|(\d{4})\s*/\s*(\d{1,2}))", _ASCII)
_NUMBER = re.compile(r"(\d{1,9})(?:[.,](\d{1,16}))?", _ASCII)
_ISO_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)", _ASCII)

_FEBRUARY_29_1900 = 60
"""Serial of a day that Excel's 1900 calendar has and history has not."""


def read_figures(text: str, order: Order | None) -> ImpreciseDate | None:
    """The date in `text` if it is figures and separators; None if it has another shape.

    A year in front is always year, month, day. A year at the end needs `order` (`dmy` or `mdy`), even
    where only one order gives a day: the order is a property of the file, and a slip must not change it.
    """
    if found := _YEAR_FIRST.fullmatch(text):
        return build.day(checked_day(int(found[1]), int(found[3]), int(found[4])))
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if order is None:
            raise DateRefused("date.order_undeclared")
        if order == "ymd":
            raise DateRefused("date.order_other")
        day, month = (first, second) if order == "dmy" else (second, first)
        return build.day(checked_day(year, month, day))
    if _SHORT.fullmatch(text):
        raise DateRefused("date.two_digit_year")
    if found := _MONTH_YEAR.fullmatch(text):
        return build.month(int(found[2] or found[3]), int(found[1] or found[4]))
    if _NO_YEAR.fullmatch(text):
        raise DateRefused("date.year_missing")
    return None


def read_number(text: str, epoch: ExcelEpoch | None) -> ImpreciseDate | None:
    """The date in `text` if it is one number: a year, ISO `YYYYMMDD`, or a serial; None otherwise.

    With an epoch declared, a number that could be a year (1800 to 2100) is refused: as a serial it would
    be a day around 1905, and nothing tells which was meant.
    """
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    whole, fraction = found[1], found[2] or ""
    if basic := (not fraction and _ISO_BASIC.fullmatch(whole)):
        return build.day(checked_day(int(basic[1]), int(basic[2]), int(basic[3])))
    is_whole = not fraction.strip("0")
    if epoch is not None:
        if is_whole and FIRST_YEAR <= int(whole) <= LAST_YEAR:
            raise DateRefused("date.serial_or_year")
        return build.day(serial_day(int(whole), epoch))
    if len(whole) == 4 and (not fraction or fraction == "0"):
        return edtf.parse(whole)
    if len(whole) == 5:
        raise DateRefused("date.serial_undeclared")
    raise DateRefused("date.two_digit_year" if len(whole) == 2 and not fraction else "date.unreadable")


def serial_day(serial: int, epoch: ExcelEpoch) -> date:
    """The day of an Excel serial number (its fraction, the time of day, cut off).

    1900 calendar: 1 is 1 January 1900 and 60 a 29 February that never was (refused,
    `date.no_such_day`). 1904 calendar: 0 is 1 January 1904. Below them there is only a time
    (`date.serial_time_only`); beyond the year limit `date.year_out_of_range`.
    """
    if epoch == 1900:
        if serial < 1:
            raise DateRefused("date.serial_time_only")
        if serial == _FEBRUARY_29_1900:
            raise DateRefused("date.no_such_day")
        start = date(1899, 12, 31) if serial < _FEBRUARY_29_1900 else date(1899, 12, 30)
    else:
        if serial < 1:
            raise DateRefused("date.serial_time_only")
        start = date(1904, 1, 1)
    if serial > (date(LAST_YEAR, 12, 31) - start).days:
        raise DateRefused("date.year_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)
    return start + timedelta(days=serial)
