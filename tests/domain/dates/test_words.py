"""Dates in words for people: right in both languages, and readable back."""

from __future__ import annotations

import itertools

import pytest

from constancia.domain.dates import edtf
from constancia.domain.dates.reading import read
from constancia.domain.dates.words import Language, in_words
from constancia.domain.errors import DateRefused

SINGLES = [
    "2026-01-08",
    "2024-02-29",
    "2026-01",
    "2026-12",
    "2026",
    "2027",
    "197X",
    "2025-34",
    "2025-38",
    "2025-41",
]
PARTS = [
    "2026-01-01~/2026-01-10~",
    "2026-02-21~/2026-02-28~",
    "2026-02-22~/2026-02-28~",
    "2026-01-08~/2026-01-14~",
    "2026-01-25~/2026-01-31~",
    "1976-05-01/1976-05-15",
    "1976-05-16?/1976-05-31?",
    "2025-05~/2025-08~",
    "1974~/1976~",
    "1977%/1979%",
]


@pytest.mark.parametrize(
    ("text", "spanish", "english"),
    [
        ("", "fecha desconocida", "date unknown"),
        ("2026-01-08", "8 de enero de 2026", "8 January 2026"),
        ("2026-01", "enero de 2026", "January 2026"),
        ("2026", "2026", "2026"),
        ("197X", "década de 1970", "1970s"),
        ("2025-33", "primer trimestre de 2025", "first quarter of 2025"),
        ("2025-41", "segundo semestre de 2025", "second semester of 2025"),
        ("2026-01-01~/2026-01-10~", "principios de enero de 2026", "early January 2026"),
        ("2026-01-11~/2026-01-20~", "mediados de enero de 2026", "mid-January 2026"),
        ("2026-01-21~/2026-01-31~", "finales de enero de 2026", "late January 2026"),
        ("1976-05-01/1976-05-15", "primera quincena de mayo de 1976", "first half of May 1976"),
        ("2026-01-08~/2026-01-14~", "segunda semana de enero de 2026", "second week of January 2026"),
        ("2025-01~/2025-04~", "principios de 2025", "early 2025"),
        ("1970~/1973~", "principios de la década de 1970", "early 1970s"),
        ("2026-01-08/2026-01-10", "entre el 8 y el 10 de enero de 2026", "between 8 and 10 January 2026"),
        ("2026-01/2026-03", "entre enero y marzo de 2026", "between January and March 2026"),
        ("../2026-01-08", "8 de enero de 2026 o antes", "8 January 2026 or before"),
        ("2014/..", "2014 o después", "2014 or after"),
        ("2014~", "hacia 2014", "about 2014"),
        ("2026-01-08~", "hacia el 8 de enero de 2026", "about 8 January 2026"),
        ("2014?", "2014 (dudoso)", "2014 (uncertain)"),
        ("2014%", "hacia 2014 (dudoso)", "about 2014 (uncertain)"),
    ],
)
def test_a_date_is_said_as_people_say_it(text: str, spanish: str, english: str) -> None:
    found = edtf.parse(text)
    assert in_words(found, "es") == spanish
    assert in_words(found, "en") == english


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_is_said_reads_back_to_the_same_interval(language: Language) -> None:
    ends = [s + q for s in SINGLES for q in ("", "~", "?")] + [".."]
    pairs = [f"{a}/{b}" for a, b in itertools.product(ends, repeat=2)]
    said = 0
    for text in ["", *(s + q for s in SINGLES for q in ("", "~", "?", "%")), *PARTS, *pairs]:
        try:
            meant = edtf.parse(text)
        except DateRefused:
            continue
        for declared in (language, None):
            back = read(in_words(meant, language), language=declared)
            assert (back.earliest, back.latest) == (meant.earliest, meant.latest), text
        said += 1
    assert said > 400
