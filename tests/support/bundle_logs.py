"""Logs, keys and witnesses that exist nowhere but in tests."""

from __future__ import annotations

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.merkle import Frontier, consistency_proof, inclusion_proof
from constancia.domain.ledger.note import COSIGNATURE, SIGNATURE, Key, signature_line, with_signatures

ORG = "casa.example"
FACTS, CASES = f"{ORG}/constancia/hechos/1", f"{ORG}/constancia/casos/1"
WITNESSES = ("testigo-uno.example/w1", "testigo-dos.example/w1")
SEEN_AT = 1_772_700_000


def private(name: str) -> Ed25519PrivateKey:
    """The key of somebody invented: from their name, so never for anything but tests."""
    return Ed25519PrivateKey.from_private_bytes(sha256(b"tests only: " + name.encode()).digest())


def public(name: str) -> bytes:
    return private(name).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def log_key(origin: str) -> Key:
    return Key(origin, SIGNATURE, public(origin))


def witness_key(name: str) -> Key:
    return Key(name, COSIGNATURE, public(name))


class Log:
    """A log that only grows, unless a test rewrites it."""

    def __init__(self, origin: str, leaves: list[bytes]) -> None:
        self.origin, self.leaves = origin, leaves

    def nodes(self, size: int) -> tuple[Frontier, dict[tuple[int, int], bytes]]:
        tree, nodes = Frontier(), dict[tuple[int, int], bytes]()
        for leaf in self.leaves[:size]:
            tree.append(leaf, lambda level, index, made: nodes.__setitem__((level, index), made))
        return tree, nodes

    def checkpoint(self, size: int) -> Checkpoint:
        return Checkpoint(self.origin, size, self.nodes(size)[0].root())

    def note(self, size: int, witnesses: tuple[str, ...] = WITNESSES) -> bytes:
        text = self.checkpoint(size).text()
        lines = [signature_line(text, log_key(self.origin), private(self.origin).sign)]
        for place, name in enumerate(witnesses):
            lines.append(signature_line(text, witness_key(name), private(name).sign, SEEN_AT + place))
        return with_signatures(text, lines).encode()

    def inclusion(self, index: int, size: int) -> list[bytes]:
        nodes = self.nodes(size)[1]
        return inclusion_proof(index, size, lambda level, at: nodes[level, at])

    def consistency(self, older: int, newer: int) -> list[bytes]:
        nodes = self.nodes(newer)[1]
        return consistency_proof(older, newer, lambda level, at: nodes[level, at])
