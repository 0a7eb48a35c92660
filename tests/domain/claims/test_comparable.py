"""Which claims can stand beside a figure of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from constancia.domain.claims.claim import Claim
from constancia.domain.claims.comparable import NotComparable, Question, abroad, question, unexplained
from constancia.domain.vocabulary.terms import ClaimUnit, Qualifier, Said


def held(claimant: str, **filters: str) -> Claim:
    return Claim(
        quote="180 presos políticos",
        start=0,
        value=180,
        qualifier=Qualifier.EXACT,
        unit=ClaimUnit.PERSONS,
        about=Said.HELD,
        claimant=claimant,
        filters=filters,
        as_of=date(2026, 2, 1),
    )


@pytest.mark.parametrize(
    ("claim", "elsewhere"),
    [
        (held("Foro Penal"), False),
        (held("Foro Penal (Alguien Inventado)", country="Venezuela"), False),
        (held("Human Rights Watch"), False),
        (held("Comité Inventado"), False),
        (held("article", country="Nicaragua"), True),
        (held("Viasna"), True),
        (held("Viasna", country="VE"), False),
        (held("US State Department"), False),
    ],
)
def test_a_claim_of_another_country_is_told_from_one_about_this(claim: Claim, elsewhere: bool) -> None:
    assert abroad(claim) is elsewhere
    expected = NotComparable("country") if elsewhere else Question("held", date(2026, 2, 1))
    assert question(claim) == expected


@pytest.mark.parametrize(
    ("qualifier", "high", "ours", "expected"),
    [
        (Qualifier.EXACT, None, 170, 10),
        (Qualifier.EXACT, None, 190, -10),
        (Qualifier.AT_LEAST, None, 190, 0),
        (Qualifier.AT_LEAST, None, 170, 10),
        (Qualifier.MORE_THAN, None, 180, 0),
        (Qualifier.UP_TO, None, 170, 0),
        (Qualifier.UP_TO, None, 190, -10),
        (Qualifier.EXACT, 200, 195, 0),
        (Qualifier.EXACT, 200, 205, -5),
    ],
)
def test_what_a_claim_admits_is_explained(
    qualifier: Qualifier, high: int | None, ours: int, expected: int
) -> None:
    assert unexplained(replace(held("Foro Penal"), qualifier=qualifier, high=high), ours) == expected
