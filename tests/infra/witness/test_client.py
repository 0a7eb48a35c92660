"""Asking a witness: what it says is checked, and whatever it does the asking comes back."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from constancia.domain.ledger.encoding import b64, unb64
from constancia.domain.ledger.note import COSIGNATURE, Key, open_note, with_signatures
from constancia.domain.ledger.refused import ProofRefused
from constancia.infra import clock
from constancia.infra.witness.app import application
from constancia.infra.witness.client import Asked, Held, Witness, cosignature, last_seen
from constancia.infra.witness.keys import Signer
from tests.infra.witness.conftest import TIME, Running
from tests.support.logs import Log, served

NOW = datetime.fromtimestamp(TIME, UTC)
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"testigo inventado de estas pruebas"[:32])
OWN = Signer(Key("w1", COSIGNATURE, PRIVATE.public_key().public_bytes_raw()), PRIVATE.sign)
"""A witness that says whatever a test wants."""
Answers = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@pytest.fixture(autouse=True)
def stopped() -> Iterable[None]:
    with clock.frozen(NOW):
        yield


def ask(witness: Witness, log: Log, size: int, older: int = 0, seconds: float = 20) -> Asked:
    return cosignature(
        witness, log.note(size), log.key, log.prove_to(size), older=older, now=NOW, seconds=seconds
    )


def code(found: Asked | Held) -> str:
    assert found.refused is not None
    assert not (found.line if isinstance(found, Asked) else found.note)
    return found.refused.code


def test_the_line_of_a_witness_completes_the_note(asked: Witness, log: Log) -> None:
    found = ask(asked, log, 5)
    assert (found.refused, found.time, found.known) == (None, TIME, 5)
    note = log.note(5).decode() + (found.line or "")
    assert len(open_note(note.encode(), [log.key, asked.key], strict=True).signed) == 2


def test_where_it_knows_another_size_it_is_asked_again_with_the_proof_from_there(
    asked: Witness, log: Log, witness: Running
) -> None:
    witness.grown(6)
    assert ask(asked, log, 9).refused is None
    assert ask(asked, log, 9, older=6).refused is None  # it was killed after keeping: asked from 9 to 9
    assert ask(asked, log, 14, older=3).refused is None
    assert ask(asked, log, 20, older=14).refused is None


def test_a_register_older_than_what_it_saw_is_told_so(asked: Witness, log: Log, witness: Running) -> None:
    witness.grown(9)
    found = ask(asked, log, 5)
    assert (code(found), found.known) == ("witness.ahead", 9)
    assert code(ask(asked, log, 5, older=9)) == "witness.ahead"


def test_another_history_is_not_cosigned(asked: Witness, forked: Log, witness: Running) -> None:
    witness.grown(9)
    for size in (9, 14):
        assert code(ask(asked, forked, size)) == "witness.branch"
        assert code(ask(asked, forked, size, older=9)) == "witness.branch"
    assert {one.kind for one in witness.store.refused()} == {"split", "unproven"}


def test_a_witness_that_does_not_watch_this_log_says_so(asked: Witness) -> None:
    other = Log("otra.ejemplo.org/constancia/hechos/1")
    found = ask(asked, other, 5)
    assert code(found) == "witness.status"
    assert found.refused is not None
    assert found.refused.params == {"status": 404}


def test_what_is_not_ours_is_not_sent(asked: Witness, log: Log) -> None:
    with pytest.raises(ProofRefused):
        cosignature(asked, b"hola\n", log.key, log.prove_to(5), older=0, now=NOW)


def test_a_proof_that_cannot_be_made_is_our_own_failure(asked: Witness, log: Log) -> None:
    def broken(_older: int) -> list[bytes]:
        raise ProofRefused("proof.sizes")

    with pytest.raises(ProofRefused):
        cosignature(asked, log.note(9), log.key, broken, older=5, now=NOW)


def says(status: str, body: bytes, media: str = "text/plain", **headers: str) -> Answers:
    """A witness that always answers this."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        named = [(name.replace("_", "-"), value) for name, value in headers.items()]
        start_response(status, [("Content-Type", media), *named])
        return [body]

    return answer


def line(text: str, at: int = TIME, name: str = OWN.key.name, public: bytes = OWN.key.public) -> bytes:
    """A cosignature that OWN made; the line may say that another did."""
    return Signer(Key(name, COSIGNATURE, public), OWN.sign).cosign(text, at).encode()


def with_other_time(answer: bytes) -> bytes:
    """The time of a cosignature one later or earlier: the last of its eight bytes."""
    head, _, blob = answer.decode().rpartition(" ")
    raw = bytearray(unb64(blob.strip()))
    raw[11] ^= 1
    return f"{head} {b64(bytes(raw))}\n".encode()


TEXT = Log().checkpoint(5).text()
SIZE = "text/x.tlog.size"
LIES: dict[str, tuple[Answers, str]] = {
    "of another checkpoint": (says("200 OK", line(Log().checkpoint(6).text())), "witness.signature"),
    "with another time than it signed": (says("200 OK", with_other_time(line(TEXT))), "witness.signature"),
    "of another key": (says("200 OK", line(TEXT, public=bytes(32))), "witness.signature"),
    "of another name": (says("200 OK", line(TEXT, name="otro")), "witness.signature"),
    "of a year ago": (says("200 OK", line(TEXT, TIME - 31_536_000)), "witness.clock"),
    "of the last day there is": (says("200 OK", line(TEXT, 2**64 - 1)), "witness.clock"),
    "with a text before it": (says("200 OK", b"hola\n\n" + line(TEXT)), "witness.signature"),
    "of a note of its own": (says("200 OK", b"x\n\n" + line(TEXT + "\nx\n")), "witness.answer"),
    "nothing": (says("200 OK", b""), "witness.answer"),
    "a page": (says("200 OK", b"<html>", "text/html"), "witness.answer"),
    "noise": (says("200 OK", b"\xff\x00" * 50), "witness.answer"),
    "more than fits": (says("200 OK", bytes(10_000_000)), "exchange.too_large"),
    "compressed": (says("200 OK", b"x", Content_Encoding="gzip"), "exchange.unreachable"),
    "that it failed": (says("500 No", b"x"), "witness.status"),
    "that it does not know the key": (says("403 No", b"x"), "witness.status"),
    "that we branched": (says("422 No", b"x"), "witness.branch"),
    "another size again and again": (says("409 No", b"2\n", SIZE), "witness.conflict"),
    "a size in another kind": (says("409 No", b"2\n", "text/html"), "witness.answer"),
    "a size with a sign": (says("409 No", b"-2\n", SIZE), "witness.answer"),
    "a size and more": (says("409 No", b"2\n3\n", SIZE), "witness.answer"),
    "a size of a thousand digits": (says("409 No", b"9" * 1000 + b"\n", SIZE), "witness.answer"),
    "that it is elsewhere": (says("308 No", b"", Location="http://127.0.0.1:1/"), "exchange.redirected"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_witness_that_lies_is_not_believed(lie: str, log: Log) -> None:
    answers, expected = LIES[lie]
    with served(answers) as address:
        assert code(ask(Witness(OWN.key, address), log, 5)) == expected


def test_the_control_of_the_lies_is_believed(log: Log) -> None:
    with served(says("200 OK", line(TEXT))) as address:
        assert ask(Witness(OWN.key, address), log, 5).refused is None


def test_a_line_that_looks_like_the_witnesss_own_is_left_out(log: Log) -> None:
    """The same name, and the first 30 bits of the key's id: as much as base64 shows in five letters."""
    near = OWN.key.id[:3] + bytes([OWN.key.id[3] ^ 1])
    false = f"— {OWN.key.name} {b64(near + bytes(72))}\n".encode()
    with served(says("200 OK", false + line(TEXT))) as address:
        assert ask(Witness(OWN.key, address), log, 5).line == line(TEXT).decode()


def test_a_witness_that_hangs_is_left(log: Log) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        known = Witness(OWN.key, f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert code(ask(known, log, 5, seconds=0.3)) == "exchange.too_slow"


def test_a_witness_that_answers_drop_by_drop_is_left(log: Log) -> None:
    def drips(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        while True:
            yield b"x"
            time.sleep(0.05)

    with served(drips) as address:
        assert code(ask(Witness(OWN.key, address), log, 5, seconds=0.5)) == "exchange.too_slow"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:1", "exchange.unreachable"),
        ("http://testigo.invalid", "exchange.unreachable"),
        ("ftp://testigo.ejemplo.org", "exchange.address"),
        ("testigo.ejemplo.org", "exchange.address"),
        ("http://yo:clave@127.0.0.1", "exchange.address"),
        ("http://127.0.0.1:99999", "exchange.address"),
        ("http://127.0.0.1/a b", "exchange.address"),
        ("http://127.0.0.1/?a=", "exchange.address"),
        ("file:///etc/passwd", "exchange.address"),
        ("", "exchange.address"),
    ],
)
def test_an_address_where_nobody_is_or_that_is_none_comes_back(address: str, expected: str, log: Log) -> None:
    known = Witness(OWN.key, address)
    assert code(ask(known, log, 5)) == expected
    assert code(last_seen(known, log.key)) == expected


def test_a_key_that_does_not_cosign_is_asked_nothing(log: Log) -> None:
    assert code(ask(Witness(log.key, "http://127.0.0.1:1"), log, 5)) == "witness.signature"
    assert code(last_seen(Witness(log.key, "http://127.0.0.1:1"), log.key)) == "witness.signature"


def test_the_last_it_saw_is_had_and_checked(asked: Witness, log: Log, witness: Running) -> None:
    assert last_seen(asked, log.key) == Held(asked)
    witness.grown(5, 9)
    found = last_seen(asked, log.key)
    assert found.checkpoint == log.checkpoint(9)
    assert found.note is not None
    assert open_note(found.note, [log.key, asked.key], strict=True)


NOTE = Log().note(5)
SHOWN = {
    "witness.signature": NOTE,
    "proof.unsigned": with_signatures(TEXT, [line(TEXT).decode()]).encode(),
    "proof.signature": Log().note(6) + line(TEXT),
    "proof.origin": Log().signed("otra.ejemplo.org/1\n" + TEXT.partition("\n")[2]),
    "proof.note": b"<html>",
}


@pytest.mark.parametrize("expected", SHOWN)
def test_a_witness_that_shows_what_nobody_signed_so_is_not_believed(expected: str, log: Log) -> None:
    with served(says("200 OK", SHOWN[expected])) as address:
        assert code(last_seen(Witness(OWN.key, address), log.key)) == expected


def test_it_works_behind_a_prefix(witness: Running, log: Log) -> None:
    inner = application(witness.store, witness.signer)

    def outer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ["PATH_INFO"].removeprefix("/testigo")
        return inner(environ, start_response)

    with served(outer) as address:
        assert ask(Witness(witness.signer.key, f"{address}/testigo/"), log, 5).refused is None
