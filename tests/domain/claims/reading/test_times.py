"""Days and periods that a text names, by the day of its publication."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.claims.reading.lexicon import lexicon
from constancia.domain.claims.reading.times import times
from constancia.domain.claims.reading.view import view
from constancia.domain.language import Language

MONDAY = date(2026, 1, 26)


@pytest.mark.parametrize(
    ("text", "language", "first", "last", "relation"),
    [
        ("este domingo 25 de enero", "es", "2026-01-25", "2026-01-25", "at"),
        ("desde el 24 de diciembre de 2025 al 24 de enero", "es", "2025-12-24", "2026-01-24", "range"),
        ("entre el 1 de septiembre y el 31 de octubre de 2023", "es", "2023-09-01", "2023-10-31", "range"),
        ("desde diciembre", "es", "2025-12-01", "2025-12-31", "since"),
        ("hace cuatro días", "es", "2026-01-22", "2026-01-22", "at"),
        ("hasta la mañana del martes", "es", "2026-01-20", "2026-01-20", "until"),
        ("al 05/01/2026", "es", "2026-01-05", "2026-01-05", "until"),
        ("a finales de 2024", "es", "2024-12-31", "2024-12-31", "until"),
        ("la semana pasada", "es", "2026-01-19", "2026-01-26", "at"),
        ("salieron el 24 y 31 de diciembre", "es", "2025-12-24", "2025-12-31", "at"),
        ("between January 8 and January 20", "en", "2026-01-08", "2026-01-20", "range"),
        ("since Jan 8", "en", "2026-01-08", "2026-01-08", "since"),
        ("as of December 30", "en", "2025-12-30", "2025-12-30", "until"),
        ("before Jan 25", "en", "2026-01-24", "2026-01-24", "until"),
        ("on Sunday", "en", "2026-01-25", "2026-01-25", "at"),
        ("on New Year's Eve", "en", "2025-12-31", "2025-12-31", "at"),
    ],
)
def test_words_for_days_are_resolved(
    text: str, language: Language, first: str, last: str, relation: str
) -> None:
    folded = view(text).folded
    (one,) = times(folded, 0, len(folded), lexicon(language), MONDAY)
    assert (str(one.first), str(one.last), one.relation) == (first, last, relation)


def test_without_a_day_of_publication_only_full_dates_are_resolved() -> None:
    folded = view("el martes, y el 3 de mayo, y el 4 de mayo de 2021").folded
    found = times(folded, 0, len(folded), lexicon("es"), None)
    assert [one.last for one in found] == [None, None, date(2021, 5, 4)]
