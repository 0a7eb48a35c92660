"""What two days share is said once, and "that day" is never said of several."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from constancia.domain.publishing.dates_in_words import period, two_dates

KNOWN = datetime(2026, 2, 24, 23, 59, 59, tzinfo=ZoneInfo("America/Caracas"))


@pytest.mark.parametrize(
    ("start", "spanish", "english"),
    [
        (None, "al 24 de febrero de 2026", "on 24 February 2026"),
        (date(2026, 2, 24), "el 24 de febrero de 2026", "on 24 February 2026"),
        (date(2026, 2, 19), "del 19 al 24 de febrero de 2026", "from 19 to 24 February 2026"),
        (date(2026, 1, 8), "del 8 de enero al 24 de febrero de 2026", "from 8 January to 24 February 2026"),
        (
            date(2025, 2, 19),
            "del 19 de febrero de 2025 al 24 de febrero de 2026",
            "from 19 February 2025 to 24 February 2026",
        ),
    ],
)
def test_a_period_says_once_what_its_days_share(start: date | None, spanish: str, english: str) -> None:
    assert period(date(2026, 2, 24), "es", start) == spanish
    assert period(date(2026, 2, 24), "en", start) == english


def test_a_period_is_known_at_the_end_of_its_last_day() -> None:
    found = two_dates(date(2026, 2, 24), KNOWN, "America/Caracas", "es", date(2026, 2, 19))
    assert found == "del 19 al 24 de febrero de 2026, según lo sabido al final del último día"
    one = two_dates(date(2026, 2, 24), KNOWN, "America/Caracas", "es", date(2026, 2, 24))
    assert one == "el 24 de febrero de 2026, según lo sabido al final de ese día"
