"""What the ledger committed to is opened field by field, to who may see the case, and proven in the log."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.ledger.keys import log_key
from constancia.apps.ledger.models import CASES, FACTS
from constancia.apps.ledger.queries import proofs
from constancia.apps.ledger.services.sealing import seal
from constancia.apps.register import services
from constancia.apps.register.opening import Opening, opening_of_case, openings
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.ledger.disclosure import read_shown
from constancia.domain.ledger.proof import check_proof
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.schema import SLOT_OF
from constancia.domain.vocabulary.terms import Verdict
from constancia.infra import unlocked
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db


def proven(one: Opening, log: str) -> dict[str, str]:
    """The fields, as whoever was sent the file reads them."""
    shown = read_shown(one.shown.data())
    check_proof(shown.proof.encode(), shown.entry(SLOT_OF).leaf(), log_key(log))
    return {field.name: field.value for field in shown.disclosure.fields}


def test_every_record_of_a_person_is_opened_and_proven(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta", released="2026-02-01")
    release = person.facts.get(kind="release").pk
    services.review(second, release, Verdict.CONFIRM, "Se vio la boleta.")
    seal()
    found = openings(desk, person.code)
    assert [one.about for one in found] == ["fact"] * 3 + ["review"]
    fields = [proven(one, FACTS) for one in found]
    assert fields[0]["name.full"] == '"Onésimo Urdaneta"'
    assert fields[2]["when"] == '"2026-02-01"'
    assert (fields[3]["review.fact"], fields[3]["review.note"]) == (str(release), '"Se vio la boleta."')
    assert {one["person"] for one in fields} == {f'"{person.code}"'}


def test_only_the_fields_asked_for_are_opened_and_the_proof_is_the_same(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    seal()
    found = openings(desk, person.code, ["kind", "arrest.state"])
    assert [proven(one, FACTS) for one in found] == [
        {"kind": '"name"'},
        {"kind": '"arrest"', "arrest.state": '"lara"'},
    ]
    assert "Urdaneta" not in "".join(one.shown.data().decode() for one in found)
    assert [one.about for one in openings(desk, person.code, ["arrest.state"])] == ["fact"]
    with pytest.raises(InputRefused, match=r"opening\.field"):
        openings(desk, person.code, ["arrest.weather"])


def test_a_value_that_was_not_recorded_leads_elsewhere(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    seal()
    (one,) = openings(desk, person.code, ["arrest.state"])
    forged = read_shown(one.shown.data().replace(b"lara", b"zulia"))
    with pytest.raises(ProofRefused, match=r"proof\.inclusion"):
        check_proof(forged.proof.encode(), forged.entry(SLOT_OF).leaf(), log_key(FACTS))


def test_a_case_of_the_roster_is_opened(desk: User, zulia: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    number = person.detentions.get().pk
    seal()
    one = opening_of_case(desk, number, prove=proofs.proof_of)
    told = {"record": '"case"', "number": str(number), "person": f'"{person.code}"'}
    assert proven(one, CASES) == told
    assert opening_of_case(desk, number).shown.proof == ""
    for user, wanted in ((zulia, number), (desk, 10**9)):
        with pytest.raises(NotFound, match=r"case\.not_found"):
            opening_of_case(user, wanted)


def test_what_waits_to_be_sealed_is_said_so(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    with pytest.raises(NotFound, match=r"ledger\.not_sealed"):
        openings(desk, person.code)


def test_a_record_is_proven_under_a_seal_that_covers_it_and_under_no_earlier_one(
    desk: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta")
    seal()
    first = proofs.proof_of("fact", person.facts.get(kind="name").pk).checkpoint
    later = case(desk, "Yusmary Peña")
    seal()
    number = later.facts.get(kind="name").pk
    with pytest.raises(NotFound, match=r"ledger\.not_sealed"):
        proofs.proof_under("fact", number, first)
    last = proofs.proof_of("fact", number).checkpoint
    old = proofs.proof_under("fact", person.facts.get(kind="name").pk, last)
    (shown,) = [one.shown for one in openings(desk, person.code, ["name.full"])]
    check_proof(old.data(), shown.entry(SLOT_OF).leaf(), log_key(FACTS))


def test_nothing_is_opened_to_who_may_not_see_it(
    desk: User, zulia: User, volunteer: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta")
    seal()
    with pytest.raises(NotFound, match=r"case\.not_found"):
        openings(zulia, person.code)
    with pytest.raises(NotAllowed):
        openings(volunteer, person.code)
    unlocked.codec().forget(bytes(person.subject))
    with pytest.raises(InputRefused, match=r"opening\.forgotten"):
        openings(desk, person.code)
