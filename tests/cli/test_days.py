"""Days and instants on the command line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from constancia.cli import days
from constancia.domain.errors import InputRefused

CARACAS = ZoneInfo("America/Caracas")


def test_a_day_is_written_whole() -> None:
    assert days.day("2026-01-08", "--as-of") == date(2026, 1, 8)


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "08/01/2026", "20260108", "2026-W02-4", "ayer", "9" * 400]
)
def test_any_other_writing_is_refused_by_the_options_name(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        days.day(text, "--as-of")
    assert (refused.value.code, refused.value.params) == ("cli.day", {"option": "--as-of"})


def test_a_day_given_as_instant_means_its_end_in_the_organisations_zone() -> None:
    end = days.instant("2026-01-08", "--known-at", CARACAS)
    assert end == datetime(2026, 1, 9, 3, 59, 59, 999999, tzinfo=UTC)


def test_a_time_without_offset_is_of_the_organisations_zone() -> None:
    assert days.instant("2026-01-08T18:30", "--known-at", CARACAS) == datetime(2026, 1, 8, 22, 30, tzinfo=UTC)
    assert days.instant("2026-01-08T18:30Z", "--known-at", CARACAS) == datetime(
        2026, 1, 8, 18, 30, tzinfo=UTC
    )


@pytest.mark.parametrize("text", ["nunca", "2026-13-01", "9999-12-31T23:59:59-12:00", "2026-02-30"])
def test_an_instant_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match=r"cli\.instant"):
        days.instant(text, "--known-at", CARACAS)
