"""The daily seal is made once a day by whoever serves the site; what fails never takes the site down."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.ledger.models import FACTS
from constancia.apps.ledger.queries.proofs import last_checkpoint
from constancia.apps.ledger.services import daily, sealing
from constancia.infra import clock
from constancia.infra.logs import ImpersonalFormatter
from tests.support.cast import NewCase
from tests.support.seals import without_last_seal

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)  # 02:30 in Caracas
MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


def test_it_waits_for_its_hour_and_comes_once(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    with clock.frozen(NIGHT):
        assert not daily.seal_if_due()
    with clock.frozen(MORNING):
        assert daily.seal_if_due()
        assert not daily.seal_if_due()
    with clock.frozen(MORNING.replace(day=3)):
        assert daily.seal_if_due()


def test_a_register_that_is_not_ours_is_left_alone(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    sealing.seal()
    without_last_seal()
    with clock.frozen(MORNING.replace(year=2030)):
        assert not daily.seal_if_due()
    last = last_checkpoint(FACTS)
    assert last is not None
    assert last.size == 64


def test_what_nobody_foresaw_is_logged_without_its_words_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(**_: object) -> None:
        raise OSError("no space for Onésimo")

    monkeypatch.setattr(daily, "is_due", lambda _: True)
    monkeypatch.setattr(daily, "seal_and_cosign", full)
    assert not daily.seal_if_due()
    (record,) = caplog.records
    assert "Onésimo" not in ImpersonalFormatter().format(record)


def test_it_looks_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(daily, "seal_if_due", lambda: False)
    with pytest.raises(KeyboardInterrupt):
        daily.keep_sealing(pause)
    assert pauses == [daily.PAUSE_SECONDS] * 3
