"""Statements: dated, in versions, and never more than marks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import queries, services
from constancia.apps.claims.models import Statement
from constancia.apps.claims.services import StatementGiven
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from tests.apps.claims.papers import paper

pytestmark = pytest.mark.django_db

START = datetime(2026, 1, 12, 12, tzinfo=UTC)


def said(**more: object) -> StatementGiven:
    fields = {
        "said_on": date(2026, 1, 10),
        "speaker": "Ministro inventado",
        "mark": "Niega que queden presos",
        "hour": "20:00",
        "address": "https://diario.example/declara",
    }
    return StatementGiven(**(fields | more))  # type: ignore[arg-type]


def test_statements_come_by_day_and_hour_between_two_days(desk: User) -> None:
    late = services.add_statement(desk, said(hour="21:30"))
    early = services.add_statement(desk, said(hour=""))
    services.add_statement(desk, said(said_on=date(2026, 1, 20)))
    found = queries.statements(desk, date(2026, 1, 1), date(2026, 1, 15))
    assert [line.number for line in found] == [early, late]


def test_a_correction_and_a_withdrawal_hold_from_then_on(desk: User) -> None:
    number = services.add_statement(desk, said(), at=START)
    services.correct_statement(desk, number, said(mark="Otra cosa"), at=START + timedelta(hours=1))
    services.withdraw_statement(desk, number, at=START + timedelta(hours=2))
    marks = [
        [line.mark for line in queries.statements(desk, known_at=START + timedelta(hours=hours))]
        for hours in (-1, 0, 1, 2)
    ]
    assert marks == [[], ["Niega que queden presos"], ["Otra cosa"], []]
    with pytest.raises(InputRefused) as refused:
        services.withdraw_statement(desk, number)
    assert refused.value.code == "statement.withdrawn"
    services.correct_statement(desk, number, said())
    assert queries.statement(desk, number).withdrawn is False
    assert Statement.objects.count() == 4


def test_a_statement_may_stand_in_a_document(desk: User) -> None:
    document = services.add_document(desk, paper(), read=False).document
    line = queries.statement(desk, services.add_statement(desk, said(document=document)))
    assert (line.document, line.document_title) == (document, "Un balance inventado")
    with pytest.raises(NotFound):
        services.add_statement(desk, said(document=document + 1))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"speaker": ""}, "statement.speaker"),
        ({"mark": "  "}, "statement.mark"),
        ({"hour": "8 pm"}, "statement.hour"),
        ({"hour": "24:00"}, "statement.hour"),
        ({"address": "javascript:alert(1)"}, "claims.address"),
        ({"mark": "x" * 121}, "name.too_long"),
    ],
)
def test_a_statement_that_does_not_hold_is_refused(desk: User, wrong: dict[str, str], code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        services.add_statement(desk, said(**wrong))
    assert refused.value.code == code
    assert not Statement.objects.exists()


def test_whoever_may_only_read_states_nothing(desk: User, lara: User, volunteer: User) -> None:
    number = services.add_statement(desk, said())
    for deed in (
        lambda: services.add_statement(lara, said()),
        lambda: services.correct_statement(lara, number, said()),
        lambda: services.withdraw_statement(lara, number),
        lambda: queries.statements(volunteer),
    ):
        with pytest.raises(NotAllowed):
            deed()
    with pytest.raises(NotFound):
        queries.statement(desk, number + 1)
