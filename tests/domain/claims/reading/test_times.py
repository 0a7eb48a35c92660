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
        ("this Monday", "en", "2026-01-26", "2026-01-26", "at"),
        ("last Monday", "en", "2026-01-19", "2026-01-19", "at"),
        ("over the weekend", "en", "2026-01-24", "2026-01-25", "at"),
        ("durante el fin de semana", "es", "2026-01-24", "2026-01-25", "at"),
        ("anoche", "es", "2026-01-25", "2026-01-25", "at"),
        ("overnight", "en", "2026-01-25", "2026-01-26", "at"),
        ("esta madrugada", "es", "2026-01-26", "2026-01-26", "at"),
        ("hasta ayer domingo", "es", "2026-01-25", "2026-01-25", "until"),
        ("hasta las 6 de la tarde de hoy", "es", "2026-01-26", "2026-01-26", "until"),
        ("as of 8 p.m. on Sunday", "en", "2026-01-25", "2026-01-25", "until"),
        ("al cierre de diciembre", "es", "2025-12-01", "2025-12-31", "until"),
        ("by the end of December", "en", "2025-12-01", "2025-12-31", "until"),
        ("so far this month", "en", "2026-01-01", "2026-01-26", "at"),
        ("en lo que va de año", "es", "2026-01-01", "2026-01-26", "at"),
        ("desde 2014", "es", "2014-01-01", "2014-12-31", "since"),
        ("since the law took effect on Jan 19", "en", "2026-01-19", "2026-01-19", "since"),
        (
            "desde la entrada en vigencia de la norma, el 20 de enero",
            "es",
            "2026-01-20",
            "2026-01-20",
            "since",
        ),
        ("from Jan 8 to Jan 20", "en", "2026-01-08", "2026-01-20", "range"),
        ("between November 6 and 12", "en", "2025-11-06", "2025-11-12", "at"),
        ("entre enero y diciembre de 2024", "es", "2024-01-01", "2024-12-31", "range"),
        ("entre el viernes y el domingo", "es", "2026-01-23", "2026-01-25", "range"),
        ("in July", "en", "2025-07-01", "2025-07-31", "at"),
        ("en mayo del año pasado", "es", "2025-05-01", "2025-05-31", "at"),
        ("last month", "en", "2025-12-01", "2025-12-31", "at"),
        ("en las últimas 24 horas", "es", "2026-01-25", "2026-01-26", "at"),
        ("en las últimas 48 horas", "es", "2026-01-24", "2026-01-26", "at"),
        ("durante los últimos 12 meses", "es", "2025-01-27", "2026-01-26", "at"),
        ("for the third day in a row", "en", "2026-01-24", "2026-01-26", "at"),
        ("por segundo día consecutivo", "es", "2026-01-25", "2026-01-26", "at"),
        ("en el tercer trimestre de 2025", "es", "2025-07-01", "2025-09-30", "at"),
        ("in the first half of 2025", "en", "2025-01-01", "2025-06-30", "at"),
        ("en la primera quincena de enero", "es", "2026-01-01", "2026-01-15", "at"),
        ("in the last week of December", "en", "2025-12-25", "2025-12-31", "at"),
        ("between March and July 2025", "en", "2025-03-01", "2025-07-31", "range"),
        ("de noviembre a enero", "es", "2025-11-01", "2026-01-31", "range"),
        ("from January 1 to 8", "en", "2026-01-01", "2026-01-08", "range"),
        ("el viernes 16", "es", "2026-01-16", "2026-01-16", "at"),
        ("con corte al 19 de enero", "es", "2026-01-19", "2026-01-19", "until"),
        ("with a cut-off date of January 19", "en", "2026-01-19", "2026-01-19", "until"),
        ("desde las elecciones del 28 de julio de 2024", "es", "2024-07-28", "2024-07-28", "since"),
        ("en Nochebuena", "es", "2025-12-24", "2025-12-24", "at"),
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


@pytest.mark.parametrize(
    ("text", "language", "last"),
    [
        ("El 11 de enero quedaban 69; un mes antes", "es", "2025-12-11"),
        ("a finales de diciembre había 70, más que el mes anterior", "es", "2025-11-30"),
        ("as of January 16, down from 20 a week earlier", "en", "2026-01-09"),
        ("on January 9 they left; the next morning", "en", "2026-01-10"),
        ("el viernes 16 salieron diez, y ese fin de semana", "es", "2026-01-18"),
        ("in 2021 they were jailed; that year", "en", "2021-12-31"),
        ("el 9 de enero fueron siete, y ese día", "es", "2026-01-09"),
    ],
)
def test_days_told_from_a_day_before_are_reckoned_from_it(text: str, language: Language, last: str) -> None:
    folded = view(text).folded
    found = times(folded, 0, len(folded), lexicon(language), MONDAY)
    assert str(found[-1].last) == last


@pytest.mark.parametrize(
    ("text", "language", "tied"),
    [
        ("la medida anunciada el 8 de enero", "es", "announced"),
        ("the announcement of January 8", "en", "announced"),
        ("la ley del 19 de enero", "es", "law"),
        ("the law, signed on January 19", "en", "law"),
        ("fundada en 2010", "es", "other"),
        ("the coup of 2021", "en", "other"),
        ("45 people arrested on January 3", "en", "arrested"),
        ("el próximo viernes", "es", "ahead"),
        ("they will be out by Friday", "en", "ahead"),
    ],
)
def test_days_of_other_events_are_told_apart(text: str, language: Language, tied: str) -> None:
    folded = view(text).folded
    (one,) = times(folded, 0, len(folded), lexicon(language), MONDAY)
    assert one.tied == tied


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("informó este lunes que salieron nueve", "es"),
        ("anunció el domingo que salieron nueve", "es"),
        ("the group said on Sunday that nine left", "en"),
        ("On Sunday, the commission of relatives said that nine left", "en"),
    ],
)
def test_the_day_of_speech_is_told_apart(text: str, language: Language) -> None:
    folded = view(text).folded
    (one,) = times(folded, 0, len(folded), lexicon(language), MONDAY)
    assert one.told


def test_a_traditional_new_year_is_not_the_first_of_january() -> None:
    folded = view("to mark the traditional new year").folded
    assert times(folded, 0, len(folded), lexicon("en"), date(2026, 4, 20)) == []
