"""Of what a model answers, only what the text bears out is proposed."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.claims.answers import claims_in
from constancia.domain.claims.claim import Period
from constancia.domain.vocabulary.terms import Said

TEXT = "El Comité Imaginario contó 120 personas presas el 3 de marzo."
GOOD: dict[str, Any] = {
    "quote": "120 personas presas",
    "value": 120,
    "qualifier": "exact",
    "unit": "persons",
    "about": "held",
    "category": "personas presas",
    "claimant": "Comité Imaginario",
    "as_of": "2026-03-03",
    "period": None,
}


def numbers(text: str) -> set[int]:
    return {int(found) for found in re.findall(r"\d+", text)}


def test_what_the_text_bears_out_is_taken() -> None:
    said = f"Here is the list:\n```json\n{json.dumps([GOOD])}\n```"
    (claim,) = claims_in(said, TEXT, numbers)
    assert (claim.value, claim.about, claim.start, claim.as_of) == (120, Said.HELD, 27, date(2026, 3, 3))


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "121 personas presas"},
        {"quote": ""},
        {"value": 12},
        {"value": "many"},
        {"about": "kidnapped"},
        {"as_of": "tomorrow"},
        {"period": {"start": "2026-03-05", "end": "x"}},
        {"period": "March"},
        {"qualifier": None},
    ],
)
def test_what_it_does_not_bear_out_is_dropped(wrong: dict[str, Any]) -> None:
    assert claims_in(json.dumps([{**GOOD, **wrong}, GOOD]), TEXT, numbers)[0].value == 120
    assert len(claims_in(json.dumps([{**GOOD, **wrong}]), TEXT, numbers)) == 0


def test_a_period_back_to_front_is_no_period() -> None:
    told = {**GOOD, "period": {"start": "2026-03-05", "end": "2026-03-01"}}
    assert claims_in(json.dumps([told]), TEXT, numbers)[0].period is None
    told["period"] = {"start": "2026-03-01", "end": "2026-03-05"}
    assert claims_in(json.dumps([told]), TEXT, numbers)[0].period == Period(
        date(2026, 3, 1), date(2026, 3, 5)
    )


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_answer_breaks_it(answer: str) -> None:
    assert claims_in(answer, TEXT, numbers) == []
    assert claims_in(f"[{answer}]", TEXT, numbers) == []
