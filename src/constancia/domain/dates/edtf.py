"""EDTF (ISO 8601-2, Library of Congress levels 0 to 2) in and out, as far as a register needs it.

A fact of the register happens on one day; its date says which days that one can be. So every text
here means "one day of these", and the texts that differ only in how they say so share one canonical
form:

    2026-01-08              a day (a time of day after it is dropped)
    2026-01   2026   197X   a month, a year, a decade; 19XX is read as 1900/1999
    2026-01-XX  2026-XX     the same as 2026-01 and 2026: the day, the month is not known
    2025-33 … 36            quarters; 37 … 39 four-month periods; 40, 41 semesters (level 2)
    a/b   ../b   a/..       some day from a to b; until b; from a on. `[a..b]`, `[..b]`, `[a..]`,
                            `/b` and `a/` are read as these
    2014~  2014?  2014%     about; doubtful; both

`~` widens a date that stands alone: a day by 3 days either side, a month by one month, a year by one
year, a decade by 5 years, a part of a year by one month. `?` says that the source may be wrong, which
is a matter of grade, and widens nothing. At an end of an interval `~` is kept and widens nothing
either, for the ends are the bounds that somebody gave. Parts of a month and of a year are such
intervals with approximate ends:

    2026-01-01~/2026-01-10~   early January (11~ to 20~: the middle; 21~ to the last day~: late)
    2026-01-08~/2026-01-14~   the second week (days 1-7, 8-14, 15-21, 22-28; the last seven days)
    2026-01-01/2026-01-15     the first fortnight, whose ends are not approximate
    2025-01~/2025-04~         early 2025 (05~ to 08~; 09~ to 12~)
    1970~/1973~               early 1970s (1974~ to 1976~; 1977~ to 1979~)

Every refusal is a DateRefused. Valid EDTF that says what a register cannot count (seasons, sets of
several days, `2026-XX-08`, years beyond four digits) is refused as `date.edtf_unsupported`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from constancia.domain.dates.imprecise import UNKNOWN, ImpreciseDate
from constancia.domain.dates.limits import (
    checked_day,
    checked_month,
    checked_year,
    month_bounds,
)
from constancia.domain.errors import DateRefused

MAX_CHARACTERS = 80
"""The longest canonical text is a third of this."""

PARTS_OF_YEAR: dict[int, tuple[int, int]] = {
    33: (1, 3),
    34: (4, 6),
    35: (7, 9),
    36: (10, 12),
    37: (1, 4),
    38: (5, 8),
    39: (9, 12),
    40: (1, 6),
    41: (7, 12),
}
"""ISO 8601-2 sub-year groupings that are whole months: code → first and last month."""
SEASONS = range(21, 33)

_SINGLE = re.compile(r"(\d\d(?:XX|\dX|\d\d))(?:-(XX|\d\d))?(?:-(XX|\d\d))?([~?%]?)")
_HUNDRED_YEARS = re.compile(r"(\d\d)XX([?]?)")
_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(Z|[+-]\d\d(?::?\d\d)?)?")
_LOOKS_LIKE_EDTF = re.compile(r"[-0-9XYESTZ~?%./:+\[\]{},]+")


def parse(text: str, words: str = "") -> ImpreciseDate:
    """The date that an EDTF text means; `words` is what the source wrote, kept beside it.

    "" is UNKNOWN. Raises DateRefused: `date.unreadable` (not EDTF), `date.edtf_unsupported`,
    `date.no_such_day`, `date.no_such_month`, `date.year_out_of_range`, `date.interval_reversed`,
    `date.utc_time`.
    """
    if len(text) == 10 and text[4] == "-" and text[7] == "-":
        try:
            day = date.fromisoformat(text)
        except ValueError:
            pass
        else:
            checked_year(day.year)
            return ImpreciseDate(text, day, day, words)
    text = text.strip()
    if not text:
        return ImpreciseDate("", None, None, words) if words else UNKNOWN
    if len(text) > MAX_CHARACTERS or not _LOOKS_LIKE_EDTF.fullmatch(text):
        raise DateRefused("date.unreadable")
    if text[0] in "[{":
        text = _as_interval(text)
    if found := _HUNDRED_YEARS.fullmatch(text):
        text = f"{found[1]}00{found[2]}/{found[1]}99{found[2]}"
    if "/" in text:
        return _interval(text, words)
    if "T" in text:
        text = without_time(text)
    canonical, earliest, latest = _single(text, widen=True)
    return ImpreciseDate(canonical, earliest, latest, words)


def without_time(text: str) -> str:
    """The day of `YYYY-MM-DDThh:mm[:ss]`, as written.

    A time in UTC (`Z`, `+00:00`) other than midnight is refused (`date.utc_time`): which day it was
    where the person stood cannot be told from it. Midnight is how databases write a bare day.
    """
    day, _, clock = text.partition("T")
    found = _TIME.fullmatch(clock)
    if len(day) != 10 or not found or int(found[1]) > 24 or int(found[2]) > 59 or int(found[3] or 0) > 60:
        raise DateRefused("date.unreadable")
    in_utc = found[4] is not None and not found[4].strip("Z+-0:")
    if in_utc and (int(found[1]), int(found[2]), int(found[3] or 0)) != (0, 0, 0):
        raise DateRefused("date.utc_time")
    return day


def _as_interval(text: str) -> str:
    """`[a..b]`, `[..b]`, `[a..]` as an interval; other sets cannot be counted."""
    inner = text[1:-1]
    if text[0] != "[" or text[-1] != "]" or "," in inner or inner.count("..") != 1 or "/" in inner:
        raise DateRefused("date.edtf_unsupported")
    start, _, end = inner.partition("..")
    return f"{start or '..'}/{end or '..'}"


def _interval(text: str, words: str) -> ImpreciseDate:
    if text.count("/") != 1:
        raise DateRefused("date.unreadable")
    start, _, end = text.partition("/")
    start, end = start or "..", end or ".."
    if start == end == "..":
        if text == "/":
            raise DateRefused("date.unreadable")
        return ImpreciseDate("", None, None, words)
    earliest = latest = None
    if start != "..":
        start, earliest, _ = _single(without_time(start) if "T" in start else start, widen=False)
    if end != "..":
        end, _, latest = _single(without_time(end) if "T" in end else end, widen=False)
    if earliest is not None and latest is not None:
        if earliest > latest:
            raise DateRefused("date.interval_reversed")
        if start.rstrip("~?%") == end.rstrip("~?%"):  # one date, with bounds that say so
            doubt = "?" if any(c in start + end for c in "?%") else ""
            return ImpreciseDate(start.rstrip("~?%") + doubt, earliest, latest, words)
    return ImpreciseDate(f"{start}/{end}", earliest, latest, words)


def _single(text: str, *, widen: bool) -> tuple[str, date, date]:
    """Canonical text and bounds of one date; `widen`: whether `~` and `%` move the bounds."""
    found = _SINGLE.fullmatch(text)
    if not found:
        raise DateRefused("date.edtf_unsupported" if text[:1] in "Y-[{" else "date.unreadable")
    digits, month_text, day_text, qualifier = found.groups()
    about = widen and qualifier in ("~", "%")
    if "X" in digits:
        if month_text not in (None, "XX") or day_text not in (None, "XX") or digits.endswith("XX"):
            raise DateRefused("date.edtf_unsupported")
        first, pad = checked_year(int(digits[:3]) * 10), 5 if about else 0
        return digits + qualifier, date(first - pad, 1, 1), date(first + 9 + pad, 12, 31)
    year = checked_year(int(digits))
    if month_text in (None, "XX"):
        if day_text not in (None, "XX"):
            raise DateRefused("date.edtf_unsupported")
        pad = 1 if about else 0
        return digits + qualifier, date(year - pad, 1, 1), date(year + pad, 12, 31)
    month = int(month_text)
    if day_text is None and month > 12:
        return (f"{digits}-{month_text}{qualifier}", *_part_of_year(year, month, about))
    checked_month(month)
    if day_text in (None, "XX"):
        pad = 1 if about else 0
        earliest, latest = month_bounds(year, month - pad)[0], month_bounds(year, month + pad)[1]
        return f"{digits}-{month_text}{qualifier}", earliest, latest
    day = checked_day(year, month, int(day_text))
    margin = timedelta(days=3 if about else 0)
    return f"{digits}-{month_text}-{day_text}{qualifier}", day - margin, day + margin


def _part_of_year(year: int, code: int, about: bool) -> tuple[date, date]:
    """Bounds of a quarter, four-month period or semester by its ISO 8601-2 code."""
    if code in SEASONS:
        raise DateRefused("date.edtf_unsupported")
    if code not in PARTS_OF_YEAR:
        raise DateRefused("date.no_such_month")
    first, last = PARTS_OF_YEAR[code]
    pad = 1 if about else 0
    return month_bounds(year, first - pad)[0], month_bounds(year, last + pad)[1]
