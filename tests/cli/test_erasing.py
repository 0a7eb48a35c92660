"""`constancia erase …`: asked, approved by another, and told as it is."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.register.services import FactGiven
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


def test_words_of_a_fact_are_asked_for_by_field_and_the_status_is_honest(
    here: Command, admin: User, desk: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta Prueba", more=(FactGiven("narrative", {"text": "Wqzrelato"}),))
    seq = str(person.facts.get(kind="narrative").pk)
    assert "text" in here("erase", "ask-words", seq, "--ground", "danger").err
    desks = ("--as", desk.username)
    asked = here(*desks, "erase", "ask-words", seq, "--field", "text", "--ground", "danger", "--json").json
    number = str(asked["number"])
    assert (asked["what"], asked["kind"], asked["fields"]) == ("fact", "narrative", ["text"])
    told = here("erase", "approve", number).out
    assert "adivine el texto exacto" in told
    assert "Wqzrelato" not in told
    shown = here("case", person.code)
    assert f"[borrado {number}]" not in shown.out
    assert "hecho" in shown.out
    found = {
        str(one["seq"]): one for one in here("case", person.code, "--json").json["detentions"][0]["facts"]
    }
    assert found[seq]["redacted"]["text"]["request"] == int(number)
    assert here("erase", "ask-note", "99", "--ground", "danger").err.startswith("[fact.not_found]")


def test_where_else_the_name_stands_is_told_before(
    here: Command, admin: User, desk: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta Prueba")
    other = case(
        desk, "Yusmary Peña", more=(FactGiven("narrative", {"text": "Con Onésimo Urdaneta Prueba"}),)
    )
    number = str(here("erase", "ask", person.code, "--ground", "danger", "--json").json["number"])
    told = here("erase", "mentions", number, "--json").json
    assert [one["code"] for one in told["facts"]] == [other.code]
    assert other.code in here("erase", "mentions", number).out
