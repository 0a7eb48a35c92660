"""A log changes its key: editions from before, during and after hold, and are joined by what the old key
signed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from constancia.apps.accounts.models import User
from constancia.apps.ledger import keys, models, standing
from constancia.apps.ledger.queries import proofs
from constancia.apps.ledger.queries.checking import check
from constancia.apps.ledger.services import key_changing, recovering, sealing
from constancia.apps.ledger.services.cosigning import seal_and_cosign
from constancia.apps.ledger.trees import getter, size_of
from constancia.apps.publishing import services
from constancia.apps.publishing.services import building
from constancia.domain.errors import InputRefused, NotFound, StoreRefused
from constancia.domain.ledger.checkpoint import Checkpoint, open_checkpoint
from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.key_change import Chain, KeyChange
from constancia.domain.ledger.merkle import consistency_proof, frontier_at
from constancia.domain.ledger.note import Key, signature_line, with_signatures
from constancia.domain.ledger.refused import ProofRefused
from constancia.infra import clock, keystore, signing, trail, unlocked
from constancia.infra.append_only import releasing
from constancia.infra.witness import folder
from constancia.infra.witness.answering import add_checkpoint
from constancia.infra.witness.keys import Signer
from constancia.infra.witness.store import Store
from constancia.verifier.bundle import Bundle, open_bundle
from constancia.verifier.report import Report
from constancia.verifier.steps import Asked, verify
from tests.apps.publishing.audited import few
from tests.apps.publishing.crowd import PUBLISHED, Crowd, publish
from tests.support.seals import clear, without_last_seal

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=31)


@pytest.fixture(autouse=True)
def keystore_again() -> Iterator[None]:
    """The keys of this run outlive what a test did to them."""
    home, root, url = unlocked.home(), unlocked.root(), unlocked.database_url()
    before = home.keystore.read_bytes()
    yield
    home.keystore.write_bytes(before)
    unlocked.set_root(root, home, url)
    clear()


@pytest.fixture(autouse=True)
def few_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "files_of", few)


def edition(desk: User, second: User, after: timedelta) -> Path:
    """An edition, so long after the first day, built and sealed an hour later."""
    day = PUBLISHED + after
    number = publish(desk, second, day, date(2026, 2, 24) + after)
    with clock.frozen(day + timedelta(hours=1)):
        return services.build(desk, number, at=day + timedelta(hours=1))


def checked(
    bundle: Path | Bundle, previous: Path | None = None, policy: bytes | None = None
) -> tuple[Report, list[str]]:
    """The report, and "step code" of what failed."""
    opens = partial(open_bundle, bundle) if isinstance(bundle, Path) else lambda: bundle
    report = verify(Asked(opens, partial(open_bundle, previous) if previous else None, policy))
    return report, [f"{one.number} {one.code}" for one in report.steps if one.code]


def sealed_at(when: timedelta) -> None:
    with clock.frozen(PUBLISHED + when):
        seal_and_cosign()


def changed_at(when: timedelta, log: str = "hechos", **more: Any) -> KeyChange:
    with clock.frozen(PUBLISHED + when):
        return key_changing.change_key(log, **more)


def test_editions_from_before_during_and_after_hold_and_follow_each_other(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(7)
    before = edition(desk, second, timedelta(0))
    old_policy = (before / "prueba" / "politica.txt").read_bytes()
    first = keys.log_key("hechos")
    for log in ("hechos", "casos"):
        changed_at(timedelta(days=1), log)
    during = edition(desk, second, timedelta(days=7))
    after = edition(desk, second, MONTH + timedelta(days=7))
    last = edition(desk, second, MONTH + timedelta(days=14))
    with clock.frozen(PUBLISHED + MONTH + timedelta(days=15)):
        assert keys.log_key("hechos") != first
    for bundle, previous in ((before, None), (during, before), (after, during), (last, after)):
        for policy in (None, old_policy, (last / "prueba" / "politica.txt").read_bytes()):
            if bundle == before and policy == (last / "prueba" / "politica.txt").read_bytes():
                continue  # nothing in it leads to a key of later
            report, failed = checked(bundle, previous, policy)
            assert report.holds, (bundle.name, failed)
            assert not failed
    # Told, with the key that is followed.
    words = {seen.word for step in checked(after)[0].steps for seen in step.seen}
    assert "key_followed" in words
    # During the overlap readers who know only the first key need nothing new.
    assert (during / "prueba" / "politica.txt").read_bytes() == old_policy
    assert not (before / "prueba" / "llaves.json").exists()
    # Built again, the same: also what was built before the change.
    for number, made in ((1, before), (3, after)):
        data = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
        with clock.frozen(PUBLISHED + 2 * MONTH):
            services.build(desk, number)
        assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == data
    # What is published bears one log's signature after, two during.
    rows = models.Checkpoint.objects.filter(log="hechos").order_by("size")
    counts = [row.note.count("\n— ") for row in rows]
    assert counts[0] == 1
    assert 2 in counts
    assert counts[-1] == 1
    assert check().clean


def test_no_byte_of_the_chain_can_change_unnoticed(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(7)
    edition(desk, second, timedelta(0))
    changed_at(timedelta(days=1))
    made = edition(desk, second, MONTH)
    files = dict(open_bundle(made).files)
    chain = files["prueba/llaves.json"]
    for at in range(0, len(chain), 7):
        spoilt = bytes([*chain[:at], chain[at] ^ 1, *chain[at + 1 :]])
        with pytest.raises((ProofRefused, UnicodeDecodeError)):
            found = Chain.read(spoilt)
            found.keys()
            found.check_placed(proofs.signed(proofs.checkpoint_at("hechos", _printed_size(made))))
    # A chain without its file, or the file of nobody, is another bundle than the one that was signed.
    for changed in (
        {name: data for name, data in files.items() if name != "prueba/llaves.json"},
        files | {"prueba/llaves.json": chain[:-1]},
    ):
        assert not checked(Bundle(changed))[0].holds


def _printed_size(made: Path) -> int:
    return int(str(json.loads((made / "manifiesto.json").read_bytes())["printed"]).split(" ")[1])


def test_a_change_that_the_old_key_did_not_sign_is_followed_by_nobody(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(7)
    edition(desk, second, timedelta(0))
    change = changed_at(timedelta(days=1))
    text = models.Notice.objects.filter(kind="keys").order_by("-pk")[0].text
    said = json.loads(text)
    assert KeyChange.read(text) == change
    for place, line in (
        (1, str(change.new)),
        (2, str(change.old)),
        (3, "2030-01-01T00:00:00Z"),
        (5, said["note"][6]),
    ):
        lines = list(said["note"])
        lines[place] = line
        with pytest.raises(ProofRefused, match=r"proof\.key_change"):
            KeyChange.read(json.dumps(said | {"note": lines}))
    swapped = [*said["note"][:5], said["note"][6], said["note"][5]]
    with pytest.raises(ProofRefused, match=r"proof\.key_change"):
        KeyChange.read(json.dumps(said | {"note": swapped}))
    for broken in ("", "[]", "{}", '{"format":1,"note":2}', text[:-1], "[" * 100_000):
        with pytest.raises(ProofRefused, match=r"proof\.key_change"):
            KeyChange.read(broken)


def test_the_old_half_is_destroyed_at_its_term_by_the_daily_seal_and_never_before(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(7)
    sealed_at(timedelta(0))
    old = keys.log_key("hechos")
    changed_at(timedelta(days=1))
    for days in (1, 2, 30):
        sealed_at(timedelta(days=days))
        assert "ledger-hechos/1" in keystore.read(unlocked.home()).carried
    sealed_at(timedelta(days=31, minutes=1))
    assert "ledger-hechos/1" not in keystore.read(unlocked.home()).carried
    assert trail.events(limit=1)[0].said == {"what": "log-destroyed", "keys": 1}
    with pytest.raises(StoreRefused, match=r"ledger\.key_gone"):
        keys.sign("hechos", b"x", old)
    sealed_at(timedelta(days=32))
    last = proofs.last_checkpoint("hechos")
    assert last is not None
    with pytest.raises(ProofRefused):
        open_checkpoint(last.note.encode(), old)
    open_checkpoint(last.note.encode(), keys.log_keys("hechos"))
    with clock.frozen(PUBLISHED + timedelta(days=33)):
        told = {(one.log, one.signs, one.kept) for one in key_changing.listed()}
    assert told == {("hechos", False, False), ("hechos", True, True), ("casos", True, True)}


def test_interrupted_before_it_was_entered_nothing_has_changed_and_the_next_attempt_ends(
    desk: User, second: User, crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd.add(7)
    sealed_at(timedelta(0))
    with monkeypatch.context() as patched:
        patched.setattr(key_changing, "append_notice", _killed)
        with pytest.raises(KeyboardInterrupt):
            changed_at(timedelta(days=1))
    made = signing.public_key("ledger-hechos/2")
    sealed_at(timedelta(days=40))
    assert {"ledger-hechos/1", "ledger-hechos/2"} <= set(keystore.read(unlocked.home()).carried)
    assert changed_at(timedelta(days=41)).new.public == made
    # Not sealed yet, it does not sign, and no other change is begun.
    with clock.frozen(PUBLISHED + timedelta(days=41)):
        assert keys.signing_keys("hechos") == (keys.log_key("hechos"),)
    with pytest.raises(InputRefused, match=r"ledger\.key_unsealed"):
        changed_at(timedelta(days=41))
    sealed_at(timedelta(days=42))
    with clock.frozen(PUBLISHED + timedelta(days=42)):
        assert len(keys.signing_keys("hechos")) == 2


def test_a_site_that_is_open_signs_with_the_key_that_a_command_made_meanwhile(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(1)
    sealed_at(timedelta(0))
    site = unlocked.root()
    changed_at(timedelta(days=1))
    # What the command noted is in the file and in the log, not in the process that serves.
    unlocked.set_root(site, unlocked.home(), unlocked.database_url())
    sealed_at(timedelta(days=2))
    assert _last().note.count("\n— ") == 2


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_stolen_key_signs_nothing_after_the_seal_that_says_so(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(7)
    first = edition(desk, second, timedelta(0))
    changed_at(timedelta(days=1), stolen=True)
    sealed_at(timedelta(days=1, minutes=1))
    assert "ledger-hechos/1" not in keystore.read(unlocked.home()).carried
    second_one = edition(desk, second, timedelta(days=7))
    assert checked(second_one, first)[0].holds
    assert checked(second_one, None, (first / "prueba" / "politica.txt").read_bytes())[0].holds


def test_a_register_from_before_the_change_takes_it_back_from_the_published_log_and_goes_on(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(1)
    sealed_at(timedelta(0))
    changed_at(timedelta(days=1))
    for days in (2, 33, 34):
        sealed_at(timedelta(days=days))
    with clock.frozen(PUBLISHED + timedelta(days=35)):
        last = proofs.last_checkpoint("hechos")
        assert last is not None
        size = last.size
        with connection.cursor() as cursor:
            for statement in releasing(connection, "ledger_notice"):
                cursor.execute(statement)
            cursor.execute("DELETE FROM ledger_notice WHERE text LIKE '%constancia-keys-1%'")
        without_last_seal(entries=True)
        assert keys.changes() == []
        assert standing.standing() == "restored"
        recovering.recover()
        assert [one.index is not None for one in keys.changes()] == [True]
        assert size_of("hechos") == size
        seal_and_cosign()
        assert check().clean
        # Somebody else's change is not taken back.
        path = unlocked.home().public_log / "llaves.json"
        other = path.read_bytes().replace(b"constancia/hechos/1", b"constancia/hechas/1")
        path.write_bytes(other)
        with pytest.raises(ProofRefused):
            recovering.recover()


def test_row_40_whoever_stole_the_key_of_a_log_gets_nothing_cosigned_once_it_is_changed(
    desk: User, second: User, crowd: Crowd, tmp_path: Path
) -> None:
    """The procedure of docs/operations.md: another key, a seal, and the witness forgets the one before."""
    crowd.add(1)
    sealed_at(timedelta(0))
    signer = folder.create(tmp_path / "testigo", "testigo.ejemplo/w1")
    _, store = folder.opened(tmp_path / "testigo")
    old = keys.log_key("hechos")
    stolen = unlocked.root().derive("ledger-hechos/1")
    store.add_log(old)
    assert asked(store, signer, _last_note(), 0) == 200
    # The thief makes the log grow, and the witness, who knows no better, signs it: the house notices.
    grown, proof = forged(old, stolen)
    spare = folder.create(tmp_path / "otro", "testigo.ejemplo/w2")
    _, other = folder.opened(tmp_path / "otro")
    other.add_log(old)
    assert asked(other, spare, _last_note(), 0) == 200
    assert asked(other, spare, grown, 64, proof) == 200
    change = changed_at(timedelta(days=1), stolen=True)
    with pytest.raises(InputRefused, match=r"witness\.last_key"):
        store.drop_key(old)
    store.add_log(change.new)
    store.drop_key(old)
    with pytest.raises(InputRefused, match=r"witness\.no_such_key"):
        store.drop_key(old)
    assert asked(store, signer, grown, 64, proof) == 403
    sealed_at(timedelta(days=1, minutes=1))
    honest = proofs.growth("hechos", proofs.checkpoint_at("hechos", 64), _last())
    assert asked(store, signer, _last_note(), 64, honest.hashes) == 200
    # What was signed with it before stays what it was; figures go on.
    assert check().clean
    assert checked(edition(desk, second, timedelta(days=7)))[0].holds


def forged(key: Key, seed: bytes) -> tuple[str, tuple[bytes, ...]]:
    """A log that grew by a batch of nothing, signed with a key that was stolen."""
    frontier, size = frontier_at(64, getter("hechos")), 64
    nodes: dict[tuple[int, int], bytes] = {}
    for number in range(64):
        frontier.append(
            bytes([number]) * 32, lambda level, index, made: nodes.__setitem__((level, index), made)
        )
    found = Checkpoint(key.name, 2 * size, frontier.root())
    private = Ed25519PrivateKey.from_private_bytes(seed)
    get = getter("hechos")
    proof = consistency_proof(size, 2 * size, lambda level, at: nodes.get((level, at)) or get(level, at))
    return with_signatures(found.text(), [signature_line(found.text(), key, private.sign)]), tuple(proof)


def _last() -> models.Checkpoint:
    found = proofs.last_checkpoint("hechos")
    assert found is not None
    return found


def _last_note() -> str:
    return _last().note


def asked(store: Store, signer: Signer, note: str, older: int, proof: tuple[bytes, ...] = ()) -> int:
    """What a witness answers to a checkpoint."""
    lines = "".join(f"{b64(one)}\n" for one in proof)
    return add_checkpoint(store, signer, f"old {older}\n{lines}\n{note}".encode(), 1_772_700_000).status


def test_a_log_that_there_is_not_has_no_key_to_change() -> None:
    for log in ("hechos", "otra"):
        with pytest.raises(NotFound, match=r"ledger\.no_log"):
            key_changing.change_key(log)
    assert sealing.BATCH
