"""Entries take their place in the trees, hidden among padding, and are signed once they are committed."""

from __future__ import annotations

import pytest
from django.db import connection

from constancia.apps.accounts.models import User
from constancia.apps.ledger import models, publishing, standing
from constancia.apps.ledger.keys import log_key
from constancia.apps.ledger.models import CASES, FACTS
from constancia.apps.ledger.queries.checking import check
from constancia.apps.ledger.services import sealing
from constancia.apps.ledger.trees import getter, root_at, size_of
from constancia.apps.register import services
from constancia.apps.register.vouching import vouch
from constancia.domain.errors import StoreRefused
from constancia.domain.ledger.checkpoint import open_checkpoint
from constancia.domain.ledger.merkle import (
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
)
from constancia.domain.vocabulary.terms import Verdict
from constancia.infra import unlocked
from constancia.infra.append_only import releasing
from tests.support.cast import NewCase
from tests.support.seals import without_last_seal

pytestmark = pytest.mark.django_db


def test_every_fact_review_and_case_has_its_entry(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta", released="2026-02-01")
    services.review(second, person.facts.get(kind="release").seq, Verdict.CONFIRM)
    found = vouch()
    assert found["records"] == person.facts.count() + 1 + 1
    assert not {"missing", "altered", "gone"} & set(+found)


def test_a_seal_grows_the_log_of_facts_by_whole_batches_and_the_roster_by_its_cases(
    desk: User, case: NewCase
) -> None:
    case(desk, "Onésimo Urdaneta")
    facts, cases = sealing.seal()
    assert (facts.size % sealing.BATCH, facts.entries + facts.padding) == (0, facts.size)
    assert (cases.size, cases.entries, cases.padding) == (1, 1, 0)


def test_a_day_without_records_looks_like_another(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    before = size_of(FACTS)
    facts, cases = sealing.seal()
    assert (facts.size - before, facts.entries, cases.size) == (sealing.BATCH, 0, 1)


def test_leaves_of_one_seal_stand_in_the_order_of_their_hashes(desk: User, case: NewCase) -> None:
    for name in ("Onésimo Urdaneta", "Yusmary Peña", "Eulogio Farías"):
        case(desk, name)
    sealing.seal()
    leaves = [
        bytes(one)
        for one in models.Leaf.objects.filter(log=FACTS).order_by("index").values_list("hash", flat=True)
    ]
    assert leaves == sorted(leaves)


def test_what_is_sealed_is_proven_in_the_log_and_the_log_only_grows(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    older = size_of(FACTS)
    case(desk, "Yusmary Peña")
    sealing.seal()
    size, get = size_of(FACTS), getter(FACTS)
    for leaf in models.Leaf.objects.filter(log=FACTS, kind="entry").select_related("entry"):
        proof = inclusion_proof(leaf.index, size, get)
        check_inclusion(leaf.index, size, bytes(leaf.entry.leaf), proof, root_at(FACTS, size))
    check_consistency(
        older, size, consistency_proof(older, size, get), root_at(FACTS, older), root_at(FACTS, size)
    )


def test_what_is_published_is_signed_by_the_log(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    for log in (FACTS, CASES):
        data = (publishing.folder_of(log) / "checkpoint").read_bytes()
        found, _ = open_checkpoint(data, log_key(log))
        assert (found.size, found.root) == (size_of(log), root_at(log, size_of(log)))
    assert check().clean


def test_a_sealing_killed_before_it_signed_is_signed_by_the_next(
    desk: User, case: NewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    case(desk, "Onésimo Urdaneta")
    with monkeypatch.context() as patched:
        patched.setattr(sealing, "sign_outstanding", _killed)
        with pytest.raises(KeyboardInterrupt):
            sealing.seal()
    assert not models.Checkpoint.objects.exists()
    sealing.seal()
    assert check().clean


@pytest.mark.parametrize(
    ("table", "change", "fault"),
    [
        (
            "ledger_node",
            "UPDATE ledger_node SET hash = (SELECT hash FROM ledger_leaf LIMIT 1) WHERE level = 1",
            "node",
        ),
        ("ledger_node", "DELETE FROM ledger_node WHERE level = 2", "node"),
        ("ledger_leaf", "UPDATE ledger_leaf SET kind = 'padding' WHERE kind = 'entry'", "leaf"),
        ("ledger_entry", "UPDATE ledger_entry SET week = '2020-W01' WHERE seq = 1", "entry"),
        ("ledger_checkpoint", "UPDATE ledger_checkpoint SET note = 'x'", "checkpoint"),
    ],
)
def test_row_13_fsck_notices_what_was_changed_with_the_triggers_gone(
    desk: User, case: NewCase, table: str, change: str, fault: str
) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    assert check().clean
    with connection.cursor() as cursor:
        for statement in releasing(connection, table):
            cursor.execute(statement)
        cursor.execute(change)
    assert fault in check().faults


def test_row_05_fsck_notices_a_tile_and_a_checkpoint_that_are_not_ours(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    tile = next(path for path in publishing.folder_of(FACTS).rglob("tile/0/*") if path.is_dir())
    (next(tile.iterdir())).write_bytes(b"other")
    (publishing.folder_of(CASES) / "checkpoint").unlink()
    assert set(check().faults) == {"tile", "published"}


def test_a_fact_altered_behind_the_back_of_the_triggers_is_not_the_one_committed(
    desk: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta")
    with connection.cursor() as cursor:
        for statement in releasing(connection, "register_fact"):
            cursor.execute(statement)
        cursor.execute(
            "UPDATE register_fact SET edtf = '2019-01-01' WHERE seq = %s",
            [person.facts.get(kind="arrest").seq],
        )
    assert vouch()["altered"] == 1


def test_row_04_a_restored_database_is_read_only_and_cannot_seal(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    data = unlocked.home().checkpoint.read_bytes()
    sealing.seal()
    later = unlocked.home().checkpoint.read_bytes()
    without_last_seal()
    for content, expected in ((data, "ours"), (later, "restored")):
        unlocked.home().checkpoint.write_bytes(content)
        standing.forget()
        assert standing.standing() == expected
    with pytest.raises(StoreRefused, match=r"ledger\.restored"):
        sealing.seal()
    with pytest.raises(StoreRefused, match=r"ledger\.restored"):
        case(desk, "Yusmary Peña")


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_next_seal_finishes_what_a_killed_one_began_to_publish(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    folder = publishing.folder_of(CASES)
    tile, bundle = folder / "tile/0/000.p/1", folder / "tile/entries/000.p/1"
    whole = bundle.read_bytes()
    bundle.unlink()
    left = [tile.with_name(".1.0a1b2c3d4e5f.tmp"), bundle.with_name(".1.0a1b2c3d4e5f.tmp")]
    for path in left:
        path.touch()
    sealing.seal()
    assert bundle.read_bytes() == whole
    assert not any(path.exists() for path in left)
