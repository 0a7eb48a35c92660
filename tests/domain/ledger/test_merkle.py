"""Growing, proving and checking; every tree of 0 to 130 leaves against the definitions of RFC 6962."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.ledger.merkle import (
    EMPTY,
    Frontier,
    check_consistency,
    check_inclusion,
    consistency_proof,
    covering,
    frontier_at,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_from_inclusion,
)
from constancia.domain.ledger.refused import ProofRefused
from tests.domain.ledger.grown import Grown, defined_path, defined_proof, defined_root, refused

MOST = 130
TREE = Grown(MOST)
KNOWN = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
"""The entries of Certificate Transparency's reference tests, and the roots of their trees."""
KNOWN_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def test_the_reference_trees_of_certificate_transparency() -> None:
    tree = Frontier()
    for entry, root in zip(KNOWN, KNOWN_ROOTS, strict=True):
        tree.append(leaf_hash(bytes.fromhex(entry)))
        assert tree.root().hex() == root


def test_the_root_of_every_tree_is_the_defined_one() -> None:
    for size in range(MOST + 1):
        assert TREE.roots[size] == defined_root(TREE.entries[:size])
        assert frontier_at(size, TREE.get).root() == TREE.roots[size]


def test_every_leaf_of_every_tree_is_proven() -> None:
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = inclusion_proof(index, size, TREE.get)
            check_inclusion(index, size, TREE.leaves[index], proof, TREE.roots[size])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 64, 65, 100])
def test_the_proofs_are_the_defined_ones(size: int) -> None:
    for index in range(size):
        assert inclusion_proof(index, size, TREE.get) == defined_path(index, TREE.entries[:size])
        assert consistency_proof(index + 1, size, TREE.get) == defined_proof(index + 1, TREE.entries[:size])


def test_every_tree_continues_every_smaller_one() -> None:
    for newer in range(1, MOST + 1):
        for older in range(1, newer + 1):
            proof = consistency_proof(older, newer, TREE.get)
            check_consistency(older, newer, proof, TREE.roots[older], TREE.roots[newer])


def test_no_proof_fits_another_leaf_or_another_place() -> None:
    """Every proof of every small tree beside every leaf, place and size. Where another size makes the same
    turns, it leads to the same root: the size itself is what a checkpoint signs."""
    for size in range(1, 11):
        for index in range(size):
            proof, root = inclusion_proof(index, size, TREE.get), TREE.roots[size]
            for leaf, place, other in product(range(size), range(11), range(1, 11)):
                same = leaf == index and place < other and _turns(place, other) == _turns(index, size)
                assert _holds(place, other, TREE.leaves[leaf], proof, root) == same


def _holds(index: int, size: int, leaf: bytes, proof: list[bytes], root: bytes) -> bool:
    try:
        check_inclusion(index, size, leaf, proof, root)
    except ProofRefused:
        return False
    return True


def _turns(index: int, size: int) -> list[bool]:
    found = []
    while size > 1:
        split = 1 << ((size - 1).bit_length() - 1)
        found.append(index >= split)
        index, size = (index - split, size - split) if index >= split else (index, split)
    return found


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_a_cover_is_whole_perfect_and_without_gaps(begin: int, end: int) -> None:
    place = begin
    for level, index in covering(begin, end):
        assert index << level == place
        place += 1 << level
    assert place == max(begin, end)


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_a_tree_taken_up_again_grows_as_if_it_had_never_stopped(first: int, more: int) -> None:
    first, more = min(first, more), max(first, more)
    tree = frontier_at(first, TREE.get)
    for leaf in TREE.leaves[first:more]:
        tree.append(leaf)
    assert (tree.size, tree.root()) == (more, TREE.roots[more])


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0), (0, 2**63), (2**63, 2**63)])
def test_a_leaf_outside_the_tree_is_neither_proven_nor_believed(index: int, size: int) -> None:
    with refused("proof.index"):
        root_from_inclusion(index, size, bytes(32), [])
    if size < 2**63:
        with refused("proof.index"):
            inclusion_proof(index, size, TREE.get)


@pytest.mark.parametrize(("older", "newer"), [(0, 0), (0, 5), (6, 5), (-1, 5)])
def test_consistency_is_not_proven_from_nothing_or_backwards(older: int, newer: int) -> None:
    with refused("proof.sizes"):
        consistency_proof(older, newer, TREE.get)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_hashes_of_another_length_are_refused(length: int) -> None:
    with refused("proof.hash"):
        root_from_inclusion(0, 2, bytes(length), [bytes(32)])
    with refused("proof.hash"):
        root_from_inclusion(0, 2, bytes(32), [bytes(length)])
    for roots in ((bytes(length), bytes(32)), (bytes(32), bytes(length))):
        with refused("proof.hash"):
            check_consistency(1, 1, [], *roots)


def test_leaves_nodes_and_nothing_never_hash_alike() -> None:
    left, right = bytes(32), bytes([1]) * 32
    assert len({EMPTY, leaf_hash(b""), leaf_hash(left + right), node_hash(left, right)}) == 4
