"""Whom a number counts, in the figures' own dimensions."""

from __future__ import annotations

from typing import Literal

import pytest

from constancia.domain.claims.claim import FILTERS
from constancia.domain.claims.reading import read


@pytest.mark.parametrize(
    ("text", "language", "traits"),
    [
        ("Hay 24 mujeres detenidas.", "es", {24: {"sex": "woman"}}),
        (
            "Hay 90 presos políticos: 70 de los detenidos son hombres y 20 son mujeres.",
            "es",
            {90: {}, 70: {"sex": "man"}, 20: {"sex": "woman"}},
        ),
        (
            "El comité registra 90 presos. La mayoría de los casos corresponden a civiles (60).",
            "es",
            {90: {}, 60: {"profile": "civilian"}},
        ),
        ("Quedan 12 detenidos con nacionalidad extranjera.", "es", {12: {"nationality": "foreign"}}),
        ("Salieron 55 presos bajo medidas cautelares.", "es", {55: {"kind": "under_measures"}}),
        ("Se verificaron 9 libertades plenas.", "es", {9: {"kind": "full"}}),
        ("There are 90 political prisoners; 12 of them are women.", "en", {90: {}, 12: {"sex": "woman"}}),
        (
            "They hold 40 soldiers and three teenagers.",
            "en",
            {40: {"profile": "military"}, 3: {"age_group": "adolescent"}},
        ),
    ],
)
def test_what_is_said_of_those_whom_a_number_counts(
    text: str, language: Literal["es", "en"], traits: dict[int, dict[str, str]]
) -> None:
    found = {claim.value: dict(claim.filters) for claim in read(text, language=language)}
    assert found == traits
    assert all(set(one) <= set(FILTERS) for one in found.values())


def test_what_stands_in_another_clause_says_nothing_of_it() -> None:
    first, second = read(
        "Salieron 30 presos. Otros 5, con arresto domiciliario, fueron liberados.", language="es"
    )
    assert first.filters == {}
    assert second.value == 5
