"""`constancia erase …`: asked, approved by another, and told as it is."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from tests.cli.conftest import Command
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db


def test_two_people_erase_and_the_status_says_until_when(
    here: Command, admin: User, desk: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta Prueba")
    asked = here("--as", desk.username, "erase", "ask", person.code, "--ground", "danger", "--json").json
    number = str(asked["number"])
    assert (asked["stage"], asked["code"], asked["complete_on"]) == ("asked", person.code, None)
    assert here("--as", desk.username, "erase", "approve", number).err.startswith("[erasure.second_person]")
    told = here("erase", "approve", number, "--json").json
    assert (told["stage"], told["people"]) == ("erased", 1)
    assert told["complete_on"] is not None
    words = here("erase", "status", number).out
    assert "no diga antes que el borrado está completo" in words
    assert "Onésimo" not in words
    assert [one["number"] for one in here("erase", "list", "--json").json["erasures"]] == [int(number)]
    assert here("erase", "finish", "--json").json == {"finished": []}
    assert here("case", person.code).err.startswith("[case.erased]")


def test_a_request_may_be_refused_and_a_number_that_is_none_is_said(
    here: Command, admin: User, desk: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta Prueba")
    number = str(here("erase", "ask", person.code, "--ground", "court_order", "--json").json["number"])
    assert here("--as", desk.username, "erase", "refuse", number, "--json").json["stage"] == "refused"
    assert here("erase", "approve", "999").err.startswith("[erasure.not_found]")
    assert here("case", person.code, "--json").json["code"] == person.code
