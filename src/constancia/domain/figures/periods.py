"""Days, instants, months and the steps of a series."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from constancia.domain.errors import InputRefused

LONGEST_SERIES = 4_000
"""Points of one series at most: ten years of days."""

_FIRST, _LAST = date(1, 1, 3), date(9999, 12, 29)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Bucket(NamedTuple):
    """One step of a series: days `first`..`last`, both included. A stock is taken on `last`."""

    first: date
    last: date


def microseconds(instant: datetime) -> int:
    """Microseconds since 1970 UTC, exactly. `instant` is aware."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def instant_of(us: int) -> datetime:
    """The aware UTC instant of so many microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=us)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last microsecond of `day` in `zone`, in UTC. The very last days of the calendar end early."""
    following = datetime.combine(min(day, _LAST) + timedelta(days=1), time(0), zone)
    return following.astimezone(UTC) - timedelta(microseconds=1)


def known_instant(known_at: date | datetime, zone: ZoneInfo) -> datetime:
    """The instant T that `known_at` means: itself, or the end of the day in `zone`."""
    if not isinstance(known_at, datetime):
        return end_of_day(known_at, zone)
    if not _FIRST <= known_at.date() <= _LAST:
        return end_of_day(min(max(known_at.date(), _FIRST), _LAST), zone)
    return (known_at if known_at.tzinfo else known_at.replace(tzinfo=zone)).astimezone(UTC)


def buckets(first: date, last: date, step: str) -> list[Bucket]:
    """The steps from `first` to `last`: days, weeks ending on Sunday, calendar months; the ends are cut.

    Raises InputRefused: `figure.step`, `figure.period` (first after last), `figure.period_long`.
    """
    if step not in ("daily", "weekly", "monthly"):
        raise InputRefused("figure.step", step=step[:40])
    if first > last:
        raise InputRefused("figure.period", start=first.isoformat(), end=last.isoformat())
    points = ((last - first).days + 1) // {"daily": 1, "weekly": 7, "monthly": 28}[step]
    if points > LONGEST_SERIES:
        raise InputRefused("figure.period_long", points=points, limit=LONGEST_SERIES)
    found = []
    start, final = first.toordinal(), last.toordinal()
    while start <= final:
        day = date.fromordinal(start)
        if step == "daily":
            end = start
        elif step == "weekly":
            end = start + 6 - day.weekday()
        else:
            end = start + monthrange(day.year, day.month)[1] - day.day
        found.append(Bucket(day, date.fromordinal(min(end, final))))
        start = end + 1
    return found
