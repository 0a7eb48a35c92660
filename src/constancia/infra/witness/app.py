"""A witness over HTTP (WSGI): two addresses, nothing remembered of who asks, no line of log.

POST /add-checkpoint                      C2SP tlog-witness, add-checkpoint
GET  /<SHA-256 of the origin>/checkpoint  the last checkpoint cosigned (Monitor Retrieval Mechanism)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from constancia.domain.errors import StoreRefused
from constancia.infra import clock
from constancia.infra.witness.answering import add_checkpoint
from constancia.infra.witness.keys import Signer
from constancia.infra.witness.rules import LARGEST_REQUEST, Answer
from constancia.infra.witness.store import Store

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_CHECKPOINT = re.compile("/([0-9a-f]{64})/checkpoint")
_LENGTH = re.compile("[0-9]{1,9}")


def application(store: Store, signer: Signer) -> Application:
    """The WSGI application of one witness."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        allowed, given = _answer(store, signer, environ)
        body = given.body.encode()
        status = HTTPStatus(given.status)
        headers = [
            ("Content-Type", given.media),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if given.status == HTTPStatus.METHOD_NOT_ALLOWED:
            headers.append(("Allow", allowed))
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    return answer


def _answer(store: Store, signer: Signer, environ: dict[str, Any]) -> tuple[str, Answer]:
    """The method that the address takes, and the answer."""
    path, method = environ.get("PATH_INFO") or "/", environ["REQUEST_METHOD"]
    named = _CHECKPOINT.fullmatch(path)
    allowed = "GET" if named else "POST"
    if not named and path != "/add-checkpoint":
        return "", Answer(404, "nothing here\n")
    if method != allowed:
        return allowed, Answer(405, "another method\n")
    try:
        return allowed, _last(store, named[1]) if named else _added(store, signer, environ)
    except StoreRefused as refused:
        return allowed, Answer(503, f"{refused.code}\n")


def _last(store: Store, digest: str) -> Answer:
    seen = store.by_hash(digest)
    return Answer(200, seen.note) if seen else Answer(404, "nothing cosigned\n")


def _added(store: Store, signer: Signer, environ: dict[str, Any]) -> Answer:
    length = environ.get("CONTENT_LENGTH") or ""
    if not _LENGTH.fullmatch(length):
        return Answer(411, "say how long it is\n")
    if int(length) > LARGEST_REQUEST:
        return Answer(413, "too large\n")
    body = environ["wsgi.input"].read(int(length))
    if len(body) != int(length):
        return Answer(400, "cut off\n")
    return add_checkpoint(store, signer, body, int(clock.now().timestamp()))
