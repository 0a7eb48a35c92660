"""The state of a log: three lines in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.ledger.checkpoint import Checkpoint, open_checkpoint
from constancia.domain.ledger.encoding import LARGEST, b64
from constancia.domain.ledger.merkle import EMPTY
from constancia.domain.ledger.note import signature_line, with_signatures
from tests.domain.ledger.grown import (
    LOG,
    LOG_SIGNS,
    ORIGIN,
    WHEN,
    WITNESS,
    WITNESS_SIGNS,
    Grown,
    checkpoint,
    note,
    refused,
    signer,
)

TREE = Grown(9)
ROOT = b64(TREE.roots[9])


@given(st.integers(1, LARGEST), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_comes_back_from_its_text(size: int, root: bytes) -> None:
    made = Checkpoint(ORIGIN, size, root)
    assert Checkpoint.read(made.text()) == made


def test_a_signed_checkpoint_is_opened_with_its_witness() -> None:
    found, opened = open_checkpoint(note(TREE, 9), LOG, [WITNESS], strict=True)
    assert found == checkpoint(TREE, 9)
    assert opened.by(WITNESS) is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{ORIGIN}\n9\n{ROOT}\nextensión\n", "proof.checkpoint"),
        (f"{ORIGIN}\n9\n{ROOT}", "proof.checkpoint"),
        (f"{ORIGIN}\n9\n", "proof.checkpoint"),
        (f"\n9\n{ROOT}\n", "proof.checkpoint"),
        (f"con espacio\n9\n{ROOT}\n", "proof.checkpoint"),
        (f"con+más\n9\n{ROOT}\n", "proof.checkpoint"),
        (f"{ORIGIN}\n0\n{ROOT}\n", "proof.checkpoint"),
        (f"{ORIGIN}\n09\n{ROOT}\n", "proof.number"),
        (f"{ORIGIN}\n-9\n{ROOT}\n", "proof.number"),
        (f"{ORIGIN}\n{2**63}\n{ROOT}\n", "proof.number"),
        (f"{ORIGIN}\n9\n{ROOT} \n", "proof.base64"),
        (f"{ORIGIN}\n9\n{b64(bytes(31))}\n", "proof.base64"),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str, code: str) -> None:
    with refused(code):
        Checkpoint.read(text)


def test_the_tree_of_nothing_has_one_root() -> None:
    empty = Checkpoint(ORIGIN, 0, EMPTY)
    assert Checkpoint.read(empty.text()) == empty


def test_a_checkpoint_of_another_log_is_refused() -> None:
    other, sign = signer("otra.example/constancia/hechos/1")
    text = checkpoint(TREE, 9).text()
    data = with_signatures(text, [signature_line(text, other, sign)]).encode()
    with refused("proof.origin"):
        open_checkpoint(data, other)


def test_a_witness_alone_does_not_make_a_checkpoint() -> None:
    text = checkpoint(TREE, 9).text()
    data = with_signatures(text, [signature_line(text, WITNESS, WITNESS_SIGNS, WHEN)]).encode()
    with refused("proof.unsigned"):
        open_checkpoint(data, LOG, [WITNESS])


def test_a_line_of_a_witness_cannot_stand_in_for_the_log() -> None:
    text = checkpoint(TREE, 9).text()
    forged = signature_line(text, LOG, WITNESS_SIGNS)
    with refused("proof.signature"):
        open_checkpoint(with_signatures(text, [forged]).encode(), LOG)
    good = signature_line(text, LOG, LOG_SIGNS)
    assert open_checkpoint(with_signatures(text, [good]).encode(), LOG)[0].size == 9
