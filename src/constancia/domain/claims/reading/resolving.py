"""Arithmetic of the calendar: which day a name of a day is, reckoned from another."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

AHEAD = 3
"""Days by which a day without a year may lie ahead of the day it is reckoned from."""


def day_of(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_end(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def month_before(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(day: date) -> date:
    """The first day of the month after."""
    return month_end(day) + timedelta(days=1)


def latest(year: int | None, month: int, number: int, today: date | None) -> date | None:
    """The day of that name: of its year, or the last that had come by `today`."""
    if year is not None:
        return day_of(year, month, number)
    if today is None:
        return None
    day = day_of(today.year, month, number)
    if day is not None and day <= today + timedelta(days=AHEAD):
        return day
    return day_of(today.year - 1, month, number)


def latest_number(number: int, today: date) -> date | None:
    """The latest day of that number that had come."""
    day = day_of(today.year, today.month, number)
    if day is not None and day <= today:
        return day
    before = month_before(today)
    return day_of(before.year, before.month, number)


def next_number(number: int, day: date) -> date | None:
    """The first day of that number after a day."""
    if number > day.day:
        return day_of(day.year, day.month, number)
    after = month_after(day)
    return day_of(after.year, after.month, number)


def numbered_weekday(number: int, weekday: int, today: date) -> date | None:
    """The day of that number that is such a weekday, nearest to `today`: "Friday 16"; at most a year back, a
    month ahead. The latest of that number where none is."""
    first = month_after(today)
    near: list[date] = []
    for _ in range(13):
        day = day_of(first.year, first.month, number)
        if day is not None and day.weekday() == weekday:
            near.append(day)
        first = month_before(first)
    return min(near, key=lambda day: abs((day - today).days)) if near else latest_number(number, today)


def back(day: date, count: int, unit: str) -> date:
    """The day `count` days, weeks, months or years before; a month's end where it has fewer days."""
    if unit in ("day", "week"):
        days = count * (7 if unit == "week" else 1)
        return day - timedelta(days=min(days, day.toordinal() - 1))
    months = max(12, day.year * 12 + day.month - 1 - (count if unit == "month" else 12 * count))
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))


def weekend(day: date) -> tuple[date, date]:
    """Saturday and Sunday of the last weekend that had begun."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    return saturday, min(saturday + timedelta(days=1), day)


def part_of_year(year: int, number: int, months: int) -> tuple[date, date] | None:
    """The `number`th stretch of so many months: quarters, halves."""
    if not 1 <= number * months <= 12 or number < 1:
        return None
    return date(year, (number - 1) * months + 1, 1), month_end(date(year, number * months, 1))


def part_of_month(first: date, number: int, days: int) -> tuple[date, date]:
    """The `number`th stretch of so many days of a month; the last, if `number` is 0."""
    last = month_end(first)
    if number == 0:
        return last - timedelta(days=days - 1), last
    start = first + timedelta(days=(number - 1) * days)
    halved = days == 15 and number == 2
    return start, last if halved else min(last, start + timedelta(days=days - 1))
