"""Signatures under a key of the house, which openssl checks too."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from constancia.infra import signing

DATA = "el manifiesto de una edición".encode()


def test_what_was_signed_is_recognised_and_nothing_else() -> None:
    signature, key = signing.sign(DATA), signing.public_key()
    assert (len(signature), len(key)) == (64, 32)
    assert signing.is_signed(DATA, signature, key)
    assert not signing.is_signed(DATA + b" ", signature, key)
    assert not signing.is_signed(DATA, signature[:-1] + bytes([signature[-1] ^ 1]), key)
    assert not signing.is_signed(DATA, signature, bytes(31) + b"\x01")


@pytest.mark.parametrize("broken", [b"", b"\x00" * 63, b"\xff" * 64])
def test_a_malformed_signature_or_key_is_no_signature(broken: bytes) -> None:
    assert not signing.is_signed(DATA, broken, signing.public_key())
    assert not signing.is_signed(DATA, signing.sign(DATA), broken)


def test_the_same_house_signs_the_same_bytes_alike_and_each_purpose_has_its_key() -> None:
    assert signing.sign(DATA) == signing.sign(DATA)
    assert signing.public_key() != signing.public_key("another/1")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_checks_it_without_us(tmp_path: Path) -> None:
    for name, data in (
        ("data", DATA),
        ("sig", signing.sign(DATA)),
        ("key.pem", signing.as_pem(signing.public_key())),
    ):
        (tmp_path / name).write_bytes(data)
    words = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "key.pem",
        "-rawin",
        "-in",
        "data",
        "-sigfile",
        "sig",
    ]
    assert subprocess.run(words, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    (tmp_path / "data").write_bytes(DATA + b".")
    assert subprocess.run(words, cwd=tmp_path, check=False, capture_output=True).returncode != 0
