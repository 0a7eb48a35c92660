"""Secrets on edwards25519 through libsodium, in constant time: the results of `edwards`, byte for byte.

Only who proves needs this. Who verifies has no secrets and uses `edwards` and `multiscalar`: libsodium has no
sum of many multiples, and one way of checking means one verdict, whatever is installed. Points and scalars
are 32 bytes, scalars reduced.
"""

from __future__ import annotations

from nacl import bindings, exceptions

IDENTITY = b"\x01" + bytes(31)
_ZERO = bytes(32)
_ONE = b"\x01" + bytes(31)


def reduced(data: bytes) -> bytes:
    """The scalar of 64 bytes, modulo the order."""
    found: bytes = bindings.crypto_core_ed25519_scalar_reduce(data)
    return found


def sum_of(left: bytes, right: bytes) -> bytes:
    found: bytes = bindings.crypto_core_ed25519_scalar_add(left, right)
    return found


def difference(left: bytes, right: bytes) -> bytes:
    found: bytes = bindings.crypto_core_ed25519_scalar_sub(left, right)
    return found


def product(left: bytes, right: bytes) -> bytes:
    found: bytes = bindings.crypto_core_ed25519_scalar_mul(left, right)
    return found


def multiply_base(scalar: bytes) -> bytes:
    """libsodium gives an error for a result that is neutral, so that case is answered here."""
    if scalar == _ZERO:
        return IDENTITY
    found: bytes = bindings.crypto_scalarmult_ed25519_base_noclamp(scalar)
    return found


def multiply(scalar: bytes, point: bytes) -> bytes:
    """`point` in the subgroup of prime order. Raises ValueError for any other."""
    if point == IDENTITY:
        return IDENTITY
    try:
        # By one for a factor of zero: only whether the point is one of the subgroup is asked then.
        found: bytes = bindings.crypto_scalarmult_ed25519_noclamp(scalar if scalar != _ZERO else _ONE, point)
    except exceptions.RuntimeError:
        raise ValueError("no point of the subgroup of prime order") from None
    return found if scalar != _ZERO else IDENTITY


def add(left: bytes, right: bytes) -> bytes:
    found: bytes = bindings.crypto_core_ed25519_add(left, right)
    return found


def subtract(left: bytes, right: bytes) -> bytes:
    found: bytes = bindings.crypto_core_ed25519_sub(left, right)
    return found
