"""The vectors of transparency-dev/merkle (`vectors/merkle` of the shared folder), every one of them.

Those of `subtreeinclusion` and `subtreeconsistency` are for trees within a tree, [start, end): we have none,
so they apply only where the subtree begins at 0 and so is an ordinary tree: then inclusion is inclusion in a
tree of `end` leaves, and consistency is consistency from `end` leaves to `size`. The others are counted and
passed over.

We refuse more in four vectors, on purpose:

- two (one of each kind of consistency) call two roots of 12 bytes ("don't care 2") equal: a root has 32;
- two accept consistency from a subtree without leaves. Every tree begins with the empty one, so such a proof
  shows nothing, and whoever reads "consistent" would believe that it did. (Those of ordinary `consistency`
  refuse size 0 themselves.)
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from constancia.domain.ledger.merkle import check_consistency, check_inclusion
from constancia.domain.ledger.refused import ProofRefused

ROOT = b64encode(bytes(32)).decode()

Vector = dict[str, Any]


def vectors(shared: Path, kind: str) -> Iterator[tuple[str, Vector]]:
    folder = shared / "vectors" / "merkle" / kind
    for file in sorted(folder.rglob("*.json")):
        yield str(file.relative_to(folder)), json.loads(file.read_text("utf-8"))


def data(text: str | None) -> bytes:
    return b64decode(text or "")


def hashes(vector: Vector) -> list[bytes]:
    return [data(one) for one in vector["proof"] or ()]


def is_in(vector: Vector, size: int) -> bool:
    try:
        check_inclusion(
            vector["leafIdx"], size, data(vector["leafHash"]), hashes(vector), data(vector["root"])
        )
    except ProofRefused:
        return False
    return True


def continues(vector: Vector, older: int, newer: int) -> bool:
    try:
        check_consistency(older, newer, hashes(vector), data(vector["root1"]), data(vector["root2"]))
    except ProofRefused:
        return False
    return True


def test_every_vector_of_inclusion(shared: Path) -> None:
    found = list(vectors(shared, "inclusion"))
    assert len(found) == 98
    wrong = [name for name, one in found if is_in(one, one["treeSize"]) is one["wantErr"]]
    assert not wrong


def test_every_vector_of_consistency_but_one_whose_roots_are_none(shared: Path) -> None:
    found = list(vectors(shared, "consistency"))
    assert len(found) == 98
    wrong = [name for name, one in found if continues(one, one["size1"], one["size2"]) is one["wantErr"]]
    assert wrong == ["additional/sizes-are-equal-one-and-proof-is-empty.json"]
    with_roots = dict(found)[wrong[0]] | {"root1": ROOT, "root2": ROOT}
    assert continues(with_roots, 1, 1)


def test_vectors_of_inclusion_in_subtrees_that_are_ordinary_trees(shared: Path) -> None:
    found = [one for _, one in vectors(shared, "subtreeinclusion")]
    ours = [one for one in found if one["start"] == 0]
    assert (len(found), len(ours)) == (204, 101)
    wrong = [one["desc"] for one in ours if is_in(one, one["end"]) is one["wantErr"]]
    assert not wrong


def test_vectors_of_consistency_of_subtrees_that_are_ordinary_trees(shared: Path) -> None:
    found = list(vectors(shared, "subtreeconsistency"))
    ours = [(name, one) for name, one in found if one["start"] == 0]
    assert (len(found), len(ours)) == (118, 102)
    wrong = [name for name, one in ours if continues(one, one["end"], one["size"]) is one["wantErr"]]
    assert wrong == [
        "additional/sizes-are-equal-one-and-proof-is-empty.json",
        "additional/subtree-is-empty-sizes-are-equal-zero-subtree-root-valid-proof-is-empty.json",
        "additional/subtree-is-empty-sizes-are-equal-zero-subtree-root-valid-tree-root-random-proof-is-empty.json",
    ]
