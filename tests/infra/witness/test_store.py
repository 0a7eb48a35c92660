"""The memory of a witness: kept before it answers, one branch however many ask at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.ledger.note import COSIGNATURE, Key
from constancia.infra.witness import folder
from constancia.infra.witness import store as stores
from constancia.infra.witness.answering import add_checkpoint
from constancia.infra.witness.keys import Signer
from constancia.infra.witness.rules import SIZE, Answer
from constancia.infra.witness.store import Seen, Store
from tests.infra.witness.conftest import TIME, Running
from tests.support.logs import Log

KILLED_BEFORE_ANSWERING = """
import io, os, signal, sys
from pathlib import Path
from constancia.infra.witness import folder
from constancia.infra.witness.app import application
signer, store = folder.opened(Path(sys.argv[1]))
body = sys.stdin.buffer.read()
environ = {"PATH_INFO": "/add-checkpoint", "REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body)),
           "wsgi.input": io.BytesIO(body)}
def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)
application(store, signer)(environ, killed)
"""


def test_what_is_answered_was_kept_before(witness: Running) -> None:
    """Killed between keeping and answering, it knows the new size: nobody else can have it cosign another."""
    witness.grown(5)
    done = subprocess.run(
        [sys.executable, "-c", KILLED_BEFORE_ANSWERING, str(witness.path)],
        input=witness.log.request(5, 9),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src")},
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert witness.add(Log(fork=6).request(5, 9)) == Answer(409, "9\n", SIZE)
    assert witness.add(witness.log.request(9, 9)).status == 200


def race(witness: Running, forked: Log, patience: float) -> list[int]:
    """The answers to two branches: the second is sent while the first is being cosigned, which waits for it
    for so many seconds."""
    witness.grown(8)
    signing, answered = threading.Event(), threading.Event()

    def slowly(message: bytes) -> bytes:
        signing.set()
        answered.wait(patience)
        return witness.signer.sign(message)

    slow = Signer(witness.signer.key, slowly)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(add_checkpoint, witness.store, slow, witness.log.request(8, 12), TIME)
        assert signing.wait(10)
        second = pool.submit(witness.add, forked.request(8, 14))
        second.add_done_callback(lambda _: answered.set())
        return [first.result().status, second.result().status]


def test_of_two_branches_at_once_one_is_cosigned(witness: Running, forked: Log) -> None:
    assert race(witness, forked, 0.5) == [200, 409]
    assert witness.store.latest(witness.log.key.name).root == witness.log.checkpoint(12).root


def test_the_control_without_a_transaction_two_branches_are_cosigned(
    witness: Running, forked: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "BEGIN", "SELECT 1")
    assert race(witness, forked, 30) == [200, 200]


def test_many_at_once_never_leave_the_one_history(witness: Running, forked: Log) -> None:
    witness.grown(8)
    bodies = [log.request(8, size) for size in range(9, 17) for log in (witness.log, forked)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(witness.add, bodies))
    assert [one.status for one in answers].count(200) == 1
    assert {one.status for one in answers} == {200, 409}


def test_a_failure_while_signing_keeps_nothing(witness: Running) -> None:
    def fails(_message: bytes) -> bytes:
        raise StoreRefused("witness.key")

    with pytest.raises(StoreRefused):
        add_checkpoint(witness.store, Signer(witness.signer.key, fails), witness.log.request(0, 5), TIME)
    assert witness.store.latest(witness.log.key.name) is None


def test_another_root_of_a_kept_size_is_never_kept(witness: Running, forked: Log) -> None:
    witness.grown(12)
    with pytest.raises(StoreRefused), witness.store.exclusive() as held:
        held.keep(witness.log.key.name, Seen(12, forked.checkpoint(12).root, "", TIME))


def test_what_it_refused_is_kept_once_by_what_it_shows(witness: Running, forked: Log) -> None:
    witness.grown(5, 12, 20)
    assert witness.add(forked.request(12, 12)).status == 409  # the log's own signature: two histories
    assert witness.add(forked.request(12, 12)).status == 409
    assert witness.add(forked.request(20, 24)).status == 422
    assert witness.add(witness.log.request(5, 12)).status == 409  # seen before: says nothing
    assert witness.add(witness.log.request(5, 9)).status == 409  # never seen, and smaller
    kept = [(one.kind, one.note.encode()) for one in witness.store.refused()]
    assert kept == [
        ("split", forked.note(12)),
        ("unproven", forked.note(24)),
        ("older", witness.log.note(9)),
    ]


def test_strangers_cannot_fill_it(witness: Running) -> None:
    witness.grown(12)
    for number in range(5):
        line = f"— quien.sabe{number} AAAAAAAA\n".encode()
        assert witness.add(witness.log.request(5, 9) + line).status == 409
    assert len(witness.store.refused()) == 1


def test_a_memory_that_is_missing_is_not_made_anew(witness: Running) -> None:
    (witness.path / folder.SEEN).unlink()
    with pytest.raises(StoreRefused) as caught:
        folder.opened(witness.path)
    assert caught.value.code == "witness.missing"
    assert not (witness.path / folder.SEEN).exists()


def test_a_memory_lost_while_it_runs_is_not_made_anew(witness: Running) -> None:
    (witness.path / folder.SEEN).unlink()
    with pytest.raises(StoreRefused):
        witness.add(witness.log.request(0, 5))
    assert not (witness.path / folder.SEEN).exists()


def test_the_memory_of_another_witness_is_refused(witness: Running, tmp_path: Path) -> None:
    folder.create(tmp_path / "otro", "otro")
    (tmp_path / "otro" / folder.SEEN).replace(witness.path / folder.SEEN)
    with pytest.raises(StoreRefused) as caught:
        folder.opened(witness.path)
    assert caught.value.code == "witness.other_key"


@pytest.mark.parametrize("content", [b"", b"ruido" * 2000])
def test_a_memory_that_is_none_is_refused(content: bytes, witness: Running) -> None:
    (witness.path / folder.SEEN).write_bytes(content)
    with pytest.raises(StoreRefused) as caught:
        folder.opened(witness.path)
    assert caught.value.code == "witness.store"


def test_it_is_its_owners_alone(witness: Running) -> None:
    with witness.store.exclusive() as held:
        held.keep("a", Seen(1, bytes(32), "", TIME))
        beside = [witness.path, *witness.path.iterdir()]
        assert len(beside) == 5  # the folder, the key, the memory and what SQLite puts beside it
        assert {path.stat().st_mode & 0o077 for path in beside} == {0}
    (witness.path / folder.SEEN).chmod(0o640)
    with pytest.raises(StoreRefused) as caught:
        folder.opened(witness.path)
    assert caught.value.code == "witness.mode"


def test_a_witness_is_no_log(witness: Running) -> None:
    with pytest.raises(InputRefused):
        witness.store.add_log(Key("w", COSIGNATURE, bytes(32)))
    assert not witness.store.add_log(witness.log.key)
    assert witness.store.logs() == {witness.log.key.name: (witness.log.key,)}


def test_a_store_is_not_made_over_another(witness: Running) -> None:
    with pytest.raises(StoreRefused) as caught:
        Store.create(witness.path / folder.SEEN, witness.signer.key)
    assert caught.value.code == "witness.taken"
