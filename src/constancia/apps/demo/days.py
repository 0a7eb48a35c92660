"""Imprecise dates of the demonstration, built directly: the scenario never has to read any."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from constancia.domain.dates import ImpreciseDate

_MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]


def on(day: date) -> ImpreciseDate:
    """That very day, in the words a relative would write."""
    return ImpreciseDate(day.isoformat(), day, day, f"{day.day} de {_MONTHS[day.month - 1]} de {day.year}")


def in_month(day: date) -> ImpreciseDate:
    """Some day of the month of `day`."""
    last = calendar.monthrange(day.year, day.month)[1]
    return ImpreciseDate(
        f"{day.year:04}-{day.month:02}",
        day.replace(day=1),
        day.replace(day=last),
        f"{_MONTHS[day.month - 1]} de {day.year}",
    )


def around(day: date, margin: int) -> ImpreciseDate:
    """From `margin` days before `day` to as many after; `day` is its reckoning day."""
    first, last = day - timedelta(days=margin), day + timedelta(days=margin)
    words = f"entre el {first.day} de {_MONTHS[first.month - 1]} y el {last.day} de {_MONTHS[last.month - 1]}"
    return ImpreciseDate(f"{first.isoformat()}/{last.isoformat()}", first, last, words)
