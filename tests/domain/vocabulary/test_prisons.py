"""One place of detention is one, however it is written."""

from __future__ import annotations

import pytest

from constancia.domain.vocabulary.countries import countries
from constancia.domain.vocabulary.prisons import prison_name, prisons, prisons_by_name
from constancia.domain.vocabulary.states import states


def test_no_two_share_a_name_and_each_lies_in_a_state_that_there_is() -> None:
    assert len(prisons_by_name()) >= len(prisons())
    assert {one.state for one in prisons().values()} <= {"", *states()}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Rodeo 1", "El Rodeo I"),
        ("El Rodeo I (Miranda)", "El Rodeo I"),
        ("Cárcel de El Rodeo I", "El Rodeo I"),
        ("EL HELICOIDE", "El Helicoide"),
        ("Zona 7 de la PNB (Distrito Capital)", "Zona 7"),
        ("Ramo Verde prison", "Ramo Verde"),
        ("Centro Penitenciario de Aragua", "Tocorón"),
        ("Fénix (Lara)", "Fénix"),
    ],
)
def test_usual_spellings_are_one(written: str, name: str) -> None:
    assert prison_name(written) == name


def test_parts_of_a_complex_are_not_one() -> None:
    assert len({prison_name(f"El Rodeo {part}") for part in ("", "I", "II", "III")}) == 4


def test_of_one_that_is_not_known_case_and_blanks_do_not_matter() -> None:
    assert prison_name(" Cárcel  de Alayón ") == prison_name("CÁRCEL DE ALAYÓN")


def test_every_country_has_a_name_in_both_languages() -> None:
    assert all(one.label["es"] and one.label["en"] for one in countries().values())
