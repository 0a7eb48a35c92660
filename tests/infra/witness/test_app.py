"""A witness over real HTTP on this machine."""

from __future__ import annotations

import http.client
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from constancia.domain.ledger.checkpoint import open_checkpoint
from constancia.infra.witness.client import Witness
from constancia.infra.witness.rules import LARGEST_REQUEST
from constancia.infra.witness.store import hash_of
from tests.infra.witness.conftest import Running
from tests.support.logs import Log


def ask(
    witness: Witness, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, str, str]:
    """Status, kind and body of the answer."""
    connection = http.client.HTTPConnection(urlsplit(witness.address).netloc, timeout=20)
    connection.request(method, path, body, headers)
    reply = connection.getresponse()
    data = reply.read().decode()
    connection.close()
    return reply.status, reply.headers["Content-Type"], data


def test_a_checkpoint_is_cosigned_and_then_shown_to_anybody(asked: Witness, log: Log) -> None:
    path = f"/{hash_of(log.key.name)}/checkpoint"
    assert ask(asked, "GET", path)[0] == 404
    status, media, line = ask(asked, "POST", "/add-checkpoint", log.request(0, 5))
    assert (status, media) == (200, "text/plain; charset=utf-8")
    assert line.startswith(f"— {asked.key.name} ")
    status, _, note = ask(asked, "GET", path)
    assert status == 200
    assert note.endswith(line)
    found, opened = open_checkpoint(note.encode(), log.key, [asked.key], strict=True)
    assert found == log.checkpoint(5)
    assert opened.by(asked.key) is not None


def test_another_old_size_is_told_in_its_own_kind(asked: Witness, log: Log) -> None:
    ask(asked, "POST", "/add-checkpoint", log.request(0, 5))
    assert ask(asked, "POST", "/add-checkpoint", log.request(0, 9)) == (409, "text/x.tlog.size", "5\n")


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/add-checkpoint", 405),
        ("PUT", "/add-checkpoint", 405),
        ("DELETE", "/add-checkpoint", 405),
        ("POST", f"/{'0' * 64}/checkpoint", 405),
        ("GET", f"/{'0' * 64}/checkpoint", 404),
        ("GET", f"/{'A' * 64}/checkpoint", 404),
        ("GET", "/", 404),
        ("GET", "/../testigo.llave", 404),
        ("GET", "/testigo.db", 404),
        ("POST", "/add-checkpoint/", 404),
    ],
)
def test_other_methods_and_addresses_are_refused(
    method: str, path: str, expected: int, asked: Witness
) -> None:
    assert ask(asked, method, path)[0] == expected


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({"Content-Length": str(LARGEST_REQUEST + 1)}, b"", 413),
        ({"Content-Length": "9" * 30}, b"", 411),
        ({"Content-Length": "-1"}, b"", 411),
        ({"Transfer-Encoding": "chunked"}, b"0\r\n\r\n", 411),
    ],
)
def test_a_body_too_large_or_of_no_length_is_not_read(
    headers: dict[str, str], body: bytes, expected: int, asked: Witness
) -> None:
    assert ask(asked, "POST", "/add-checkpoint", body, **headers)[0] == expected


def test_a_body_that_breaks_off_is_not_believed(asked: Witness, log: Log) -> None:
    body = log.request(0, 5)
    place = urlsplit(asked.address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as line:
        line.sendall(b"POST /add-checkpoint HTTP/1.0\r\nContent-Length: %d\r\n\r\n" % (len(body) + 1) + body)
        line.shutdown(socket.SHUT_WR)
        assert b" 400 " in line.makefile("rb").readline()


def test_a_memory_that_cannot_be_written_cosigns_nothing(asked: Witness, witness: Running, log: Log) -> None:
    (witness.path / "testigo.db").unlink()
    status, _, body = ask(asked, "POST", "/add-checkpoint", log.request(0, 5))
    assert (status, body) == (503, "witness.store\n")


def test_of_branches_sent_at_once_over_http_one_is_cosigned(asked: Witness, log: Log, forked: Log) -> None:
    ask(asked, "POST", "/add-checkpoint", log.request(0, 8))
    bodies = [one.request(8, size) for size in (9, 10, 11) for one in (log, forked)]
    ready = threading.Barrier(len(bodies))

    def send(body: bytes) -> int:
        ready.wait(20)
        return ask(asked, "POST", "/add-checkpoint", body)[0]

    with ThreadPoolExecutor(len(bodies)) as pool:
        assert sorted(pool.map(send, bodies)) == [200, 409, 409, 409, 409, 409]


def test_nothing_is_written_of_who_asks(
    asked: Witness, log: Log, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    ask(asked, "POST", "/add-checkpoint", log.request(0, 5))
    ask(asked, "POST", "/add-checkpoint", b"\xff")
    assert capfd.readouterr() == ("", "")
    assert not caplog.records
