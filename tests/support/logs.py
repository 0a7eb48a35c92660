"""Invented logs with branches, and witnesses over HTTP on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.merkle import Frontier, consistency_proof, leaf_hash
from constancia.domain.ledger.note import SIGNATURE, Key, signature_line, with_signatures

ORIGIN = "ejemplo.org/constancia/hechos/1"


class Log:
    """A log of 64 invented entries and its key. `fork`: from which entry on it tells another history."""

    def __init__(self, origin: str = ORIGIN, seed: bytes = bytes(32), fork: int | None = None) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.key = Key(origin, SIGNATURE, public)
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._roots = [Frontier().root()]
        tree = Frontier()
        for place in range(64):
            word = "otra" if fork is not None and place >= fork else "una"
            tree.append(leaf_hash(f"{word} {place}".encode()), self._keep)
            self._roots.append(tree.root())

    def _keep(self, level: int, index: int, found: bytes) -> None:
        self._nodes[level, index] = found

    def checkpoint(self, size: int) -> Checkpoint:
        return Checkpoint(self.key.name, size, self._roots[size])

    def note(self, size: int) -> bytes:
        return self.signed(self.checkpoint(size).text())

    def signed(self, text: str) -> bytes:
        """Any text as a note of this log."""
        return with_signatures(text, [signature_line(text, self.key, self._private.sign)]).encode()

    def proof(self, older: int, newer: int) -> list[bytes]:
        return consistency_proof(older, newer, lambda level, at: self._nodes[level, at])

    def prove_to(self, newer: int) -> Callable[[int], Sequence[bytes]]:
        return lambda older: self.proof(older, newer)

    def request(self, older: int, newer: int, old: int | None = None) -> bytes:
        """An add-checkpoint from `older` to `newer`; `old`: what its first line says, if something else."""
        proof = self.proof(older, newer) if 0 < older < newer else []
        return request(older if old is None else old, proof, self.note(newer))


def request(old: object, proof: Sequence[bytes], note: bytes) -> bytes:
    lines = "".join(b64(one) + "\n" for one in proof)
    return f"old {old}\n{lines}\n".encode() + note


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asks hangs up in the middle of some answers: that is what these tests are about."""


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        return


@contextmanager
def served(application: Any) -> Iterator[str]:
    """The address of a WSGI application on this machine."""
    with make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Silent) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
