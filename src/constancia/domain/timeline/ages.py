"""From when somebody is an adult, as far as births, ages and groups are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from constancia.domain.dates import ImpreciseDate, edtf
from constancia.domain.errors import DateRefused
from constancia.domain.timeline.state import AGE_UNKNOWN
from constancia.domain.timeline.weighed import Weighed
from constancia.domain.vocabulary.terms import Group

ADULT_AT = 18
_FEBRUARY, _LEAP_DAY = 2, 29
_ADOLESCENT_AGES = (14, 17)
"""Ages that "adolescent" means to those who count them (Foro Penal's balances: 14 to 17)."""


@lru_cache(maxsize=65_536)
def born_between(born: str) -> ImpreciseDate | None:
    """A birth date written in EDTF; None where it cannot be read."""
    try:
        return edtf.parse(born)
    except DateRefused:  # kept as written from before the rules changed: not known, rather than wrong
        return None


def born_on(born: str) -> int | None:
    """Reckoning day (ordinal) of a birth date in EDTF; None where it cannot be told."""
    when = born_between(born)
    day = when.day if when is not None else None
    return None if day is None else day.toordinal()


@lru_cache(maxsize=65_536)
def birthday(day: int, years: int) -> int:
    """Ordinal of the day `years` after (or before, if negative) `day`; 29 February goes to 1 March."""
    start = date.fromordinal(day)
    year = min(max(start.year + years, 1), 9999)
    try:
        return start.replace(year=year).toordinal()
    except ValueError:
        return date(year, _FEBRUARY + 1, 1).toordinal()


@lru_cache(maxsize=65_536)
def born_given_ages(on: int, least: int, most: int) -> int:
    """Reckoning birth day of somebody aged `least` to `most` full years on the day `on`."""
    return (birthday(on, -most - 1) + 1 + birthday(on, -least)) // 2


def born_when_aged(years: int, first: int, last: int) -> tuple[int, int]:
    """Between which days (ordinals) somebody was born who was `years` old on a day from `first` to `last`."""
    return birthday(first, -years - 1) + 1, birthday(last, -years)


def adult_from(
    births: Sequence[Weighed], ages: Sequence[tuple[Weighed, int]], groups: str, entry_day: int
) -> int:
    """`StateVersion.adult_from` for a detention that began on `entry_day`.

    `births` and `ages` best first; each age with the day it was the person's age on. A birth date says
    more than an age, an age more than belonging to the group of adolescents.
    """
    born = next((day for fact in births if (day := born_on(fact.fields["born"])) is not None), None)
    if born is None and ages:
        fact, on = ages[0]
        born = born_given_ages(on, fact.fields["years"], fact.fields["years"])
    if born is None and Group.ADOLESCENT.value in groups.split():
        born = born_given_ages(entry_day, *_ADOLESCENT_AGES)
    if born is None:
        return AGE_UNKNOWN
    adult = birthday(born, ADULT_AT)
    return adult if adult > entry_day else 0
