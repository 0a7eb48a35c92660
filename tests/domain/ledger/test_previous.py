"""That nothing was taken out since an earlier checkpoint."""

from __future__ import annotations

from dataclasses import replace

import pytest

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.merkle import EMPTY
from constancia.domain.ledger.previous import Previous, check_previous
from tests.domain.ledger.grown import (
    LOG,
    WITNESS,
    Grown,
    checkpoint,
    note,
    previous,
    refused,
    signed,
    signer,
)

TREE = Grown(40)
NEWER = checkpoint(TREE, 40)


@pytest.mark.parametrize("older", [1, 2, 7, 32, 39, 40])
def test_the_log_is_shown_to_continue_an_earlier_one(older: int) -> None:
    found, opened = check_previous(previous(TREE, older, 40).data(), NEWER, LOG, [WITNESS], strict=True)
    assert found == checkpoint(TREE, older)
    assert opened.by(WITNESS) is not None


def test_the_file_has_its_form() -> None:
    made = previous(TREE, 7, 40)
    assert made.data().decode().startswith(f"old 7\n{b64(made.hashes[0])}\n")
    assert made.data().endswith(b"\n\n" + note(TREE, 7))
    assert Previous.read(made.data()) == made


def test_a_log_that_was_rewritten_does_not_continue_its_earlier_self() -> None:
    rewritten = Grown(40, "otra ")
    forged = replace(previous(rewritten, 7, 40), checkpoint=note(TREE, 7))
    with refused("proof.consistency"):
        check_previous(forged.data(), checkpoint(rewritten, 40), LOG)


def test_one_hash_more_or_fewer_is_refused() -> None:
    made = previous(TREE, 7, 40)
    for hashes in (made.hashes[:-1], (*made.hashes, EMPTY), ()):
        with refused("proof.length"):
            check_previous(replace(made, hashes=hashes).data(), NEWER, LOG)


def test_a_first_line_that_says_another_size_is_refused() -> None:
    with refused("proof.sizes"):
        check_previous(replace(previous(TREE, 7, 40), size=8).data(), NEWER, LOG)


def test_nothing_is_shown_from_nothing_or_backwards() -> None:
    empty = Previous(0, (), signed(Checkpoint(LOG.name, 0, EMPTY).text()))
    with refused("proof.sizes"):
        check_previous(empty.data(), NEWER, LOG)
    with refused("proof.sizes"):
        check_previous(previous(TREE, 7, 40).data(), checkpoint(TREE, 6), LOG)


def test_another_log_is_refused() -> None:
    other, _ = signer("otra.example/constancia/hechos/1")
    with refused("proof.origin"):
        check_previous(previous(TREE, 7, 40).data(), replace(NEWER, origin=other.name), LOG)
    with refused("proof.unsigned"):
        check_previous(previous(TREE, 7, 40).data(), replace(NEWER, origin=other.name), other)


GOOD = previous(TREE, 7, 40).data().decode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "proof.previous"),
        ("old 7\n", "proof.previous"),
        (GOOD.replace("old ", "old"), "proof.previous"),
        (GOOD.replace("old ", "Old "), "proof.previous"),
        ("\n" + GOOD, "proof.previous"),
        (GOOD.replace("old 7", "old 07"), "proof.number"),
        (GOOD.replace("old 7", "old 7 "), "proof.number"),
        (GOOD.replace("old 7\n", "old 7\nAAAA\n"), "proof.base64"),
        (GOOD.replace("\n", "\r\n"), "proof.text"),
    ],
)
def test_what_is_no_such_file_is_refused(data: str, code: str) -> None:
    with refused(code):
        Previous.read(data.encode())
