from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from constancia.web import words


def test_days_are_written_as_people_write_them() -> None:
    day = date(2026, 2, 24)
    assert words.day_in_words(day, "es") == "24 de febrero de 2026"
    assert words.day_in_words(day, "en") == "24 February 2026"
    assert words.day_numeric(day) == "24/02/2026"


def test_an_instant_is_told_in_the_organisations_zone() -> None:
    late = datetime(2026, 2, 25, 2, 30, tzinfo=UTC)
    assert words.instant_in_words(late, "es", ZoneInfo("America/Caracas")) == "24 de febrero de 2026, 22:30"


def test_four_digits_stay_whole_in_spanish_and_five_do_not() -> None:
    assert words.number(1284, "es") == "1284"
    assert words.number(18824, "es") == "18\u202f824"
    assert words.number(1284, "en") == "1,284"


def test_a_change_bears_its_sign_and_a_real_minus() -> None:
    assert [words.signed(n, "es") for n in (12, -28, 0)] == ["+12", "\u221228", "0"]
