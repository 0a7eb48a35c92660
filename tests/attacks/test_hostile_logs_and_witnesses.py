"""Logs that show two histories and authorities that lie: rows 22 and 23 of the study of attacks."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from constancia.domain.ledger.note import open_note
from constancia.infra import clock
from constancia.infra.timestamps import stamp
from constancia.infra.witness import folder
from constancia.infra.witness.answering import add_checkpoint
from constancia.infra.witness.app import application
from constancia.infra.witness.client import Asked, Witness, cosignature
from constancia.infra.witness.keys import Signer
from constancia.infra.witness.rules import SIZE, Answer
from constancia.infra.witness.store import Store
from tests.support.authority import Authority, answering, at, certified, invented_authority
from tests.support.logs import Log, served

TIME = 1_780_000_000
Found = tuple[Signer, Store]
authority = pytest.fixture(scope="module")(invented_authority)


@pytest.fixture
def two(tmp_path: Path) -> list[Found]:
    """Two witnesses that have seen the first 8 entries of one log."""
    made = []
    for name in ("w1", "w2"):
        folder.create(tmp_path / name, name)
        signer, store = folder.opened(tmp_path / name)
        store.add_log(Log().key)
        add_checkpoint(store, signer, Log().request(0, 8), TIME)
        made.append((signer, store))
    return made


@pytest.fixture
def asked(two: list[Found]) -> Iterator[list[Witness]]:
    with ExitStack() as stack:
        yield [
            Witness(signer.key, stack.enter_context(served(application(store, signer))))
            for signer, store in two
        ]


def offered(witness: Witness, log: Log, size: int, older: int = 8) -> Asked:
    return cosignature(
        witness, log.note(size), log.key, log.prove_to(size), older=older, now=clock.now(), seconds=20
    )


def cosigners(log: Log, size: int, *found: Asked) -> int:
    """How many witnesses stand under a checkpoint."""
    note = log.note(size) + "".join(one.line or "" for one in found).encode()
    return len(open_note(note, [log.key, *(one.witness.key for one in found)]).signed) - 1


def test_row_22_a_split_view_offered_to_two_witnesses_never_has_both(asked: list[Witness]) -> None:
    """Each history has one witness; neither gets the other's, whatever is tried, and both keep the proof."""
    own, other = Log(), Log(fork=8)
    assert offered(asked[0], own, 12).refused is None
    assert offered(asked[1], other, 12).refused is None
    tries = [offered(asked[1], own, 12, older) for older in (0, 8, 12)]
    tries += [offered(asked[0], other, 12, older) for older in (0, 8, 12)]
    tries += [offered(asked[0], other, 16, 12), offered(asked[1], own, 16, 12)]
    assert {one.refused.code for one in tries if one.refused} == {"witness.branch"}
    assert not any(one.line for one in tries)


def test_row_22_the_control_of_one_view_has_both(asked: list[Witness]) -> None:
    found = [offered(one, Log(), 12) for one in asked]
    assert cosigners(Log(), 12, *found) == 2


def test_row_22_a_witness_keeps_the_log_s_own_signature_under_two_histories(two: list[Found]) -> None:
    (signer, store), other = two[0], Log(fork=8)
    add_checkpoint(store, signer, Log().request(8, 12), TIME)
    assert add_checkpoint(store, signer, other.request(12, 12), TIME).status == 422
    assert add_checkpoint(store, signer, other.request(12, 16), TIME).status == 422
    assert [(one.kind, one.note.encode()) for one in store.refused()] == [
        ("split", other.note(12)),
        ("unproven", other.note(16)),
    ]


def test_row_22_an_older_checkpoint_is_answered_with_the_size_that_was_seen(
    two: list[Found], asked: list[Witness]
) -> None:
    signer, store = two[0]
    add_checkpoint(store, signer, Log().request(8, 12), TIME)
    for older, size in ((0, 8), (8, 8), (8, 10), (0, 10)):
        assert add_checkpoint(store, signer, Log().request(older, size), TIME) == Answer(409, "12\n", SIZE)
    assert add_checkpoint(store, signer, Log().request(10, 10, old=12), TIME).status == 400
    found = offered(asked[0], Log(), 10)
    assert (found.known, found.line) == (12, None)
    assert found.refused is not None
    assert found.refused.code == "witness.ahead"


Lie = Callable[[Authority, bytes], bytes]


def expired(own: Authority, query: bytes) -> bytes:
    """Stamped today, under a certificate that ended yesterday."""
    ended = clock.now() - timedelta(days=1)
    return own.signed_by(certified("Viejo", own.root, ends=ended), own.reply(query))


def dated_back(own: Authority, query: bytes) -> bytes:
    """Stamped today under the same certificate, with a date at which it held."""
    ended = clock.now() - timedelta(days=30)
    signer = certified("Viejo", own.root, ends=ended)
    return own.signed_by(signer, own.reply(query), at(ended - timedelta(days=1)))


def untrusted(own: Authority, query: bytes) -> bytes:
    """Stamped under a root of the same name that is not the given one."""
    return own.signed_by(
        certified("Sellos inventados", certified("Raíz inventada", ca=True)), own.reply(query)
    )


LIES: dict[str, tuple[Lie, str]] = {
    "another message": (lambda own, _: own.reply_to(b"otra cosa"), "stamp.message"),
    "another nonce": (lambda own, _: own.reply_to(Log().note(9)), "stamp.nonce"),
    "no nonce": (lambda own, _: own.reply_to(Log().note(9), nonce=False), "stamp.nonce"),
    "expired": (expired, "stamp.signature"),
    "dated back": (dated_back, "stamp.clock"),
    "untrusted": (untrusted, "stamp.signature"),
    "garbage": (lambda own, _: b"\x30\x03\x02\x01\x00", "stamp.form"),
}


@pytest.mark.parametrize("lie", LIES)
def test_row_23_what_an_authority_should_not_answer_is_refused_and_raises_nothing(
    lie: str, authority: Authority
) -> None:
    answer, expected = LIES[lie]
    with served(answering(lambda query: answer(authority, query))) as address:
        found = stamp(Log().note(9), address, authority.root.pem(), now=clock.now(), seconds=20)
    assert found.stamp is None
    assert found.refused is not None
    assert found.refused.code == expected


def test_row_23_the_control_of_what_it_should_answer_is_kept(authority: Authority) -> None:
    with served(answering(authority.reply)) as address:
        found = stamp(Log().note(9), address, authority.root.pem(), now=clock.now(), seconds=20)
    assert found.refused is None
    assert found.stamp is not None


def test_row_23_an_authority_that_hangs_or_fails_raises_nothing(authority: Authority) -> None:
    def failing(_environ: object, start_response: Callable[..., object]) -> Iterable[bytes]:
        start_response("503 No", [("Content-Type", "application/timestamp-reply")])
        return [b""]

    with served(failing) as address:
        found = stamp(Log().note(9), address, authority.root.pem(), now=clock.now(), seconds=20)
    assert found.refused is not None
    assert found.refused.code == "stamp.status"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        found = stamp(Log().note(9), address, authority.root.pem(), now=clock.now(), seconds=0.3)
    assert found.refused is not None
    assert found.refused.code == "exchange.too_slow"
