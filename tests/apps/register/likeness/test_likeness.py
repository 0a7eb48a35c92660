from __future__ import annotations

from constancia.apps.accounts.models import User
from constancia.apps.register import likeness
from constancia.apps.register.models import Fact, Person
from constancia.apps.register.services import FactGiven, add_facts, correct, withdraw
from constancia.domain.matching.shapes import Mention
from constancia.domain.vocabulary.terms import IdentityVerdict
from tests.support.cast import TOLD, NewCase, judge


def _first(user: User, name: str, **more: str) -> int | None:
    found = likeness.match(user, [Mention(name, **more)])[0]
    return found.candidates[0].key if found.candidates else None


def test_somebody_recorded_is_found_at_once(desk: User, case: NewCase) -> None:
    assert _first(desk, "Onesimo Urdaneta") is None
    person = case(desk, "Onésimo Urdaneta Paz")
    assert _first(desk, "urdaneta onesimo") == person.pk


def test_what_is_known_of_somebody_is_compared(desk: User, case: NewCase) -> None:
    person = case(
        desk,
        "Onésimo Urdaneta Paz",
        state="zulia",
        place="Maracaibo",
        more=(
            FactGiven("alias", {"value": "El Catire"}),
            FactGiven("identity_document", {"number": "V-12.345.678"}),
            FactGiven("birth", {"born": "1980"}),
            FactGiven("sex", {"value": "man"}),
            FactGiven("occupation", {"group": "press", "detail": "reportero"}),
        ),
    )
    known = likeness.known_of(desk, [person.pk])[person.pk]
    assert known.names == ("Onésimo Urdaneta Paz", "El Catire")
    assert known.documents == ("V-12.345.678",)
    assert known.sex == "man"
    assert known.states == ("zulia",)
    assert known.places == ("Maracaibo",)
    assert known.born is not None
    assert known.born[1] - known.born[0] == 365
    assert known.days
    assert "reportero" in known.occupation


def test_an_age_is_a_time_of_birth(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta", arrested="2026-01-08", more=(FactGiven("age", {"years": 30}),))
    known = likeness.known_of(desk, [person.pk])[person.pk]
    assert known.born is not None
    assert (known.born[1] - known.born[0]) in (364, 365)


def test_a_corrected_name_goes_on_and_a_withdrawn_alias_does_not(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta", more=(FactGiven("alias", {"value": "Catire"}),))
    assert _first(desk, "Onésimo Urdaneta") == person.pk
    name = Fact.objects.get(kind="name").seq
    correct(desk, name, FactGiven("name", {"full": "Tiburcio Quevedo"}), TOLD)
    withdraw(desk, Fact.objects.get(kind="alias").seq, "no era")
    assert _first(desk, "Tiburcio Quevedo") == person.pk
    assert likeness.known_of(desk, [person.pk])[person.pk].names == ("Tiburcio Quevedo",)
    found = likeness.match(desk, [Mention("Onésimo Urdaneta")])[0]
    assert not found.candidates or found.candidates[0].probability < 0.5


def test_a_coordinator_is_shown_nobody_of_another_region(
    lara: User, zulia: User, desk: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta Paz", state="lara")
    assert _first(lara, "Onésimo Urdaneta Paz") == person.pk
    assert _first(zulia, "Onésimo Urdaneta Paz") is None
    assert likeness.known_of(zulia, [person.pk]) == {}


def test_a_volunteer_is_shown_nobody(volunteer: User, desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta Paz", state="lara")
    assert _first(volunteer, "Onésimo Urdaneta Paz") is None
    assert likeness.pairs(volunteer) == []


def test_two_judged_to_be_one_stand_once_with_both_names(desk: User, case: NewCase) -> None:
    one, other = case(desk, "Onésimo Urdaneta Paz"), case(desk, "Onésimo José Urdaneta")
    before = likeness.match(desk, [Mention("Onésimo Urdaneta")])[0]
    assert len(before.candidates) == 2
    seq = judge(desk, one, other, IdentityVerdict.SAME, "la misma cédula")
    after = likeness.match(desk, [Mention("Onésimo Urdaneta")])[0]
    assert [c.key for c in after.candidates] == [one.pk]
    assert after.candidates[0].probability > before.candidates[0].probability
    withdraw(desk, seq, "eran dos")
    again = likeness.match(desk, [Mention("Onésimo Urdaneta")])[0]
    assert {c.key for c in again.candidates} == {one.pk, other.pk}


def test_who_sees_one_of_two_records_finds_that_one_and_is_told_no_reason(
    zulia: User, desk: User, case: NewCase
) -> None:
    one = case(desk, "Onésimo Urdaneta Paz", state="lara")
    other = case(desk, "Onésimo José Urdaneta", state="zulia")
    judge(desk, one, other, IdentityVerdict.SAME, "la misma cédula")
    found = likeness.match(zulia, [Mention("Onésimo Urdaneta Paz")])[0].candidates
    assert [(c.key, c.reasons) for c in found] == [(other.pk, ())]


def test_the_index_taken_over_is_the_one_read_anew(desk: User, case: NewCase) -> None:
    likeness.live()
    one, other = case(desk, "Onésimo Urdaneta Paz"), case(desk, "Tiburcio Quevedo")
    likeness.live()
    third = case(desk, "Onésimo Urdaneta")
    judge(desk, one, third, IdentityVerdict.SAME, "la misma")
    add_facts(desk, other.code, facts=[FactGiven("alias", {"value": "El Mocho"})], source=TOLD)
    grown = likeness.live()
    likeness.forget()
    anew = likeness.live()
    assert {one.key: one for one in grown.index.people()} == {one.key: one for one in anew.index.people()}
    assert dict(grown.heads) == dict(anew.heads)


def test_probable_duplicates_are_pairs_and_judged_ones_are_none(desk: User, case: NewCase) -> None:
    one = case(desk, "Onésimo Urdaneta Paz", state="lara", more=(FactGiven("sex", {"value": "man"}),))
    other = case(desk, "Onesimo Urdaneta P.", state="lara")
    for name in ("Ana Rojas Lugo", "Pedro Gil Bravo", "Luisa Peña Mora", "Carlos Rivas Díaz"):
        case(desk, name)
    (pair,) = likeness.pairs(desk, least=0.3)
    assert (pair.one, pair.other) == (one.pk, other.pk)
    assert pair.reasons
    judge(desk, one, other, IdentityVerdict.SAME, "la misma")
    assert likeness.pairs(desk, least=0.3) == []


def test_an_empty_register_has_no_duplicates(desk: User) -> None:
    assert likeness.pairs(desk) == []
    assert Person.objects.count() == 0
