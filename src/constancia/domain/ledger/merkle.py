"""The Merkle tree of RFC 6962 and RFC 9162: hashing, growing, proving, and strict checking.

A perfect node is named (level, index): it stands over the leaves [index * 2^level, (index + 1) * 2^level).
Perfect nodes never change once complete, so they can be kept as rows. `get(level, index)` gives their hashes.
Proofs have exactly one length: one hash more or fewer is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from constancia.domain.ledger.encoding import HASH, LARGEST
from constancia.domain.ledger.refused import ProofRefused

EMPTY = sha256(b"").digest()
"""The root of the tree without leaves."""

Get = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry as a leaf: prefix 0x00, so that no node can be passed off as a leaf."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two children: prefix 0x01."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree of `size` leaves that can only grow: one hash per 1 bit of the size, left to right."""

    __slots__ = ("hashes", "size")

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)

    def append(self, leaf: bytes, emit: Callable[[int, int, bytes], object] | None = None) -> None:
        """Append a leaf's hash. `emit(level, index, hash)` is told every perfect node that it completes, the
        leaf itself first."""
        index, level, made = self.size, 0, leaf
        if emit:
            emit(0, index, made)
        while index & 1:
            made = sha256(b"\x01" + self.hashes.pop() + made).digest()
            index >>= 1
            level += 1
            if emit:
                emit(level, index, made)
        self.hashes.append(made)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        return _folded(self.hashes) if self.hashes else EMPTY


def frontier_at(size: int, get: Get) -> Frontier:
    """The tree of the first `size` leaves, out of kept nodes."""
    return Frontier(size, [get(level, index) for level, index in covering(0, size)])


def covering(begin: int, end: int) -> list[tuple[int, int]]:
    """The fewest perfect nodes that cover the leaves [begin, end), left to right."""
    left, right, level = [], [], 0
    while begin < end:
        if begin & 1:
            left.append((level, begin))
            begin += 1
        if end & 1:
            end -= 1
            right.append((level, end))
        begin >>= 1
        end >>= 1
        level += 1
    return left + right[::-1]


def inclusion_proof(index: int, size: int, get: Get) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root of `size` leaves, from below (RFC 9162, 2.1.3)."""
    if not 0 <= index < size:
        raise ProofRefused("proof.index")
    found, begin, end = [], 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            found.append(_root_over(middle, end, get))
            end = middle
        else:
            found.append(_root_over(begin, middle, get))
            begin = middle
    return found[::-1]


def consistency_proof(older: int, newer: int, get: Get) -> list[bytes]:
    """The hashes that show the tree of `newer` leaves to begin with that of `older` (RFC 9162, 2.1.4)."""
    if not 0 < older <= newer:
        raise ProofRefused("proof.sizes")
    found: list[bytes] = []
    begin, end, whole = 0, newer, True
    while older != end:
        middle = begin + _split(end - begin)
        if older <= middle:
            found.append(_root_over(middle, end, get))
            end = middle
        else:
            found.append(_root_over(begin, middle, get))
            begin, whole = middle, False
    if not whole:
        found.append(_root_over(begin, end, get))
    return found[::-1]


def root_from_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> bytes:
    """The root that `proof` leads to. Raises ProofRefused `proof.index`, `proof.hash`, `proof.length`."""
    if not 0 <= index < size <= LARGEST:
        raise ProofRefused("proof.index")
    _check_hashes(leaf, *proof)
    inner = (index ^ (size - 1)).bit_length()
    border = (index >> inner).bit_count()
    if len(proof) != inner + border:
        raise ProofRefused("proof.length")
    found = leaf
    for place, one in enumerate(proof[:inner]):
        found = node_hash(one, found) if index >> place & 1 else node_hash(found, one)
    for one in proof[inner:]:
        found = node_hash(one, found)
    return found


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raises ProofRefused, `proof.inclusion` where the proof leads to another root."""
    if root_from_inclusion(index, size, leaf, proof) != root:
        raise ProofRefused("proof.inclusion")


def check_consistency(
    older: int, newer: int, proof: Sequence[bytes], older_root: bytes, newer_root: bytes
) -> None:
    """Whether the tree of `newer` leaves begins with that of `older`.

    Raises ProofRefused: `proof.sizes` (also from size 0, from which nothing would be shown), `proof.hash`,
    `proof.length`, `proof.consistency`.
    """
    if not 0 < older <= newer <= LARGEST:
        raise ProofRefused("proof.sizes")
    _check_hashes(older_root, newer_root, *proof)
    if older == newer:
        if proof:
            raise ProofRefused("proof.length")
        if older_root != newer_root:
            raise ProofRefused("proof.consistency")
        return
    shift = (older & -older).bit_length() - 1
    inner = ((older - 1) ^ (newer - 1)).bit_length() - shift
    border = ((older - 1) >> (inner + shift)).bit_count()
    start = 0 if older == 1 << shift else 1
    if len(proof) != start + inner + border:
        raise ProofRefused("proof.length")
    small = large = proof[0] if start else older_root
    path, mask = proof[start:], (older - 1) >> shift
    for place, one in enumerate(path[:inner]):
        if mask >> place & 1:
            small, large = node_hash(one, small), node_hash(one, large)
        else:
            large = node_hash(large, one)
    for one in path[inner:]:
        small, large = node_hash(one, small), node_hash(one, large)
    if small != older_root or large != newer_root:
        raise ProofRefused("proof.consistency")


def _root_over(begin: int, end: int, get: Get) -> bytes:
    return _folded([get(level, index) for level, index in covering(begin, end)])


def _folded(hashes: Sequence[bytes]) -> bytes:
    found = hashes[-1]
    for left in reversed(hashes[:-1]):
        found = node_hash(left, found)
    return found


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _check_hashes(*hashes: bytes) -> None:
    if any(len(one) != HASH for one in hashes):
        raise ProofRefused("proof.hash")
