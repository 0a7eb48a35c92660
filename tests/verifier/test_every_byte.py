"""No byte of a bundle can change unnoticed, and no change is anything but a failed step."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import pytest

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.bundle import Bundle
from constancia.verifier.logged import (
    Rules,
    Sealed,
    check_grown,
    check_logged,
    check_printed,
    check_sealed,
    read_rules,
)
from constancia.verifier.manifest import Manifest, check_whole
from constancia.verifier.report import FAILS
from constancia.verifier.signed import check_signed
from tests.support import bundles
from tests.verifier.conftest import checked

FILES = bundles.usual().second
PATHS = sorted(FILES)


@cache
def whole() -> tuple[Manifest, Rules, Sealed]:
    bundle = Bundle(FILES)
    manifest = check_whole(bundle)
    rules = read_rules(bundle, manifest, None)
    return manifest, rules, check_sealed(bundle, manifest, rules)[1]


def in_the_manifest(bundle: Bundle) -> None:
    check_whole(bundle)


def in_the_signature(bundle: Bundle) -> None:
    check_signed(bundle, check_whole(bundle))


def in_the_log(bundle: Bundle) -> None:
    manifest, rules, _ = whole()
    proof, sealed = check_sealed(bundle, manifest, rules)
    check_logged(manifest, proof, sealed)


def in_what_is_printed(bundle: Bundle) -> None:
    manifest, rules, sealed = whole()
    check_printed(bundle, manifest, rules, sealed)


def in_what_was_before(bundle: Bundle) -> None:
    manifest, rules, sealed = whole()
    check_grown(bundle, manifest, rules, sealed)


STAGES: dict[str, Callable[[Bundle], None]] = {
    "manifiesto.json": in_the_signature,
    "manifiesto.firma": in_the_signature,
    "clave.pem": in_the_signature,
    "prueba/manifiesto.tlog-proof": in_the_log,
    "prueba/impreso.txt": in_what_is_printed,
    "prueba/anterior.txt": in_what_was_before,
}


@pytest.mark.parametrize("path", PATHS)
def test_a_bit_of_any_byte_of_this_file_changed_is_refused(path: str) -> None:
    check, dice, data = STAGES.get(path, in_the_manifest), random.Random(6), FILES[path]
    check(Bundle(FILES))
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << dice.randrange(8)
        with pytest.raises(ProofRefused):
            check(Bundle({**FILES, path: bytes(changed)}))


@pytest.mark.parametrize("path", PATHS)
def test_this_file_cut_made_longer_or_changed_fails_a_step_by_its_number(path: str) -> None:
    dice, data = random.Random(6), FILES[path]
    some = [data[:-1], data[: len(data) // 2], b"", data + b"\n", data + b"\x00", data + data]
    for place in dice.sample(range(len(data)), 4):
        some.append(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    for one in some:
        report = checked({**FILES, path: one})
        failed = [step for step in report.steps if step.result == FAILS]
        assert failed
        assert not report.holds
        assert all(step.code != "proof.unforeseen" for step in failed)


@pytest.mark.parametrize("path", ["prueba/totales.json", "prueba/casos.txt", "prueba/casos.sello"])
def test_a_proof_of_totals_changed_and_signed_again_is_refused_at_its_own_step(path: str) -> None:
    """Here the organisation itself signs the altered file: what refuses it is the proof, not the manifest."""
    dice = random.Random(6)
    for _ in range(6):
        place, bit = dice.random(), 1 << dice.randrange(8)

        def alter(files: bundles.Files, place: float = place, bit: int = bit) -> None:
            changed = bytearray(files[path])
            changed[int(place * len(changed))] ^= bit
            files[path] = bytes(changed)

        report = checked(bundles.made(bundles.Recipe(totals=True, files=alter)).second)
        failed = [step for step in report.steps if step.result == FAILS]
        assert failed
        assert min(step.number for step in failed) >= 10
        assert all(step.code != "proof.unforeseen" for step in failed)
