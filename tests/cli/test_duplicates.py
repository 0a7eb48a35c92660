"""Probable duplicates from the command line: proposed, never recorded."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.register.models import Fact
from tests.cli.conftest import Command
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db


def test_pairs_come_with_their_reasons_and_nothing_is_recorded(
    here: Command, admin: User, desk: User, lara: User, case: NewCase
) -> None:
    one, two = case(desk, "Onésimo Urdaneta Paz"), case(desk, "Onesimo Urdaneta Paz", state="zulia")
    case(desk, "Zoila Barrientos Luna")
    before = Fact.objects.count()
    told = here("duplicates", "--accept", "0.5", "--json").json
    (pair,) = told["pairs"]
    assert {pair["one"]["person"], pair["other"]["person"]} == {one.code, two.code}
    assert pair["proposal"] == "same"
    assert 0.5 <= pair["probability"] <= 1
    assert set(pair["reasons"][0]) == {"comparison", "says", "one", "other", "weight"}
    assert told["waiting"] == {"open": 1, "unsure": 0, "contradicted": 0}
    assert here("duplicates", "--accept", "1", "--json").json["pairs"][0]["proposal"] in ("same", "unsure")
    assert one.code in here("duplicates").out
    assert here("duplicates", "--json", "--as", "laura").json["pairs"] == []
    assert Fact.objects.count() == before


@pytest.mark.parametrize(
    "given", [("--accept", "1.5"), ("--accept", "x"), ("--limit", "0"), ("--limit", "501")]
)
def test_what_makes_no_sense_is_refused(here: Command, admin: User, given: tuple[str, str]) -> None:
    assert here("duplicates", *given).code == 2
