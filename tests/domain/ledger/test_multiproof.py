"""One proof for several leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.ledger.merkle import inclusion_proof
from constancia.domain.ledger.multiproof import multi_proof, root_from_multi
from tests.domain.ledger.grown import Grown, refused

TREE = Grown(130)


@given(st.integers(1, 130), st.sets(st.integers(0, 129), max_size=40))
def test_any_leaves_of_any_tree_lead_to_its_root(size: int, wanted: set[int]) -> None:
    chosen = {index for index in wanted if index < size}
    proof = multi_proof(chosen, size, TREE.get)
    assert root_from_multi({index: TREE.leaves[index] for index in chosen}, size, proof) == TREE.roots[size]


def test_every_choice_of_leaves_of_every_small_tree() -> None:
    for size in range(1, 9):
        for mask in range(1 << size):
            chosen = [index for index in range(size) if mask >> index & 1]
            leaves = {index: TREE.leaves[index] for index in chosen}
            assert root_from_multi(leaves, size, multi_proof(chosen, size, TREE.get)) == TREE.roots[size]


def test_one_leaf_needs_the_hashes_of_an_ordinary_proof() -> None:
    for index in range(100):
        assert sorted(multi_proof([index], 128, TREE.get)) == sorted(inclusion_proof(index, 128, TREE.get))


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0), (0, 2**63)])
def test_leaves_outside_the_tree_are_refused(index: int, size: int) -> None:
    with refused("proof.index"):
        root_from_multi({index: bytes(32)}, size, [])
    if size < 2**63:
        with refused("proof.index"):
            multi_proof([index], size, TREE.get)


def test_hashes_of_another_length_are_refused() -> None:
    with refused("proof.hash"):
        root_from_multi({0: bytes(31)}, 2, [bytes(32)])
    with refused("proof.hash"):
        root_from_multi({0: bytes(32)}, 2, [bytes(33)])
