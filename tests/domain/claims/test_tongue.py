"""Whether a text is Spanish or English. Sentences made up here."""

from __future__ import annotations

import pytest

from constancia.domain.claims.tongue import tongue


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La Red Inventada verificó 61 de las 99 excarcelaciones que se anunciaron el jueves.", "es"),
        ("Mujeres: 24\nCiviles: 197\nDe ellas, tres en el Zulia", "es"),
        ("The Invented Network confirmed 61 of the 99 releases that were announced on Thursday.", "en"),
        ("There are still 759 people held, according to the Red de Apoyo Inventada.", "en"),
        ("THE NUMBER OF PEOPLE HELD IS 759 AND MORE ARE EXPECTED", "en"),
        ("Zulia 31, Táchira 27, Lara 12", ""),
        ("", ""),
        ("61 / 99", ""),
        ("Die Zahl der Gefangenen stieg auf neun, wie das Netzwerk am Donnerstag berichtete.", ""),
        ("O número de pessoas presas não mudou nas últimas duas semanas, disseram os advogados.", ""),
        (
            "La red verificó 61 de las 99 que se anunciaron. The network confirmed 61 of the 99 as of then.",
            "",
        ),
    ],
)
def test_small_words_decide_or_nothing_does(text: str, expected: str) -> None:
    assert tongue(text) == expected
