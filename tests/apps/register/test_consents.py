"""Consents as the register reckons them: the last word, its end, its withdrawal, and who is reminded."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.register import maintenance, queries, services
from constancia.apps.register.models import CaseCard, Person
from constancia.apps.register.queries.consents import consents
from constancia.apps.register.services import FactGiven
from constancia.domain.vocabulary.terms import ConsentTier
from constancia.infra import clock
from tests.support.cast import TOLD, NewCase, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(desk: User, case: NewCase) -> Person:
    return case(desk, "Onésimo Urdaneta")


def _consent(desk: User, person: Person, when: str = "", **fields: Any) -> int:
    dated = {"when": on(when)} if when else {}
    given = FactGiven("consent", {"tier_given": "public_name", **fields}, **dated)
    (seq,) = services.add_facts(desk, person.code, facts=[given], source=TOLD)
    return seq


def _now(person: Person) -> ConsentTier | None:
    return consents(clock.now(), clock.now()).get(person.pk)


def _day(days: int) -> str:
    return (clock.now().date() + timedelta(days=days)).isoformat()


def test_a_consent_names_until_its_last_day_and_the_page_says_how_it_stands(
    desk: User, person: Person
) -> None:
    assert _now(person) is None
    _consent(desk, person, until=_day(40), giver="parent", how="written")
    assert _now(person) is ConsentTier.PUBLIC_NAME
    later = clock.now() + timedelta(days=42)
    assert consents(later, later)[person.pk] is ConsentTier.PUBLIC_ANONYMOUS
    page = queries.case(desk, person.code)
    assert (page.consent, page.consents[0].state, page.consents[0].giver) == (
        "public_name",
        "holds",
        "parent",
    )
    _consent(desk, person, tier_given="count_only", withdrawn=True, giver="parent")
    page = queries.case(desk, person.code)
    assert page.consent == "count_only"
    assert [one.state for one in page.consents] == ["withdrawn", "replaced"]


def test_a_consent_for_the_press_names_nobody_in_the_list(desk: User, person: Person) -> None:
    _consent(desk, person, uses=["press"])
    assert _now(person) is ConsentTier.PUBLIC_ANONYMOUS
    assert queries.case(desk, person.code).consent == "public_anonymous"


def test_taking_back_the_last_word_brings_no_older_name_to_life(desk: User, person: Person) -> None:
    _consent(desk, person)
    later = _consent(desk, person, until=_day(400))
    services.withdraw(desk, later, "La familia llamó")
    assert _now(person) is ConsentTier.PUBLIC_ANONYMOUS
    assert queries.case(desk, person.code).consent == "public_anonymous"
    (last,) = person.facts.filter(supersedes=later)
    services.withdraw(desk, last.pk, "Fue un error")
    assert _now(person) is ConsentTier.PUBLIC_NAME


def test_a_correction_of_a_consent_is_the_last_word(desk: User, person: Person) -> None:
    seq = _consent(desk, person)
    services.correct(desk, seq, FactGiven("consent", {"tier_given": "internal"}), TOLD)
    assert _now(person) is ConsentTier.INTERNAL
    assert queries.case(desk, person.code).consent == "internal"


def test_those_who_may_see_the_case_are_reminded_a_month_before_and_after(
    desk: User, zulia: User, volunteer: User, case: NewCase, person: Person
) -> None:
    soon, late, far = person, case(desk, "Zulima Bracho"), case(desk, "Perengana Rivas")
    _consent(desk, soon, until=_day(20))
    _consent(desk, late, until=_day(-20))
    _consent(desk, far, until=_day(60))
    found = queries.consents_due(desk)
    assert [(day.isoformat(), line.code) for day, line in found] == [
        (_day(-20), late.code),
        (_day(20), soon.code),
    ]
    assert queries.consents_due(zulia) == queries.consents_due(volunteer) == []
    _consent(desk, soon, tier_given="public_anonymous", withdrawn=True)
    assert [line.code for _, line in queries.consents_due(desk)] == [late.code]


def test_the_day_on_a_card_is_derived_again_the_same(desk: User, person: Person) -> None:
    _consent(desk, person, until="2027-01-08")
    assert date.fromordinal(CaseCard.objects.get(pk=person.pk).consent_until) == date(2027, 1, 8)
    maintenance.rebuild()
    assert date.fromordinal(CaseCard.objects.get(pk=person.pk).consent_until) == date(2027, 1, 8)
