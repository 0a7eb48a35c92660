"""Two people decide on the same claims: nobody overturns what they have not seen; one correction stands."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import queries, services
from constancia.apps.claims.models import Claim, Decision
from constancia.apps.claims.services import documents
from constancia.apps.claims.standing import Standing
from constancia.domain.errors import InputRefused
from tests.apps.claims.papers import about, held, paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(desk: User, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(documents, "propose", lambda text, *_: [held(text=text)])
    number = services.add_document(desk, paper()).document
    return queries.document(desk, number).claims[0].number


def refusal(deed: object, *args: object, **more: object) -> str:
    with pytest.raises(InputRefused) as refused:
        deed(*args, **more)  # type: ignore[operator]
    return refused.value.code


def test_a_decision_on_what_somebody_else_decided_meanwhile_is_not_recorded(
    desk: User, second: User, claim: int
) -> None:
    services.confirm(desk, claim, seen=0)
    assert refusal(services.reject, second, claim, seen=0) == "claim.confirmed_meanwhile"
    assert refusal(services.confirm, second, claim, seen=0) == "claim.confirmed_meanwhile"
    assert refusal(services.correct, second, claim, about(held(), value=121), seen=0) == (
        "claim.confirmed_meanwhile"
    )
    assert Decision.objects.count() == 1
    services.retract(desk, claim, seen=queries.claim(desk, claim).decision)
    assert refusal(services.reject, second, claim, seen=0) == "claim.retracted_meanwhile"
    services.reject(second, claim, seen=queries.claim(second, claim).decision)
    assert queries.claim(desk, claim).standing is Standing.REJECTED


def test_the_same_decision_sent_twice_is_recorded_once(desk: User, claim: int) -> None:
    services.confirm(desk, claim, seen=0)
    services.confirm(desk, claim, seen=0)
    assert Decision.objects.count() == 1


def test_the_contrary_of_what_stands_is_decided_only_after_it_is_taken_back(
    desk: User, second: User, claim: int
) -> None:
    services.confirm(desk, claim)
    assert refusal(services.reject, second, claim) == "claim.decided"
    services.retract(second, claim)
    services.reject(second, claim)
    assert refusal(services.confirm, desk, claim) == "claim.decided"


def test_what_nobody_decided_cannot_be_taken_back(desk: User, claim: int) -> None:
    assert refusal(services.retract, desk, claim) == "claim.not_decided"
    services.confirm(desk, claim)
    services.retract(desk, claim)
    assert refusal(services.retract, desk, claim) == "claim.not_decided"
    assert Decision.objects.count() == 2


def test_the_whole_history_of_a_claim_is_told_with_every_correction(
    desk: User, second: User, claim: int
) -> None:
    services.confirm(desk, claim, note="leída")
    better = services.correct(second, claim, about(held(), value=121), note="dice 121")
    best = services.correct(desk, better, about(held(), value=122))
    services.retract(second, best)
    told = queries.claim(desk, better).history
    assert told == queries.claim(desk, claim).history
    assert [(one.deed, one.claim.value, one.who, one.note) for one in told] == [
        ("read", 120, "Delfina", ""),
        ("confirm", 120, "Delfina", "leída"),
        ("corrected", 121, "Segundo", "dice 121"),
        ("corrected", 122, "Delfina", ""),
        ("retract", 122, "Segundo", ""),
    ]


def test_only_one_correction_of_a_claim_stands(desk: User, claim: int) -> None:
    first = services.correct(desk, claim, about(held(), value=121))
    services.retract(desk, first)
    other = services.correct(desk, claim, about(held(), value=122))
    assert refusal(services.confirm, desk, first) == "claim.other_correction"
    assert refusal(services.correct, desk, first, about(held(), value=123)) == "claim.other_correction"
    assert [line.number for line in queries.confirmed(desk)] == [other]


def test_a_correction_of_a_correction_that_was_taken_back_does_not_come_beside_another(
    desk: User, claim: int
) -> None:
    first = services.correct(desk, claim, about(held(), value=121))
    deeper = services.correct(desk, first, about(held(), value=122))
    services.retract(desk, deeper)
    services.retract(desk, first)
    other = services.correct(desk, claim, about(held(), value=123))
    assert refusal(services.confirm, desk, deeper) == "claim.other_correction"
    services.retract(desk, other)
    services.confirm(desk, deeper)
    assert [line.number for line in queries.confirmed(desk)] == [deeper]


def test_a_correction_taken_back_waits_for_nobody(desk: User, claim: int) -> None:
    services.confirm(desk, claim)
    better = services.correct(desk, claim, about(held(), value=121))
    services.retract(desk, better)
    assert queries.waiting(desk) == 0
    assert [line.number for line in queries.confirmed(desk)] == [claim]
    assert queries.claim(desk, better).standing is Standing.WITHDRAWN
    assert Claim.objects.count() == 2
