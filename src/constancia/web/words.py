"""Numbers, days and instants as people read them, in Spanish and English."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from constancia.domain.dates.words import month_name
from constancia.domain.language import Language

MINUS = "\u2212"
NARROW_SPACE = "\u202f"


def day_in_words(day: date, lang: Language) -> str:
    """24 de febrero de 2026 / 24 February 2026."""
    if lang == "en":
        return f"{day.day} {month_name(day.month, lang)} {day.year}"
    return f"{day.day} de {month_name(day.month, lang)} de {day.year}"


def day_short(day: date, lang: Language) -> str:
    """24 feb. 2026 / 24 Feb 2026, for tables."""
    return f"{day.day} {month_name(day.month, lang, short=True)} {day.year}"


def day_numeric(day: date) -> str:
    """24/02/2026: the notation of the published balances, in both languages."""
    return f"{day:%d/%m/%Y}"


def instant_in_words(instant: datetime, lang: Language, zone: ZoneInfo) -> str:
    """An instant in the organisation's zone, to the minute."""
    local = instant.astimezone(zone)
    return f"{day_in_words(local.date(), lang)}, {local:%H:%M}"


def instant_iso(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def number(value: int, lang: Language) -> str:
    """18.824 / 18,824; four digits stay whole in Spanish, as its academies ask."""
    if lang == "es" and abs(value) < 10_000:
        return str(value).replace("-", MINUS)
    grouped = f"{value:,}".replace("-", MINUS)
    return grouped.replace(",", NARROW_SPACE) if lang == "es" else grouped


def signed(value: int, lang: Language) -> str:
    """+12, −28, 0: a change."""
    return f"+{number(value, lang)}" if value > 0 else number(value, lang)
