"""Proofs that were changed in every way that the vectors of transparency-dev/merkle know, and some more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from constancia.domain.ledger.merkle import (
    EMPTY,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
)
from constancia.domain.ledger.multiproof import multi_proof, root_from_multi
from constancia.domain.ledger.refused import ProofRefused
from tests.domain.ledger.grown import Grown

TREE = Grown(70)
SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33, 64, 70)

Hashes = list[bytes]


def bits_turned(data: bytes) -> Iterator[bytes]:
    for bit in range(0, 8 * len(data), 37):
        yield bytes(one ^ (1 << bit % 8) if at == bit // 8 else one for at, one in enumerate(data))


def perturbed(proof: Sequence[bytes], roots: Sequence[bytes]) -> Iterator[tuple[str, Hashes]]:
    """(what was done, hashes): never the proof itself."""
    given = list(proof)
    for strange in (EMPTY, bytes(32), leaf_hash(b""), *roots):
        yield "something before", [strange, *given]
        yield "something after", [*given, strange]
    for strange in (b"", b"x", bytes(31), bytes(33)):
        yield "garbage before", [strange, *given]
        yield "garbage after", [*given, strange]
    for at, one in enumerate(given):
        yield "removed", given[:at] + given[at + 1 :]
        yield "twice", given[: at + 1] + given[at:]
        yield "cut short", [*given[:at], one[:-1], *given[at + 1 :]]
        yield "lengthened", [*given[:at], one + b"\0", *given[at + 1 :]]
        for other in bits_turned(one):
            yield "bit turned", [*given[:at], other, *given[at + 1 :]]
        if at:
            yield "swapped", [*given[: at - 1], one, given[at - 1], *given[at + 1 :]]
    if given:
        yield "empty", []
    if len(given) > 1:
        yield "backwards", given[::-1]


def accepted(check: Callable[..., object], *arguments: object) -> bool:
    try:
        check(*arguments)
    except ProofRefused:
        return False
    return True


@pytest.mark.parametrize("size", SIZES)
def test_no_changed_proof_of_inclusion_is_accepted(size: int) -> None:
    root = TREE.roots[size]
    for index in {0, 1, size // 2, size - 2, size - 1} & set(range(size)):
        leaf, proof = TREE.leaves[index], inclusion_proof(index, size, TREE.get)
        assert accepted(check_inclusion, index, size, leaf, proof, root)
        for done, changed in perturbed(proof, (root, leaf)):
            assert not accepted(check_inclusion, index, size, leaf, changed, root), done
        for wrong in (*bits_turned(root), EMPTY, leaf if size > 1 else EMPTY, b"", root[:31]):
            assert not accepted(check_inclusion, index, size, leaf, proof, wrong)
        for wrong in (*bits_turned(leaf), b"", leaf[:31]):
            assert not accepted(check_inclusion, index, size, wrong, proof, root)
        for place in {index - 1, index + 1, index ^ 2, -1, size, 2**64} - {index}:
            assert not accepted(check_inclusion, place, size, leaf, proof, root)
        # Another size never leads to that size's root, whichever way it is given.
        for other in {size - 1, size + 1, size * 2, size // 2} - {size}:
            right = TREE.roots[other] if 0 <= other <= 70 else EMPTY
            assert not accepted(check_inclusion, index, other, leaf, proof, right)


@pytest.mark.parametrize("newer", SIZES)
def test_no_changed_proof_of_consistency_is_accepted(newer: int) -> None:
    for older in {1, 2, newer // 2, newer - 1, newer} & set(range(1, newer + 1)):
        roots = TREE.roots[older], TREE.roots[newer]
        proof = consistency_proof(older, newer, TREE.get)
        assert accepted(check_consistency, older, newer, proof, *roots)
        for done, changed in perturbed(proof, roots):
            assert not accepted(check_consistency, older, newer, changed, *roots), done
        for place in (0, 1):
            for wrong in (*bits_turned(roots[place]), EMPTY, b"", roots[place][:31]):
                pair = (wrong, roots[1]) if place == 0 else (roots[0], wrong)
                assert not accepted(check_consistency, older, newer, proof, *pair)
        if older != newer:
            assert not accepted(check_consistency, older, newer, proof, *roots[::-1])
            assert not accepted(check_consistency, newer, older, proof, *roots[::-1])
        for a, b in ((older + 1, newer), (older - 1, newer), (0, newer), (older, 0), (older * 2, newer)):
            if (a, b) != (older, newer):
                assert not accepted(check_consistency, a, b, proof, *roots), (older, newer, a, b)


@pytest.mark.parametrize("size", SIZES)
def test_no_changed_proof_of_several_leaves_is_accepted(size: int) -> None:
    root = TREE.roots[size]
    for chosen in ({0}, {size - 1}, {0, size - 1}, set(range(0, size, 3)), set(range(size))):
        leaves = {index: TREE.leaves[index] for index in chosen}
        proof = multi_proof(chosen, size, TREE.get)
        assert root_from_multi(leaves, size, proof) == root
        for done, changed in perturbed(proof, (root,)):
            assert not accepted(leads_to, leaves, size, changed, root), done
        for index in chosen:
            for wrong in bits_turned(leaves[index]):
                assert not accepted(leads_to, leaves | {index: wrong}, size, proof, root)


def leads_to(leaves: dict[int, bytes], size: int, proof: Hashes, root: bytes) -> None:
    if root_from_multi(leaves, size, proof) != root:
        raise ProofRefused("proof.inclusion")
