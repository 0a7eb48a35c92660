"""`python -m bench.ledger LEAVES REPORT`: the ledger's tree beside pymerkle's, in memory, in one process.

Processor time, which other work on the machine does not lengthen.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import pymerkle

from constancia.domain.ledger.merkle import (
    Frontier,
    check_consistency,
    check_inclusion,
    consistency_proof,
    frontier_at,
    inclusion_proof,
    leaf_hash,
)
from constancia.domain.ledger.multiproof import multi_proof, root_from_multi

ROWS = (
    ("append_s", "append, leaf hash and every node kept", "s", 2, "1.1"),
    ("root_us", "root out of kept nodes", "us", 0, "27"),
    ("include_us", "inclusion proof", "us", 0, "51"),
    ("included_us", "  checked", "us", 0, "15"),
    ("continue_us", "consistency proof", "us", 0, "44"),
    ("continued_us", "  checked", "us", 0, "20"),
    ("several_ms", "one proof of 573 leaves", "ms", 1, "3.3"),
    ("severally_ms", "  checked", "ms", 1, "6.7"),
    ("several_kb", "  its size", "kB", 0, "176"),
)
"""Key, label, unit, digits, what the prototype took for a million leaves."""

CHOSEN = 573
TIMES = 500


def main(size: int, report: str) -> int:
    chance = random.Random(size)
    places = [chance.randrange(size) for _ in range(TIMES)]
    several = chance.sample(range(size), min(CHOSEN, size))
    report_of = {"ours": ours(size, places, several), "pymerkle": theirs(size, places)}
    Path(report).write_text(json.dumps(report_of), encoding="utf-8")
    return 0


def ours(size: int, places: list[int], several: list[int]) -> dict[str, float]:
    levels: list[list[bytes]] = [[] for _ in range(size.bit_length())]
    tree = Frontier()

    def keep(level: int, _: int, made: bytes) -> None:
        levels[level].append(made)

    def append() -> None:
        for index in range(size):
            tree.append(leaf_hash(b"%064d" % index), keep)

    def get(level: int, index: int) -> bytes:
        return levels[level][index]

    found = {"append_s": seconds(append)}
    root = tree.root()
    found["root_us"] = 1e6 * often(lambda at: frontier_at(at + 1, get).root(), places)
    proofs = {at: inclusion_proof(at, size, get) for at in places}
    found["include_us"] = 1e6 * often(lambda at: inclusion_proof(at, size, get), places)
    found["included_us"] = 1e6 * often(
        lambda at: check_inclusion(at, size, levels[0][at], proofs[at], root), places
    )
    proofs = {at: consistency_proof(at + 1, size, get) for at in places}
    roots = {at: frontier_at(at + 1, get).root() for at in places}
    found["continue_us"] = 1e6 * often(lambda at: consistency_proof(at + 1, size, get), places)
    found["continued_us"] = 1e6 * often(
        lambda at: check_consistency(at + 1, size, proofs[at], roots[at], root), places
    )
    proof = multi_proof(several, size, get)
    leaves = {at: levels[0][at] for at in several}
    if root_from_multi(leaves, size, proof) != root:
        raise SystemExit("the bench's own proof does not hold")
    found["several_ms"] = 1e3 * often(lambda _: multi_proof(several, size, get), places[:20])
    found["severally_ms"] = 1e3 * often(lambda _: root_from_multi(leaves, size, proof), places[:20])
    found["several_kb"] = 32 * len(proof) / 1000
    return found


def theirs(size: int, places: list[int]) -> dict[str, float]:
    tree = pymerkle.InmemoryTree(algorithm="sha256")

    def append() -> None:
        for index in range(size):
            tree.append_entry(b"%064d" % index)

    found = {"append_s": seconds(append)}
    root = tree.get_root(size)
    found["root_us"] = 1e6 * often(lambda at: tree.get_root(at + 1), places[:50])
    proofs = {at: tree.prove_inclusion(at + 1, size) for at in places}
    leaves = {at: tree.get_leaf(at + 1) for at in places}
    found["include_us"] = 1e6 * often(lambda at: tree.prove_inclusion(at + 1, size), places)
    found["included_us"] = 1e6 * often(
        lambda at: pymerkle.verify_inclusion(leaves[at], root, proofs[at]), places
    )
    proofs = {at: tree.prove_consistency(at + 1, size) for at in places}
    states = {at: tree.get_root(at + 1) for at in places}
    found["continue_us"] = 1e6 * often(lambda at: tree.prove_consistency(at + 1, size), places)
    found["continued_us"] = 1e6 * often(
        lambda at: pymerkle.verify_consistency(states[at], root, proofs[at]), places
    )
    return found


def seconds(deed: Callable[[], Any]) -> float:
    began = process_time()
    deed()
    return process_time() - began


def often(deed: Callable[[int], Any], places: list[int]) -> float:
    """The median over the places, in seconds."""
    return median(seconds(lambda at=at: deed(at)) for at in places)  # type: ignore[misc]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2]))
