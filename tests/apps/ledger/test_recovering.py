"""A register restored from an older backup goes on from where everybody saw its log."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.ledger import publishing, standing
from constancia.apps.ledger.models import FACTS
from constancia.apps.ledger.queries import proofs
from constancia.apps.ledger.queries.checking import check
from constancia.apps.ledger.services import recovering, sealing
from constancia.apps.ledger.trees import root_at, size_of
from constancia.apps.register.vouching import vouch
from constancia.domain.errors import StoreRefused
from constancia.domain.ledger.refused import ProofRefused
from constancia.infra import unlocked
from tests.support.cast import NewCase
from tests.support.seals import without_last_seal

pytestmark = pytest.mark.django_db


def test_the_log_ends_where_the_published_one_does_and_goes_on(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    seen = root_at(FACTS, 64)
    sealing.seal()
    last = root_at(FACTS, 128)
    without_last_seal()
    assert standing.standing() == "restored"
    facts, cases = recovering.recover()
    assert (facts.size, facts.found, facts.lost) == (128, 0, 64)
    assert (cases.found, cases.lost) == (0, 0)
    assert (root_at(FACTS, 64), root_at(FACTS, 128), standing.standing()) == (seen, last, "ours")
    case(desk, "Yusmary Peña")
    sealing.seal()
    assert check().clean
    assert vouch()["missing"] == 0


def test_what_waited_in_the_backup_gets_the_place_it_had(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    case(desk, "Yusmary Peña")
    facts, _ = sealing.seal()
    without_last_seal()
    again, cases = recovering.recover()
    assert (again.found, cases.found) == (facts.entries, 1)
    assert check().clean


def test_cases_that_only_the_published_roster_knows_keep_their_place(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    case(desk, "Yusmary Peña")
    sealing.seal()
    roots = [one.root for one in proofs.roster(2)]
    without_last_seal(entries=True)
    _, cases = recovering.recover()
    assert [one.root for one in proofs.roster(2)] == roots
    assert [one.detention is None for one in proofs.roster(2)] == [False, True]
    assert cases.size == 2


@pytest.mark.parametrize("change", ["short", "flipped", "missing"])
def test_a_copy_of_the_log_that_does_not_hold_is_refused(desk: User, case: NewCase, change: str) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    sealing.seal()
    without_last_seal()
    tile = publishing.folder_of(FACTS) / "tile/0/000.p/128"
    data = tile.read_bytes()
    if change == "missing":
        tile.unlink()
    else:
        tile.write_bytes(data[:-32] if change == "short" else data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(ProofRefused):
        recovering.recover()
    assert size_of(FACTS) == 64


def test_a_copy_older_than_what_was_published_is_not_gone_on_from(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    older = (publishing.folder_of(FACTS) / "checkpoint").read_bytes()
    sealing.seal()
    without_last_seal()
    (publishing.folder_of(FACTS) / "checkpoint").write_bytes(older)
    with pytest.raises(StoreRefused, match=r"ledger\.copy_older"):
        recovering.recover()


def test_without_a_published_log_nothing_is_recovered(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    with pytest.raises(StoreRefused, match=r"ledger\.nothing_published"):
        recovering.recover(unlocked.home().evidence)
