"""Imprecise dates of the demonstration, built directly: the scenario never has to read any."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from constancia.domain.dates import ImpreciseDate
from constancia.domain.dates.words import month_name


def on(day: date) -> ImpreciseDate:
    """That very day, in the words a relative would write."""
    return ImpreciseDate(day.isoformat(), day, day, f"{day.day} de {month_name(day.month)} de {day.year}")


def in_month(day: date) -> ImpreciseDate:
    """Some day of the month of `day`."""
    last = calendar.monthrange(day.year, day.month)[1]
    return ImpreciseDate(
        f"{day.year:04}-{day.month:02}",
        day.replace(day=1),
        day.replace(day=last),
        f"{month_name(day.month)} de {day.year}",
    )


def around(day: date, margin: int) -> ImpreciseDate:
    """From `margin` days before `day` to as many after; `day` is its reckoning day."""
    first, last = day - timedelta(days=margin), day + timedelta(days=margin)
    words = f"entre el {first.day} de {month_name(first.month)} y el {last.day} de {month_name(last.month)}"
    return ImpreciseDate(f"{first.isoformat()}/{last.isoformat()}", first, last, words)
