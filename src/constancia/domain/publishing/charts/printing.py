"""Numbers and days as charts and cards print them, in Spanish and English."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

from constancia.domain.dates.words import month_name
from constancia.domain.language import Language

MINUS = "\u2212"


def number(value: int, language: Language) -> str:
    """18.931 / 18,931; a negative one with a true minus."""
    text = f"{abs(value):,}"
    text = text.replace(",", ".") if language == "es" else text
    return f"{MINUS}{text}" if value < 0 else text


def signed(value: int, language: Language) -> str:
    """+12, −28, 0: a change."""
    return f"+{number(value, language)}" if value > 0 else number(value, language)


def day(value: date, language: Language, *, year: bool = True) -> str:
    """2 de marzo de 2026 / 2 March 2026; without the year: 2 de marzo / 2 March."""
    month = month_name(value.month, language)
    if language == "en":
        return f"{value.day} {month} {value.year}" if year else f"{value.day} {month}"
    return f"{value.day} de {month} de {value.year}" if year else f"{value.day} de {month}"


def short_day(value: date, language: Language) -> str:
    """12 ene / 12 Jan, for axes."""
    return f"{value.day} {month_name(value.month, language, short=True)}"


def month_and_year(value: date, language: Language) -> str:
    """ene 2026 / Jan 2026, for axes that are longer than a year."""
    return f"{month_name(value.month, language, short=True)} {value.year}"


def day_of(instant: datetime, zone: str) -> date:
    """The day of an instant in the organisation's zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def clock(instant: datetime, zone: str) -> str:
    """14:05, in the organisation's zone."""
    return f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"


def clean(text: str) -> str:
    """A text of somebody else's as one line of plain characters.

    Control characters would break the picture's XML, and bidi controls would turn its other labels around:
    both are left out. Runs of blanks become one.
    """
    kept = ("" if unicodedata.category(c) in ("Cf", "Cs", "Co", "Cn") else c for c in text)
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in kept).split())
