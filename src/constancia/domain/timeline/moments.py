"""Known time and days as integers, and what interval of days a fact's date means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from constancia.domain.dates import ImpreciseDate
from constancia.domain.timeline.state import OPEN_PAST

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_MICROS = 86_400_000_000

OPEN_SPAN = 10_000_000
"""Precision of a date with one open side: less than any closed interval."""
UNKNOWN_SPAN = OPEN_SPAN + 1
"""Precision of a wholly unknown date: the least."""


def micros(instant: datetime) -> int:
    """Microseconds since 1970 UTC of an aware instant."""
    since = instant - _EPOCH
    return since.days * _DAY_MICROS + since.seconds * 1_000_000 + since.microseconds


@lru_cache(maxsize=65_536)
def day_known(instant: int, zone: tzinfo) -> int:
    """Ordinal of the day in `zone` on which `instant` (µs) falls."""
    return (_EPOCH + timedelta(microseconds=instant)).astimezone(zone).toordinal()


def bounds(when: ImpreciseDate, known: int, zone: tzinfo) -> tuple[int, int, int, int]:
    """(earliest, latest, reckoning day, span) of a date that was known at `known` (µs).

    What is known has happened: an open future ends on the day it was known, and a wholly unknown
    date means "on or before that day". The reckoning day stays the closed end that the source gives.
    """
    earliest, latest = when.earliest, when.latest
    if latest is not None:
        high = latest.toordinal()
        if earliest is None:
            return OPEN_PAST, high, high, OPEN_SPAN
        low = earliest.toordinal()
        return low, high, (low + high) // 2, high - low + 1
    if earliest is not None:
        low = earliest.toordinal()
        return low, max(low, day_known(known, zone)), low, OPEN_SPAN
    day = day_known(known, zone)
    return OPEN_PAST, day, day, UNKNOWN_SPAN
