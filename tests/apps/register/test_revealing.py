"""What is closed on a case is opened with a reason, for a while, and for so many people in an hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.register import queries, revealing
from constancia.apps.register.models import Person
from constancia.apps.register.services import FactGiven
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.deeds import Deed, OpeningReason, Outcome
from constancia.domain.vocabulary.terms import Tier
from constancia.infra import clock, trail, unlocked
from tests.support.cast import TOLD, NewCase

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 16, tzinfo=UTC)
NUMBER = "V-12.345.678"
MORE = (
    FactGiven("identity_document", {"number": NUMBER}),
    FactGiven("birth", {"born": "1980-05-01"}),
    FactGiven("contact", {"contact_name": "Gumersinda", "reach": "0412-0000000"}),
    FactGiven("safety_note", {"text": "No llamar de noche."}),
)


@pytest.fixture
def onesimo(desk: User, case: NewCase) -> Person:
    return case(desk, "Onésimo Urdaneta", source=TOLD, more=MORE)


def opened(user: User, person: Person, tier: Tier = Tier.IDENTITY, **more: Any) -> int:
    return revealing.reveal(user, person.code, tier, OpeningReason.FAMILY, **more)


def at_most(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    home = unlocked.home()
    monkeypatch.setitem(home.__dict__, "settings", replace(home.settings, openings_per_hour=number))


def told(page: queries.CasePage, kind: str) -> dict[str, Any]:
    return next(line.fields for line in page.facts if line.kind == kind)


def test_documents_births_sources_contacts_and_notes_are_closed_until_somebody_says_why(
    desk: User, onesimo: Person
) -> None:
    page = queries.case(desk, onesimo.code)
    assert page.name == "Onésimo Urdaneta"
    closed = {line.kind: line.fields for line in page.facts if line.closed}
    assert closed == {kind: {} for kind in ("identity_document", "birth", "contact", "safety_note")}
    assert page.closed == {Tier.IDENTITY, Tier.SEALED}
    assert {line.source.label for line in page.facts} == {""}
    assert not [one for one in page.view.facts if one.fact.kind in closed and one.fact.fields]

    page = queries.case(desk, onesimo.code, by=[opened(desk, onesimo)])
    assert told(page, "identity_document")["number"] == NUMBER
    assert told(page, "contact") == {}
    assert page.closed == {Tier.SEALED}

    page = queries.case(desk, onesimo.code, by=[opened(desk, onesimo, Tier.SEALED)])
    assert told(page, "contact")["contact_name"] == "Gumersinda"
    assert told(page, "identity_document") == {}
    assert {line.source.label for line in page.facts} == {"Hermana"}


def test_an_opening_is_noted_with_its_reason_and_serves_its_user_its_case_and_a_quarter_of_an_hour(
    desk: User, second: User, onesimo: Person, case: NewCase
) -> None:
    other = case(desk, "Otra Persona", more=MORE)
    with clock.frozen(NOON):
        number = opened(desk, onesimo, words="llamar hoy a la casa")
        event = trail.event(number)
        assert event is not None
        assert (event.actor, event.deed, event.number) == (desk.pk, Deed.IDENTITY_OPENED, onesimo.pk)
        assert event.said == {"reason": "family", "words": "llamar hoy a la casa"}
        assert Tier.IDENTITY in queries.case(desk, onesimo.code, by=[number]).revealed.tiers
        assert not queries.case(second, onesimo.code, by=[number]).revealed.tiers
        assert not queries.case(desk, other.code, by=[number]).revealed.tiers
        assert not queries.case(desk, onesimo.code, by=[number + 1, 0, -1]).revealed.tiers
    with clock.frozen(NOON + revealing.SHOWN_FOR):
        assert not queries.case(desk, onesimo.code, by=[number]).revealed.tiers


def test_the_grade_of_a_closed_fact_does_not_change_by_opening_it(desk: User, onesimo: Person) -> None:
    by = [opened(desk, onesimo), opened(desk, onesimo, Tier.SEALED)]
    closed, shown = queries.case(desk, onesimo.code), queries.case(desk, onesimo.code, by=by)
    assert [line.view.graded for line in closed.facts] == [line.view.graded for line in shown.facts]


def test_asvs_2_4_1_beyond_the_limit_nobody_else_is_opened_until_the_hour_has_passed(
    desk: User, case: NewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [case(desk, f"Persona {number}", more=MORE) for number in range(3)]
    at_most(2, monkeypatch)
    with clock.frozen(NOON):
        opened(desk, people[0])
    with clock.frozen(NOON + timedelta(minutes=20)):
        opened(desk, people[1], Tier.SEALED)
        opened(desk, people[1])  # somebody opened already costs nothing more
        with pytest.raises(InputRefused) as refused:
            opened(desk, people[2])
    assert (refused.value.code, refused.value.params["until"]) == ("revealing.limit", "13:00")
    (last,) = trail.events(limit=1)
    assert (last.outcome, last.number) == (Outcome.REFUSED, people[2].pk)
    assert not revealing.revealed(desk, people[2].pk, [last.seq]).tiers
    with clock.frozen(NOON + timedelta(hours=1)):
        opened(desk, people[2])


def test_two_at_once_do_not_both_pass_a_limit_that_leaves_room_for_one(suite_home: object) -> None:
    together, passed = Barrier(4), []

    def decide(connection: Any) -> tuple[Outcome, dict[str, Any]]:
        done = trail.select(connection, "deed = ? AND outcome = ?", (Deed.COMPARED.value, Outcome.DONE.value))
        return (Outcome.REFUSED if done else Outcome.DONE), {}

    def try_it() -> None:
        together.wait()
        passed.append(trail.note_if(7, Deed.COMPARED, "", None, decide)[1])

    threads = [Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(passed) == [Outcome.DONE, *[Outcome.REFUSED] * 3]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "revealing.words"),
        ("corto", "revealing.words"),
        ("preguntan por Urdaneta", "revealing.personal"),
        ("preguntan por URDÁNETA", "revealing.personal"),
        ("es el de la cédula 12345678", "revealing.personal"),
    ],
)
def test_a_reason_says_why_and_not_whom(desk: User, onesimo: Person, words: str, code: str) -> None:
    before = trail.last()
    with pytest.raises(InputRefused) as refused:
        revealing.reveal(desk, onesimo.code, Tier.IDENTITY, OpeningReason.OTHER, words)
    assert refused.value.code == code
    assert trail.last() == before


def test_who_may_not_open_opens_nothing(
    lara: User, zulia: User, lawyer: User, volunteer: User, onesimo: Person
) -> None:
    assert opened(lara, onesimo, Tier.SEALED)
    with pytest.raises(NotFound):
        opened(zulia, onesimo)
    with pytest.raises(NotFound):
        opened(lawyer, onesimo)
    with pytest.raises(NotAllowed):
        opened(lawyer, onesimo, Tier.SEALED)
    with pytest.raises(NotAllowed):
        opened(volunteer, onesimo)


def test_a_queue_shows_documents_side_by_side_noted_and_for_so_many_people_in_an_hour(
    desk: User, case: NewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [case(desk, f"Persona {number}", more=MORE).pk for number in range(3)]
    home = unlocked.home()
    monkeypatch.setitem(home.__dict__, "settings", replace(home.settings, comparisons_per_hour=2))
    assert queries.sides(desk, people[:2])[people[0]].documents == (NUMBER,)
    (noted,) = trail.events(limit=1)
    assert (noted.deed, noted.said["people"]) == (Deed.COMPARED, people[:2])
    queries.sides(desk, people[:1])
    with pytest.raises(InputRefused) as refused:
        queries.sides(desk, people)
    assert refused.value.code == "revealing.comparisons"
