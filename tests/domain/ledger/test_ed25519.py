"""Signatures beside `cryptography`, and those that fit more than one message."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.ledger.ed25519 import is_signed
from constancia.domain.ledger.edwards import ORDER
from tests.support.effort import examples

seeds = st.binary(min_size=32, max_size=32)

SMALL = (
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
)
"""The eight points of small order (orders 1, 2, 4, 4, 8 four times)."""
OTHERWISE = (
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
)
"""Other ways to write some of them, which RFC 8032 does not allow."""


def test_the_first_example_of_rfc_8032() -> None:
    key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert is_signed(key, b"", signature)
    assert not is_signed(key, b"\0", signature)


@settings(max_examples=examples(30))
@given(seeds, st.binary(max_size=200))
def test_what_cryptography_signs_is_signed(seed: bytes, message: bytes) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert is_signed(key, message, signature)
    assert not is_signed(key, message + b"x", signature)


@settings(max_examples=examples(60))
@given(seeds, st.integers(0, 96 * 8 - 1))
def test_a_turned_bit_is_judged_as_by_cryptography(seed: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    whole = bytearray(private.public_key().public_bytes_raw() + private.sign(b"mensaje"))
    whole[bit // 8] ^= 1 << bit % 8
    key, signature = bytes(whole[:32]), bytes(whole[32:])
    assert not is_signed(key, b"mensaje", signature)
    with pytest.raises((InvalidSignature, ValueError)):
        Ed25519PublicKey.from_public_bytes(key).verify(signature, b"mensaje")


@pytest.mark.parametrize("point", SMALL + OTHERWISE)
def test_points_of_small_order_sign_nothing(point: str) -> None:
    """Under such a key S = 0 and R = any small point would sign one message in eight, or every one."""
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    key, good = private.public_key().public_bytes_raw(), private.sign(b"m")
    small = bytes.fromhex(point)
    for nonce in SMALL:
        for message in (b"", b"m"):
            assert not is_signed(small, message, bytes.fromhex(nonce) + bytes(32))
    assert not is_signed(small, b"m", good)
    assert not is_signed(key, b"m", small + good[32:])


def test_a_scalar_is_reduced_and_a_signature_has_64_bytes() -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    key, good = private.public_key().public_bytes_raw(), private.sign(b"m")
    larger = int.from_bytes(good[32:], "little") + ORDER
    assert is_signed(key, b"m", good)
    assert not is_signed(key, b"m", good[:32] + larger.to_bytes(32, "little"))
    for other in (b"", good[:63], good + b"\0"):
        assert not is_signed(key, b"m", other)
    for other in (b"", key[:31], key + b"\0"):
        assert not is_signed(other, b"m", good)
