"""Dates as sources write them: read where there is one reading, refused with the reason elsewhere."""

from __future__ import annotations

import string
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.catalogue import explain, sentences
from constancia.domain.dates import reading
from constancia.domain.dates.english import ENGLISH
from constancia.domain.dates.numeric import serial_day
from constancia.domain.dates.reading import read
from constancia.domain.dates.spanish import SPANISH
from constancia.domain.errors import DateRefused
from tests.support.effort import examples

READ = [
    # days
    ("8 de enero de 2026", "2026-01-08"),
    ("8 de enero del 2026", "2026-01-08"),
    ("08 ENERO 2026", "2026-01-08"),
    ("  8  de   enero de 2026. ", "2026-01-08"),
    ("8 de enero de 2.026", "2026-01-08"),
    ("8-ene-2026", "2026-01-08"),
    ("8/enero/2026", "2026-01-08"),
    ("8 ene. 2026", "2026-01-08"),
    ("1º de mayo de 1976", "1976-05-01"),
    ("1° de mayo de 1976", "1976-05-01"),
    ("primero de mayo de 1976", "1976-05-01"),
    ("29 de setiembre de 2024", "2024-09-29"),
    ("miércoles 7 de enero de 2026", "2026-01-07"),
    ("MIERCOLES, 7 de enero de 2026", "2026-01-07"),
    ("July 23rd, 2014", "2014-07-23"),
    ("October 5 2012", "2012-10-05"),
    ("March 07, 2014", "2014-03-07"),
    ("22 November 2013", "2013-11-22"),
    ("2014 August 2", "2014-08-02"),
    ("Thursday, January 8, 2026", "2026-01-08"),
    ("the 8th of January 2026", "2026-01-08"),
    ("1 April 2 013", "2013-04-01"),
    ("5 October 20 12", "2012-10-05"),
    ("8 de enero de 2026 a las 14:30", "2026-01-08"),
    ("8 de enero de 2026, 2:30 p.m.", "2026-01-08"),
    # months, years, decades
    ("enero 2026", "2026-01"),
    ("Enero, 2026", "2026-01"),
    ("enero de 2026", "2026-01"),
    ("01/2026", "2026-01"),
    ("1-2026", "2026-01"),
    ("2026/01", "2026-01"),
    ("Jan. 2014", "2014-01"),
    ("2014", "2014"),
    ("año 2014", "2014"),
    ("década de 1970", "197X"),
    ("años 1970", "197X"),
    ("the 1970s", "197X"),
    # parts
    ("principios de enero de 2026", "2026-01-01~/2026-01-10~"),
    ("a mediados de enero del 2026", "2026-01-11~/2026-01-20~"),
    ("finales de febrero de 2024", "2024-02-21~/2024-02-29~"),
    ("early January 2026", "2026-01-01~/2026-01-10~"),
    ("mid-January 2026", "2026-01-11~/2026-01-20~"),
    ("end of January 2026", "2026-01-21~/2026-01-31~"),
    ("hacia finales de 2025", "2025-09~/2025-12~"),
    ("principios de la década de 1970", "1970~/1973~"),
    ("1ra quincena de mayo de 1976", "1976-05-01/1976-05-15"),
    ("1era. quincena de mayo de 1976", "1976-05-01/1976-05-15"),
    ("2da Quincena Mayo 1976", "1976-05-16/1976-05-31"),
    ("segunda quincena de febrero de 2024", "2024-02-16/2024-02-29"),
    ("first half of May 1976", "1976-05-01/1976-05-15"),
    ("primera semana de enero de 2026", "2026-01-01~/2026-01-07~"),
    ("última semana de mayo de 1976", "1976-05-25~/1976-05-31~"),
    ("primer trimestre de 2025", "2025-33"),
    ("III trimestre 2025", "2025-35"),
    ("Q1 2025", "2025-33"),
    ("2025-Q4", "2025-36"),
    ("primer cuatrimestre de 2025", "2025-37"),
    ("primer semestre de 2025", "2025-40"),
    ("second half of 2025", "2025-41"),
    # between, before, after, about
    ("entre el 8 y el 10 de enero de 2026", "2026-01-08/2026-01-10"),
    ("between January 8 and 10, 2026", "2026-01-08/2026-01-10"),
    ("Between January 8 and February 20, 2026", "2026-01-08/2026-02-20"),
    ("del 8 al 10 de enero de 2026", "2026-01-08/2026-01-10"),
    ("8-10 enero 2026", "2026-01-08/2026-01-10"),
    ("January 8–10, 2026", "2026-01-08/2026-01-10"),
    ("enero-marzo 2026", "2026-01/2026-03"),
    ("2013-2014", "2013/2014"),
    ("entre el 30 de diciembre de 2025 y el 5 de enero de 2026", "2025-12-30/2026-01-05"),
    ("desde el 8 de enero hasta el 10 de marzo de 2026", "2026-01-08/2026-03-10"),
    ("entre principios y mediados de enero de 2026", "2026-01-01~/2026-01-20~"),
    ("8 o 9 de enero de 2026", "2026-01-08/2026-01-09"),
    ("antes del 8 de enero de 2026", "../2026-01-07"),
    ("before January 8, 2026", "../2026-01-07"),
    ("antes de 2014", "../2013-12-31"),
    ("after January 2014", "2014-02-01/.."),
    ("desde el 8 de enero de 2026", "2026-01-08/.."),
    ("a partir de marzo de 2014", "2014-03/.."),
    ("since 2014", "2014/.."),
    ("hasta el 8 de enero de 2026", "../2026-01-08"),
    ("a más tardar el 8 de enero de 2026", "../2026-01-08"),
    ("on or before 8 January 2026", "../2026-01-08"),
    ("8 January 2026 or later", "2026-01-08/.."),
    ("aproximadamente el 8 de enero de 2026", "2026-01-08~"),
    ("circa 2014", "2014~"),
    ("c. 2014", "2014~"),
    ("hacia 2014", "2014~"),
    ("enero 2026 (aprox.)", "2026-01~"),
    ("about January 2014", "2014-01~"),
    ("enero 2026 (?)", "2026-01?"),
    ("probablemente enero de 2026", "2026-01?"),
    ("desde hacia 2014", "2013-01-01~/.."),
    ("hasta alrededor del 8 de enero de 2026", "../2026-01-11~"),
    ("después de aproximadamente el 8 de enero de 2026", "2026-01-06/.."),
    ("before about 8 January 2026", "../2026-01-10"),
    ("entre el 8 y el 2026-01-10", "2026-01-08/2026-01-10"),
    ("jueves 2026-01-08", "2026-01-08"),
    ("principios de 01/2026", "2026-01-01~/2026-01-10~"),
    # ISO and EDTF
    ("2026-01-08", "2026-01-08"),
    ("2026/01/08", "2026-01-08"),
    ("2026-1-8", "2026-01-08"),
    ("20260108", "2026-01-08"),
    ("2026-01-08 14:30:00", "2026-01-08"),
    ("2026-01-08T14:30:00", "2026-01-08"),
    ("2026-01-XX", "2026-01"),
    ("1976-05-xx", "1976-05"),
    ("2026-01-08/2026-01-10", "2026-01-08/2026-01-10"),
    ("../2026-01-08", "../2026-01-08"),
    ("2014~", "2014~"),
    ("2025-40", "2025-40"),
]
REFUSED = [
    ("enero", "date.year_missing"),
    ("8 de enero", "date.year_missing"),
    ("principios de enero", "date.year_missing"),
    ("segunda quincena de mayo", "date.year_missing"),
    ("between January 8 and 10", "date.year_missing"),
    ("entre el 8 y el 10 de enero", "date.year_missing"),
    ("08/01", "date.year_missing"),
    ("8 de enero al 2026", "date.year_missing"),
    ("lunes 8 de enero", "date.year_missing"),
    ("segunda quincena", "date.month_missing"),
    ("fin de mes", "date.month_missing"),
    ("ene-26", "date.two_digit_year"),
    ("8-ene-26", "date.two_digit_year"),
    ("08.01.26", "date.two_digit_year"),
    ("8/1/26", "date.two_digit_year"),
    ("8 de enero del '26", "date.two_digit_year"),
    ("08/01/2026", "date.order_undeclared"),
    ("25/12/2025", "date.order_undeclared"),
    ("antes del 08/01/2026", "date.order_undeclared"),
    ("08/01/2026 14:30", "date.order_undeclared"),
    ("30 de febrero de 2026", "date.no_such_day"),
    ("February 29, 2025", "date.no_such_day"),
    ("31 de abril de 2024", "date.no_such_day"),
    ("32 de enero de 2026", "date.no_such_day"),
    ("0 de enero de 2026", "date.no_such_day"),
    ("2026-02-30", "date.no_such_day"),
    ("13/2026", "date.no_such_month"),
    ("2026-13-01", "date.no_such_month"),
    ("año 0000", "date.year_out_of_range"),
    ("0000-00-00", "date.year_out_of_range"),
    ("9999", "date.year_out_of_range"),
    ("31 de diciembre de 9999", "date.year_out_of_range"),
    ("31 December 9999", "date.year_out_of_range"),
    ("entre el 30 de diciembre y el 5 de enero de 2026", "date.interval_reversed"),
    ("entre 2015 y 2014", "date.interval_reversed"),
    ("2 August 2 2014", "date.two_days"),
    ("8 o 20 de enero de 2026", "date.not_adjacent"),
    ("viernes 8 de enero de 2026", "date.weekday_mismatch"),
    ("años setenta", "date.century_unclear"),
    ("los años 70", "date.century_unclear"),
    ("the seventies", "date.century_unclear"),
    ("70s", "date.century_unclear"),
    ("hoy", "date.relative"),
    ("ayer", "date.relative"),
    ("hace dos días", "date.relative"),
    ("46030", "date.serial_undeclared"),
    ("46030.5", "date.serial_undeclared"),
    ("2026-01-08T02:00:00Z", "date.utc_time"),
    ("2026-21", "date.edtf_unsupported"),
    ("October 5 2 013", "date.unreadable"),
    ("enero 2026 (3)", "date.unreadable"),
    ("January 2014 5", "date.unreadable"),
    ("ocho de enero de 2026", "date.unreadable"),
    ("8 de enro de 2026", "date.unreadable"),
    ("Pretrial detention decision was made on 14 April 2014", "date.unreadable"),
    ("8 de enero de 2026 y 10 de enero de 2026", "date.unreadable"),
    ("enero 2026 14:30", "date.unreadable"),
    ("8 de enero de 2026 25:00", "date.unreadable"),
    ("2014 2015", "date.unreadable"),
    ("lunes lunes", "date.unreadable"),
    ("lunes enero de 2026", "date.unreadable"),
    ("' OR 1=1", "date.unreadable"),
    ("=HYPERLINK(1)", "date.unreadable"),
    ("8\x00 de enero de 2026", "date.control"),
    ("\u202e8 de enero de 2026", "date.control"),
    ("8 de enero de 2026" + " " * 200, "date.too_long"),
    ("9" * 10_000, "date.too_long"),
]


@pytest.mark.parametrize(("words", "edtf"), READ)
def test_what_has_one_reading_is_read_and_its_words_are_kept(words: str, edtf: str) -> None:
    found = read(words)
    assert found.edtf == edtf
    assert found.words == words


@pytest.mark.parametrize(("words", "edtf"), READ)
def test_case_accents_and_blanks_do_not_matter(words: str, edtf: str) -> None:
    assert read(words.upper().replace("É", "E").replace(" ", "\u00a0 ")).edtf == edtf


@pytest.mark.parametrize(("words", "code"), REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(words: str, code: str) -> None:
    with pytest.raises(DateRefused) as refusal:
        read(words)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "words",
    ["", "   ", "s/f", "S/F", "s.f.", "sin fecha", "Sin Fecha", "desconocida", "N/A", "NA", "n/a", "unknown",
     "Unknown", "?", "-", "—", "null", "nan", "NaT", "#N/A", "no consta", "n.d."],
)  # fmt: skip
def test_marks_of_ignorance_mean_unknown(words: str) -> None:
    found = read(words)
    assert (found.edtf, found.earliest, found.latest, found.words) == ("", None, None, words)


def test_a_source_may_have_its_own_marks_of_ignorance() -> None:
    with pytest.raises(DateRefused):
        read("Por Averiguar")
    assert read("Por Averiguar", unknown_marks=["por averiguar"]).edtf == ""


def test_the_declared_order_decides_and_is_never_overruled() -> None:
    assert read("08/01/2026", order="dmy").edtf == "2026-01-08"
    assert read("08/01/2026", order="mdy").edtf == "2026-08-01"
    assert read("8-1-2026", order="dmy").edtf == "2026-01-08"
    assert read("8 . 1 . 2026", order="dmy").edtf == "2026-01-08"
    assert read("08/01/2026 14:30", order="dmy").edtf == "2026-01-08"
    assert read("2026-01-08", order="mdy").edtf == "2026-01-08"
    assert read("entre el 08/01/2026 y el 10/01/2026", order="dmy").edtf == "2026-01-08/2026-01-10"
    assert read("08/01/2026 - 10/01/2026", order="dmy").edtf == "2026-01-08/2026-01-10"
    for words, order, code in [
        ("12/25/2025", "dmy", "date.no_such_month"),
        ("25/12/2025", "mdy", "date.no_such_month"),
        ("30/02/2026", "dmy", "date.no_such_day"),
        ("08/01/2026", "ymd", "date.order_other"),
        ("08/01/26", "dmy", "date.two_digit_year"),
        ("08/01/9999", "dmy", "date.year_out_of_range"),
    ]:
        with pytest.raises(DateRefused) as refusal:
            read(words, order=order)  # type: ignore[arg-type]
        assert refusal.value.code == code


def test_a_declared_language_reads_only_its_own_words() -> None:
    assert read("8 de enero de 2026", language="es").edtf == "2026-01-08"
    assert read("8 January 2026", language="en").edtf == "2026-01-08"
    for words, language in [("8 January 2026", "es"), ("8 de enero de 2026", "en")]:
        with pytest.raises(DateRefused, match=r"date\.unreadable"):
            read(words, language=language)  # type: ignore[arg-type]


def test_excel_numbers_need_their_calendar_and_keep_its_false_leap_day() -> None:
    assert read("46030", excel_epoch=1900).edtf == "2026-01-08"
    assert read("46030.604166", excel_epoch=1900).edtf == "2026-01-08"
    assert read("46030,5", excel_epoch=1900).edtf == "2026-01-08"
    assert read("44568", excel_epoch=1904).edtf == "2026-01-08"
    assert read("1", excel_epoch=1900).edtf == "1900-01-01"
    assert read("59", excel_epoch=1900).edtf == "1900-02-28"
    assert read("61", excel_epoch=1900).edtf == "1900-03-01"
    assert read("1", excel_epoch=1904).edtf == "1904-01-02"
    assert read("8 de enero de 2026", excel_epoch=1900).edtf == "2026-01-08"
    for words, code in [
        ("60", "date.no_such_day"),
        ("0.75", "date.serial_time_only"),
        ("2014", "date.serial_or_year"),
        ("999999", "date.year_out_of_range"),
    ]:
        with pytest.raises(DateRefused) as refusal:
            read(words, excel_epoch=1900)
        assert refusal.value.code == code


@given(st.dates(date(1904, 1, 2), date(2100, 12, 31)))
@settings(max_examples=examples(100), deadline=None)
def test_the_two_calendars_of_excel_differ_by_1462_days(day: date) -> None:
    serial = (day - date(1904, 1, 1)).days
    assert serial_day(serial, 1904) == day
    assert serial_day(serial + 1462, 1900) == day


def test_every_day_of_two_years_reads_back_in_every_common_writing() -> None:
    spanish = {n: w for w, n in reversed(SPANISH.months.items())}
    english = {n: w for w, n in reversed(ENGLISH.months.items())}
    for offset in range(731):
        day = date(2023, 6, 1) + timedelta(days=offset)
        for words in (
            day.isoformat(),
            f"{day.day} de {spanish[day.month]} de {day.year}",
            f"{english[day.month]} {day.day}, {day.year}",
            f"{day.day}-{spanish[day.month][:3].upper()}-{day.year}",
        ):
            assert read(words).edtf == day.isoformat(), words
        assert read(f"{day.day}/{day.month}/{day.year}", order="dmy").edtf == day.isoformat()
        assert read(f"{day.month}/{day.day}/{day.year}", order="mdy").edtf == day.isoformat()


def test_words_that_the_two_languages_share_mean_the_same() -> None:
    for name in ("months", "weekdays", "ordinals", "units", "thirds", "phrases"):
        ours, theirs = getattr(SPANISH, name), getattr(ENGLISH, name)
        for word in ours.keys() & theirs.keys():
            assert ours[word] == theirs[word], word


VOCABULARY = [
    "8",
    "10",
    "31",
    "2026",
    "2 026",
    "70",
    "enero",
    "January",
    "de",
    "del",
    "y",
    "a",
    "-",
    "/",
    "entre",
    "between",
    "and",
    "antes de",
    "desde",
    "hasta",
    "hacia",
    "principios",
    "quincena",
    "primera",
    "Q1",
    "(?)",
    "~",
    "08/01/2026",
    "s/f",
    "lunes",
    "década",
    "o antes",
    "14:30",
    "ayer",
]


@given(st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join), st.sampled_from([None, "dmy", "mdy"]))
@settings(max_examples=examples(100), deadline=None)
def test_any_jumble_of_date_words_is_read_or_refused_and_never_reversed(
    words: str, order: str | None
) -> None:
    try:
        found = read(words, order=order)  # type: ignore[arg-type]
    except DateRefused as refusal:
        explain(refusal)
        return
    assert found.words == words
    if found.earliest and found.latest:
        assert found.earliest <= found.latest


@given(st.text(max_size=60) | st.text(alphabet=string.printable, max_size=60))
@settings(max_examples=examples(100), deadline=None)
def test_any_text_whatever_is_read_or_refused_as_a_date(words: str) -> None:
    with suppress(DateRefused):
        read(words, order="dmy", excel_epoch=1900)


def test_every_code_of_the_reader_has_its_sentence_and_every_sentence_its_code() -> None:
    folder = Path(reading.__file__).parent
    source = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    listed = {code for code in sentences() if code.startswith("date.")}
    assert {code for code in listed if f'"{code}"' not in source} == set()
    for _, code in REFUSED:
        assert code in listed


def test_no_sentence_needs_what_the_source_wrote() -> None:
    for words, _ in REFUSED:
        with pytest.raises(DateRefused) as refusal:
            read(words)
        assert set(refusal.value.params) <= {"limit", "first", "last"}
