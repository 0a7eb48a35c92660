"""Days, instants, months and steps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.errors import InputRefused
from constancia.domain.figures.periods import (
    buckets,
    end_of_day,
    instant_of,
    known_instant,
    microseconds,
)

CARACAS = ZoneInfo("America/Caracas")
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def test_a_day_known_means_its_end_in_the_zone():
    assert end_of_day(date(2026, 2, 24), CARACAS) == datetime(2026, 2, 25, 3, 59, 59, 999999, tzinfo=UTC)
    assert known_instant(date(2026, 2, 24), CARACAS) == end_of_day(date(2026, 2, 24), CARACAS)


@pytest.mark.parametrize("zone", ["America/Caracas", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_ends_of_the_calendar_are_days_like_others(zone):
    for day in (date.min, date.max):
        known_instant(day, ZoneInfo(zone)).astimezone(ZoneInfo(zone))
    for instant in (datetime.min, datetime.max):
        for aware in (instant, instant.replace(tzinfo=ZoneInfo(zone))):
            known_instant(aware, ZoneInfo(zone)).astimezone(ZoneInfo(zone))


def test_an_instant_known_is_taken_as_it_is():
    at = datetime(2026, 2, 24, 12, tzinfo=UTC)
    assert known_instant(at, CARACAS) == at
    assert known_instant(datetime(2026, 2, 24, 8), CARACAS) == at


@given(st.datetimes(timezones=st.just(UTC)))
def test_microseconds_lose_nothing(instant):
    assert instant_of(microseconds(instant)) == instant


@given(DAYS, st.integers(0, 500), st.sampled_from(["daily", "weekly", "monthly"]))
def test_steps_follow_one_another_without_gap(first, length, step):
    last = first + timedelta(days=length)
    found = buckets(first, last, step)
    assert (found[0].first, found[-1].last) == (first, last)
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(found))
    if step == "weekly":
        assert all(bucket.last.weekday() == 6 for bucket in found[:-1])


@pytest.mark.parametrize(
    ("first", "last", "step", "code"),
    [
        (date(2026, 1, 2), date(2026, 1, 1), "daily", "figure.period"),
        (date(2026, 1, 1), date(2026, 1, 2), "hourly", "figure.step"),
        (date(1900, 1, 1), date(2026, 1, 2), "daily", "figure.period_long"),
        (date(1, 1, 1), date.max, "daily", "figure.period_long"),
    ],
)
def test_a_series_that_makes_no_sense_is_refused(first, last, step, code):
    with pytest.raises(InputRefused) as refused:
        buckets(first, last, step)
    assert refused.value.code == code


def test_a_series_up_to_the_last_day_of_all_ends():
    assert len(buckets(date(9999, 12, 1), date.max, "weekly")) == 5
