"""Files with one bit turned: refused, always with the one error, or read with the very same meaning.

Signatures that were found good once are remembered, so that only changed ones cost anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from constancia.domain.ledger import note as notes
from constancia.domain.ledger.checkpoint import open_checkpoint
from constancia.domain.ledger.ed25519 import is_signed
from constancia.domain.ledger.note import COSIGNATURE
from constancia.domain.ledger.policy import Group, Policy
from constancia.domain.ledger.previous import check_previous
from constancia.domain.ledger.proof import check_proof
from constancia.domain.ledger.refused import ProofRefused
from tests.domain.ledger.grown import (
    LOG,
    OTHER_WITNESS,
    WITNESS,
    Grown,
    checkpoint,
    note,
    previous,
    proof,
    signer,
)

TREE = Grown(11)


@pytest.fixture(autouse=True)
def _remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "is_signed", lru_cache(None)(is_signed))


def turned(data: bytes, bits: int = 8) -> Iterator[tuple[int, bytes]]:
    """(place, data with one bit of that byte turned): every bit, or `bits` of each byte in turn."""
    for at, one in enumerate(data):
        for bit in range(bits):
            yield at, data[:at] + bytes([one ^ (1 << (bit + at) % 8)]) + data[at + 1 :]


def survivors(data: bytes, check: Callable[[bytes], Any], bits: int = 8) -> list[tuple[int, Any]]:
    """What was read nevertheless. Any error but ours goes through and fails the test."""
    found = []
    for at, changed in turned(data, bits):
        try:
            found.append((at, check(changed)))
        except ProofRefused:
            continue
    return found


def test_no_byte_of_a_checkpoint_can_be_changed() -> None:
    data = note(TREE, 11)
    assert open_checkpoint(data, LOG, [WITNESS], strict=True)
    assert not survivors(data, lambda one: open_checkpoint(one, LOG, [WITNESS], strict=True), bits=2)


def test_without_being_strict_a_turned_bit_loses_a_signature_and_changes_nothing_else() -> None:
    data = note(TREE, 11)
    found = survivors(data, lambda one: open_checkpoint(one, LOG, [WITNESS]), bits=1)
    assert found
    for _, opened in found:
        assert isinstance(opened, tuple)
        assert opened[0] == checkpoint(TREE, 11)
        assert {one.key for one in opened[1].signed} == {LOG}


def test_no_byte_of_a_proof_of_inclusion_can_be_changed() -> None:
    data = proof(TREE, 6, 11).data()
    assert check_proof(data, TREE.leaves[6], LOG, [WITNESS], strict=True)
    assert not survivors(
        data, lambda one: check_proof(one, TREE.leaves[6], LOG, [WITNESS], strict=True), bits=1
    )


def test_no_byte_of_a_proof_of_continuation_can_be_changed() -> None:
    data = previous(TREE, 6, 11).data()
    newer = checkpoint(TREE, 11)
    assert check_previous(data, newer, LOG, [WITNESS], strict=True)
    assert not survivors(data, lambda one: check_previous(one, newer, LOG, [WITNESS], strict=True), bits=1)


def test_a_turned_bit_of_a_policy_is_refused_or_means_the_same_but_for_its_thresholds() -> None:
    """A policy is not signed itself, its bundle's manifest is: the digit of a threshold among many witnesses
    can be turned into another digit, and nothing else can."""
    lines = [
        "# de prueba", f"log {LOG}", f"witness uno {WITNESS}", f"witness dos {OTHER_WITNESS}",
        "group testigos 2 uno dos", "quorum testigos",
    ]  # fmt: skip
    data = ("\n".join(lines) + "\n").encode()
    good = Policy.read(data)
    found = [one for _, one in survivors(data, Policy.read)]
    assert found
    assert all(one == good for one in found)
    third, _ = signer("otro.example/w3", COSIGNATURE)
    more = f"witness tres {third}\ngroup testigos 2 uno dos tres"
    wide = data.replace(b"group testigos 2 uno dos", more.encode())
    changed = [one for _, one in survivors(wide, Policy.read) if one != Policy.read(wide)]
    assert [replace(one, groups={}) for one in changed] == [replace(Policy.read(wide), groups={})]
    assert changed[0].groups == {"testigos": Group(3, ("uno", "dos", "tres"))}


@pytest.mark.parametrize("cut", [1, 2, 50])
def test_what_is_cut_short_lengthened_or_doubled_is_refused(cut: int) -> None:
    newer = checkpoint(TREE, 11)
    checks: list[tuple[bytes, Callable[[bytes], object]]] = [
        (note(TREE, 11), lambda one: open_checkpoint(one, LOG, [WITNESS], strict=True)),
        (
            proof(TREE, 6, 11).data(),
            lambda one: check_proof(one, TREE.leaves[6], LOG, [WITNESS], strict=True),
        ),
        (
            previous(TREE, 6, 11).data(),
            lambda one: check_previous(one, newer, LOG, [WITNESS], strict=True),
        ),
    ]
    for data, check in checks:
        assert check(data)
        lines = data.split(b"\n")
        changed = [
            data[:-cut],
            data[cut:],
            data + b"\n" * cut,
            b"\n" * cut + data,
            data * 2,
            data + b"x" * cut,
        ]
        for at, line in enumerate(lines[:-1]):
            changed.append(b"\n".join([*lines[:at], *lines[at + 1 :]]))
            changed.append(b"\n".join([*lines[:at], line, *lines[at:]]))
        for one in changed:
            # One witness fewer is what a file without its line says, and the policy judges that.
            if one == data or one == data.replace(lines[-2] + b"\n", b""):
                continue
            with pytest.raises(ProofRefused):
                check(one)
