"""Numbers in figures and in words, in both languages, and how each is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.claims.reading.lexicon import lexicon
from constancia.domain.claims.reading.quantities import Quantity, quantities
from constancia.domain.claims.reading.view import view
from constancia.domain.language import Language

ES_ONES = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once"]
ES_ONES += ["doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve"]
ES_ONES += ["veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis"]
ES_ONES += ["veintisiete", "veintiocho", "veintinueve"]
ES_TENS = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
ES_HUNDREDS = ["", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos"]
ES_HUNDREDS += ["setecientos", "ochocientos", "novecientos"]
EN_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
EN_ONES += ["twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def found(text: str, language: Language) -> list[Quantity]:
    folded = view(text).folded
    return quantities(folded, 0, len(folded), lexicon(language))


def spanish(number: int) -> str:
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        head = "mil" if thousands == 1 else f"{spanish(thousands)} mil"
        return head if rest == 0 else f"{head} {spanish(rest)}"
    if number > 100:
        hundreds, rest = divmod(number, 100)
        return ES_HUNDREDS[hundreds] + (f" {spanish(rest)}" if rest else "")
    if number == 100:
        return "cien"
    if number < 30:
        return ES_ONES[number]
    tens, rest = divmod(number, 10)
    return ES_TENS[tens] + (f" y {ES_ONES[rest]}" if rest else "")


def english(number: int) -> str:
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        return f"{english(thousands)} thousand" + (f" {english(rest)}" if rest else "")
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return f"{EN_ONES[hundreds]} hundred" + (f" and {english(rest)}" if rest else "")
    if number < 20:
        return EN_ONES[number]
    tens, rest = divmod(number, 10)
    return EN_TENS[tens] + (f"-{EN_ONES[rest]}" if rest else "")


@given(st.integers(0, 9_999_999))
def test_a_number_in_either_style_of_thousands_is_read_back(number: int) -> None:
    dotted, commas = f"{number:,}".replace(",", "."), f"{number:,}"
    for language in ("es", "en"):
        for written in (dotted, commas, str(number)):
            assert [one.value for one in found(f"hubo {written} personas", language)] == [number]


@given(st.integers(2, 99_999).filter(lambda number: number % 1000 != 1 and number // 1000 % 10 != 1))
def test_a_number_in_words_is_read_back(number: int) -> None:
    assert [one.value for one in found(f"hubo {spanish(number)} personas", "es")] == [number]
    assert [one.value for one in found(f"about {english(number)} people", "en")] == [number]


@pytest.mark.parametrize(
    ("text", "language", "value", "qualifier"),
    [
        ("al menos veintiún presos", "es", 21, "at_least"),
        ("un mínimo de 30 personas", "es", 30, "at_least"),
        ("poco más de 1.200 casos", "es", 1200, "more_than"),
        ("la cifra supera ya los 600", "es", 600, "more_than"),
        ("casi 12 mil 557 solicitudes", "es", 12557, "about"),
        ("medio centenar de detenidos", "es", 50, "about"),
        ("más de un centenar de detenidos", "es", 100, "more_than"),
        ("hasta 80 personas", "es", 80, "up_to"),
        ("no más de 15 personas", "es", 15, "up_to"),
        ("ocho (8) personas", "es", 8, "exact"),
        ("144excarcelaciones", "es", 144, "exact"),
        ("𝟭.𝟭𝟵𝟰 personas", "es", 1194, "exact"),
        ("unas 40 personas o más", "es", 40, "about"),
        ("a minimum of 104 people", "en", 104, "at_least"),
        ("no fewer than forty-five people", "en", 45, "at_least"),
        ("upwards of 2,000 people", "en", 2000, "more_than"),
        ("nearly two dozen inmates", "en", 24, "about"),
        ("as many as 30 inmates", "en", 30, "up_to"),
        ("one hundred and four inmates", "en", 104, "exact"),
        ("12 or more inmates", "en", 12, "at_least"),
    ],
)
def test_what_stands_beside_a_number_says_how_it_is_meant(
    text: str, language: Language, value: int, qualifier: str
) -> None:
    first = next(one for one in found(text, language) if not one.indefinite)
    assert (first.value, first.qualifier.value) == (value, qualifier)


def test_a_range_is_one_number_with_a_higher_end() -> None:
    (one,) = found("entre 50 y 60 personas", "es")
    assert (one.value, one.high) == (50, 60)
    (one,) = found("20 to 30 people", "en")
    assert (one.value, one.high) == (20, 30)


@pytest.mark.parametrize("text", ["11J", "3,5 puntos", "½ de ellos", "cita¹²", "ONU2015"])
def test_figures_that_belong_to_something_else_are_no_number(text: str) -> None:
    assert found(text, "es") == []
