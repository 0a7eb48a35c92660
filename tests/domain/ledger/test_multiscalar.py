"""Sums of many multiples against one multiple after the other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.ledger.edwards import (
    BASE,
    IDENTITY,
    ORDER,
    PRIME,
    Point,
    add,
    decode,
    encode,
    equal,
    multiply,
)
from constancia.domain.ledger.multiscalar import combined, is_torsion_free, vanishes
from tests.support.effort import examples

EIGHTH = decode(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))
assert EIGHTH is not None
SMALL = [multiply(at, EIGHTH) for at in range(1, 8)]


def plain(point: Point) -> Point:
    found = decode(encode(point))
    assert found is not None
    return found


POINTS = [BASE]
for _ in range(69):
    POINTS.append(plain(multiply(7, POINTS[-1])))
FEW, MANY = POINTS[:20], POINTS * 2
FACTOR = st.one_of(
    st.sampled_from([0, 1, 2, ORDER - 1, ORDER, 2**252, 2**253 - 1, 2**256 - 1]),
    st.integers(0, 2**256 - 1),
    st.integers(0, 2**128 - 1),
)


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.tuples(FACTOR, st.sampled_from([*POINTS, IDENTITY, EIGHTH])), max_size=20))
def test_a_sum_of_multiples_is_one_multiple_after_the_other(terms: list[tuple[int, Point]]) -> None:
    found = IDENTITY
    for factor, point in terms:
        found = add(found, multiply(factor, point))
    assert equal(combined(terms), found)


@pytest.mark.parametrize("number", [1, 2, 3, 31, 70])
def test_the_widths_of_windows_agree(number: int) -> None:
    terms = [(2 ** (3 * at) + at, POINTS[at]) for at in range(number)]
    found = IDENTITY
    for factor, point in terms:
        found = add(found, multiply(factor, point))
    assert equal(combined(terms), found)


def test_the_points_of_small_order_are_eight() -> None:
    assert {encode(one) for one in SMALL} == {encode(plain(one)) for one in SMALL}
    assert len({encode(one) for one in [IDENTITY, *SMALL]}) == 8


def test_the_points_of_the_group_are_in_it_be_they_few_or_many() -> None:
    assert is_torsion_free([], b"seed")
    assert is_torsion_free(FEW, b"seed")
    assert is_torsion_free(MANY, b"seed")


@pytest.mark.parametrize("at", range(7))
@pytest.mark.parametrize("place", [0, 5, 6, 139])
def test_any_part_of_small_order_is_found_wherever_it_is(at: int, place: int) -> None:
    for points in (FEW, MANY):
        spoilt = [*points]
        spoilt[place % len(points)] = plain(add(spoilt[place % len(points)], SMALL[at]))
        assert not is_torsion_free(spoilt, b"seed")


def test_parts_that_cancel_each_other_are_found() -> None:
    two = SMALL[3]
    assert equal(two, (0, PRIME - 1, 1, 0))
    spoilt = [plain(add(POINTS[0], two)), plain(add(POINTS[1], two)), *MANY[2:]]
    assert equal(
        multiply(ORDER, combined([(1, one) for one in spoilt])), IDENTITY
    )  # one plain sum misses them
    assert not is_torsion_free(spoilt, b"seed")


def test_one_weighted_sum_would_miss_every_other_point_of_order_two() -> None:
    spoilt = plain(add(BASE, SMALL[3]))
    missed = [equal(multiply(ORDER, multiply(weight, spoilt)), IDENTITY) for weight in range(100, 120)]
    assert missed.count(True) == 10


def test_only_what_is_of_small_order_vanishes() -> None:
    assert vanishes(IDENTITY)
    assert all(vanishes(one) for one in SMALL)
    assert not vanishes(BASE)
