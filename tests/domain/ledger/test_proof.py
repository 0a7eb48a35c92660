"""Proofs of inclusion as files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.merkle import leaf_hash
from constancia.domain.ledger.note import signature_line
from constancia.domain.ledger.proof import HEADER, TlogProof, check_proof
from tests.domain.ledger.grown import (
    LOG,
    OTHER_WITNESS,
    OTHER_WITNESS_SIGNS,
    WHEN,
    WITNESS,
    Grown,
    checkpoint,
    proof,
    refused,
    signed,
    signer,
)

TREE = Grown(40)


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, 2), (5, 7), (39, 40)])
def test_a_leaf_is_shown_to_be_in_the_log(index: int, size: int) -> None:
    data = proof(TREE, index, size).data()
    found = check_proof(data, TREE.leaves[index], LOG, [WITNESS], strict=True)
    assert (found.index, found.checkpoint) == (index, checkpoint(TREE, size))
    assert found.note.by(WITNESS) is not None


def test_the_file_has_the_form_of_the_specification() -> None:
    made = replace(proof(TREE, 5, 7), extra=b"algo")
    lines = made.data().decode().split("\n")
    assert lines[:3] == [HEADER, f"extra {b64(b'algo')}", "index 5"]
    assert lines[3 : 3 + len(made.hashes)] == [b64(one) for one in made.hashes]
    assert lines[3 + len(made.hashes)] == ""
    assert lines[4 + len(made.hashes)] == LOG.name
    assert TlogProof.read(made.data()) == made


def test_extra_data_is_read_and_where_strict_refused() -> None:
    data = replace(proof(TREE, 5, 7), extra=b"algo").data()
    assert check_proof(data, TREE.leaves[5], LOG).index == 5
    with refused("proof.form"):
        check_proof(data, TREE.leaves[5], LOG, [WITNESS], strict=True)


def test_another_leaf_is_not_in_the_log() -> None:
    data = proof(TREE, 5, 7).data()
    for leaf in (TREE.leaves[4], leaf_hash(b"nada"), TREE.roots[7]):
        with refused("proof.inclusion"):
            check_proof(data, leaf, LOG)


def test_a_proof_of_another_index_or_checkpoint_is_refused() -> None:
    made = proof(TREE, 5, 7)
    for other in (replace(made, index=4), replace(made, hashes=made.hashes[::-1])):
        with refused("proof.inclusion"):
            check_proof(other.data(), TREE.leaves[5], LOG)
    with refused("proof.index"):
        check_proof(replace(made, index=7).data(), TREE.leaves[5], LOG)
    with refused("proof.length"):
        check_proof(replace(made, hashes=made.hashes[:-1]).data(), TREE.leaves[5], LOG)
    with refused("proof.inclusion"):
        check_proof(
            replace(made, checkpoint=proof(TREE, 0, 8).checkpoint).data(), TREE.leaves[5], LOG, strict=False
        )


def test_a_proof_of_another_log_is_refused() -> None:
    other, _ = signer("otra.example/constancia/hechos/1")
    with refused("proof.unsigned"):
        check_proof(proof(TREE, 5, 7).data(), TREE.leaves[5], other)


def test_unknown_signatures_are_passed_over_unless_strict() -> None:
    text = checkpoint(TREE, 7).text()
    more = signed(text, signature_line(text, OTHER_WITNESS, OTHER_WITNESS_SIGNS, WHEN))
    data = replace(proof(TREE, 5, 7), checkpoint=more).data()
    assert check_proof(data, TREE.leaves[5], LOG, [WITNESS]).checkpoint.size == 7
    with refused("proof.signatures"):
        check_proof(data, TREE.leaves[5], LOG, [WITNESS], strict=True)


GOOD = proof(TREE, 5, 7).data().decode()
HASH = b64(TREE.leaves[0])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "proof.form"),
        (HEADER, "proof.form"),
        (f"{HEADER}\n\n", "proof.form"),
        (GOOD.replace("@v1", "@v2"), "proof.form"),
        (GOOD.replace("index 5\n", ""), "proof.form"),
        (GOOD.replace("index 5", "Index 5"), "proof.form"),
        (GOOD.replace("index 5", "index 5\nindex 5"), "proof.base64"),
        (GOOD.replace("index", "extra \nindex"), "proof.form"),
        (GOOD.replace("index", "extra QQ==\nextra QQ==\nindex"), "proof.form"),
        (GOOD.replace("index", "extra QR==\nindex"), "proof.base64"),
        (GOOD.replace("index 5", "index 05"), "proof.number"),
        (GOOD.replace("index 5", f"index {2**63}"), "proof.number"),
        (GOOD.replace("index 5", f"index 5\n{b64(bytes(31))}"), "proof.base64"),
        (GOOD.replace("index 5", "index 5" + f"\n{HASH}" * 65), "proof.length"),
        (GOOD.replace("\n", "\r\n"), "proof.text"),
        ("\ufeff" + GOOD, "proof.text"),
        (GOOD + "a" * 130_000, "proof.text"),
    ],
)
def test_what_is_no_proof_is_refused(data: str, code: str) -> None:
    with refused(code):
        TlogProof.read(data.encode())


def test_the_checkpoint_begins_at_the_first_empty_line() -> None:
    """A note may hold empty lines; ours does not, and so what is put before it is refused."""
    with refused("proof.signature"):
        check_proof(GOOD.replace("\n\n", "\n\n\n", 1).encode(), TREE.leaves[5], LOG)
    text = Checkpoint(LOG.name, 7, TREE.roots[7]).text() + "\n"
    with refused("proof.checkpoint"):
        check_proof(
            replace(proof(TREE, 5, 7), checkpoint=signed(text)).data(), TREE.leaves[5], LOG, [WITNESS]
        )
