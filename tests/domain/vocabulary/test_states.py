"""The states of Venezuela are found however a spreadsheet spells them."""

from __future__ import annotations

import pytest

from constancia.domain.vocabulary.states import state_code, state_label, states


def test_there_are_twenty_four_and_each_is_found_by_code_and_by_label() -> None:
    assert len(states()) == 24
    for code, words in states().items():
        assert state_code(code) == code
        for text in words.values():
            assert state_code(text) == state_code(text.upper()) == state_code(f"Estado {text}") == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Edo. Táchira", "tachira"),
        ("  ANZOATEGUI ", "anzoategui"),
        ("Vargas", "la_guaira"),
        ("Caracas", "distrito_capital"),
        ("Dtto. Capital", "distrito_capital"),
        ("delta-amacuro", "delta_amacuro"),
    ],
)
def test_usual_spellings_are_found(written: str, code: str) -> None:
    assert state_code(written) == code


def test_other_places_have_no_code_and_are_shown_as_they_are() -> None:
    assert state_code("Antioquia") is None
    assert state_code("") is None
    assert state_label("Antioquia", "en") == "Antioquia"
    assert state_label("distrito_capital", "en") == "Capital District"
