from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from constancia.domain.errors import InputRefused
from constancia.domain.publishing import printing
from constancia.domain.publishing.dates_in_words import period, two_dates


def test_thousands_are_set_apart_as_each_language_does() -> None:
    assert printing.number(18931, "es") == "18.931"
    assert printing.number(18931, "en") == "18,931"
    assert printing.number(541, "es") == "541"


def test_a_change_has_its_sign_and_a_true_minus() -> None:
    assert [printing.signed(value, "es") for value in (-1284, 0, 4)] == ["−1.284", "0", "+4"]


def test_days_are_written_out_and_short_ones_are_never_doubtful() -> None:
    day = date(2026, 3, 2)
    assert printing.day(day, "es") == "2 de marzo de 2026"
    assert printing.day(day, "en") == "2 March 2026"
    assert printing.short_day(day, "es") == "02/03/2026"
    assert printing.short_day(day, "en") == "2 March 2026"


def test_a_period_names_its_year_once_where_there_is_one() -> None:
    assert period(date(2026, 3, 2), "es", date(2026, 2, 25)) == "del 25 de febrero al 2 de marzo de 2026"
    spoken = period(date(2026, 1, 2), "en", date(2025, 12, 25))
    assert spoken == "from 25 December 2025 to 2 January 2026"


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [
        (datetime(2026, 3, 3, 3, 59, 59, tzinfo=UTC), "según lo sabido al final de ese día"),
        (datetime(2026, 3, 5, 3, 59, 59, tzinfo=UTC), "según lo sabido al final del 4 de marzo de 2026"),
        (datetime(2026, 3, 2, 16, 5, tzinfo=UTC), "según lo sabido el 2 de marzo de 2026, 12:05"),
    ],
)
def test_the_second_date_is_told_in_the_zone(known_at: datetime, expected: str) -> None:
    spoken = two_dates(date(2026, 3, 2), known_at, "America/Caracas", "es")
    assert spoken == f"al 2 de marzo de 2026, {expected}"


@pytest.mark.parametrize("name", ["Marte/Olimpo", "", "../../etc/passwd", "\x00", "a" * 5000])
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(InputRefused) as refused:
        printing.zone_of(name)
    assert refused.value.code == "edition.zone"


def test_lists_are_joined_with_the_word_that_sounds_well() -> None:
    assert printing.listed(["Zulia"], "es") == "Zulia"
    assert printing.listed(["Zulia", "Lara", "Miranda"], "es") == "Zulia, Lara y Miranda"
    assert printing.listed(["Blancas", "Indígenas"], "es") == "Blancas e Indígenas"
    assert printing.listed(["agua", "hielo"], "es") == "agua y hielo"
    assert printing.listed(["Blancas", "Indígenas"], "en") == "Blancas and Indígenas"
