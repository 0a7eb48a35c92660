"""What follows from the confirmed claims of the register, on the page and for commands."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import reconciling, services
from constancia.domain.claims.claim import Claim, Period
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.vocabulary.terms import Role, Said
from tests.apps.claims.papers import about, held, paper
from tests.support.world import SignedIn, World

pytestmark = pytest.mark.django_db

WEEK = Period(date(2026, 3, 1), date(2026, 3, 7))


def _says(desk: User, value: int, **changes: object) -> int:
    added = services.add_document(desk, paper(), again=True, read=False)
    claim: Claim = about(held(), value=value, **changes)
    return services.add_claim(desk, added.document, claim)


def _released(desk: User, value: int, end: date) -> int:
    period = Period(date(2026, 3, 1), end)
    return _says(desk, value, about=Said.RELEASED, period=period, as_of=end)


def test_a_contradiction_names_exactly_the_claims_that_make_it(desk: User) -> None:
    high = _released(desk, 30, date(2026, 3, 5))
    low = _released(desk, 20, date(2026, 3, 7))
    _released(desk, 10, date(2026, 3, 3))
    (conflict,) = reconciling.report_shape(desk)["conflicts"]
    assert {int(number) for number in conflict["claims"]} == {high, low}
    assert conflict["repairs"]


def test_what_nobody_published_is_bounded(desk: User) -> None:
    _says(desk, 100, as_of=date(2026, 3, 1))
    _says(desk, 120, as_of=date(2026, 3, 7))
    bounds = reconciling.report_shape(desk)["bounds"]
    assert any(one["lowest"] == 20 and len(one["lowest_claims"]) == 2 for one in bounds)


def test_what_is_only_proposed_implies_nothing(desk: User) -> None:
    number = _released(desk, 30, date(2026, 3, 5))
    _released(desk, 20, date(2026, 3, 7))
    services.retract(desk, number)
    found = reconciling.report_shape(desk)
    assert (len(found["assertions"]), found["conflicts"]) == (1, [])


def test_a_decision_changes_what_was_kept(desk: User) -> None:
    number = _released(desk, 30, date(2026, 3, 5))
    _released(desk, 20, date(2026, 3, 7))
    assert len(reconciling.report_shape(desk)["conflicts"]) == 1
    services.retract(desk, number)
    assert reconciling.report_shape(desk)["conflicts"] == []


def test_our_own_count_can_stand_beside_as_one_more(desk: User) -> None:
    number = _says(desk, 100, as_of=date(2026, 3, 1), claimant="Foro Penal")
    found = reconciling.report_shape(desk, ours=True, together=True)
    assert [one["id"] for one in found["assertions"]] == [str(number), f"ours:{number}"]
    (conflict,) = found["conflicts"]
    assert set(conflict["claims"]) == {str(number), f"ours:{number}"}


def test_our_counts_of_one_day_under_two_rules_are_two_claimants_and_do_not_contradict(desk: User) -> None:
    for claimant in ("Foro Penal", "Foro Penal", "Justicia, Encuentro y Perdón (JEP)"):
        _says(desk, 100, as_of=date(2026, 3, 1), claimant=claimant)
    used, _ = reconciling.assertions(desk, ours=True)
    own = [one for one in used if one.own]
    assert [one.claimant for one in own] == ["ours:foro_penal", "ours:jep"]
    assert {(one.value, one.high) for one in own} == {(0, None)}
    told = str(reconciling.report_shape(desk, ours=True, spoken="en")["assertions"])
    assert "this register (Foro Penal's rule): 0 held" in told
    assert not reconciling.report_shape(desk, ours=True)["conflicts"]


def test_a_count_of_ours_is_there_once_however_many_claims_ask_for_it(desk: User) -> None:
    first = _says(desk, 100, claimant="Foro Penal")
    _says(desk, 101, claimant="Foro Penal")
    used, _ = reconciling.assertions(desk, ours=True)
    assert [one.id for one in used if one.own] == [f"ours:{first}"]


def test_none_of_ours_in_words_that_the_register_may_not_write_is_not_counted_as_none(desk: User) -> None:
    _says(desk, 100, filters={"context": "protestas imaginarias"})
    _says(desk, 100, filters={"sex": "woman"})
    used, _ = reconciling.assertions(desk, ours=True)
    assert [one.filters for one in used if one.own] == [(("sex", "woman"),)]


def test_one_claimant_alone(desk: User) -> None:
    _says(desk, 100, claimant="Foro Penal")
    _says(desk, 90)
    used, unused = reconciling.assertions(desk, None, ["foro_penal"])
    assert ([one.claimant for one in used], unused) == (["foro_penal"], [])


def test_a_margin_without_sense_is_refused(desk: User) -> None:
    with pytest.raises(InputRefused):
        reconciling.report_shape(desk, tolerance=1.5)


def test_whoever_reads_no_claims_reconciles_none(volunteer: User) -> None:
    with pytest.raises(NotAllowed):
        reconciling.report_shape(volunteer)


def test_the_page_calls_an_office_as_its_claims_call_it(world: World, signed_in: SignedIn) -> None:
    _says(world.users[Role.DESK], 100, claimant="Ministerio para el Servicio Penitenciario")
    page = signed_in(world.users[Role.READER]).get("/cifras-ajenas/conciliar/").content.decode()
    assert "Ministry of the Penitentiary Service" not in page
    assert "Ministerio para el Servicio Penitenciario</option>" in page


def test_a_page_without_claims_does_not_say_that_none_contradict(world: World, signed_in: SignedIn) -> None:
    page = signed_in(world.users[Role.READER]).get("/cifras-ajenas/conciliar/").content.decode()
    assert "Ninguna contradicción" not in page
    assert "No hay nada que conciliar" in page


def test_the_page_leads_from_a_contradiction_to_where_its_claims_were_read(
    world: World, signed_in: SignedIn
) -> None:
    desk = world.users[Role.DESK]
    high = _released(desk, 30, date(2026, 3, 5))
    _released(desk, 20, date(2026, 3, 7))
    page = signed_in(world.users[Role.READER]).get("/cifras-ajenas/conciliar/").content.decode()
    assert f"#c{high}" in page
    assert "margen de 10" in page


@pytest.mark.parametrize("query", ["margen=900", "margen=x", "quien=nadie", "conocido=ayer"])
def test_a_question_without_sense_gets_the_page_and_says_so(
    world: World, signed_in: SignedIn, query: str
) -> None:
    answer = signed_in(world.users[Role.READER]).get(f"/cifras-ajenas/conciliar/?{query}")
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
