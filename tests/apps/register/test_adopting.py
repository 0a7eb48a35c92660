"""What was recorded before there was a ledger is entered later, once, and the log says that it was."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from constancia.apps.accounts.models import User
from constancia.apps.ledger.models import Entry, Notice
from constancia.apps.ledger.services import sealing
from constancia.apps.register import adopting, services
from constancia.apps.register.vouching import vouch
from constancia.domain.vocabulary.terms import Verdict
from constancia.infra import clock
from constancia.infra.append_only import releasing
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db


def without_a_ledger() -> None:
    with connection.cursor() as cursor:
        for statement in releasing(connection, "ledger_entry"):
            cursor.execute(statement)
        cursor.execute("DELETE FROM ledger_entry")


def test_everything_recorded_before_is_entered_and_told(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta", released="2026-02-01")
    services.review(second, person.facts.get(kind="release").seq, Verdict.CONFIRM)
    case(desk, "Yusmary Peña")
    before = {(one.about, one.number): bytes(one.root) for one in Entry.objects.all()}
    without_a_ledger()
    assert vouch()["missing"] == len(before)
    assert adopting.adopt(clock.now()) == len(before)
    after = {(one.about, one.number): bytes(one.root) for one in Entry.objects.exclude(about="notice")}
    assert after == before
    assert vouch()["missing"] == 0
    told = json.loads(Notice.objects.get(kind="adopted").text)
    assert (told["case"], told["review"], told["fact"] > 0) == (2, 1, True)
    sealing.seal()


def test_a_second_time_there_is_nothing_to_enter_and_nothing_is_said(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    assert adopting.adopt(clock.now()) == 0
    assert not Notice.objects.exists()
