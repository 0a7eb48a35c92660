"""Trees with every node kept, the definitions of RFC 6962 as an oracle, and keys that sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.merkle import Frontier, consistency_proof, inclusion_proof, leaf_hash
from constancia.domain.ledger.note import (
    COSIGNATURE,
    SIGNATURE,
    Key,
    Sign,
    signature_line,
    with_signatures,
)
from constancia.domain.ledger.previous import Previous
from constancia.domain.ledger.proof import TlogProof
from constancia.domain.ledger.refused import ProofRefused

ORIGIN = "foro.example/constancia/hechos/1"
WHEN = 1_772_000_000


class Grown:
    """A tree of `size` invented entries; `roots[n]` of the first n."""

    def __init__(self, size: int, salt: str = "") -> None:
        self.entries = [f"{salt}{index}".encode() for index in range(size)]
        self.leaves = [leaf_hash(entry) for entry in self.entries]
        self.nodes: dict[tuple[int, int], bytes] = {}
        tree = Frontier()
        self.roots = [tree.root()]
        for leaf in self.leaves:
            tree.append(leaf, lambda level, index, made: self.nodes.__setitem__((level, index), made))
            self.roots.append(tree.root())

    def get(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]


def defined_root(entries: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = largest_power_below(len(entries))
    return sha256(b"\x01" + defined_root(entries[:k]) + defined_root(entries[k:])).digest()


def defined_path(index: int, entries: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if len(entries) == 1:
        return []
    k = largest_power_below(len(entries))
    if index < k:
        return [*defined_path(index, entries[:k]), defined_root(entries[k:])]
    return [*defined_path(index - k, entries[k:]), defined_root(entries[:k])]


def defined_proof(older: int, entries: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2."""
    if older == len(entries):
        return [] if whole else [defined_root(entries)]
    k = largest_power_below(len(entries))
    if older <= k:
        return [*defined_proof(older, entries[:k], whole), defined_root(entries[k:])]
    return [*defined_proof(older - k, entries[k:], False), defined_root(entries[:k])]


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What is done within is refused with this code."""
    with pytest.raises(ProofRefused) as caught:
        yield
    assert caught.value.code == code


def largest_power_below(count: int) -> int:
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def signer(name: str, kind: int = SIGNATURE, seed: str = "") -> tuple[Key, Sign]:
    """A key made from its name, and what signs with it."""
    private = Ed25519PrivateKey.from_private_bytes(sha256((seed or name).encode()).digest())
    return Key(name, kind, private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)), private.sign


LOG, LOG_SIGNS = signer(ORIGIN)
WITNESS, WITNESS_SIGNS = signer("testigo.example/w1", COSIGNATURE)
OTHER_WITNESS, OTHER_WITNESS_SIGNS = signer("vigia.example/w2", COSIGNATURE)


def signed(text: str, *extra: str) -> bytes:
    """A note of the log and of one witness. `extra`: further lines."""
    lines = [signature_line(text, LOG, LOG_SIGNS), signature_line(text, WITNESS, WITNESS_SIGNS, WHEN)]
    return with_signatures(text, [*lines, *extra]).encode()


def checkpoint(tree: Grown, size: int) -> Checkpoint:
    return Checkpoint(ORIGIN, size, tree.roots[size])


def note(tree: Grown, size: int) -> bytes:
    return signed(checkpoint(tree, size).text())


def proof(tree: Grown, index: int, size: int) -> TlogProof:
    return TlogProof(index, tuple(inclusion_proof(index, size, tree.get)), note(tree, size))


def previous(tree: Grown, older: int, newer: int) -> Previous:
    return Previous(older, tuple(consistency_proof(older, newer, tree.get)), note(tree, older))
