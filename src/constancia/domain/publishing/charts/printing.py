"""What charts and cards print in their own way: short days, hours, and other people's texts on one line."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

from constancia.domain.dates.words import month_name
from constancia.domain.language import Language
from constancia.domain.publishing.printing import zone_of


def short_day(value: date, language: Language) -> str:
    """12 ene / 12 Jan, for axes."""
    return f"{value.day} {month_name(value.month, language, short=True)}"


def month_and_year(value: date, language: Language) -> str:
    """ene 2026 / Jan 2026, for axes that are longer than a year."""
    return f"{month_name(value.month, language, short=True)} {value.year}"


def day_of(instant: datetime, zone: str) -> date:
    """The day of an instant in the organisation's zone."""
    return instant.astimezone(zone_of(zone)).date()


def clock(instant: datetime, zone: str) -> str:
    """14:05, in the organisation's zone."""
    return f"{instant.astimezone(zone_of(zone)):%H:%M}"


def clean(text: str) -> str:
    """A text of somebody else's as one line of plain characters.

    Control characters would break the picture's XML, and bidi controls would turn its other labels around:
    both are left out. Runs of blanks become one.
    """
    return " ".join("".join(_plain(char) for char in text).split())


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") else char
