"""What is not allowed, of that data, for that use, on that day, is not published by name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.errors import FactRefused
from constancia.domain.facts.consenting import NARROWEST_FIRST, narrower, state_on, tier_on, unnamed
from constancia.domain.facts.kinds import validated
from constancia.domain.vocabulary.terms import ConsentField, ConsentState, ConsentTier, ConsentUse

DAY = date(2026, 2, 24)
NAMED = {"tier_given": "public_name"}
ANONYMOUS = ConsentTier.PUBLIC_ANONYMOUS

NOBODY: dict[str, tuple[dict[str, Any], date | None]] = {
    "other data": (NAMED | {"covers": ["age", "place"]}, None),
    "other use": (NAMED | {"uses": ["press", "court"]}, None),
    "run out yesterday": (NAMED | {"until": "2026-02-23"}, None),
    "from tomorrow": (NAMED, DAY + timedelta(days=1)),
    "withdrawn": ({"tier_given": "public_anonymous", "withdrawn": True}, None),
}


@pytest.mark.parametrize(("fields", "since"), NOBODY.values(), ids=NOBODY.keys())
def test_nobody_is_named_without_a_consent_for_it(fields: dict[str, Any], since: date | None) -> None:
    assert tier_on(fields, since, DAY) is ANONYMOUS


SOMEBODY: dict[str, tuple[dict[str, Any], date | None]] = {
    "as it was always written": (NAMED, None),
    "on its last day": (NAMED | {"until": "2026-02-24"}, None),
    "from today": (NAMED, DAY),
    "with more data and uses": (NAMED | {"covers": ["age", "name"], "uses": ["press", "list"]}, None),
}


@pytest.mark.parametrize(("fields", "since"), SOMEBODY.values(), ids=SOMEBODY.keys())
def test_who_consents_to_it_is_named(fields: dict[str, Any], since: date | None) -> None:
    assert tier_on(fields, since, DAY) is ConsentTier.PUBLIC_NAME


def test_a_consent_for_the_name_in_the_list_is_none_for_a_photograph_or_the_press() -> None:
    assert tier_on(NAMED, None, DAY, ConsentField.PHOTO) is ANONYMOUS
    assert tier_on(NAMED, None, DAY, use=ConsentUse.PRESS) is ANONYMOUS


def test_each_state_is_told() -> None:
    assert state_on(NAMED, None, DAY) is ConsentState.HOLDS
    assert state_on(NAMED | {"until": "2026-02-23"}, None, DAY) is ConsentState.RUN_OUT
    assert state_on(NAMED, DAY + timedelta(days=1), DAY) is ConsentState.NOT_YET
    assert state_on({"tier_given": "internal", "withdrawn": True}, None, DAY) is ConsentState.WITHDRAWN


@given(
    st.sampled_from(list(ConsentTier)),
    st.lists(st.sampled_from(list(ConsentField))),
    st.lists(st.sampled_from(list(ConsentUse))),
    st.sampled_from(["", "2026-02-23", "2026-02-24", "2027-01-01"]),
    st.sampled_from([None, DAY, DAY + timedelta(days=1)]),
)
def test_no_condition_ever_allows_more_than_what_was_given(
    tier: ConsentTier, covers: list[ConsentField], uses: list[ConsentUse], until: str, since: date | None
) -> None:
    found = tier_on({"tier_given": tier, "covers": covers, "uses": uses, "until": until}, since, DAY)
    assert NARROWEST_FIRST.index(found) <= NARROWEST_FIRST.index(tier)
    assert narrower(found, tier) is found
    assert unnamed(found) is not ConsentTier.PUBLIC_NAME


@pytest.mark.parametrize(
    "fields",
    [
        {"tier_given": "public_name", "withdrawn": True},
        {"tier_given": "public_name", "until": "2026-02-30"},
        {"tier_given": "public_name", "until": "mañana"},
        {"tier_given": "public_name", "covers": ["address"]},
        {"tier_given": "public_name", "uses": ["list"] * 9},
    ],
)
def test_a_consent_that_makes_no_sense_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(FactRefused, match=r"fact\.field"):
        validated("consent", fields)
