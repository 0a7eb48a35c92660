"""Numbers, days and instants as they stand in print, in Spanish and English.

Thousands are always set apart ("18.931", "18,931"), so that the columns of a table agree. An instant is
printed in the zone that it carries.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from constancia.domain.dates.words import month_name
from constancia.domain.errors import InputRefused
from constancia.domain.language import Language

MINUS = "−"


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name; InputRefused `edition.zone` where there is none."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        raise InputRefused("edition.zone", zone=name[:60]) from None


def number(value: int, language: Language) -> str:
    """18.931 / 18,931, with a true minus sign."""
    grouped = f"{value:,}".replace("-", MINUS)
    return grouped.replace(",", ".") if language == "es" else grouped


def signed(value: int, language: Language) -> str:
    """+12, −28, 0: a change."""
    return f"+{number(value, language)}" if value > 0 else number(value, language)


def day(value: date, language: Language, *, year: bool = True) -> str:
    """2 de marzo de 2026 / 2 March 2026; without the year 2 de marzo / 2 March."""
    of = " " if language == "en" else " de "
    shown = f"{value.day}{of}{month_name(value.month, language)}"
    return f"{shown}{of}{value.year}" if year else shown


def short_day(value: date, language: Language) -> str:
    """02/03/2026 as Spanish balances have it; in English, where its order is doubtful, 2 March 2026."""
    return day(value, language) if language == "en" else f"{value:%d/%m}/{value.year}"


def instant(value: datetime, language: Language) -> str:
    """2 de marzo de 2026, 23:59 / 2 March 2026, 23:59."""
    return f"{day(value.date(), language)}, {value:%H:%M}"


def listed(items: Sequence[str], language: Language) -> str:
    """ "A, B y C"; before the sound of i the Spanish word is "e"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {_and(items[-1], language)} {items[-1]}"


def capital(text: str) -> str:
    """The text with a capital at its beginning and everything else as it was."""
    return text[:1].upper() + text[1:]


def _and(word: str, language: Language) -> str:
    if language == "en":
        return "and"
    sound = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    vowel = sound.startswith(("i", "hi")) and not sound.startswith(("ia", "ie", "io", "hia", "hie", "hio"))
    return "e" if vowel else "y"
