"""`constancia ledger …` on a real register: sealed, witnessed, dated, checked, and gone on with after a
restore."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from constancia.cli.late import late
from constancia.domain.ledger.policy import Policy
from constancia.domain.ledger.previous import Previous
from constancia.domain.ledger.proof import check_proof
from constancia.infra import unlocked
from constancia.infra.witness import app, folder
from tests.cli.conftest import Command
from tests.support.authority import Authority, answering, invented_authority
from tests.support.logs import served

keys = late("constancia.apps.ledger.keys")
models = late("constancia.apps.ledger.models")
proofs = late("constancia.apps.ledger.queries.proofs")
crowds = late("tests.apps.publishing.crowd")
seals = late("tests.support.seals")
standing = late("constancia.apps.ledger.standing")
publishing = late("constancia.apps.publishing.services")

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(here: Command, desk: Any, second: Any) -> Command:
    crowds.Crowd(desk, second).add(3)
    assert here("ledger", "seal").code == 0
    return here


@pytest.fixture
def policy_file() -> Iterator[Path]:
    path = unlocked.home().policy_file
    yield path
    path.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    yield from invented_authority()


def test_a_seal_says_what_it_came_to(sealed: Command) -> None:
    again = sealed("--json", "ledger", "seal").json
    assert [(one["log"], one["size"], one["entries"]) for one in again["logs"]] == [
        ("hechos", 128, 0),
        ("casos", 3, 0),
    ]
    told = sealed("ledger", "checkpoint").out
    assert "/constancia/hechos/1 128 " in told
    assert "— " in told


def test_before_the_first_seal_there_is_no_checkpoint(here: Command) -> None:
    found = here("ledger", "checkpoint")
    assert (found.code, found.err.split("]")[0]) == (3, "[ledger.not_sealed")


def test_a_proof_is_written_that_anybody_checks(sealed: Command, tmp_path: Path) -> None:
    path = tmp_path / "hecho.tlog-proof"
    assert sealed("ledger", "prove", "fact", "1", "--out", str(path)).code == 0
    leaf = bytes(models.Entry.objects.get(about="fact", number=1).leaf)
    assert check_proof(path.read_bytes(), leaf, keys.log_key("hechos"), strict=True).checkpoint.size == 64
    lacking = sealed("ledger", "prove", "fact", "9999")
    assert (lacking.code, lacking.err.split("]")[0]) == (3, "[ledger.not_sealed")


def test_between_two_seals_the_log_is_shown_to_have_grown(sealed: Command) -> None:
    sealed("ledger", "seal")
    found = sealed("--json", "ledger", "consistency", "64", "128").json
    assert Previous.read(found["proof"].encode()).size == 64
    assert sealed("ledger", "consistency", "63", "128").code == 6


def test_fsck_is_clean_and_says_what_is_not(sealed: Command) -> None:
    clean = sealed("--json", "ledger", "fsck").json
    assert (clean["clean"], clean["faults"], clean["leaves"]) == (True, {}, {"hechos": 64, "casos": 3})
    unlocked.home().checkpoint.unlink()
    found = sealed("ledger", "fsck")
    assert found.code == 6
    assert "✗ el último sello publicado no es de este registro" in found.out
    assert found.err.startswith("[ledger.faults]")


def test_after_a_restored_backup_nothing_is_written_until_it_is_recovered(
    sealed: Command, desk: Any, second: Any
) -> None:
    sealed("ledger", "seal")
    seals.without_last_seal()
    refused = sealed("ledger", "seal")
    assert (refused.code, refused.err.split("]")[0]) == (5, "[ledger.restored")
    recovered = sealed("--json", "ledger", "recover").json
    assert recovered["logs"][0] == {"log": "hechos", "size": 128, "found": 0, "lost": 64}
    assert sealed("ledger", "seal").code == 0
    assert sealed("ledger", "fsck").code == 0


def test_a_witness_of_the_policy_signs_and_an_edition_waits_for_the_quorum(
    sealed: Command, desk: Any, second: Any, policy_file: Path, tmp_path: Path
) -> None:
    number = crowds.publish(desk, second)
    signer = folder.create(tmp_path / "testigo", "testigo.ejemplo/w1")
    _, store = folder.opened(tmp_path / "testigo")
    for log in ("hechos", "casos"):
        store.add_log(keys.log_key(log))
    policy_file.write_text(f"witness hermana {signer.key} http://127.0.0.1:9\nquorum hermana\n")
    asleep = sealed("edition", "build", str(number), "--as", desk.username)
    assert (asleep.code, asleep.err.split("]")[0]) == (5, "[ledger.quorum")
    with served(app.application(store, signer)) as address:
        policy_file.write_text(f"witness hermana {signer.key} {address}\nquorum hermana\n")
        told = sealed("--json", "ledger", "seal").json["witnesses"]
        assert [(one["log"], one["refused"]) for one in told] == [("hechos", None), ("casos", None)]
        assert sealed("edition", "build", str(number), "--as", desk.username).code == 0
    bundle = unlocked.home().editions / str(number)
    assert Policy.read((bundle / "prueba" / "politica.txt").read_bytes()).has_quorum
    checked = sealed("--json", "verify", str(bundle))
    assert checked.code == 0, checked.out
    assert json.loads(checked.out)["holds"]


def test_row_11_a_copy_that_goes_on_is_stopped_by_a_witness_that_has_seen_more_before_anything_is_signed(
    sealed: Command, policy_file: Path, tmp_path: Path
) -> None:
    signer = folder.create(tmp_path / "testigo", "testigo.ejemplo/w1")
    _, store = folder.opened(tmp_path / "testigo")
    for log in ("hechos", "casos"):
        store.add_log(keys.log_key(log))
    with served(app.application(store, signer)) as address:
        policy_file.write_text(f"witness hermana {signer.key} {address}\nquorum hermana\n")
        assert sealed("ledger", "seal").code == 0
        seals.without_last_seal()
        unlocked.home().checkpoint.unlink()  # whoever restored the folder restored this too
        found = sealed("ledger", "seal")
        assert found.code == 5
        assert found.err.startswith("[ledger.restored]")
        assert standing.standing() == "restored"
        assert not models.Checkpoint.objects.filter(size__gt=64).exists(), (
            "signed over what a witness had seen"
        )
        assert sealed("ledger", "recover").code == 0
        assert sealed("ledger", "seal").code == 0


def test_an_authority_dates_the_checkpoints(sealed: Command, authority: Authority, tmp_path: Path) -> None:
    roots = tmp_path / "raices.pem"
    roots.write_bytes(authority.root.pem())
    with served(answering(authority.reply)) as address:
        found = sealed("ledger", "anchor", "--authority", address, "--roots", str(roots))
    assert found.code == 0, found.err
    assert models.Stamp.objects.count() == 2
    nobody = sealed("ledger", "anchor", "--authority", "http://127.0.0.1:9", "--roots", str(roots))
    assert nobody.code == 7
    assert models.Stamp.objects.count() == 2
