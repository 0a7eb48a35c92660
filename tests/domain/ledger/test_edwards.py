"""The curve beside libsodium."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st
from nacl import bindings

from constancia.domain.ledger.edwards import (
    BASE,
    IDENTITY,
    ORDER,
    PRIME,
    add,
    decode,
    double,
    encode,
    equal,
    multiply,
    multiply_two,
    negate,
)
from tests.support.effort import examples

scalars = st.integers(1, ORDER - 1)
few = settings(max_examples=examples(25))


def sodium(factor: int) -> bytes:
    return bindings.crypto_scalarmult_ed25519_base_noclamp(factor.to_bytes(32, "little"))


@few
@given(scalars)
def test_multiples_of_the_base_are_those_of_libsodium(factor: int) -> None:
    assert encode(multiply(factor, BASE)) == sodium(factor)


@few
@given(scalars, scalars)
def test_sums_and_multiples_of_any_point_are_those_of_libsodium(first: int, second: int) -> None:
    left, right = decode(sodium(first)), decode(sodium(second))
    assert left is not None
    assert right is not None
    assert encode(add(left, right)) == bindings.crypto_core_ed25519_add(sodium(first), sodium(second))
    assert encode(add(left, negate(right))) == bindings.crypto_core_ed25519_sub(sodium(first), sodium(second))
    assert encode(multiply(second, left)) == bindings.crypto_scalarmult_ed25519_noclamp(
        second.to_bytes(32, "little"), sodium(first)
    )
    assert equal(double(left), add(left, left))


@few
@given(scalars, scalars, st.integers(0, 2**260), st.integers(0, 2**260))
def test_two_multiples_at_once_are_the_sum_of_each(a: int, b: int, first: int, second: int) -> None:
    left, right = multiply(a, BASE), multiply(b, BASE)
    assert equal(
        multiply_two(first, left, second, right), add(multiply(first, left), multiply(second, right))
    )


def test_the_base_has_its_order() -> None:
    assert equal(multiply(ORDER, BASE), IDENTITY)
    assert not equal(multiply(ORDER - 1, BASE), IDENTITY)
    assert equal(multiply(0, BASE), IDENTITY)


@given(st.binary(min_size=32, max_size=32))
def test_bytes_are_a_point_only_in_its_one_encoding(data: bytes) -> None:
    point = decode(data)
    if point is not None:
        assert encode(point) == data


def test_half_of_all_bytes_are_points_and_libsodium_knows_no_others() -> None:
    tries = [sha256(bytes([at])).digest() for at in range(100)]
    points = [one for one in tries if decode(one) is not None]
    assert 30 < len(points) < 70
    valid = [one for one in tries if bindings.crypto_core_ed25519_is_valid_point(one)]
    assert set(valid) <= set(points)


def test_numbers_beyond_the_prime_and_other_lengths_are_no_points() -> None:
    for y in range(19):
        assert decode((PRIME + y).to_bytes(32, "little")) is None
    assert decode(encode(IDENTITY)[:31]) is None
    assert decode(encode(IDENTITY) + b"\0") is None
    # x = 0 has no sign.
    assert decode((1 | 1 << 255).to_bytes(32, "little")) is None
    assert decode((PRIME - 1 | 1 << 255).to_bytes(32, "little")) is None
