"""Checking Ed25519 signatures (RFC 8032, 5.1.7) with the standard library alone."""

from __future__ import annotations

from hashlib import sha512

from constancia.domain.ledger.edwards import BASE, ORDER, add, decode, equal, multiply, multiply_two


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) is that of `message` under the public `key` (32 bytes).

    Refuses what is malformed, a scalar that is not reduced, and keys or nonces of small order, under which
    one signature would fit several messages. Takes about 2 ms.
    """
    if len(signature) != 64:
        return False
    public, nonce = decode(key), decode(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or nonce is None or scalar >= ORDER or _is_small(public) or _is_small(nonce):
        return False
    challenge = int.from_bytes(sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return equal(multiply_two(scalar, BASE, ORDER - challenge, public), nonce)


def _is_small(point: tuple[int, int, int, int]) -> bool:
    eight = multiply(8, point)
    return equal(eight, add(eight, eight))
