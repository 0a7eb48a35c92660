"""The register as a list: whole for ourselves; for others without those who are not to be given away."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.matching import own
from constancia.apps.register.services import FactGiven
from constancia.infra import trail
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db


def test_others_get_nobody_who_is_only_to_be_counted_or_not_to_leave(desk: User, case: NewCase) -> None:
    told = {
        tier: case(desk, f"Persona Prueba {n}", more=(FactGiven("consent", {"tier_given": tier}),))
        for n, tier in enumerate(("public_name", "public_anonymous", "count_only", "internal"))
    }
    unasked = case(desk, "Yusmary Peña")
    assert len(own.of_register(desk).records) == 5
    people, left_out = own.of_register_for_others(desk)
    expected = {told["public_name"].code, told["public_anonymous"].code, unasked.code}
    assert {record.id for record in people.records} == expected
    assert left_out == 2
    (noted,) = trail.events("deed = 'exported'", limit=1)
    assert noted.said == {"what": "linkage", "n": 3, "left_out": 2}
