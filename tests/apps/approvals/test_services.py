"""Asked by one, answered by another, used once: who may, until when, and when somebody is alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import User
from constancia.apps.approvals import queries, services, wording
from constancia.apps.approvals.models import Answer, Request, Use
from constancia.apps.approvals.rules import RULES
from constancia.domain.errors import InputRefused, NotAllowed, NotFound, StoreRefused
from constancia.domain.vocabulary.approvals import ApprovalKind, ApprovalStage
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.domain.vocabulary.terms import Role
from constancia.infra import trail
from tests.apps.approvals.conftest import Later

KIND = ApprovalKind.EXPORT_CASES
LARA: dict[str, Any] = {"text": "zutana inventada", "filters": {}, "regions": ["lara"]}
WHOLE = {**LARA, "regions": ["*"]}


def asked(who: User, terms: dict[str, Any] = WHOLE, people: int = 10) -> int:
    return services.ask(who, KIND, terms, "para la defensa", people)


def test_what_another_approved_is_used_once(desk: User, second: User) -> None:
    number = asked(desk)
    with pytest.raises(NotAllowed, match=r"approval\.needed"):
        services.spend_number(desk, number, KIND, 10)
    services.answer(second, number, approve=True)
    spent = services.spend_number(desk, number, KIND, 10)
    assert (spent.asked_by, spent.approved_by, spent.alone) == ("Delfina", "Segundo", False)
    assert (spent.terms, len(spent.mark)) == (WHOLE, 32)
    with pytest.raises(NotAllowed, match=r"approval\.needed"):
        services.spend_number(desk, number, KIND, 10)
    assert queries.shown(desk, number).stage is ApprovalStage.USED
    deeds = [(event.deed, event.actor) for event in reversed(trail.events(limit=3))]
    assert deeds == [
        (Deed.APPROVAL_ASKED, desk.pk),
        (Deed.APPROVAL_ANSWERED, second.pk),
        (Deed.APPROVAL_USED, desk.pk),
    ]


def test_who_asks_never_approves_and_may_take_it_back(desk: User, second: User) -> None:
    number = asked(desk)
    with pytest.raises(NotAllowed, match=r"approval\.second_person"):
        services.answer(desk, number, approve=True)
    assert trail.events(limit=1)[0].outcome is Outcome.REFUSED
    services.answer(desk, number, approve=False)
    assert queries.shown(second, number).stage is ApprovalStage.REFUSED
    with pytest.raises(InputRefused, match=r"approval\.answered"):
        services.answer(second, number, approve=True)


def test_the_database_too_refuses_the_asker_and_every_change(desk: User, second: User) -> None:
    number = asked(desk)
    row = Request.objects.get(pk=number)
    given = {"request": row, "asked_by": desk, "answered_at": row.asked_at, "expires_at": row.expires_at}
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer(approved=True, answered_by=desk, **given).save()
    services.answer(second, number, approve=False)
    for change in (
        "UPDATE approvals_answer SET approved = (1 = 1)",
        "DELETE FROM approvals_answer",
        "UPDATE approvals_request SET people = 0",
        "DELETE FROM approvals_request",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    for model in (Request, Answer, Use):
        with pytest.raises(StoreRefused):
            model.objects.all().delete()


def test_requests_expire_unanswered_and_approvals_unused(desk: User, second: User, later: Later) -> None:
    first, late = asked(desk), asked(desk, LARA)
    services.answer(second, first, approve=True)
    with later(23), pytest.raises(InputRefused, match=r"approval\.open"):
        asked(desk)
    with later(25):
        assert queries.shown(desk, first).stage is ApprovalStage.EXPIRED
        with pytest.raises(NotAllowed, match=r"approval\.needed"):
            services.spend_number(desk, first, KIND, 10)
    with later(73):
        with pytest.raises(InputRefused, match=r"approval\.expired"):
            services.answer(second, late, approve=True)
        assert asked(desk, LARA) > late


def test_the_same_asked_for_twice_is_one_request(desk: User, second: User) -> None:
    number = asked(desk)
    with pytest.raises(InputRefused) as refused:
        asked(desk)
    assert refused.value.params == {"number": number}
    assert asked(second) > number  # somebody else's is another


def test_an_export_needs_a_reason_of_one_line(desk: User, second: User) -> None:
    for reason in ("", "  ", "x" * 301, "una\x00línea"):
        with pytest.raises(InputRefused, match=r"approval\.reason"):
            services.ask(desk, KIND, WHOLE, reason, 1)


def test_an_approval_is_of_exactly_what_was_asked(desk: User, second: User) -> None:
    services.answer(second, asked(desk, LARA), approve=True)
    for terms in (WHOLE, {**LARA, "text": "zutano inventado"}, {**LARA, "filters": {"custody": "free"}}):
        with pytest.raises(NotAllowed, match=r"approval\.needed"):
            services.spend(desk, KIND, terms, 10)
    with pytest.raises(NotAllowed, match=r"approval\.needed"):
        services.spend(desk, ApprovalKind.EXPORT_LINKAGE, LARA, 10)
    with pytest.raises(NotAllowed, match=r"approval\.needed"):
        services.spend(second, KIND, LARA, 10)
    services.spend(desk, KIND, LARA, 10)


def test_many_more_people_than_were_told_do_not_leave(desk: User, second: User) -> None:
    number = asked(desk, people=100)
    services.answer(second, number, approve=True)
    with pytest.raises(InputRefused, match=r"approval\.grown"):
        services.spend_number(desk, number, KIND, 111)
    services.spend_number(desk, number, KIND, 110)


def test_whoever_was_shut_out_since_has_approved_nothing(desk: User, second: User, admin: User) -> None:
    number = asked(desk)
    services.answer(second, number, approve=True)
    accounts.disable(admin, second)
    with pytest.raises(NotAllowed, match=r"approval\.needed"):
        services.spend_number(desk, number, KIND, 10)
    assert queries.shown(desk, number).stage is ApprovalStage.EXPIRED


def test_a_coordinator_answers_for_the_regions_of_the_role_only(lara: User, zulia: User, desk: User) -> None:
    mine, whole = asked(lara, LARA), asked(desk)
    with pytest.raises(NotFound, match=r"approval\.not_found"):
        services.answer(zulia, mine, approve=True)
    with pytest.raises(NotFound):
        queries.shown(lara, whole)
    with pytest.raises(NotFound):
        queries.shown(zulia, 10**20)
    assert [one.number for one in queries.listed(lara)] == [mine]
    assert queries.listed(zulia) == ()
    assert (queries.waiting(desk), queries.waiting(zulia)) == (1, 0)
    services.answer(desk, mine, approve=True)
    services.spend_number(lara, mine, KIND, 10)


@pytest.mark.parametrize("role", [Role.LAWYER, Role.VOLUNTEER, Role.READER, Role.AUDITOR])
def test_other_roles_neither_ask_nor_answer(desk: User, role: Role) -> None:
    number, somebody = asked(desk), accounts.create_user(None, "alguien", "Alguien", role)
    for attempt in (
        lambda: asked(somebody),
        lambda: services.answer(somebody, number, approve=True),
        lambda: queries.listed(somebody),
    ):
        with pytest.raises(NotAllowed, match=r"account\.not_allowed"):
            attempt()


def test_what_is_asked_for_is_sealed_in_the_database(desk: User, second: User) -> None:
    number = asked(desk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM approvals_request WHERE id = %s", [number])
        cells = [bytes(one) if isinstance(one, bytes | memoryview) else str(one) for one in cursor.fetchone()]
    assert not any(b"zutana" in one if isinstance(one, bytes) else "zutana" in one for one in cells)
    said = " ".join(str(event.said) for event in trail.events())
    assert "zutana" not in said
    assert "defensa" not in said


def test_who_is_alone_goes_on_and_that_is_noted(admin: User) -> None:
    number = asked(admin)
    assert trail.events(limit=1)[0].said == {"approval": KIND.value, "approved": True, "alone": True}
    spent = services.spend_number(admin, number, KIND, 10)
    assert spent.alone
    assert queries.shown(admin, number).alone


def test_as_soon_as_there_are_two_two_are_needed(admin: User, desk: User) -> None:
    number = asked(admin)
    with pytest.raises(NotAllowed, match=r"approval\.needed"):
        services.spend_number(admin, number, KIND, 10)
    services.answer(desk, number, approve=True)
    assert not services.spend_number(admin, number, KIND, 10).alone


def test_somebody_who_travels_still_makes_two(admin: User, other: User) -> None:
    User.objects.filter(pk=other.pk).update(away_since=other.created_at)
    with pytest.raises(NotAllowed, match=r"approval\.needed"):
        services.spend_number(admin, asked(admin), KIND, 10)


def test_every_kind_has_its_rule_and_its_words() -> None:
    assert RULES.keys() == set(ApprovalKind) == wording._WHAT.keys()
