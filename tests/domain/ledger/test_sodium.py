"""libsodium and our own integers give the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.ledger import edwards, sodium
from constancia.domain.ledger.edwards import BASE, ORDER, decode, encode, multiply
from constancia.domain.ledger.tally import H
from tests.support.effort import examples

SCALAR = st.one_of(st.sampled_from([0, 1, 2, 8, ORDER - 1]), st.integers(0, ORDER - 1))
SEVEN = encode(multiply(7, BASE))
TWO_TORSION = encode((0, edwards.PRIME - 1, 1, 0))


def point(data: bytes) -> edwards.Point:
    found = decode(data)
    assert found is not None
    return found


def written(scalar: int) -> bytes:
    return scalar.to_bytes(32, "little")


@settings(max_examples=examples(40), deadline=None)
@given(SCALAR, SCALAR)
def test_both_give_the_same_bytes(left: int, right: int) -> None:
    assert sodium.multiply_base(written(left)) == encode(multiply(left, BASE))
    first, second = sodium.multiply(written(left), SEVEN), sodium.multiply(written(right), encode(H))
    assert first == encode(multiply(left, point(SEVEN)))
    assert second == encode(multiply(right, H))
    assert sodium.add(first, second) == encode(edwards.add(point(first), point(second)))
    assert sodium.subtract(first, second) == encode(edwards.add(point(first), edwards.negate(point(second))))
    assert sodium.sum_of(written(left), written(right)) == written((left + right) % ORDER)
    assert sodium.difference(written(left), written(right)) == written((left - right) % ORDER)
    assert sodium.product(written(left), written(right)) == written(left * right % ORDER)


@given(st.binary(min_size=64, max_size=64))
def test_both_reduce_alike(data: bytes) -> None:
    assert sodium.reduced(data) == written(int.from_bytes(data, "little") % ORDER)


def test_what_libsodium_calls_an_error_is_the_neutral_point() -> None:
    assert sodium.multiply_base(bytes(32)) == sodium.IDENTITY
    assert sodium.multiply(bytes(32), SEVEN) == sodium.IDENTITY
    assert sodium.multiply(written(5), sodium.IDENTITY) == sodium.IDENTITY
    assert encode(edwards.IDENTITY) == sodium.IDENTITY


@pytest.mark.parametrize("factor", [0, 1, 5])
@pytest.mark.parametrize(
    "wrong", [TWO_TORSION, b"\x02" + bytes(31), b"\xff" * 32], ids=["small", "none", "large"]
)
def test_no_point_of_the_group_is_multiplied_by_nothing(factor: int, wrong: bytes) -> None:
    with pytest.raises(ValueError, match="prime order"):
        sodium.multiply(written(factor), wrong)
