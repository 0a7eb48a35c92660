"""A register that was moved seals again once somebody says so, and both trail and log say that it was."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.ledger import models
from constancia.apps.ledger.queries.checking import check
from constancia.apps.ledger.services import daily, sealing
from constancia.apps.ledger.services.cosigning import seal_and_cosign
from constancia.apps.ledger.services.moving import moved
from constancia.domain.errors import StoreRefused
from constancia.infra import trail, unlocked, whereabouts
from constancia.infra.home import Home
from tests.support.cast import NewCase
from tests.support.seals import without_last_seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(suite_home: Home, desk: User, case: NewCase) -> Iterator[None]:
    """The register of this run, sealed once, as if from another folder."""
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    noted = json.loads(suite_home.place_file.read_bytes())
    suite_home.place_file.write_text(json.dumps(noted | {"folder": "0" * 64}))
    yield
    suite_home.place_file.unlink()


@pytest.mark.usefixtures("elsewhere")
def test_nothing_is_sealed_until_somebody_says_it_and_recording_goes_on(desk: User, case: NewCase) -> None:
    for seals in (sealing.seal, seal_and_cosign):
        with pytest.raises(StoreRefused, match=r"ledger\.elsewhere"):
            seals()
    assert daily.seal_if_due() is False
    case(desk, "Yusmary Peña")
    assert moved() == "folder"
    assert trail.events(limit=1)[0].said == {"how": "folder", "what": "moved"}
    event = trail.events(limit=1)[0].seq
    assert models.Notice.objects.order_by("-pk")[0].text == f'{{"event":{event},"what":"moved"}}'
    assert moved() is None
    assert sealing.seal()[0].size == 128
    assert check().clean


@pytest.mark.usefixtures("elsewhere")
def test_a_copy_that_is_behind_is_moved_and_is_read_only_until_it_is_recovered(
    desk: User, case: NewCase
) -> None:
    assert moved() == "folder"
    case(desk, "Yusmary Peña")
    sealing.seal()
    without_last_seal()
    noted = json.loads(unlocked.home().place_file.read_bytes())
    unlocked.home().place_file.write_text(json.dumps(noted | {"folder": "0" * 64}))
    assert moved() == "folder"
    assert whereabouts.differs(unlocked.home()) is None
    with pytest.raises(StoreRefused, match=r"ledger\.restored"):
        sealing.seal()
