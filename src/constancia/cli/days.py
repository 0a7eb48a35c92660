"""Days and instants as typed on the command line."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from constancia.domain.dates.limits import FIRST_YEAR, LAST_YEAR
from constancia.domain.errors import InputRefused

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day(text: str, option: str) -> date:
    """A day written YYYY-MM-DD. Raises InputRefused (`cli.day`, `cli.day_far`) naming the option."""
    try:
        if not DAY.fullmatch(text):  # fromisoformat alone would read week dates and digits without hyphens
            raise ValueError
        found = date.fromisoformat(text)
    except ValueError:
        raise InputRefused("cli.day", option=option) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise InputRefused("cli.day_far", option=option, first=FIRST_YEAR, last=LAST_YEAR)
    return found


def instant(text: str, option: str, zone: tzinfo) -> datetime:
    """An instant in UTC: a day means its last moment in `zone`; a time without offset is of `zone`.

    Raises InputRefused (`cli.instant`).
    """
    try:
        if DAY.fullmatch(text):
            return end_of(date.fromisoformat(text), zone)
        given = datetime.fromisoformat(text)
        return (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputRefused("cli.instant", option=option) from None


def end_of(day: date, zone: tzinfo) -> datetime:
    """The last microsecond of `day` in `zone`, in UTC."""
    following = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
    return following.astimezone(UTC) - timedelta(microseconds=1)
