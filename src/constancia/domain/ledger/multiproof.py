"""One proof for several leaves of a tree: the hashes of the gaps between them.

As in transparency-dev/merkle's `docs/compact_ranges.md` ("arbitrary inclusion proofs").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from constancia.domain.ledger.encoding import HASH, LARGEST
from constancia.domain.ledger.merkle import Get, covering, node_hash
from constancia.domain.ledger.refused import ProofRefused


def multi_proof(indices: Iterable[int], size: int, get: Get) -> list[bytes]:
    """The hashes that, with the leaves at `indices`, give the root of `size` leaves."""
    found, past = [], 0
    for index in sorted(set(indices)):
        if not 0 <= index < size:
            raise ProofRefused("proof.index")
        found += [get(level, place) for level, place in covering(past, index)]
        past = index + 1
    return found + [get(level, place) for level, place in covering(past, size)]


def root_from_multi(leaves: Mapping[int, bytes], size: int, proof: Sequence[bytes]) -> bytes:
    """The root that leaf hashes by index and the hashes of the gaps lead to.

    Raises ProofRefused `proof.index`, `proof.hash`, `proof.length` (the number of hashes must be exact).
    """
    if not 0 < size <= LARGEST or any(not 0 <= index < size for index in leaves):
        raise ProofRefused("proof.index")
    if any(len(one) != HASH for one in (*leaves.values(), *proof)):
        raise ProofRefused("proof.hash")
    stack: list[tuple[int, int, bytes]] = []
    rest, past = iter(proof), 0
    for index in sorted(leaves):
        _fill(stack, past, index, rest)
        _push(stack, 0, index, leaves[index])
        past = index + 1
    _fill(stack, past, size, rest)
    if next(rest, None) is not None:
        raise ProofRefused("proof.length")
    found = stack[-1][2]
    for _, _, left in reversed(stack[:-1]):
        found = node_hash(left, found)
    return found


def _fill(stack: list[tuple[int, int, bytes]], begin: int, end: int, rest: Iterable[bytes]) -> None:
    for level, index in covering(begin, end):
        made = next(iter(rest), None)
        if made is None:
            raise ProofRefused("proof.length")
        _push(stack, level, index, made)


def _push(stack: list[tuple[int, int, bytes]], level: int, index: int, made: bytes) -> None:
    while stack and stack[-1][0] == level and index & 1:
        made = node_hash(stack.pop()[2], made)
        level, index = level + 1, index >> 1
    stack.append((level, index, made))
